"""Moments as ISO 8601, written a million at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from helpdesk.domain.courts import local

_DAY: Final = 1_440
_QUARTER: Final = 15
"""Zones change their offset on a quarter of an hour, and by whole minutes."""

_CLOCKS: Final = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(_DAY))
_SECONDS: Final = tuple(f"{second:02}" for second in range(60))


def utc_text(moment: int) -> str:
    """Write a moment in UTC.

    Args:
        moment: Seconds UTC.

    Returns:
        The same as :func:`helpdesk.domain.whens.iso_utc`.
    """
    return f"{_wall(moment // 60)}{_SECONDS[moment % 60]}Z"


def moment_texts(moment: int, zone: str) -> tuple[str, str, str]:
    """Write a moment in UTC and in a zone.

    Args:
        moment: Seconds UTC.
        zone: An IANA name.

    Returns:
        The same as :func:`helpdesk.domain.whens.iso_utc` and ``iso_local``, and how far the
        zone is from UTC then: ``-04:00``.
    """
    utc, there, offset = _minute(moment // 60, zone)
    second = _SECONDS[moment % 60]
    return f"{utc}{second}Z", f"{there}{second}{offset}", offset


@lru_cache(maxsize=4_000)
def _minute(minute: int, zone: str) -> tuple[str, str, str]:
    """A minute in UTC and there; rows in the order of time are many to a minute."""
    ahead, offset = _offset(minute // _QUARTER, zone)
    return _wall(minute), _wall(minute + ahead), offset


def _wall(minute: int) -> str:
    return _date(minute // _DAY) + _CLOCKS[minute % _DAY]


@lru_cache(maxsize=50_000)
def _date(day: int) -> str:
    return f"{datetime.fromtimestamp(0, UTC) + timedelta(days=day):%Y-%m-%dT}"


@lru_cache(maxsize=50_000)
def _offset(quarter: int, zone: str) -> tuple[int, str]:
    there = local(quarter * _QUARTER * 60, zone)
    ahead = there.utcoffset() or timedelta()
    return int(ahead.total_seconds()) // 60, there.isoformat()[len("2026-06-01T09:14:03") :]
