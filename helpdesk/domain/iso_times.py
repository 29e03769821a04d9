"""Moments as ISO 8601, written a million at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from helpdesk.domain.courts import local

_QUARTER: Final = 15 * 60
"""Zones change their offset on a quarter of an hour, and by whole quarters."""

_HOUR: Final = 3_600
_DAY: Final = 24 * _HOUR
_QUARTERS: Final = _HOUR // _QUARTER
_CLOCKS: Final = tuple(f"{second // 60:02}:{second % 60:02}" for second in range(_HOUR))


def utc_text(moment: int) -> str:
    """Write a moment in UTC.

    Args:
        moment: Seconds UTC.

    Returns:
        The same as :func:`helpdesk.domain.whens.iso_utc`.
    """
    return f"{_hour(moment // _HOUR)}{_CLOCKS[moment % _HOUR]}Z"


def moment_texts(moment: int, zone: str) -> tuple[str, str, str]:
    """Write a moment in UTC and in a zone.

    Args:
        moment: Seconds UTC.
        zone: An IANA name.

    Returns:
        The same as :func:`helpdesk.domain.whens.iso_utc` and ``iso_local``, and how far the
        zone is from UTC then: ``-04:00``.
    """
    usual = _whole_hour(moment // _HOUR, zone)
    utc, there, ahead, offset = usual or _quarter(moment // _QUARTER, zone)
    clock = _CLOCKS[moment % _HOUR]
    shown = _CLOCKS[(moment + ahead) % _HOUR] if ahead else clock
    return f"{utc}{clock}Z", f"{there}{shown}{offset}", offset


@lru_cache(maxsize=6_000)
def _whole_hour(hour: int, zone: str) -> tuple[str, str, int, str] | None:
    """What is the same for all quarters of an hour; ``None`` where it is not, as in Nepal."""
    first, *others = (_quarter(_QUARTERS * hour + place, zone) for place in range(_QUARTERS))
    return first if all(each == first for each in others) else None


@lru_cache(maxsize=1_000)
def _quarter(quarter: int, zone: str) -> tuple[str, str, int, str]:
    """The hour in UTC and there, how far the minutes are apart, in seconds, and the offset."""
    begins = quarter * _QUARTER
    first, last = (_ahead(day * _DAY, zone) for day in (begins // _DAY, begins // _DAY + 1))
    ahead, offset = first if first == last else _ahead(begins, zone)
    return _hour(begins // _HOUR), _hour((begins + ahead) // _HOUR), ahead % _HOUR, offset


@lru_cache(maxsize=4_000)
def _ahead(moment: int, zone: str) -> tuple[int, str]:
    """How far a zone is ahead of UTC, in seconds, and how that is written."""
    there = local(moment, zone)
    ahead = int((there.utcoffset() or timedelta()).total_seconds())
    return ahead, there.isoformat()[len("2026-06-01T09:14:03") :]


def _hour(hour: int) -> str:
    return f"{_date(hour // 24)}{hour % 24:02}:"


@lru_cache(maxsize=4_000)
def _date(day: int) -> str:
    return f"{datetime.fromtimestamp(0, UTC) + timedelta(days=day):%Y-%m-%dT}"
