"""Incidents: what is known to be broken, what callers are told, and when they hear again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from helpdesk.domain.business_days import CLOSES, business_days_after
from helpdesk.domain.courts import Court, local

OVER: Final = "end"
"""What is typed for the end of an incident, where a time is asked."""


class Incident(NamedTuple):
    """One fault that many callers have at one court."""

    id: int
    """The row's id."""

    n: int
    """Its number as people quote it; one series a desk."""

    court: str
    """The court's id."""

    symptom: str
    """The symptom's slug."""

    line: str
    """What is read out to callers."""

    declared_at: int
    """When it was declared, in seconds UTC."""

    clerk: str
    """Who declared it."""

    ended_at: int | None = None
    """When it was over, in seconds UTC."""

    ended_by: str = ""
    """Who said so."""

    note: str = ""
    """What was said at its end."""

    tickets: int = 0
    """How many tickets are attached to it."""

    promised: int = 0
    """How many promises to call back or to wait stand open until it is over."""


class AttachedTicket(NamedTuple):
    """One ticket that is attached to an incident."""

    number: str
    """Its number."""

    status: str
    """Where it stands now."""

    caller: str
    """The caller's name, or empty."""

    at: int
    """When it was attached, in seconds UTC."""

    due_at: int | None
    """When somebody calls at the latest, in seconds UTC, where that was promised."""


def line_suggested(title: str, court: Court) -> str:
    """A sentence to begin with for whoever declares an incident.

    Args:
        title: The symptom as people read it.
        court: The court.

    Returns:
        What could be read out to callers.
    """
    return (
        f"{court.short} knows about “{title}”: several callers have it today, and it is being "
        "looked into. There is nothing you need to change on your side. Does something have to "
        "be filed before it is mended? Then tell me now."
    )


def fall_back(now: int, zone: str, closed: Collection[date] = ()) -> int:
    """When somebody looks at a promise again though nobody has ended its incident.

    Args:
        now: The moment, in seconds UTC.
        zone: The caller's zone.
        closed: The court's closures.

    Returns:
        The end of the next business day there, in seconds UTC.
    """
    day = business_days_after(local(now, zone).date(), 1, closed)
    return int(datetime.combine(day, CLOSES, ZoneInfo(zone)).timestamp())
