"""One ticket with all that was done on it, as it is shown and handed on."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.domain.calls import Done, Note
from helpdesk.domain.journal import Change
from helpdesk.domain.promises import Promised
from helpdesk.domain.tickets import TicketRow


@dataclass(frozen=True, slots=True)
class PastTalk:
    """One call that worked on the ticket."""

    started_at: int
    """When it began, in seconds UTC."""

    ended_at: int | None
    """When the caller hung up; ``None`` while the call goes on."""

    talk_s: int | None
    """Seconds talked; ``None`` until the call is finished, like the two others."""

    hold_s: int | None
    """Seconds on hold."""

    wrap_s: int | None
    """Seconds after the caller hung up."""

    zone: str
    """The time zone of the office that was called about."""

    clerk: str
    """Who took it."""

    outcome: str
    """How it ended, or empty."""

    reason: str
    """Why it was referred or escalated, or empty."""

    edited: bool
    """Whether its times were set by hand."""

    clock_changed: bool
    """Whether the computer's clock was set meanwhile."""

    id: int = 0
    """The call's id."""

    direction: str = "in"
    """``in``, or ``out`` when the desk called."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer given in a playbook."""

    playbook: str
    """The playbook's slug."""

    version: int
    """Its version as people count it."""

    version_hash: str
    """Its version as the database knows it."""

    step: str
    """The step's id."""

    words: str
    """What the step asked or said, or told the clerk to do."""

    answer: str
    """What was answered."""

    at: int
    """When, in seconds UTC."""

    clerk: str
    """Who asked."""

    struck: bool
    """Whether it was taken back."""


@dataclass(frozen=True, slots=True)
class Escalated:
    """One escalation of the ticket."""

    target: str
    """The login or role that it was escalated to."""

    at: int
    """When, in seconds UTC."""

    clerk: str
    """Who escalated it."""

    returns_at: int
    """When it comes back unless it is accepted, in seconds UTC."""

    state: str
    """``open``, ``accepted``, ``returned``, ``settled`` or ``bounced``."""

    answerer: str
    """Who answered, or empty."""

    reason: str
    """Why it was given back, or empty."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Another ticket that this one has to do with."""

    number: str
    """Its number."""

    said: str
    """How, such as *follow-up of*."""


@dataclass(frozen=True, slots=True)
class MergedIn:
    """A ticket that goes on in this one, with what was done on it itself."""

    id: int
    """The ticket's id."""

    number: str
    """Its number."""

    calls: tuple[PastTalk, ...]
    """Its own calls, first to last."""

    actions: tuple[Done, ...]
    """Its actions, oldest first."""

    notes: tuple[Note, ...]
    """Its notes, oldest first."""

    promises: tuple[Promised, ...] = ()
    """Its promises, by when they are due."""


@dataclass(frozen=True, slots=True)
class Journaled:
    """One entry of the ticket's journal."""

    seq: int
    """Its place in the ticket's chain."""

    at: int
    """When, in seconds UTC."""

    who: str
    """The clerk's login."""

    act: str
    """What was done."""

    undoes: int | None
    """The place of the entry that it takes back."""

    changes: tuple[Change, ...]
    """What it changed."""


@dataclass(frozen=True, slots=True)
class TicketHistory:
    """One ticket with all that was done on it."""

    row: TicketRow
    """The ticket itself."""

    merged_into: str
    """The number of the ticket that it goes on in, or empty."""

    calls: tuple[PastTalk, ...]
    """Its calls, first to last."""

    answers: tuple[Answered, ...]
    """The answers, oldest first, those taken back among them."""

    actions: tuple[Done, ...]
    """The actions and identity checks, oldest first."""

    notes: tuple[Note, ...]
    """The notes, oldest first."""

    promises: tuple[Promised, ...]
    """The promises, by when they are due."""

    journal: tuple[Journaled, ...]
    """Every entry of its journal, in order."""

    escalations: tuple[Escalated, ...] = ()
    """Its escalations, oldest first."""

    links: tuple[Linked, ...] = ()
    """The tickets that it has to do with."""

    merged_in: tuple[MergedIn, ...] = ()
    """The tickets that go on in this one, at whatever depth, oldest first."""

    held: tuple[str, ...] = ()
    """What legal holds keep of it, each with its reason."""
