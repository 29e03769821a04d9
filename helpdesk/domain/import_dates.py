"""Dates and times as old call logs write them: one order for a whole column, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.domain.courts import local
from helpdesk.domain.named_days import MONTHS
from helpdesk.errors import BadInput

ORDERS: Final = ("mdy", "dmy", "ymd")
"""In which order day, month and year can stand."""

PRECISIONS: Final = ("second", "minute", "day")
"""How exactly a start can be known."""

_TIME: Final = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"(?:\s*(?P<half>[ap])\.?m?\.?)?"
    r"(?:\s*(?P<zone>z|utc|gmt|[ecmp][sd]t|[+-]\d{2}:?\d{2}))?"
)
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_THEN: Final = rf"(?:(?:t|,?\s+(?:at\s+)?){_TIME})?\Z"
_NUMBERS: Final = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,4}})(?P<sign>[/.-])(?P<b>\d{{1,2}})(?P=sign)(?P<c>\d{{1,4}}){_THEN}",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf"{_WEEKDAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{{3,9}})\.?|"
    rf"(?P<month2>[a-z]{{3,9}})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?),?[\s-]+"
    rf"(?P<year>\d{{4}}|\d\d){_THEN}",
    re.IGNORECASE,
)
_US_HOURS: Final = {"e": -5, "c": -6, "m": -7, "p": -8}
_YEAR_DIGITS: Final = 4
_NOON: Final = 12
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Written:
    """A date, perhaps with a time, as it was read."""

    at: datetime
    """The wall clock; aware where the text names an offset."""

    precision: str = "second"
    """How exactly it was written."""


@dataclass(slots=True)
class DateColumn:
    """What the values of one column say about its order."""

    heading: str
    """What stands above it."""

    only: dict[str, tuple[int, str]] = field(default_factory=dict)
    """For ``mdy`` and ``dmy`` the first line and value that cannot be the other."""

    either: tuple[int, str] | None = None
    """The first line and value that can be both, and differ."""

    seconds: bool = False
    """Whether any value has seconds that are not 0."""

    clock: bool = False
    """Whether any value has a time that is not midnight."""

    def see(self, line: int, text: str) -> None:
        """Take a value in.

        Args:
            line: Where it stands.
            text: The value.
        """
        found = {order: _read(text, order) for order in ORDERS[:2]}
        for written in filter(None, found.values()):
            self.seconds |= bool(written.at.second)
            self.clock |= bool(written.at.hour or written.at.minute or written.at.second)
        month, day = found["mdy"], found["dmy"]
        if month and day:
            if month.at != day.at and self.either is None:
                self.either = (line, text)
        elif month or day:
            self.only.setdefault("mdy" if month else "dmy", (line, text))

    def order(self, told: str = "") -> str:
        """Decide on one order.

        Args:
            told: What a person said; empty to go by the values.

        Returns:
            One of ``ORDERS``.

        Raises:
            BadInput: When the values leave it open, or contradict each other.
        """
        if told:
            return told
        if len(self.only) == len(ORDERS[:2]):
            (first, month), (second, day) = self.only["mdy"], self.only["dmy"]
            raise BadInput(
                f"“{self.heading}” mixes two orders: line {first} ({month}) can only be month "
                f"first, line {second} ({day}) only day first. Say which by --dates mdy or "
                "--dates dmy; what does not fit is then faulty."
            )
        if not self.only and self.either is not None:
            line, text = self.either
            raise BadInput(
                f"“{self.heading}” can be month first or day first: line {line} says {text}, and "
                "no other line decides it. Say which by --dates mdy or --dates dmy."
            )
        return next(iter(self.only), "mdy")

    def precision(self, written: Written) -> str:
        """How exactly a value is known, by all that the column says.

        Args:
            written: The value.

        Returns:
            One of ``PRECISIONS``: seconds that are 0 in every row are not known.
        """
        if not self.clock:
            return "day"
        known = written.precision
        return "minute" if known == "second" and not self.seconds else known


def read_date(text: str, order: str) -> Written:
    """Read a date, perhaps with a time.

    Args:
        text: As the log has it.
        order: One of ``ORDERS``; only for dates in numbers that do not begin with the year.

    Returns:
        What it says.

    Raises:
        BadInput: When it cannot be read in that order.
    """
    found = _read(text, order)
    if found is None:
        raise BadInput(f"“{text}” is no date that can be read (order {order}).")
    return found


def moment_there(wall: datetime, zone: str) -> tuple[int, str]:
    """The moment that a wall clock meant.

    Args:
        wall: The time; without an offset it is read in the zone.
        zone: An IANA name.

    Returns:
        Seconds UTC, and what is to be said about it: ``shifted`` when no clock showed that time
        (an hour later is meant), ``doubled`` when it came twice (the first is meant), or empty.
    """
    if wall.tzinfo is not None:
        return int(wall.timestamp()), ""
    there = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    at = int(there.timestamp())
    if local(at, zone).replace(tzinfo=None) != wall.replace(microsecond=0):
        return at, "shifted"
    return at, "doubled" if int(there.replace(fold=1).timestamp()) != at else ""


def proof(text: str, at: int, zone: str, precision: str) -> str:
    """Show how a value was read.

    Args:
        text: The value.
        at: The moment, in seconds UTC.
        zone: The zone it was read in.
        precision: How exactly it is known.

    Returns:
        Such as ``03/04/2025 2:15 PM -> Tue 2025-03-04 14:15 EST``.
    """
    shown = {"second": "%a %Y-%m-%d %H:%M:%S %Z", "minute": "%a %Y-%m-%d %H:%M %Z"}
    return f"{text} -> {local(at, zone):{shown.get(precision, '%a %Y-%m-%d')}}"


def _read(text: str, order: str) -> Written | None:
    typed = " ".join(text.split())
    if match := _NUMBERS.match(typed):
        day = _in_order((match["a"], match["b"], match["c"]), order)
    elif match := _NAMED.match(typed):
        name = (match["month"] or match["month2"]).lower()[:3]
        if name not in MONTHS:
            return None
        day = _day(match["year"], MONTHS.index(name) + 1, match["day"] or match["day2"])
    else:
        return None
    return _clocked(day, match) if day else None


def _in_order(parts: tuple[str, str, str], order: str) -> date | None:
    first, second, third = parts
    if len(first) == _YEAR_DIGITS or (order == "ymd" and len(first) <= 2):  # noqa: PLR2004
        return _day(first, second, third)
    if order == "dmy":
        first, second = second, first
    return _day(third, first, second)


def _day(year: str, month: str | int, day: str) -> date | None:
    if len(year) not in {2, _YEAR_DIGITS} or len(day) > 2:  # noqa: PLR2004
        return None
    try:
        return date(int(year) + (2_000 if len(year) < _YEAR_DIGITS else 0), int(month), int(day))
    except ValueError:
        return None


def _clocked(day: date, match: re.Match[str]) -> Written | None:
    if match["hour"] is None:
        return Written(datetime.combine(day, time()), "day")
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif match["minute"] is None:
        return None
    try:
        at = datetime.combine(
            day, time(hour, int(match["minute"] or 0), int(match["second"] or 0))
        )
    except ValueError:
        return None
    found = Written(at, "second" if match["second"] else "minute")
    zone = (match["zone"] or "").lower()
    if not zone:
        return found
    offset = _offset(zone)
    return replace(found, at=at.replace(tzinfo=offset)) if offset else None


def _offset(zone: str) -> tzinfo | None:
    if zone in {"z", "utc", "gmt"}:
        return UTC
    if zone[0] in _US_HOURS:
        return timezone(timedelta(hours=_US_HOURS[zone[0]] + (zone[1] == "d")))
    digits = zone[1:].replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if ahead >= _A_DAY:
        return None
    return timezone(-ahead if zone[0] == "-" else ahead)
