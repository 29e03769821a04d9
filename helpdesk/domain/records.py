"""Calls that are over and are written down whole: what one of them leaves behind.

``helpdesk log``, made-up histories and imports all say a call in one :class:`CallRecord`; the
functions here decide what its rows hold, by the same rules as the acts of a live call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from helpdesk.domain.calls import Caller
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.domain.tickets import PROMISED, status_after
from helpdesk.errors import BadInput, NotAllowed

_FIRST_CALL: Final = 946_684_800
"""2000-01-01: what is older was mistyped."""

_DONE_WITH: Final = ("resolved", "closed")
"""Statuses from which going on counts as reopening."""

_UNTOUCHABLE: Final = ("merged", "void")
"""Statuses of tickets that no call can go on with."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One past call with everything that is known of it."""

    started_at: int
    """When it began, in seconds UTC."""

    court: str
    """The court's id."""

    office: str = ""
    """The office's id; empty for the court's first."""

    caller: Caller | None = None
    """Who called, without an id; ``None`` when nobody knows."""

    phone: str = ""
    """The number it came from, in any spelling; the same number is the same caller."""

    symptom: str = ""
    """The symptom's slug; empty for none, or for that of the ticket it continues."""

    answers: tuple[tuple[str, str], ...] = ()
    """Step and answer, in order."""

    actions: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """Kind and fields of what was done and of identity checks, in order."""

    note: str = ""
    """What was noted."""

    outcome: str = "resolved"
    """How it ended, one of ``OUTCOMES``."""

    due_at: int | None = None
    """The promised moment, in seconds UTC, for waiting and callback."""

    reason: str = ""
    """Why it was referred, or to whom it was escalated."""

    talk_s: int | None = None
    """Seconds talked; ``None`` when nobody knows, which is not 0."""

    hold_s: int | None = None
    """Seconds on hold; ``None`` when nobody knows."""

    wrap_s: int | None = None
    """Seconds after the caller hung up; ``None`` when nobody knows."""

    tags: tuple[str, ...] = ()
    """Tags of the ticket."""

    direction: str = "in"
    """``in`` or ``out``."""

    source: str = "log"
    """The door it came through."""

    clerk: str = ""
    """The login of who took it; empty for who is signed in."""

    ticket: int | None = None
    """The id of the ticket it opens; ``None`` to have one made."""

    continues: int | None = None
    """The id of the older ticket it goes on with, instead of opening one."""

    told_at: int | None = None
    """When the journal says it was written down, in seconds UTC; ``None`` for now."""

    @property
    def ended_at(self) -> int:
        """When the caller hung up, as far as it is known, in seconds UTC."""
        return self.started_at + (self.talk_s or 0) + (self.hold_s or 0)

    @property
    def wrapped_at(self) -> int:
        """When the clerk was done with it, as far as it is known, in seconds UTC."""
        return self.ended_at + (self.wrap_s or 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of talk, hold or wrap, or of one status."""

    kind: str
    """Which."""

    from_at: int
    """When it began, in seconds UTC."""

    to_at: int | None
    """When it ended; ``None`` for the status that a ticket has now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a ticket stands."""

    status: str
    """Its status."""

    outcome: str | None
    """How its last call ended."""

    since: int
    """When it came to stand there, in seconds UTC."""

    resolved_at: int | None = None
    """When it was last resolved."""

    wakes_at: int | None = None
    """When it is open again by itself."""

    reopened: int = 0
    """How often it was reopened."""


def check_record(record: CallRecord, now: int) -> None:
    """Refuse a call that cannot have been.

    Args:
        record: The call.
        now: The moment, in seconds UTC.

    Raises:
        BadInput: When its outcome, its times or its direction do not hold together.
    """
    if record.outcome not in OUTCOMES:
        raise BadInput(f"“{record.outcome}” is no outcome: use {', '.join(OUTCOMES)}.")
    if record.outcome in PROMISED and record.due_at is None:
        raise BadInput(f"An outcome “{record.outcome}” needs a time: say until when.")
    if record.outcome not in PROMISED and record.due_at is not None:
        raise BadInput(f"Only {' and '.join(PROMISED)} have a time, not “{record.outcome}”.")
    if any((seconds or 0) < 0 for seconds in (record.talk_s, record.hold_s, record.wrap_s)):
        raise BadInput("A call cannot end before it began: give a length of 0 or more.")
    if record.started_at < _FIRST_CALL:
        raise BadInput("A call cannot have begun before 2000: write the year with four digits.")
    if record.wrapped_at > now:
        raise BadInput("A call that is over cannot end in the future: give an earlier start.")
    if record.direction not in {"in", "out"}:
        raise BadInput(f"“{record.direction}” is no direction of a call: use in or out.")


def segments_of(record: CallRecord) -> tuple[Stretch, ...]:
    """The stretches of a call: talk, hold if there was any, wrap.

    Args:
        record: The call.

    Returns:
        Those whose length is known, one after the other.
    """
    found = []
    at = record.started_at
    for kind, seconds in (
        ("talk", record.talk_s),
        ("hold", record.hold_s or None),
        ("wrap", record.wrap_s),
    ):
        if seconds is not None:
            found.append(Stretch(kind, at, at + seconds))
            at += seconds
    return tuple(found)


def moments(record: CallRecord, count: int) -> list[int]:
    """When each of the things said and done on a call was recorded.

    Nobody noted when, so that they are spread evenly from ring to hang-up.

    Args:
        record: The call.
        count: How many there are.

    Returns:
        As many moments, in seconds UTC, in order.
    """
    start, length = record.started_at, record.ended_at - record.started_at
    return [start + length * place // (count + 1) for place in range(1, count + 1)]


def standing_after(
    before: Standing | None, record: CallRecord
) -> tuple[Standing, tuple[Stretch, ...]]:
    """Where a ticket stands after a call, and through which statuses the call led it.

    Args:
        before: Where it stood; ``None`` for a ticket that the call opens.
        record: The call.

    Returns:
        The standing, and the stretches that begin with this call; the last has no end.

    Raises:
        NotAllowed: When no call can go on with the ticket.
        BadInput: When the ticket has changed since the call began.
    """
    begun = _begun(before, record)
    ended = record.wrapped_at
    status = status_after(record.outcome, begun.status, made_here=before is None)
    passed = [] if begun is before else [("open", begun.since)]
    if status != begun.status:
        passed.append((status, ended))
    ends = [from_at for _, from_at in passed[1:]]
    standing = Standing(
        status=status,
        outcome=record.outcome,
        since=passed[-1][1] if passed else begun.since,
        resolved_at=ended if status == "resolved" else begun.resolved_at,
        wakes_at=record.due_at,
        reopened=begun.reopened,
    )
    return standing, tuple(
        Stretch(name, from_at, to_at)
        for (name, from_at), to_at in zip(passed, [*ends, None], strict=False)
    )


def _begun(before: Standing | None, record: CallRecord) -> Standing:
    """Where the ticket stands while the call is going on."""
    if before is None:
        return Standing("open", None, record.started_at)
    if before.status in _UNTOUCHABLE:
        raise NotAllowed(f"A {before.status} ticket takes no more calls: open a new one.")
    if before.since > record.started_at:
        raise BadInput("The calls of one ticket must come in the order of their times.")
    if before.status == "open":
        return before
    again = before.reopened + (before.status in _DONE_WITH)
    return Standing("open", None, record.started_at, reopened=again)
