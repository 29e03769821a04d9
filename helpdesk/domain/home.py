"""What the home screen shows: calls going on, promises due, and what to do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from helpdesk.domain.incidents import Incident
    from helpdesk.domain.outages import Unusual

DUE_COUNTED: Final = 500
"""So many promises are counted at most, however many were never dealt with."""


class RunningCall(NamedTuple):
    """One call that is not finished yet."""

    call: int
    """The call's id."""

    number: str
    """Its ticket's number."""

    clerk: str
    """Whose it is."""

    mine: bool
    """Whether it is the signed-in clerk's."""

    caller: str
    """The caller's name, or empty."""

    symptom: str
    """The symptom's slug, or empty."""

    started_at: int
    """When it began, in seconds UTC."""

    running: str
    """Which clock runs: ``talk``, ``hold`` (parked) or ``wrap``."""

    since: int
    """Since when, in seconds UTC."""

    gone_since: int | None = None
    """When its console was last heard of, if that console is gone; in seconds UTC."""

    court: str = ""
    """The court's id."""

    @property
    def parked(self) -> bool:
        """Whether it waits on hold."""
        return self.running == "hold"


class DuePromise(NamedTuple):
    """A promise that is not dealt with yet."""

    ticket: int
    """The ticket's id."""

    number: str
    """Its number."""

    kind: str
    """``callback``, ``waiting`` or ``linked-by-then``."""

    due_at: int
    """The promised moment, in seconds UTC."""

    zone: str
    """The caller's zone."""

    caller: str
    """The caller's name, or empty."""

    symptom: str
    """The symptom's slug, or empty."""

    clerk: str
    """Who promised."""

    incident: int | None = None
    """The number of the incident whose end it waits for, if any."""

    incident_over: bool = False
    """Whether that incident is over."""

    court: str = ""
    """The court's id."""

    def presses(self, now: int) -> bool:
        """Whether somebody should call at once: it is late, or its incident is over."""
        return self.incident_over or self.due_at < now


class Promised(NamedTuple):
    """Everything that was promised and is not dealt with, as far as it is listed."""

    pressing: tuple[DuePromise, ...]
    """What is late or whose incident is over, those of incidents first, then the oldest."""

    coming: tuple[DuePromise, ...]
    """The rest, what is due next first."""

    pressing_said: str
    """How many press in all."""

    coming_said: str
    """How many come in all."""


class Escalated(NamedTuple):
    """An escalation that the signed-in clerk must know of."""

    ticket: int
    """The ticket's id."""

    number: str
    """Its number."""

    caller: str
    """The caller's name, or empty."""

    symptom: str
    """The symptom's slug, or empty."""

    at: int
    """When it was escalated, or came back, in seconds UTC."""

    said: str
    """Who wants what, in a few words."""

    for_me: bool
    """Whether I can accept it; otherwise it was mine and came back."""

    alert: bool
    """Whether its time is over."""


class HomeView(NamedTuple):
    """The home screen's two upper lists; the newest tickets come from the ticket list."""

    running: tuple[RunningCall, ...] = ()
    """Calls going on, mine first."""

    promises: tuple[DuePromise, ...] = ()
    """Promises due, the oldest first."""

    due: int = 0
    """How many promises are due today or late, or one more than ``DUE_COUNTED``."""

    late: int = 0
    """How many of them are late."""

    over: int = 0
    """How many are not late, but the incident that they wait for is over."""

    can_undo: bool = False
    """Whether the clerk did anything since the console was opened that can be taken back."""

    can_redo: bool = False
    """Whether the clerk took something back last that can be done again."""

    unusual: tuple[Unusual, ...] = ()
    """Today's alarms for which no incident was declared, the oldest first."""

    incidents: tuple[Incident, ...] = ()
    """The incidents that run, the newest first."""

    escalated: tuple[Escalated, ...] = ()
    """Escalations to me, and mine that came back, the oldest first."""

    untaken: int = 0
    """How many lines of the newest hand-over sheet nobody has taken over."""

    @property
    def left(self) -> tuple[RunningCall, ...]:
        """Calls left behind: where the caller may still be on the line first, the newest first."""
        left = [call for call in self.running if call.gone_since is not None]
        return tuple(sorted(left, key=lambda call: (call.running == "wrap", -call.started_at)))

    def counted(self, count: int, *, to_the_end: bool) -> str:
        """A number of promises as it is said.

        Args:
            count: How many of those that were counted.
            to_the_end: Whether it is of all that are due from some moment on.

        Returns:
            Such as ``12``, or ``500+`` where there are more than were counted.
        """
        return f"{count - 1}+" if to_the_end and self.due > DUE_COUNTED else f"{count}"
