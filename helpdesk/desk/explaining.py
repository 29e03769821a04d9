"""Compares rows with what the journal tells of them, so that a quiet change is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from helpdesk.domain.entries import Entry
from helpdesk.domain.journal import Change
from helpdesk.domain.verifying import Broken
from helpdesk.port import Port
from helpdesk.store.journal_rows import (
    find_notes,
    find_struck,
    find_untold,
    find_values,
    get_newest,
    get_newest_entry,
    is_checked,
)

_TOGETHER: Final = 500
"""How many chains are compared at once."""

_MOST_DOUBTS: Final = 5_000
"""How many columns are looked at a second time; more than these are taken as changed."""

_LAST: Final = 2**62
"""Comes after every entry: where the journal tells nothing."""

_TEXTS: Final = frozenset({"text", "note"})
"""Under which names the journal tells what a note says."""


@dataclass(slots=True)
class Told:
    """What one chain tells of rows."""

    subject: str
    """Whose chain."""

    columns: dict[str, str | None] = field(default_factory=dict)
    """The newest value of each column."""

    texts: set[str] = field(default_factory=set)
    """What notes say."""

    def take(self, entry: Entry) -> None:
        """Take in the next entry of the chain."""
        for change in entry.changes:
            if is_checked(change.field):
                self.columns[change.field] = _as_held(change)
            elif change.field in _TEXTS and change.new is not None:
                self.texts.add(change.new)

    @property
    def ticket(self) -> int | None:
        """The ticket whose chain it is."""
        kind, _, row = self.subject.partition(":")
        return int(row) if kind == "ticket" and row.isdecimal() else None


def _as_held(change: Change) -> str | None:
    """What a column holds after a change; the first versions told the office with the court."""
    if change.new is not None and change.field.endswith("/court"):
        return change.new.partition("/")[0]
    return change.new


class Explained:
    """Looks for rows that hold something else than the journal tells."""

    def __init__(self, port: Port) -> None:
        """Begin.

        Args:
            port: The database.
        """
        self._port = port
        self._waiting: list[Told] = []
        self._doubts: dict[str, str] = {}
        self._found: list[Broken] = []
        self._struck: set[str] = set()
        self.checked = 0
        """How many columns and notes were compared."""

    def see(self, told: Told) -> None:
        """Remember which rows a chain tells to be struck, also one that does not hold.

        Args:
            told: What the chain tells.
        """
        self._struck |= {name for name in told.columns if name.endswith("/struck")}

    def ask(self, told: Told) -> None:
        """Have a chain's rows compared, some hundred chains at a time.

        Args:
            told: What a whole chain tells.
        """
        self._waiting.append(told)
        if len(self._waiting) >= _TOGETHER:
            self._compare()

    def rest(self) -> Iterator[Broken]:
        """Compare what is left, look again at what was in doubt, and tell what is wrong.

        Yields:
            Each row that holds something else.
        """
        self._compare()
        yield from self._found
        yield from self._again()
        for name in sorted(set(find_struck(self._port)) - self._struck):
            yield self._wrong(name.rpartition("/")[0], "it is struck; the journal tells nothing")
        for table in ("ticket", "caller"):
            for row in find_untold(self._port, table, _MOST_DOUBTS):
                yield self._wrong(f"{table}:{row}", "it is there, and the journal tells nothing")

    def _compare(self) -> None:
        waiting, self._waiting = self._waiting, []
        expected = {name: new for told in waiting for name, new in told.columns.items()}
        subjects = {name: told.subject for told in waiting for name in told.columns}
        held = find_values(self._port, expected)
        for name, new in expected.items():
            if held.get(name, "") != new:
                self._doubt(name, subjects[name])
        tickets = {told.ticket: told.texts for told in waiting if told.ticket is not None}
        notes = find_notes(self._port, tickets)
        self.checked += len(expected) + len(notes)
        for note, ticket, text in notes:
            if text not in tickets[ticket]:
                self._doubt(f"note/{note}/text", f"ticket:{ticket}")

    def _doubt(self, name: str, subject: str) -> None:
        if len(self._doubts) < _MOST_DOUBTS:
            self._doubts[name] = subject
        else:
            self._found.append(self._wrong(subject, f"{name} holds what it does not tell"))

    def _again(self) -> Iterator[Broken]:
        """Look again: another chain may tell it, or somebody wrote it meanwhile."""
        if not self._doubts:
            return
        with self._port.one_moment():
            columns = [name for name in self._doubts if is_checked(name)]
            held, newest = find_values(self._port, columns), get_newest(self._port, columns)
            for name, subject in self._doubts.items():
                if not is_checked(name) or held.get(name, "") != newest[name]:
                    gone = is_checked(name) and name not in held
                    said = "is gone" if gone else "does not hold what the journal tells"
                    yield self._wrong(subject, f"{name} {said}")

    def _wrong(self, subject: str, what: str) -> Broken:
        newest = get_newest_entry(self._port, subject)
        return Broken(_LAST if newest is None else newest, subject, 0, what)
