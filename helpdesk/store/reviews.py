"""The rows of flagged calls and of their reviews."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.domain.reviews import LONG_SECONDS
from helpdesk.port import Port, Rows, Statement

FLAGGED: Final = f"""(l.edited = 1 OR l.clock_changed = 1 OR l.outcome <> l.playbook_outcome
    OR l.talk_s + l.hold_s + coalesce(l.wrap_s, 0) > {LONG_SECONDS})"""
"""Which calls are flagged; said as the index ``call_flagged`` says it, or it is not used."""

UNREVIEWED: Final = """NOT EXISTS (
    SELECT 1 FROM call_review r WHERE r.call = l.id AND r.struck = 0)"""
"""Which of them nobody has reviewed."""

_FLAGGED = f"l.wrap_ended_at IS NOT NULL AND {FLAGGED} AND {UNREVIEWED}"
_LIST = f"""
SELECT l.id, l.started_at, l.edited, l.clock_changed, l.outcome, l.playbook_outcome,
    coalesce(l.talk_s, 0) + coalesce(l.hold_s, 0) + coalesce(l.wrap_s, 0) AS seconds,
    k.login, c.name AS caller,
    (SELECT t.year FROM call_ticket x JOIN ticket t ON t.id = x.ticket
        WHERE x.call = l.id ORDER BY t.id LIMIT 1) AS year,
    (SELECT t.n FROM call_ticket x JOIN ticket t ON t.id = x.ticket
        WHERE x.call = l.id ORDER BY t.id LIMIT 1) AS n
FROM call l INDEXED BY call_flagged JOIN clerk k ON k.id = l.clerk
LEFT JOIN caller c ON c.id = l.caller
WHERE {_FLAGGED} AND (l.started_at, l.id) < (?, ?)
ORDER BY l.started_at DESC, l.id DESC LIMIT ?
"""  # noqa: S608 - constant
_COUNT = f"""
SELECT count(*) FROM (SELECT 1 FROM call l INDEXED BY call_flagged WHERE {_FLAGGED} LIMIT ?)
"""  # noqa: S608 - constant
_ADD = """
INSERT INTO call_review(call, at, clerk, text) VALUES (?, ?, ?, ?)
ON CONFLICT(call) DO UPDATE SET at = excluded.at, clerk = excluded.clerk, text = excluded.text,
    struck = 0
"""
_GET = """
SELECT r.call, r.at, k.login, r.text, r.struck FROM call_review r JOIN clerk k ON k.id = r.clerk
WHERE r.call = ?
"""
_NEVER: Final = 2**62


def find_flagged(port: Port, limit: int, before: tuple[int, int] | None) -> Rows:
    """List the flagged calls that nobody has reviewed, newest first.

    Args:
        port: The database.
        limit: The most to fetch.
        before: ``started_at`` and id of the last row seen, for the page after it.

    Returns:
        The rows.
    """
    return port.query(_LIST, (*(before or (_NEVER, 0)), limit))


def count_flagged(port: Port, most: int) -> int:
    """Count the flagged calls that nobody has reviewed, but no further than anybody reads."""
    return int(port.query(_COUNT, (most,)).value())


def add_review(call: int, at: int, clerk: int, text: str) -> Statement:
    """Write a review down; one that was taken back gives way."""
    return (_ADD, (call, at, clerk, text))


def get_review(port: Port, call: int) -> dict[str, Any] | None:
    """Fetch the review of a call.

    Args:
        port: The database.
        call: The call's id.

    Returns:
        The row, or ``None``.
    """
    return port.query(_GET, (call,)).one()
