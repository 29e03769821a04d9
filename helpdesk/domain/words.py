"""How times and promises are said to the clerk, on the screen and in lines."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from helpdesk.domain.courts import local

if TYPE_CHECKING:
    from helpdesk.domain.calls import CallView
    from helpdesk.domain.home import DuePromise
    from helpdesk.domain.outages import Unusual

STATUS_SIGNS: Final = {
    "open": "o",
    "waiting": "w",
    "escalated": "e",
    "resolved": "+",
    "closed": "x",
    "merged": ">",
    "void": "-",
}
"""One sign a status, so that no meaning hangs on a colour."""

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

PROMISES: Final = {
    "callback": "call back",
    "waiting": "waits",
    "linked-by-then": "linked by then?",
}
"""What kind of promise it is."""


def counted(count: int, word: str) -> str:
    """A count with its word, such as ``1 line`` or ``6 lines``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def promise_words(promise: DuePromise, now: int) -> tuple[str, str]:
    """How a promise stands out, and what was promised.

    Args:
        promise: The promise.
        now: The moment, in seconds UTC.

    Returns:
        A sign and a word, or nothing; and what is to be done.
    """
    late = "! LATE" if promise.due_at < now else ""
    if promise.incident_over:
        return late or "! OVER", "call back"
    about = f" (incident {promise.incident})" if promise.incident else ""
    return late, PROMISES[promise.kind] + about


SOURCES: Final = {"desk": "known", "ticket": "known"}
"""Who answered a step that the clerk did not answer."""


def clock(seconds: int) -> str:
    """A running clock.

    Args:
        seconds: How long.

    Returns:
        ``03:42``, or ``1:03:42`` from an hour on.
    """
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def time_of_day(at: int, zone: str) -> str:
    """A time on the wall clock of a zone: ``09:14``."""
    return f"{local(at, zone):%H:%M}"


def moment(at: int, zone: str, now: int) -> str:
    """A moment as near as it needs to be told.

    Args:
        at: Seconds UTC.
        zone: The zone to tell it in.
        now: The moment now.

    Returns:
        ``09:14`` today, ``Tue 10:14`` within a week, else ``2026-05-28``.
    """
    there = local(at, zone)
    days = abs(there.toordinal() - _day(now, zone))
    if days >= 7:  # noqa: PLR2004
        return there.date().isoformat()
    time = f"{there.hour:02}:{there.minute:02}"  # every row of a list: a format takes long
    return f"{_WEEKDAYS[there.weekday()]} {time}" if days else time


@lru_cache(maxsize=16)
def _day(at: int, zone: str) -> int:
    return local(at, zone).toordinal()


def unusual_said(unusual: Unusual, titles: Callable[[str], str], zone: str) -> str:
    """One alarm as a line.

    Args:
        unusual: The alarm.
        titles: Says a symptom.
        zone: The zone that times are told in.

    Returns:
        The line, with a ``!`` at its head.
    """
    told = unusual.said(f"by {time_of_day(unusual.at, zone)}")
    return f"! {unusual.court.upper():<5} {titles(unusual.symptom)}: {told}"


def call_clock(view: CallView, now: int) -> str:
    """The clocks of a call for the first line.

    Args:
        view: The call.
        now: The moment, in seconds UTC.

    Returns:
        Such as ``ON CALL 03:42`` or ``WRAP 00:12 (call 03:42)``.
    """
    clocks = view.clocks.at(now)
    hold = f" hold {clock(clocks.hold)}" if clocks.hold else ""
    if view.ended_at is not None:
        return f"WRAP {clock(clocks.wrap)} (talk {clock(clocks.talk)}{hold})"
    if clocks.running == "hold":
        return f"PARKED hold {clock(clocks.hold)} (talk {clock(clocks.talk)})"
    return f"{'WE CALL' if view.outbound else 'ON CALL'} {clock(clocks.talk)}{hold}"
