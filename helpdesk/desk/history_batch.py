"""One batch of past calls: its rows, gathered by table so that each table is written in one go."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from typing import Final

from helpdesk.desk.acting import caller_chain, ticket_chain
from helpdesk.desk.caller_details import cleaned_caller, told_of_caller
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.escalations import target_meant
from helpdesk.desk.history_ticket import Touched, ticket_kept
from helpdesk.domain.calls import Caller
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.entries import Entry
from helpdesk.domain.journal import Change, Head
from helpdesk.domain.phones import Phone
from helpdesk.domain.records import CallRecord
from helpdesk.errors import NotFound
from helpdesk.port import Statement
from helpdesk.store import callers, clerks, doings, history, journal, search

_TABLES: Final = (
    "clerk", "playbook_version", "caller", "caller_phone", "called", "status_ended",
    "promise_done", "ticket", "symptom_saved", "status_saved", "status_span", "call",
    "call_ticket", "call_segment", "answer", "action", "note", "promise", "escalation",
    "escalation_done", "tag", "import_row", "journal", "journal_value",
)  # fmt: skip
"""In which order rows are written, so that every reference finds its row."""


class HistoryBatch:
    """The rows of some past calls; a ticket that several of them touch is followed in memory."""

    def __init__(
        self,
        desk: Desk,
        known: history.Standings,
        stamp: Stamp,
        kept: Collection[str] = (),
        entries: Iterator[int] | None = None,
    ) -> None:
        """Begin a batch.

        Args:
            desk: The desk.
            known: What the database knows of what the calls name; it grows by what they add.
            stamp: Who asked and when.
            kept: Playbook versions that were kept by the batches before.
            entries: The ids of the journal's next entries, where nobody else writes any; their
                hashes are left to whoever writes the rows. ``None`` on a desk in use.
        """
        self._entries = entries
        self.desk, self.stamp, self.opened = desk, stamp, 0
        self._rows: dict[str, list[Statement]] = {table: [] for table in _TABLES}
        self._clerks = known.clerks | {stamp.login: stamp.clerk, "": stamp.clerk}
        self._callers, self._called = known.callers, known.called
        self._new_callers: list[int] = []
        self._last_calls: dict[int, Statement] = {}
        self._known, self._touched = known.tickets, dict[int, Touched]()
        self.target = cache(partial(target_meant, desk))  # of a reason; asks for the clerks
        self.versions = set(kept)

    def put(self, table: str, *statements: Statement) -> None:
        """Add rows.

        Args:
            table: Where.
            *statements: What writes them.
        """
        self._rows[table].extend(statements)

    def keep_version(self, version: str, slug: str, court: Court, at: int, text: str) -> None:
        """Keep a playbook version that is not kept yet; every argument is a column."""
        if version not in self.versions:
            self.versions.add(version)
            self.put("playbook_version", doings.add_version(version, slug, court.id, at, text))

    def clerk(self, record: CallRecord) -> int:
        """The clerk who took a call; written down when new.

        Args:
            record: The call.

        Returns:
            The clerk's id.
        """
        login = record.clerk
        if login not in self._clerks:
            made = self._clerks[login] = self.desk.ids.make(record.started_at)
            told = [Change("login", None, login), Change("role", None, "clerk")]
            self.put("clerk", clerks.add_clerk(made, None, login, "clerk", record.started_at))
            self._tell(f"clerk:{made}", "add_clerk", record, told, Head())
        return self._clerks[login]

    def caller(self, record: CallRecord, place: tuple[Court, Office], phone: Phone) -> int | None:
        """Who called: whoever is meant, else who has the number, else somebody new.

        Args:
            record: The call.
            place: Its court and office.
            phone: The number; without digits when there is none.

        Returns:
            The caller's id; ``None`` when nobody knows.
        """
        caller = self._callers.get(phone.digits) if phone.digits else None
        if record.caller_id is not None:
            caller = record.caller_id if record.caller_id in self._called else None
        if caller is None and record.caller is not None:
            caller = self._add_caller(record, record.caller, place, phone)
        if caller is not None and record.started_at >= self._called[caller]:
            court, office = place
            self._called[caller] = record.started_at
            self._last_calls[caller] = callers.save_called(
                caller, court.id, office.id, record.started_at
            )
        return caller

    def ticket(self, record: CallRecord) -> Touched:
        """The ticket of a call; what a new one holds is set by who asks.

        Args:
            record: The call.

        Returns:
            The ticket; without a standing when the call opens it.

        Raises:
            NotFound: When the ticket that it goes on with is not there.
        """
        if record.continues is None:
            self.opened += 1
            made = record.ticket or self.desk.ids.make(record.started_at)
            self._touched[made] = Touched(made)
            return self._touched[made]
        if record.continues not in self._touched:
            row = self._known.get(record.continues)
            if row is None:
                raise NotFound("The ticket that this call goes on with is not in the database.")
            self._touched[record.continues] = ticket_kept(row)
        return self._touched[record.continues]

    def tell(
        self,
        ticket: Touched,
        record: CallRecord,
        changes: Sequence[Change],
        name: str = "record_call",
    ) -> None:
        """Say in the journal what a call left on its ticket.

        Args:
            ticket: The ticket.
            record: The call.
            changes: What changed.
            name: The act's name.
        """
        head = ticket.head
        ticket.head = self._tell(ticket_chain(ticket.id), name, record, changes, head)

    def rows(self) -> list[Statement]:
        """Every row to be written, table by table.

        Returns:
            The statements of the batch, without those that bring the index up to date.
        """
        for ticket in self._touched.values():
            for table, statement in ticket.statements():
                self._rows[table].append(statement)
        self._rows["called"].extend(self._last_calls.values())
        return [statement for table in _TABLES for statement in self._rows[table]]

    def statements(self) -> list[Statement]:
        """Everything to be written.

        Returns:
            The statements of the batch.
        """
        return [
            *self.rows(),
            search.index_callers(self._new_callers),
            search.index_tickets(self._touched),
        ]

    def standings(self, awaited: Collection[int]) -> history.Standings:
        """What the database will know when the rows are written, for a batch that follows.

        Args:
            awaited: The tickets that a later call may go on with.

        Returns:
            The same that reading it would give.
        """
        for ticket in self._touched.values():
            if ticket.id in awaited:
                self._known[ticket.id] = ticket.kept()
            else:
                self._known.pop(ticket.id, None)
        return history.Standings(self._clerks, self._callers, self._known, self._called)

    def settled(self, awaited: Collection[int]) -> list[int]:
        """The tickets that no later call goes on with.

        Args:
            awaited: Those that one may go on with.

        Returns:
            All others of this batch.
        """
        return [each for each in self._touched if each not in awaited]

    def _add_caller(
        self, record: CallRecord, caller: Caller, place: tuple[Court, Office], phone: Phone
    ) -> int:
        at = record.started_at
        made = cleaned_caller(caller, record.caller_id or self.desk.ids.make(at), place, phone)
        self.put("caller", callers.add_caller(made, at))
        if phone.digits:
            self._callers[phone.digits] = made.id
            self.put("caller_phone", callers.add_phone(made.id, phone.digits, phone.extension))
        self._called[made.id] = at
        self._new_callers.append(made.id)
        self._tell(caller_chain(made.id), "add_caller", record, told_of_caller(made), Head())
        return made.id

    def _tell(
        self, subject: str, act: str, record: CallRecord, changes: Sequence[Change], head: Head
    ) -> Head:
        then = record.told_at is not None
        entry = Entry(
            subject=subject,
            seq=head.seq + 1,
            at=record.told_at if record.told_at is not None else self.stamp.at,
            who=record.clerk if then and record.clerk else self.stamp.login,
            act=act,
            changes=tuple(changes),
            salts=self.desk.ids.salts(len(changes)),
            prev_hash=head.hash,
        )
        first, *values = (
            journal.add_entry(entry)
            if self._entries is None
            else journal.add_unsealed(entry, next(self._entries))
        )
        self.put("journal", first)
        self.put("journal_value", *values)
        return Head(entry.seq, str(first[1][-1]))
