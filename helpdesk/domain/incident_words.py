"""How outages are said to the clerk, on the screen and in lines."""

from __future__ import annotations

from collections.abc import Callable

from helpdesk.domain.calls import CallView
from helpdesk.domain.live import known_incident
from helpdesk.domain.outages import Unusual
from helpdesk.domain.words import time_of_day


def notice_said(view: CallView, *, reading: bool) -> str:
    """What the desk knows of a call's symptom today, beside the symptom.

    Args:
        view: The call.
        reading: Whether the line of its incident stands in place of the playbook.

    Returns:
        A few words, or nothing.
    """
    known, tied = known_incident(view), view.incident
    if tied is not None and (known is None or known.n == tied.n):
        return f"incident {tied.n}" + ("" if reading else " (o: what to read out)")
    if known is not None:
        return f"! INCIDENT {known.n} runs for this: o"
    if view.unusual is not None:
        return f"! unusual: {view.unusual.said(_by(view.unusual, view.office.zone))} (o)"
    return ""


def unusual_said(unusual: Unusual, titles: Callable[[str], str], zone: str) -> str:
    """One alarm as a line.

    Args:
        unusual: The alarm.
        titles: Says a symptom.
        zone: The zone that times are told in.

    Returns:
        The line, with a ``!`` at its head.
    """
    told = unusual.said(_by(unusual, zone))
    return f"! {unusual.court.upper():<5} {titles(unusual.symptom)}: {told}"


def _by(unusual: Unusual, zone: str) -> str:
    return f"by {time_of_day(unusual.at, zone)}"
