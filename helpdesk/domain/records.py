"""Calls that are over and are written down whole.

``helpdesk log``, made-up histories and imports all say a call in one :class:`CallRecord`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from helpdesk.domain.calls import Caller
from helpdesk.domain.phones import refuse_shortened
from helpdesk.domain.playbook import checked_outcome
from helpdesk.domain.tickets import PROMISED
from helpdesk.errors import BadInput

FIRST_CALL: Final = 946_684_800
"""2000-01-01, in seconds UTC: what is older was mistyped."""

NOT_BEFORE: Final = "A call cannot have begun before 2000: write the year with four digits."
"""What is said of a call that is older."""

IMPORTED: Final = "import"
"""The door that old call logs come through."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """Which row of which import something comes from."""

    run: int
    """The import's id."""

    source: str
    """What the key is unique in."""

    key: str
    """The row's key there."""

    number: str = ""
    """The number that its ticket had there, or empty."""


@dataclass(slots=True)
class CallRecord:
    """One past call with everything that is known of it.

    Nobody changes one. It is not frozen all the same: a frozen one of so many fields takes four
    times as long to make, and a history makes a million.
    """

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

    caller_id: int | None = None
    """Who called, by an id that is on record or becomes that of ``caller``; 0 for nobody,
    ``None`` to go by the number."""

    hung_up_at: int | None = None
    """When the caller hung up, where it is known apart from the lengths, in seconds UTC."""

    precision: str = "second"
    """How exactly its start is known: ``second``, ``minute`` or ``day``."""

    edited: bool = False
    """Whether its times were corrected by hand."""

    clock_changed: bool = False
    """Whether the clock was set while it was going on."""

    row: RowRead | None = None
    """The row that it was imported from."""

    @property
    def ended_at(self) -> int:
        """When the caller hung up, as far as it is known, in seconds UTC."""
        if self.hung_up_at is not None:
            return self.hung_up_at
        return self.started_at + (self.talk_s or 0) + (self.hold_s or 0)

    @property
    def told_late(self) -> bool:
        """Whether it was written down so late that nobody waits to take it over any more."""
        return self.told_at is not None or self.source == IMPORTED

    @property
    def wrapped_at(self) -> int:
        """When the clerk was done with it, as far as it is known, in seconds UTC."""
        return self.ended_at + (self.wrap_s or 0)


def check_record(record: CallRecord, now: int) -> None:
    """Refuse a call that cannot have been.

    Args:
        record: The call.
        now: The moment, in seconds UTC.

    Raises:
        BadInput: When its outcome, its times or its direction do not hold together, or its
            phone number was shortened.
    """
    refuse_shortened(record.phone)
    promised = checked_outcome(record.outcome) in PROMISED
    if promised and record.due_at is None and record.source != IMPORTED:
        raise BadInput(f"An outcome “{record.outcome}” needs a time: say until when.")
    if not promised and record.due_at is not None:
        raise BadInput(f"Only {' and '.join(PROMISED)} have a time, not “{record.outcome}”.")
    shortest = min(record.talk_s or 0, record.hold_s or 0, record.wrap_s or 0)
    if shortest < 0 or record.ended_at < record.started_at:
        raise BadInput("A call cannot end before it began: give a length of 0 or more.")
    if record.started_at < FIRST_CALL:
        raise BadInput(NOT_BEFORE)
    if record.wrapped_at > now:
        raise BadInput("A call that is over cannot end in the future: give an earlier start.")
    if record.direction not in {"in", "out"}:
        raise BadInput(f"“{record.direction}” is no direction of a call: use in or out.")
