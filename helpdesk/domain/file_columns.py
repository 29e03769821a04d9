"""The columns of a file: their names, what they are in, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from helpdesk.domain.tables import RATIO_PARTS, Table, Unit

Kind = Unit | Literal["fraction", "flag", "utc", "local", "word", "by-row"]
"""What a column is in: a unit of figures, a part of 1, yes or no (1 or 0), a moment as text, a
word of our own, which is never what somebody typed, or what another column says row by row."""

_OF_RATIO: Final[tuple[tuple[Kind, str], ...]] = (
    ("fraction", "{}"),
    ("count", "so many of {}_n"),
    ("count", "of so many"),
    ("fraction", "95 % interval, its low end"),
    ("fraction", "95 % interval, its high end"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    name: str
    """Its name: JSON, CSV and imports share it."""

    kind: Kind
    """What it is in."""

    words: str = ""
    """What it says, or its formula."""

    unit_in: str = ""
    """Of a column ``by-row``, the name of the one that says what each row is in."""


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns that a table has in a file.

    Args:
        table: The table.

    Returns:
        As many as ``table.file_columns``, in that order.
    """
    columns: list[Column] = []
    for name, unit in zip(table.columns, table.units, strict=True):
        words = table.meant[name].words if name in table.meant else ""
        if unit != "ratio":
            columns.append(Column(name, unit, words))
            continue
        parts = [
            Column(name + part, kind, said.format(words if not part else name))
            for part, (kind, said) in zip(RATIO_PARTS, _OF_RATIO, strict=True)
        ]
        if table.unit_in:
            parts[0] = Column(name, "by-row", words, table.unit_in)
        columns += parts
    return tuple(columns)
