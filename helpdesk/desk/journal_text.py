"""The journal as text: rows are told by the names that people know, not by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.reversal import TOGETHER
from helpdesk.domain.courts import local
from helpdesk.domain.entries import is_emptying
from helpdesk.domain.journal import Change
from helpdesk.domain.ticket_history import Journaled
from helpdesk.domain.tickets import number_said
from helpdesk.store.callers import get_callers
from helpdesk.store.clerks import find_clerks
from helpdesk.store.tickets import find_rows

Names = Mapping[str, Mapping[int, str]]
"""By what they are the ids of, the ids' names."""

_UNTOLD: Final = ("/struck", "/zone")
_BARE: Final = ("call", "version")
"""Values that nobody knows by any name."""

_NAMED: Final = {
    "clerk": "clerk", "answered_by": "clerk", "ended_by": "clerk",
    "caller": "caller", "ticket": "ticket", "other": "ticket",
}  # fmt: skip
"""By the last part of a field, whose id its values are."""


def journal_lines(desk: Desk, entries: Sequence[Journaled], zone: str) -> Iterator[str]:
    """Lay the entries of a journal out for a reader.

    Args:
        desk: The desk; names are looked up there, those of a kind all at once.
        entries: The entries, in order.
        zone: The zone in which times are said.

    Yields:
        Each entry with what it changed, a change to a line.
    """
    for entry, said in zip(entries, changes_said(desk, entries, zone), strict=True):
        back = f" (takes back {entry.undoes})" if entry.undoes is not None else ""
        changes = "".join(f"\n{each}" for each in said)
        yield f"{entry.seq}  {said_at(entry.at, zone)}  {entry.who}  {entry.act}{back}{changes}"


def changes_said(desk: Desk, entries: Sequence[Journaled], zone: str) -> Iterator[list[str]]:
    """Say what entries of a journal changed.

    Args:
        desk: The desk; names are looked up there, those of a kind all at once.
        entries: The entries, in order.
        zone: The zone in which times are said.

    Yields:
        For each entry its changes, those that say something to a reader.
    """
    names = _names(desk, [each for entry in entries for each in entry.changes])
    for entry in entries:
        told = (each for each in entry.changes if _is_told(each, entry))
        yield [_change(each, zone, names) for each in told]


def said_at(moment: int, zone: str) -> str:
    """A moment to the second, as histories say it.

    Args:
        moment: In seconds UTC.
        zone: The zone in which it is said.

    Returns:
        Such as ``2026-06-01 08:14:03 CDT``.
    """
    return f"{local(moment, zone):%Y-%m-%d %H:%M:%S %Z}"


def _is_told(change: Change, entry: Journaled) -> bool:
    """Whether a change says something to a reader, beside what is told in words."""
    if change.field == TOGETHER or is_emptying(change):
        return False
    return entry.undoes is not None or not change.field.endswith(_UNTOLD)


def _change(change: Change, zone: str, names: Names) -> str:
    table, *rest = change.field.split("/")
    name = f"{table} {rest[-1]}" if rest else table
    if name.split()[-1] in _BARE:
        return name
    known = names.get(_named(change.field), {})
    is_time = name.endswith("_at")

    def said(value: str | None) -> str:
        if value is None:
            return "-"
        if is_time and value.isdecimal():
            return said_at(int(value), zone)
        return known.get(int(value), value) if known and value.isdecimal() else value

    return f"{name}: {said(change.old)} > {said(change.new)}"


def _named(field: str) -> str:
    """Whose id the values of a field are, or empty; what is no column is told by its name."""
    table, *rest = field.split("/")
    if len(rest) != 2:  # noqa: PLR2004 - table/ID/column
        return ""
    return table if rest[-1] == "merged_into" else _NAMED.get(rest[-1], "")


def _names(desk: Desk, changes: Iterable[Change]) -> Names:
    wanted: dict[str, set[int]] = {}
    for each in changes:
        if what := _named(each.field):
            values = {int(value) for value in (each.old, each.new) if value and value.isdecimal()}
            wanted.setdefault(what, set()).update(values)
    return {
        what: look_up(desk, sorted(wanted[what]))
        for what, look_up in _LOOK_UP.items()
        if wanted.get(what)
    }


def _clerks(desk: Desk, ids: Sequence[int]) -> Mapping[int, str]:
    found = {row["id"]: row["login"] for row in find_clerks(desk.port).dicts()}
    return {each: found[each] for each in ids if each in found}


def _callers(desk: Desk, ids: Sequence[int]) -> Mapping[int, str]:
    return {each.id: each.name or "(no name)" for each in get_callers(desk.port, ids)}


def _tickets(desk: Desk, ids: Sequence[int]) -> Mapping[int, str]:
    rows = find_rows(desk.port, ids).dicts()
    return {row["id"]: number_said(row["year"], row["n"]) for row in rows}


_LOOK_UP: Final[Mapping[str, Callable[[Desk, Sequence[int]], Mapping[int, str]]]] = {
    "clerk": _clerks,
    "caller": _callers,
    "ticket": _tickets,
}
