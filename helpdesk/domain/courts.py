"""Courts, their offices, and the PACER Service Center."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

SETTINGS: Final = {
    "pay-later": "a filer may choose Pay Later",
    "fee-lockout": "overdue filing fees empty the menus",
    "new-request-rejected": "a new e-file request from an existing filer is rejected",
    "notices-resent": "a missed notice can be sent again",
    "claims-without-login": "creditors can file a claim without a login (ePOC)",
    "shared-filer-accounts": "shared corporate CM/ECF accounts exist and cannot be linked",
    "firm-viewing": "the firm's shared PACER account may be kept for viewing",
}
"""Per-court settings, ``yes`` or ``no`` where known (facts.md §6, §8, §9, §10, §16, §18)."""

USUAL_HOURS: Final = ("Mon-Fri 08:30-16:30",)
"""The hours of an office where the desk says nothing else."""


class Office(NamedTuple):
    """One office of a court."""

    id: str
    """Its name in rows and files: ``cedar-rapids``."""

    name: str
    """As people say it."""

    zone: str
    """Its IANA time zone."""

    phone: str = ""
    """The help desk's number there; empty when it is not recorded."""


class Court(NamedTuple):
    """One court whose filers call."""

    id: str
    """Its name in rows and files: ``ianb``."""

    name: str
    """In full."""

    short: str
    """As clerks say it: *Iowa Northern*."""

    kind: str
    """``bankruptcy``, ``district`` or ``appellate``."""

    web: str
    """Its web address."""

    go_live: date | None
    """The day it went, or will go, live on NextGen; ``None`` when not announced."""

    offices: tuple[Office, ...]
    """At least one; the first is meant when only the court is named."""

    settings: Mapping[str, str] = {}
    """``SETTINGS`` as far as they are known, each ``yes`` or ``no``."""

    temporary_password_hours: int | None = None
    """How long a temporary CM/ECF password holds; ``None`` for the desk's own setting."""

    closed: tuple[date, ...] = ()
    """Days on which it is closed besides weekends and federal holidays."""

    def is_live(self, today: date) -> bool:
        """Whether the court is on NextGen.

        Args:
            today: The date at the court.

        Returns:
            ``True`` from the go-live day on.
        """
        return self.go_live is not None and self.go_live <= today

    def office(self, office_id: str) -> Office | None:
        """Find an office.

        Args:
            office_id: Its id.

        Returns:
            The office, or ``None``.
        """
        return next((office for office in self.offices if office.id == office_id), None)


class ServiceCenter(NamedTuple):
    """The PACER Service Center (facts.md §14)."""

    phone: str
    """Its number."""

    email: str
    """Its address."""

    web: str
    """PACER's web address."""

    zone: str
    """The zone of its hours."""

    opens: time
    """When it opens on working days."""

    closes: time
    """When it closes on working days."""

    def is_open(self, now: int) -> bool:
        """Whether somebody answers there; federal holidays are not known here.

        Args:
            now: The moment, in seconds UTC.

        Returns:
            ``True`` on Monday to Friday within its hours.
        """
        there = local(now, self.zone)
        return there.weekday() < 5 and self.opens <= there.time() < self.closes  # noqa: PLR2004

    def hours(self, now: int, zone: str) -> str:
        """Its hours as said to a caller.

        Args:
            now: The moment, in seconds UTC: its date decides the offsets.
            zone: The caller's zone.

        Returns:
            The hours in Central time, and in the caller's where that differs.
        """
        there = local(now, self.zone)
        ends = (there.replace(hour=at.hour, minute=at.minute) for at in (self.opens, self.closes))
        first, last = (int(end.timestamp()) for end in ends)
        said = f"{_clock(self.opens)}-{_clock(self.closes)} Central, Mon-Fri"
        here = "-".join(_clock(local(at, zone).time()) for at in (first, last))
        shown = f"{_clock(self.opens)}-{_clock(self.closes)}"
        return said if here == shown else f"{said} = {here} there"


def local(at: int, zone: str) -> datetime:
    """The wall clock in a zone; never subtract two of these (STATS §0).

    Args:
        at: Seconds UTC.
        zone: An IANA name.

    Returns:
        The aware local time.
    """
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def _clock(at: time) -> str:
    hour = at.hour % 12 or 12
    half = "am" if at.hour < 12 else "pm"  # noqa: PLR2004
    return f"{hour}:{at.minute:02}{half}" if at.minute else f"{hour}{half}"
