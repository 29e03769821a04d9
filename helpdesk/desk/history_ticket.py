"""A ticket that past calls open or go on with, followed until their batch is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpdesk.domain.aftermath import Standing, Stretch, standing_after
from helpdesk.domain.journal import Head
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tickets import ACTIVE
from helpdesk.port import Statement, Value
from helpdesk.store import doings, history, tickets


@dataclass(slots=True)
class Touched:
    """A ticket as the calls of one batch leave it."""

    id: int
    """Its id."""

    symptom: str = ""
    """Its symptom, or empty."""

    version: str | None = None
    """The playbook version that it keeps."""

    head: Head = field(default_factory=Head)
    """The head of its chain."""

    standing: Standing | None = None
    """Where it stands; ``None`` before its first call."""

    changed_at: int = 0
    """When it last changed, in seconds UTC."""

    year: int = 0
    """The series of its number, for a ticket that is opened here."""

    opened: tuple[Value, ...] = ()
    """Caller, court, office, zone, clerk and moment, for a ticket that is opened here."""

    spans: list[tuple[int, Stretch]] = field(default_factory=list)
    """The stretches that begin here, each with its id."""

    promises: list[tuple[Value, ...]] = field(default_factory=list)
    """The promises that are made here and not done with."""

    before: list[tuple[str, Statement]] = field(default_factory=list)
    """What changes in rows that were there before, by table."""

    def columns(self) -> dict[str, Value]:
        """What the columns hold that a call may change; nothing before its first call."""
        if self.standing is None:
            return {}
        return {
            **_columns(self.standing), "symptom": self.symptom or None, "version": self.version,
        }  # fmt: skip

    def kept(self) -> dict[str, Any]:
        """The ticket as the database has it once its rows are written.

        Returns:
            What :func:`helpdesk.store.history.find_standings` would give.
        """
        assert self.standing is not None  # noqa: S101 - it was led through a call
        return {
            **self.columns(), "id": self.id, "since": self.standing.since,
            "seq": self.head.seq, "hash": self.head.hash,
        }  # fmt: skip

    def follow(self, record: CallRecord, ids: Sequence[int]) -> None:
        """Lead the ticket through a call: its status, and what was promised before.

        Args:
            record: The call.
            ids: Ids for the stretches of its status, two at least.
        """
        before, ended = self.standing, record.wrapped_at
        self.standing, stretches = standing_after(before, record)
        self.changed_at = ended
        if stretches and before is not None:
            self._end_span(stretches[0].from_at)
        self.spans.extend(zip(ids, stretches, strict=False))
        if before is not None and record.outcome == "dropped":
            return  # nobody spoke: what was promised before still stands
        how = "called" if record.direction == "out" else "came"
        self._keep_promises(ended, how)
        if before is not None:
            settled = history.settle_escalations(self.id, ended)
            self.before.append(("escalation_done", settled))
        if before is not None and not self.opened:
            self.before.append(("promise_done", doings.end_promises(self.id, ended, how)))

    def escalate(self, record: CallRecord, columns: tuple[Value, ...], accept: int) -> Statement:
        """Have its last call escalate it.

        One that was told later than somebody had to answer it stands as accepted.

        Args:
            record: The call.
            columns: The escalation's id, ticket, call, target, moment and clerk.
            accept: How many seconds somebody has to answer it.

        Returns:
            The escalation's row.
        """
        returns_at = record.wrapped_at + accept
        if self.standing is not None and not record.told_late:
            self.standing = self.standing._replace(wakes_at=returns_at)
        answer = (record.wrapped_at, "accepted") if record.told_late else (None, None)
        return history.add_past_escalation(*columns, returns_at, *answer)

    def promise(self, *columns: Value) -> None:
        """Add a promise that its last call made.

        Args:
            *columns: The columns, the moment it was kept apart.
        """
        self.promises.append(columns)
        if self.standing is not None and self.standing.status not in ACTIVE:
            self._keep_promises(self.changed_at, "came")

    def statements(self) -> Iterator[tuple[str, Statement]]:
        """What is written of the ticket.

        Yields:
            Table and statement.
        """
        standing = self.standing
        assert standing is not None  # noqa: S101 - it was led through a call
        if self.opened:
            *whose, opened_at = self.opened
            row = (
                *whose, self.symptom or None, self.version, standing.status, standing.outcome,
                opened_at, self.changed_at, standing.resolved_at, standing.wakes_at,
                standing.reopened,
            )  # fmt: skip
            yield "ticket", history.add_past_ticket(self.id, self.year, *row)
        else:
            yield (
                "status_saved",
                tickets.save_status(self.id, self.changed_at, _columns(standing)),
            )
        yield from self.before
        for span, each in self.spans:
            row = (span, self.id, each.kind, each.from_at, each.to_at)
            yield "status_span", history.add_past_span(*row)
        for promise in self.promises:
            yield "promise", history.add_past_promise(*promise, None, None)

    def _keep_promises(self, at: int, how: str) -> None:
        for each in self.promises:
            self.before.append(("promise", history.add_past_promise(*each, at, how)))
        self.promises.clear()

    def _end_span(self, at: int) -> None:
        if self.spans:
            span, last = self.spans[-1]
            self.spans[-1] = (span, Stretch(last.kind, last.from_at, at))
        else:
            self.before.append(("status_ended", tickets.end_span(self.id, at)))


def _columns(standing: Standing) -> dict[str, Value]:
    return {
        "status": standing.status,
        "outcome": standing.outcome,
        "resolved_at": standing.resolved_at,
        "wakes_at": standing.wakes_at,
        "reopened": standing.reopened,
    }


def ticket_kept(row: Mapping[str, Any]) -> Touched:
    """A ticket as the database has it.

    Args:
        row: What :func:`helpdesk.store.history.find_standings` gave.

    Returns:
        The ticket.
    """
    return Touched(
        id=row["id"],
        symptom=row["symptom"] or "",
        version=row["version"],
        head=Head(row["seq"], row["hash"]),
        standing=Standing(
            row["status"], row["outcome"], row["since"], row["resolved_at"], row["wakes_at"],
            row["reopened"],
        ),
    )  # fmt: skip
