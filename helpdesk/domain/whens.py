"""Times as people type them: ``tom 9``, ``thu 2:30p``, ``45m``, ``eod``, ``12/1 10``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.domain.business_days import CLOSES, business_days_after, why_closed
from helpdesk.domain.courts import local
from helpdesk.domain.named_days import DAYS, named_day, next_such_day
from helpdesk.domain.periods import refuse_far_off
from helpdesk.errors import BadInput

EXAMPLES: Final = "tom 9   thu 2:30p   45m   eod   10bd   12/1 10"
"""How a time can be typed."""

END_OF_DAY: Final = CLOSES
"""What ``eod`` means."""

MORNING: Final = time(9, 0)
"""The time meant when only a day is named."""

_SOON: Final = {"today": 0, "tom": 1, "tmw": 1, "tomorrow": 1}
_WRITTEN_OUT: Final = (
    "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_FAR_DAYS: Final = 270
"""A day without a year that comes again only after so many: the one that is past was typed."""

_NEAR: Final = 0.8
"""How alike a wrongly written word must be, as ``difflib`` measures it."""

_SPAN: Final = re.compile(r"(\d{1,4})\s*(m|min|mins|h|hr|hrs|d|day|days)\Z")
_CLOCK: Final = re.compile(r"(\d{1,2})(?::?(\d{2}))?\s*(a|am|p|pm)?\Z")
_BUSINESS: Final = re.compile(r"([1-9]\d{0,2})\s*(?:bd|business days?)\b\s*")
_SECONDS: Final = {"m": 60, "h": 3600}
_HOWTO: Final = "write it like tom 9, thu 2:30p, 45m, eod, 10bd, 12/1 10 or dec 1 14:30"


def moment_meant(text: str, now: int, zone: str, closed: Collection[date] = ()) -> int:
    """Read a time that lies ahead.

    Args:
        text: As people type it; after a day, or ``10bd`` (business days), a time of that day may
            stand; a day without a year is the next one, unless it was there within some months.
        now: The moment now, in seconds UTC.
        zone: The zone in which it is read: the caller's.
        closed: The court's closures, which are no business days.

    Returns:
        The moment in seconds UTC.

    Raises:
        BadInput: When nothing was typed, it cannot be read, lies behind, or does not exist on
            that day's clock.
    """
    typed = " ".join(text.lower().split())
    if not typed:
        raise BadInput(f"Say when: {_HOWTO}.")
    span = _SPAN.match(typed)
    if span and span[2][0] != "d":
        moment = now + int(span[1]) * _SECONDS[span[2][0]]
    elif span:
        day = local(now, zone).date() + timedelta(days=int(span[1]))
        moment = _moment(text, day, local(now, zone).time().replace(second=0), zone)
    else:
        day, rest = _day(text, typed, local(now, zone).date(), closed)
        moment = _moment(text, day, _clock(text, rest), zone)
    if moment <= now:
        raise BadInput(f"“{text}” lies behind ({local(moment, zone):%a %d %b %H:%M}): {_HOWTO}.")
    return moment


def minutes_meant(text: str) -> int:
    """Read a length of time, such as how long ago a call began.

    Args:
        text: ``12m``, ``12`` or ``1h``.

    Returns:
        Seconds.

    Raises:
        BadInput: When it cannot be read or is longer than a day.
    """
    typed = text.strip().lower()
    span = _SPAN.match(typed if not typed.isdecimal() else f"{typed}m")
    seconds = int(span[1]) * _SECONDS.get(span[2][0], 86_400) if span else 0
    if span is None or not seconds:
        raise BadInput(f"“{text}” is not a length of time: write it like 12m or 1h.")
    if seconds > 86_400:  # noqa: PLR2004
        raise BadInput(f"“{text}” is longer than a day: write it like 12m or 1h.")
    return seconds


def said_in(moment: int, zone: str) -> str:
    """A moment as read out to somebody in a zone.

    Args:
        moment: Seconds UTC.
        zone: An IANA name.

    Returns:
        Such as ``Thu 11 Jun 14:30 CDT``.
    """
    return f"{local(moment, zone):%a %d %b %H:%M %Z}"


def morning_of(day: date, zone: str) -> int:
    """The moment meant when only a day is named.

    Args:
        day: The day.
        zone: An IANA name.

    Returns:
        Nine o'clock there, in seconds UTC.
    """
    return _moment(str(day), day, MORNING, zone)


def clock_on(text: str, day: date, zone: str) -> int | None:
    """Read a time of a known day.

    Args:
        text: Such as ``9:15``, ``1420`` or ``2:50p``.
        day: The day.
        zone: An IANA name.

    Returns:
        The moment in seconds UTC; ``None`` when it is more than a time of a day.

    Raises:
        BadInput: When no clock shows it on that day.
    """
    typed = text.lower()
    return _moment(text, day, _clock(text, typed), zone) if _CLOCK.match(typed) else None


def in_both_zones(due_at: int, there: str, here: str, closed: Collection[date] = ()) -> str:
    """A promised moment as it is read in the caller's zone and in the clerk's.

    Args:
        due_at: Seconds UTC.
        there: The caller's zone.
        here: The clerk's.
        closed: The court's closures.

    Returns:
        One reading when both are the same; behind it why the court is closed then.
    """
    theirs, ours = said_in(due_at, there), said_in(due_at, here)
    said = f"{theirs} there" if theirs == ours else f"{theirs} there = {ours} here"
    why = why_closed(due_at, there, closed)
    return f"{said} ! {why}" if why else said


def _day(text: str, typed: str, today: date, closed: Collection[date]) -> tuple[date, str]:
    if business := _BUSINESS.match(typed):
        return business_days_after(today, int(business[1]), closed), typed[business.end() :]
    if found := _named(text, typed, today):
        return found
    word, _, rest = typed.partition(" ")
    word = next(iter(get_close_matches(word, _WRITTEN_OUT, 1, _NEAR)), word)
    if word in _SOON:
        return today + timedelta(days=_SOON[word]), rest
    if len(word) >= 3 and word[:3] in DAYS and word.isalpha():  # noqa: PLR2004
        ahead = (DAYS.index(word[:3]) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7), rest
    try:
        return date.fromisoformat(word), rest
    except ValueError:
        return today, typed


def _named(text: str, typed: str, today: date) -> tuple[date, str] | None:
    """A day such as ``dec 25`` or ``12/25`` at the beginning of what was typed."""
    words = typed.split()
    for length in (2, 1):
        named = named_day(" ".join(words[:length]).rstrip(","))
        if named is None:
            continue
        year, month, day = named
        with suppress(ValueError):
            found = date(year, month, day) if year else next_such_day(month, day, today)
            if not year and (found - today).days > _FAR_DAYS:
                raise BadInput(
                    f"“{text}” lies behind, or is {found}: write it so if that is meant."
                )
            return found, " ".join(words[length:])
        raise BadInput(f"“{text}”: there is no such day: {_HOWTO}.")
    return None


def _clock(text: str, rest: str) -> time:
    if not rest:
        return MORNING
    if rest in {"eod", "cob"}:
        return END_OF_DAY
    if rest == "noon":
        return time(12)
    match = _CLOCK.match(rest)
    if match is None:
        raise BadInput(f"“{text}” is not a time: {_HOWTO}.")
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half == "p" or (not half and 1 <= hour <= 6):  # noqa: PLR2004 - nobody is called at 2 am
        hour = hour % 12 + 12
    elif half == "a":
        hour %= 12
    try:
        return time(hour, minute)
    except ValueError:
        raise BadInput(f"“{text}” is not a time: {_HOWTO}.") from None


def _moment(text: str, day: date, at: time, zone: str) -> int:
    refuse_far_off(text, day)
    moment = int(datetime.combine(day, at, ZoneInfo(zone)).timestamp())
    if local(moment, zone).time() != at:
        gap = _gap_said(datetime.combine(day, at), zone)
        raise BadInput(f"“{text}”: {at:%H:%M} does not exist on {day} in {zone}: {gap}.")
    return moment


def _gap_said(skipped: datetime, zone: str) -> str:
    """Name the gap that a time lies in, and the way out of it."""
    after, before = (
        int(skipped.replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp()) for fold in (0, 1)
    )
    offset = local(after, zone).utcoffset()
    seconds = range(before, after)
    forward = before + bisect_left(
        seconds, True, key=lambda each: local(each, zone).utcoffset() == offset
    )
    gone = local(forward - 1, zone) + timedelta(seconds=1)
    comes = local(forward, zone)
    return (
        f"the clocks are put forward from {gone:%H:%M} to {comes:%H:%M} then, take a time before "
        "or after"
    )


def iso_utc(moment: int) -> str:
    """A moment for files and JSON.

    Args:
        moment: Seconds UTC.

    Returns:
        ISO 8601 ending in ``Z``.
    """
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%dT%H:%M:%SZ}"


def iso_local(moment: int, zone: str) -> str:
    """A moment for files that people read.

    Args:
        moment: Seconds UTC.
        zone: An IANA name.

    Returns:
        ISO 8601 with the zone's offset then: ``2026-06-01T09:14:03-04:00``.
    """
    return local(moment, zone).isoformat()


def moment_from_iso(text: str, zone: str) -> int:
    """Read a moment as programs write it.

    Args:
        text: ISO 8601; without an offset it is read in the zone. Of an hour that comes twice
            the first is meant, as an import has it too.
        zone: An IANA name.

    Returns:
        Seconds UTC.

    Raises:
        BadInput: When it cannot be read, or no clock shows it: whoever typed it can be asked,
            unlike an old log, of which an import takes an hour later and says so.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        said = f"“{text}” is not a time: write it like 2026-06-01T09:30:00-04:00."
        raise BadInput(said) from None
    refuse_far_off(text, found.date())
    if found.tzinfo:
        return int(found.timestamp())
    return _moment(text, found.date(), found.time().replace(microsecond=0), zone)
