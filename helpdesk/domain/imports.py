"""What is said of an import before and after it: how it is read, what is faulty, what came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

KINDS: Final = ("calls", "tickets", "actions", "intervals")
"""What a file can hold."""

FAULT_COLUMNS: Final = ("fault_line", "fault")
"""What a file of faulty rows has besides their own columns."""

_MARKS: Final = {
    "actions": frozenset({"action_id", "number", "kind", "at"}),
    "tickets": frozenset({"number", "status", "opened_at", "clerk", "court"}),
}
_OWN_CALLS: Final = frozenset({"call_id", "number", "started_at"})


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be read, as far as a person said."""

    dates: str = ""
    """The order of dates in numbers, of ``ORDERS``; empty to go by the values."""

    lengths: str = ""
    """What lengths without a unit are counted in, of ``UNITS``; empty when nobody said."""

    outcome: str = ""
    """The outcome of calls that name none; empty when nobody said."""

    court: str = ""
    """The court of rows that name none; empty for the desk's own."""

    office: str = ""
    """Its office; empty for the first, or the desk's own."""

    key: str = ""
    """The heading of the column that tells rows apart for good; empty for none."""

    source: str = ""
    """What the keys are unique in; empty to go by the kind of file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is left out."""

    line: int
    """The line on which it begins."""

    reason: str
    """The one reason, as a sentence; never a secret itself."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an import brought."""

    n: int
    """Its number, by which it is taken back."""

    rows: int
    """How many rows came in."""

    tickets: int
    """How many tickets they opened."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back of an import."""

    tickets: int = 0
    """How many tickets became void."""

    actions: int = 0
    """How many actions were struck."""

    intervals: int = 0
    """How many intervals of the phone system were struck."""

    kept: tuple[str, ...] = ()
    """The numbers of tickets that were worked on since, and stay."""

    clerks: tuple[str, ...] = ()
    """The logins that it put on the staff list, where they stay: what is void names them."""


def fault_columns(headings: Sequence[str]) -> frozenset[str]:
    """Say which columns our own files of faulty rows have added to those of a log.

    Args:
        headings: What stands above the columns of a file.

    Returns:
        Their headings; none when it is no such file.
    """
    ours = frozenset(FAULT_COLUMNS)
    return ours if ours <= set(headings) else frozenset()


def kind_of(headings: Sequence[str]) -> tuple[str, bool]:
    """Say what a file holds.

    Args:
        headings: What stands above its columns.

    Returns:
        One of ``KINDS``, and whether the file is an export of ours.
    """
    there = set(headings)
    for kind, marks in _MARKS.items():
        if marks <= there and not {"call_id", "started_at"} & there:
            return kind, True
    return "calls", there >= _OWN_CALLS
