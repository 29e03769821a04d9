"""Tickets: their numbers, their status, and what the outcome of a call makes of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from helpdesk.errors import BadInput

STATUSES: Final = ("open", "waiting", "escalated", "resolved", "closed", "merged", "void")
"""Where a ticket can stand."""

ACTIVE: Final = ("open", "waiting", "escalated")
"""Statuses that still want work."""

STATUS_AFTER: Final = {
    "resolved": "resolved",
    "waiting": "waiting",
    "callback": "waiting",
    "escalated": "escalated",
    "referred": "closed",
}
"""The status that each outcome of a call leads to, *dropped* apart (DESIGN §5)."""

WAKING: Final = ("waiting", "escalated")
"""Statuses that end by themselves: a time has come, or nobody has taken the ticket over."""

PROMISED: Final = ("waiting", "callback")
"""Outcomes that come with a time."""

NEEDS_TICKET: Final = (*PROMISED, "escalated")
"""Outcomes that leave something to be done on the ticket."""

NOT_NUMBERED: Final = 1_000_000_000
"""Above this a place in the series is none yet: the database gives the number later."""

_NUMBER: Final = r"(?i)(?:T-?)?(?:(\d\d)-)?(\d{1,9})\Z"


class TicketRow(NamedTuple):
    """One ticket, as lists show it."""

    id: int
    """The ticket's id."""

    year: int
    """The series of its number."""

    n: int
    """Its place in that series."""

    status: str
    """Where it stands now: what waits is open once its time has come."""

    wakes_at: int | None
    """Until when it waits, in seconds UTC."""

    outcome: str
    """How its last call ended, or empty."""

    symptom: str
    """The symptom's slug, or empty."""

    court: str
    """The court's id."""

    office: str
    """The office's id."""

    zone: str
    """The office's time zone."""

    clerk: str
    """Whose it is."""

    opened_at: int
    """When it was opened, in seconds UTC."""

    resolved_at: int | None = None
    """When it was resolved last, in seconds UTC."""

    reopened: int = 0
    """How often it was opened again."""

    caller: str = ""
    """The caller's name, or empty."""

    firm: str = ""
    """The caller's firm, or empty."""

    phone: str = ""
    """The digits of the caller's first number, or empty."""

    email: str = ""
    """The caller's mail address, or empty."""

    tagged: str = ""
    """The names of its tags, a blank between them."""

    place: int = 0
    """What the list it stands in is ordered by."""

    @property
    def number(self) -> str:
        """Its number as people quote it."""
        return number_said(self.year, self.n)

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags, by name."""
        return tuple(self.tagged.split())

    @property
    def made_by_desk(self) -> bool:
        """Nobody typed what it says: it was fetched."""
        return True


def status_after(outcome: str, status: str, *, made_here: bool) -> str:
    """The status of a ticket after a call.

    Args:
        outcome: How the call ended.
        status: The ticket's status before.
        made_here: Whether this call made the ticket.

    Returns:
        The status; a dropped call closes only the ticket that it made.
    """
    if outcome == "dropped":
        return "closed" if made_here else status
    return STATUS_AFTER[outcome]


def status_now(status: str, wakes_at: int | None, now: int) -> str:
    """The status as it counts now: what waits, or nobody took over, is open at its time.

    Args:
        status: The status as kept.
        wakes_at: When a waiting ticket wakes, or an escalated one comes back, in seconds UTC.
        now: The moment.

    Returns:
        The status to show and to filter by.
    """
    if status in WAKING and wakes_at is not None and wakes_at <= now:
        return "open"
    return status


def number_said(year: int, n: int) -> str:
    """A ticket's number as people quote it.

    Args:
        year: The year of its series.
        n: Its place in the series.

    Returns:
        Such as ``T-26-04817``; ``T-26-?1`` for one that has none yet.
    """
    if n > NOT_NUMBERED:
        return f"T-{year % 100:02}-?{n - NOT_NUMBERED}"
    return "T-%02d-%05d" % (year % 100, n)  # noqa: UP031 - every row of a list: 30 % quicker


def number_meant(text: str, year: int) -> tuple[int, int] | None:
    """Read a ticket's number as people type it.

    Args:
        text: ``T-26-04817``, ``26-4817`` or ``4817``.
        year: The year now; taken when the text names none.

    Returns:
        The year and the place in its series, or ``None`` when it is no number.
    """
    match = re.match(_NUMBER, text.strip())
    if match is None:
        return None
    return (year // 100 * 100 + int(match[1]) if match[1] else year, int(match[2]))


def required_number(text: str, year: int) -> tuple[int, int]:
    """Read a ticket's number that must be one.

    Args:
        text: As people type it.
        year: The year now.

    Returns:
        The year and the place in its series.

    Raises:
        BadInput: When it is no number.
    """
    found = number_meant(text, year)
    if found is None:
        raise BadInput(f"“{text}” is not a ticket number: write it like T-26-04817.")
    return found
