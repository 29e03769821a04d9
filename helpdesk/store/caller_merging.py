"""Who counts as whom: the pointers of merged callers, followed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Statement

_ROOTS: Final = """
WITH RECURSIVE way(first, id, merged_into) AS (
    SELECT c.id, c.id, c.merged_into FROM caller c
    WHERE c.id IN (SELECT value FROM json_each(?))
    UNION
    SELECT w.first, c.id, c.merged_into FROM way w JOIN caller c ON c.id = w.merged_into
)
SELECT first, id FROM way WHERE merged_into IS NULL
"""
_AS_ONE: Final = """
WITH RECURSIVE up(id, merged_into) AS (
    SELECT id, merged_into FROM caller WHERE id = ?
    UNION
    SELECT c.id, c.merged_into FROM up JOIN caller c ON c.id = up.merged_into
), one(id) AS (
    SELECT id FROM up WHERE merged_into IS NULL
    UNION
    SELECT c.id FROM one JOIN caller c ON c.merged_into = one.id
)
SELECT id FROM one
"""
_MERGED_INTO: Final = "SELECT merged_into FROM caller WHERE id = ?"
_SAVE: Final = "UPDATE caller SET merged_into = ? WHERE id = ?"


def find_caller_roots(port: Port, callers: Sequence[int]) -> dict[int, int]:
    """Follow the pointers of callers to whom each counts as now.

    Args:
        port: The database.
        callers: The callers' ids.

    Returns:
        For each whom they were merged into at last; themselves when they never were.
    """
    return dict(port.query(_ROOTS, (json.dumps(list(callers)),)).rows)


def find_as_one(port: Port, caller: int) -> list[int]:
    """List everybody who counts as the same person as a caller.

    Args:
        port: The database.
        caller: The caller's id, merged or not.

    Returns:
        The ids, first the one that all the others were merged into; nothing without such a
        caller.
    """
    return [row[0] for row in port.query(_AS_ONE, (caller,)).rows]


def get_merged_into(port: Port, caller: int) -> int | None:
    """Find whom a caller was merged into, without following further."""
    found: int | None = port.query(_MERGED_INTO, (caller,)).value()
    return found


def save_merged_into(caller: int, into: int | None) -> Statement:
    """Point a caller to whom it counts as, or take the pointer away."""
    return (_SAVE, (into, caller))
