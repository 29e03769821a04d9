"""The values of a query that are no names: periods, lengths, counts and telephone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from helpdesk.domain.courts import local
from helpdesk.domain.periods import Period, period_meant
from helpdesk.domain.phones import read_phone
from helpdesk.domain.query_parts import BadQuery, Part, Value
from helpdesk.errors import BadInput

_LENGTH: Final = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?\Z")
_COUNT: Final = re.compile(r"\d{1,6}\Z")


class Range(NamedTuple):
    """From a number up to, and without, another; moments and lengths are seconds."""

    least: int | None = None
    """The first that is in it; ``None`` for no bound."""

    below: int | None = None
    """The first that is not in it any more; ``None`` for no bound."""


def periods_meant(
    part: Part, now: int, zone: str, *, ahead: bool
) -> tuple[tuple[Range, str], ...]:
    """Read the periods behind a field.

    Args:
        part: The part; its sign says before, after or within.
        now: The moment now, in seconds UTC.
        zone: The zone in which days are meant.
        ahead: Whether a weekday is the next one.

    Returns:
        Each range, and how both ends are said with their offsets.

    Raises:
        BadQuery: When one cannot be read.
    """
    return tuple(_compared(part.sign, each) for each in _periods(part, now, zone, ahead=ahead))


def _periods(part: Part, now: int, zone: str, *, ahead: bool) -> Iterator[Period]:
    for value in part.values:
        try:
            yield period_meant(value.text.lower(), now, zone, ahead=ahead)
        except BadInput as wrong:
            raise BadQuery(str(wrong), "", value.start, value.end) from None


def _compared(sign: str, period: Period) -> tuple[Range, str]:
    if sign == ":":
        return Range(period.start, period.end), str(period)
    edge = period.start if sign in {"<", ">="} else period.end
    said = f"{local(edge, period.zone):%Y-%m-%d %H:%M %Z}"
    if sign.startswith("<"):
        return Range(below=edge), f"before {said}"
    return Range(edge), f"from {said} on"


def numbers_meant(field: str, part: Part) -> tuple[Range, ...]:
    """Read the lengths or counts behind a field.

    Args:
        field: ``dur`` or ``calls``.
        part: The part; its sign says less, more or just as much.

    Returns:
        The ranges. A length without a sign is met to its smallest unit: ``dur:2m`` is from two
        minutes up to three.

    Raises:
        BadQuery: When one cannot be read.
    """
    read = _length if field == "dur" else _count
    return tuple(_bounded(part.sign, *read(value)) for value in part.values)


def _bounded(sign: str, number: int, unit: int) -> Range:
    return {
        ":": Range(number, number + unit),
        "<": Range(below=number),
        "<=": Range(below=number + 1),
        ">": Range(number + 1),
        ">=": Range(number),
    }[sign]


def _length(value: Value) -> tuple[int, int]:
    text = value.text.lower()
    found = _LENGTH.match(text if not text.isdecimal() else f"{text}m")
    if not text or found is None:
        said = f"“{value.text}” is not a length: write it like 10m, 90s or 1h30m."
        raise BadQuery(said, "", value.start, value.end)
    hours, minutes, seconds = found.groups()
    unit = 1 if seconds else 60 if minutes else 3_600
    return int(hours or 0) * 3_600 + int(minutes or 0) * 60 + int(seconds or 0), unit


def _count(value: Value) -> tuple[int, int]:
    if not _COUNT.match(value.text):
        said = f"“{value.text}” is not a number of calls: write it like calls>2."
        raise BadQuery(said, "", value.start, value.end)
    return int(value.text), 1


def digits_meant(value: Value) -> str:
    """Read a telephone number or its end.

    Args:
        value: What was typed.

    Returns:
        Its digits.

    Raises:
        BadQuery: When there are none.
    """
    digits = read_phone(value.text).digits
    if not digits:
        said = f"“{value.text}” holds no digit: write a number or its last four, phone:0144."
        raise BadQuery(said, "", value.start, value.end)
    return digits
