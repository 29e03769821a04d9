"""A call as it stands: what the call screen shows and what the acts decide on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpdesk.domain.continuing import likeliest
from helpdesk.domain.journal import Head
from helpdesk.domain.phones import shown
from helpdesk.domain.repeats import Repeat

if TYPE_CHECKING:
    from helpdesk.domain.call_clocks import Clocks
    from helpdesk.domain.courts import Court, Office
    from helpdesk.domain.incidents import Incident
    from helpdesk.domain.outages import Unusual
    from helpdesk.domain.promises import OpenPromise
    from helpdesk.domain.run import Run, SaidBefore


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls; nothing is required."""

    id: int
    """The caller's id."""

    name: str = ""
    """*Whitfield, Dana* or however it was given."""

    firm: str = ""
    """The law firm or office."""

    role: str = ""
    """``attorney``, ``staff``, ``trustee``, ``creditor``, ``self-represented`` or ``other``."""

    email: str = ""
    """The address on record."""

    bar_number: str = ""
    """As the court knows it."""

    court: str = ""
    """The court of the last call."""

    office: str = ""
    """The office of that court."""

    phones: tuple[str, ...] = ()
    """The numbers on record: digits, behind an ``x`` the extension."""

    called_at: int = 0
    """When this caller last called, in seconds UTC."""

    @property
    def label(self) -> str:
        """The caller in one line of a list."""
        phones = " ".join(shown(digits) for digits in self.phones[:2])
        parts = (self.name or "(no name)", phones, self.firm, self.court.upper())
        return "  ".join(part for part in parts if part)


ROLES = ("attorney", "staff", "trustee", "creditor", "self-represented", "other")
"""What a caller can be; two letters tell them apart, and ``s`` alone means staff."""


@dataclass(frozen=True, slots=True)
class PastCall:
    """An earlier ticket of the same caller."""

    ticket: int
    """The ticket's id."""

    number: str
    """Its number as people quote it."""

    opened_at: int
    """When it was opened, in seconds UTC."""

    symptom: str
    """The symptom's slug, or empty."""

    status: str
    """Where it stands now."""

    outcome: str
    """How its last call ended, or empty."""

    clerk: str
    """Who took it."""

    ended_at: int | None = None
    """When its last call ended, in seconds UTC."""

    called_at: int = 0
    """When the caller last called about it, in seconds UTC."""


@dataclass(frozen=True, slots=True)
class Done:
    """One action on the ticket."""

    id: int
    """The action's id."""

    kind: str
    """Its kind."""

    at: int
    """When, in seconds UTC."""

    clerk: str
    """Who did it."""

    fields: dict[str, str]
    """What was recorded with it."""

    expires_at: int | None
    """Until when it holds."""

    struck: bool
    """Whether it was recorded in error."""

    call: int | None = None
    """The call it was done on."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note on the ticket."""

    at: int
    """When, in seconds UTC."""

    clerk: str
    """Who wrote it."""

    text: str
    """What it says."""

    struck: bool = False
    """Whether it was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallState:
    """One call with its ticket, as far as most acts decide on it."""

    call: int
    """The call's id."""

    ticket: int
    """The id of the ticket it works on."""

    number: str
    """The ticket's number."""

    started_at: int
    """When it began, in seconds UTC."""

    opened_at: int
    """When its ticket was opened: before the call, when it goes on with an older one."""

    ended_at: int | None
    """When the caller hung up."""

    wrap_ended_at: int | None
    """When the clerk was done with it."""

    phone: str
    """The digits it came from, when known."""

    court: Court
    """The court the caller has trouble with."""

    office: Office
    """Its office: the zone in which times are said."""

    symptom: str = ""
    """The symptom's slug."""

    draft: str = ""
    """What stands in the note box."""

    outbound: bool = False
    """Whether the desk called, and not the caller."""

    went_on_in: str = ""
    """The number of the ticket that its own went on in meanwhile; empty for none."""

    is_void: bool = False
    """Whether its ticket, or the one that it went on in, was made void meanwhile."""

    head: Head = field(default=Head(), compare=False)
    """The newest entry in the ticket's chain of the journal."""

    @property
    def is_over(self) -> bool:
        """Whether it has its outcome, and the clerk is done with it."""
        return self.wrap_ended_at is not None

    @property
    def opened_here(self) -> bool:
        """Whether this call made the ticket, and neither goes on with one nor calls back."""
        return self.opened_at >= self.started_at


@dataclass(frozen=True, slots=True, kw_only=True)
class CallView(CallState):
    """One call with its ticket, as the call screen shows it."""

    clerk: str
    """Whose call it is."""

    clocks: Clocks
    """Talk, hold and wrap."""

    outcome: str
    """How it ended, or empty."""

    asked_caller: bool = False
    """Whether the caller box was answered, if only by *unknown*."""

    caller: Caller | None = None
    """Who calls."""

    past: tuple[PastCall, ...] = ()
    """The caller's earlier tickets, newest first."""

    repeat: Repeat = field(default_factory=Repeat)
    """Which call of the same caller this is."""

    named: int = 0
    """The ticket whose number was typed to find the caller, or 0."""

    promises: tuple[OpenPromise, ...] = ()
    """What the caller was promised and is not dealt with, by when it is due."""

    version: int = 0
    """The playbook's version as people count it."""

    run: Run | None = None
    """Where the call stands in the playbook."""

    said_before: Mapping[str, SaidBefore] = field(default_factory=dict)
    """By fact, what the caller answered on earlier tickets: old, and to be asked about."""

    asked: Mapping[str, str] = field(default_factory=dict)
    """What was filled in on this call for the prompts of its playbook."""

    done: tuple[Done, ...] = ()
    """The actions and identity checks, oldest first."""

    notes: tuple[Note, ...] = ()
    """The notes, oldest first."""

    edited: bool = False
    """Whether its times were corrected by hand."""

    incident: Incident | None = None
    """The incident that its ticket is attached to, while that runs."""

    incidents: tuple[Incident, ...] = ()
    """The incidents that run at its court, the newest first."""

    unusual: Unusual | None = None
    """Today's alarm of its symptom at its court."""

    @property
    def is_told(self) -> bool:
        """Whether it is known who calls, if only by the number."""
        return self.caller is not None or bool(self.phone)

    @property
    def checks(self) -> tuple[Done, ...]:
        """What was done on this very call: identity checks of earlier calls prove nothing now."""
        return tuple(each for each in self.done if each.call == self.call and not each.struck)

    def continues(self, within: int) -> PastCall | None:
        """The ticket that this call most likely goes on with.

        Args:
            within: How many seconds back counts as the same matter.

        Returns:
            The ticket, of the chosen symptom once there is one; ``None`` for a call that goes
            on with one already.
        """
        return likeliest(self, within) if self.opened_here else None
