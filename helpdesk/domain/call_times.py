"""When a call really began or ended, as people type it: ``9:15``, ``2:50p``, or in full."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from helpdesk.domain.courts import local
from helpdesk.domain.records import FIRST_CALL, NOT_BEFORE
from helpdesk.domain.whens import clock_on, moment_from_iso
from helpdesk.errors import BadInput

CALL_TIMES: Final = "9:15   2:50p   2026-06-01 14:33"
"""How the time of a call can be typed."""

_WITH_ZONE: Final = re.compile(r"(\d\S* \S+) ([A-Za-z]{3,5})\Z")


def call_time_meant(text: str, recorded: int, zone: str, now: int) -> int:
    """Read when a call that is over began or ended.

    Args:
        text: A time of the day that is recorded, ISO 8601, or the spelling of the ticket:
            ``2026-11-25 14:33:37 CST``.
        recorded: The moment that is recorded, in seconds UTC.
        zone: The zone of the office that was called about.
        now: The moment now, in seconds UTC.

    Returns:
        The moment in seconds UTC.

    Raises:
        BadInput: When it cannot be read, lies ahead, or before there were such calls.
    """
    typed = " ".join(text.split())
    moment = clock_on(typed, local(recorded, zone).date(), zone)
    if moment is None:
        moment = _in_full(typed, zone)
    if moment < FIRST_CALL:
        raise BadInput(NOT_BEFORE)
    if moment > now:
        said = f"{local(moment, zone):%Y-%m-%d %H:%M}"
        raise BadInput(f"A call that is over cannot be in the future ({said}): take an earlier.")
    return moment


def _in_full(typed: str, zone: str) -> int:
    named = _WITH_ZONE.match(typed)
    try:
        at = datetime.fromisoformat(named[1] if named else typed)
    except ValueError:
        said = "write it like 9:15, 2:50p or 2026-06-01 14:33"
        raise BadInput(f"“{typed}” is not a time: {said}.") from None
    if named is None:
        return moment_from_iso(typed, zone)
    both = [at.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1)]
    for each in both:  # of an hour that comes twice, the name says which is meant
        if str(each.tzname()).lower() == named[2].lower():
            return int(each.timestamp())
    raise BadInput(f"“{typed}”: the office's clock says {both[0].tzname()} then: write that.")
