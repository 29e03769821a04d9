"""What the journal says of an act: which values changed, and after which entry it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

FIRST_HASH: Final = ""
"""What the first entry of a chain has as the hash before it."""


class Change(NamedTuple):
    """One value that an act changed."""

    field: str
    """Which value: ``note/123/struck``, or just a name for what is told and not undone."""

    old: str | None
    """What it was; ``None`` for nothing."""

    new: str | None
    """What it is now."""


class Head(NamedTuple):
    """The newest entry of a subject's chain."""

    seq: int = 0
    """Its place in the chain; 0 when there is none yet."""

    hash: str = FIRST_HASH
    """Its hash."""


def changes_between(
    table: str, row: int, before: Mapping[str, object], after: Mapping[str, object]
) -> list[Change]:
    """What of a row an act changes, column by column.

    Args:
        table: The row's table.
        row: Its id.
        before: What its columns held; may hold more columns.
        after: What those that may change hold now.

    Returns:
        One change for each column that holds something else.
    """
    return [
        Change(f"{table}/{row}/{column}", _as_text(before[column]), _as_text(value))
        for column, value in after.items()
        if before[column] != value
    ]


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)
