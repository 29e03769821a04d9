"""What was read from a file, kept beside the memory until it is written down.

Rows come back ticket by ticket, those of one ticket in the order of their times, whatever
order the file had; only a few numbers a call stay in memory.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from tempfile import TemporaryFile
from typing import Any

from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord, RowRead

_NAMES = [each.name for each in fields(CallRecord)]
_CALLER = [each.name for each in fields(Caller)]
_LISTS = ("tags", "answers")

Kept = tuple[CallRecord, dict[str, Any]]
"""A call; or where, when and whose something else is, and what that has besides."""


class Spool:
    """Calls in a nameless file that is gone with the program."""

    def __init__(self) -> None:
        """Begin empty."""
        self._file = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - as long as the plan
        self._places, self._groups = array("q"), array("q")
        self._starts = array("q")
        self._named: dict[str, int] = {}

    def __len__(self) -> int:
        """How many calls there are."""
        return len(self._places)

    @property
    def tickets(self) -> int:
        """How many tickets they are of."""
        return len(set(self._groups))

    def put(self, record: CallRecord, more: Mapping[str, Any] | None = None) -> None:
        """Add a row.

        Args:
            record: The call, with the row that it comes from; those of one number are one
                ticket's.
            more: What a ticket or an action has that a call has not, as plain values.
        """
        number = record.row.number if record.row else ""
        group = len(self._named) if not number else self._named.get(number, len(self._named))
        self._named[number or f"\0{group}"] = group
        self._places.append(self._file.tell())
        self._groups.append(group)
        self._starts.append(record.started_at)
        self._file.write(_written(record, more or {}))

    def tickets_in_order(self) -> Iterator[list[Kept]]:
        """Give the rows back.

        Yields:
            The rows of each ticket, oldest first; the oldest ticket first.
        """
        first: dict[int, int] = {}
        for group, start in zip(self._groups, self._starts, strict=True):
            first[group] = min(start, first.get(group, start))
        groups, starts = self._groups, self._starts
        order = sorted(
            range(len(self._places)),
            key=lambda at: (first[groups[at]], groups[at], starts[at], at),
        )
        rows: list[Kept] = []
        for before, at in zip([None, *order], order, strict=False):
            if before is not None and groups[before] != groups[at]:
                yield rows
                rows = []
            self._file.seek(self._places[at])
            rows.append(_read(self._file.readline()))
        if rows:
            yield rows

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def of_run(record: CallRecord, run: int) -> CallRecord:
    """The call as a row of an import.

    Args:
        record: The call as it was read.
        run: The import's id.

    Returns:
        The same call, its row's import named.
    """
    return replace(record, row=replace(record.row, run=run)) if record.row else record


def _written(record: CallRecord, more: Mapping[str, Any]) -> str:
    said = [getattr(record, name) for name in _NAMES]
    caller, row = record.caller, record.row
    said[_NAMES.index("caller")] = caller and [getattr(caller, name) for name in _CALLER]
    said[_NAMES.index("row")] = row and [row.run, row.source, row.key, row.number]
    return json.dumps([said, more]) + "\n"


def _read(text: str) -> Kept:
    cells, more = json.loads(text)
    said = dict(zip(_NAMES, cells, strict=True))
    said |= {name: tuple(map(_whole, said[name])) for name in _LISTS}
    said["actions"] = tuple((kind, kept) for kind, kept in said["actions"])
    if said["caller"]:
        caller = dict(zip(_CALLER, said["caller"], strict=True))
        said["caller"] = Caller(**caller | {"phones": tuple(caller["phones"])})
    said["row"] = RowRead(*said["row"]) if said["row"] else None
    return CallRecord(**said), more


def _whole(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
