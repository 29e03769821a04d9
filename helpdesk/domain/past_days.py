"""Days that lie behind, as people say them: ``May 28``, ``5/28``, ``yesterday``, ``last thu``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_BACK: Final = {"today": 0, "now": 0, "yesterday": 1}
_AGO: Final = re.compile(r"(\d{1,3}) ?(d|days?|w|weeks?)(?: ago)?\Z")
_NAMED: Final = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:,? (\d{4}))?\Z")
_AFTER: Final = re.compile(r"\A(\d{1,2})\.? ([a-z]{3,9})")
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?\Z")


def past_day_meant(text: str, today: date) -> date | None:
    """Read a day that lies behind, or is today.

    Args:
        text: As people say it; without a year the newest such day is meant.
        today: The date there.

    Returns:
        The day; ``None`` when it cannot be read, or lies ahead.
    """
    typed = " ".join(text.lower().replace("last ", "").split())
    try:
        found = _day(typed, today)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found <= today else None


def _day(typed: str, today: date) -> date | None:
    if typed in _BACK:
        return today - timedelta(days=_BACK[typed])
    if ago := _AGO.match(typed):
        return today - timedelta(days=int(ago[1]) * (7 if ago[2][0] == "w" else 1))
    if typed[:3] in _DAYS and typed.isalpha():
        back = (today.weekday() - _DAYS.index(typed[:3])) % 7
        return today - timedelta(days=back or 7)
    if slashed := _SLASHED.match(typed):
        return _of_year(slashed[3], int(slashed[1]), int(slashed[2]), today)
    if named := _NAMED.match(_AFTER.sub(r"\2 \1", typed)):
        return _of_year(named[3], _month(named[1]), int(named[2]), today)
    return date.fromisoformat(typed)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _of_year(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)  # noqa: PLR2004
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)
