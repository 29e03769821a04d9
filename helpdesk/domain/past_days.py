"""Days that lie behind, as people say them: ``May 28``, ``5/28``, ``yesterday``, ``last thu``."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.named_days import DAYS, named_day, newest_such_day

_BACK: Final = {"today": 0, "now": 0, "yesterday": 1}
_AGO: Final = re.compile(r"(\d{1,3}) ?(d|days?|w|weeks?)(?: ago)?\Z")


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
    if typed[:3] in DAYS and typed.isalpha():
        back = (today.weekday() - DAYS.index(typed[:3])) % 7
        return today - timedelta(days=back or 7)
    if named := named_day(typed):
        year, month, day = named
        if year is None:
            return newest_such_day(month, day, today)
        return date(year, month, day)
    return date.fromisoformat(typed)
