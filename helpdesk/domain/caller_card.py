"""Everything worth knowing of a caller, as the card shows it; and pairs who look alike."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.domain.calls import Caller, PastCall
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.promises import OpenPromise
from helpdesk.domain.ticket_history import TicketHistory


@dataclass(frozen=True, slots=True)
class Counted:
    """How many in the last days."""

    week: int
    """Within 7 days."""

    quarter: int
    """Within 90 days."""

    ever: int
    """In all."""


@dataclass(frozen=True, slots=True)
class Firm:
    """The caller's firm."""

    callers: int
    """How many people of it are on record."""

    calls: int
    """How often they called within 90 days."""


@dataclass(frozen=True, slots=True)
class CallerCard:
    """A caller with all that was before."""

    caller: Caller
    """The caller, with the numbers of those merged in."""

    merged: tuple[Caller, ...]
    """Who counts as the same person."""

    court: Court
    """The court of the last call."""

    office: Office
    """Its office: the zone in which times are said."""

    calls: Counted
    """Inbound calls."""

    tickets: Counted
    """Tickets opened."""

    firm: Firm | None
    """The firm, where there is one."""

    last: TicketHistory | None
    """The newest ticket, with what was told."""

    same_again: str
    """The symptom that the last two calls within 7 days were about, or empty."""

    promises: tuple[OpenPromise, ...]
    """What is promised, by when it is due."""

    alike: int
    """How many others may be the same person."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two callers who may be the same person."""

    one: Caller
    """The one who called last."""

    other: Caller
    """The other."""

    why: tuple[str, ...]
    """What speaks for it."""


@dataclass(frozen=True, slots=True)
class AlikeFound:
    """A stretch of the search for callers who may be the same person."""

    pairs: tuple[Alike, ...]
    """The pairs."""

    looked_at: int
    """How many callers were looked at, who called last first."""

    after: tuple[int, int] | None
    """Where the next stretch begins; ``None`` at the end."""


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What linking a ticket to a caller would link too."""

    phones: tuple[str, ...]
    """The digits that the ticket's calls came from."""

    tickets: int
    """How many other tickets without a caller came from there."""

    calls: int
    """How many anonymous calls are on them."""

    newest: tuple[PastCall, ...] = ()
    """The newest of them."""
