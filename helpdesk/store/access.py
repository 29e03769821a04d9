"""The rows of the access journal."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.access import Look
from helpdesk.port import Port, Rows, Statement

_ADD: Final = """
INSERT INTO access(id, clerk, seq, at, kind, subject, prev_hash, hash)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_HEAD: Final = "SELECT seq, hash FROM access WHERE clerk = ? ORDER BY seq DESC LIMIT 1"
_TOLD: Final = """
SELECT a.at, k.login, a.kind, a.subject, t.year, t.n, c.name
FROM access a JOIN clerk k ON k.id = a.clerk
LEFT JOIN ticket t ON a.kind = 'ticket' AND t.id = CAST(substr(a.subject, 8) AS INTEGER)
LEFT JOIN caller c ON a.kind = 'caller' AND c.id = CAST(substr(a.subject, 8) AS INTEGER)
WHERE a.at >= ? AND a.at < ? AND (? = '' OR k.login = ?) AND (? = '' OR a.subject = ?)
ORDER BY a.at DESC, a.id DESC LIMIT ?
"""
_CHAINS: Final = """
SELECT k.login, a.clerk, a.seq, a.at, a.kind, a.subject, a.prev_hash, a.hash
FROM access a JOIN clerk k ON k.id = a.clerk ORDER BY a.clerk, a.seq
"""


def get_head(port: Port, clerk: int) -> tuple[int, str]:
    """Fetch the newest entry of a clerk's chain.

    Args:
        port: The database.
        clerk: Whose.

    Returns:
        Its place and its hash; 0 and empty before the first.
    """
    found = port.query(_HEAD, (clerk,)).rows
    return (int(found[0][0]), str(found[0][1])) if found else (0, "")


def add_look(row: int, clerk: int, seq: int, look: Look, prev_hash: str, own: str) -> Statement:
    """Write down what somebody looked at; ``own`` is the entry's own hash."""
    return (_ADD, (row, clerk, seq, look.at, look.kind, look.subject, prev_hash, own))


def find_looks(port: Port, start: int, end: int, login: str, subject: str, most: int) -> Rows:
    """List who looked at what.

    Args:
        port: The database.
        start: From when, in seconds UTC.
        end: Until before when.
        login: Of one clerk; empty for all.
        subject: At one thing, such as ``caller:ID``; empty for all.
        most: How many of the newest.

    Returns:
        The rows, newest first.
    """
    return port.query(_TOLD, (start, end, login, login, subject, subject, most))


def find_chains(port: Port) -> Rows:
    """Fetch the whole access journal, chain by chain.

    Args:
        port: The database.

    Returns:
        The rows.
    """
    return port.query(_CHAINS)
