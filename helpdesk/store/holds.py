"""The rows of legal holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows, Statement

_ADD: Final = """
INSERT INTO legal_hold(id, ticket, caller, at, clerk, reason) VALUES (?, ?, ?, ?, ?, ?)
"""
_RELEASE: Final = """
UPDATE legal_hold SET released_at = ?, released_by = ? WHERE id = ? AND released_at IS NULL
"""
_RUNNING: Final = """
SELECT h.id, h.ticket, h.caller, h.at, h.reason, c.login
FROM legal_hold h JOIN clerk c ON c.id = h.clerk WHERE h.released_at IS NULL
"""
_ON: Final = f"""{_RUNNING}
AND (h.ticket IN (SELECT value FROM json_each(?)) OR h.caller IN (SELECT value FROM json_each(?)))
ORDER BY h.at, h.id
"""  # noqa: S608 - constant
_ALL: Final = f"{_RUNNING} ORDER BY h.at, h.id"


def add_hold(
    hold: int, of: tuple[int | None, int | None], at: int, clerk: int, reason: str
) -> Statement:
    """Let nothing be taken out of a ticket, or of all that is a caller's.

    Args:
        hold: The hold's id.
        of: The ticket, or the caller.
        at: From when, in seconds UTC.
        clerk: Who ordered it.
        reason: Why.

    Returns:
        The statement; a second hold on the same is a conflict.
    """
    return (_ADD, (hold, *of, at, clerk, reason))


def release_hold(hold: int, at: int, clerk: int) -> Statement:
    """End a hold."""
    return (_RELEASE, (at, clerk, hold))


def find_holds_on(port: Port, tickets: Sequence[int], callers: Sequence[int]) -> Rows:
    """List the holds that run on any of some tickets and callers.

    Args:
        port: The database.
        tickets: The tickets' ids.
        callers: The callers' ids.

    Returns:
        Id, ticket, caller, at, reason and login of each, the oldest first.
    """
    return port.query(_ON, (json.dumps(list(tickets)), json.dumps(list(callers))))


def find_holds(port: Port) -> Rows:
    """List every hold that runs.

    Args:
        port: The database.

    Returns:
        The same columns, the oldest first.
    """
    return port.query(_ALL)
