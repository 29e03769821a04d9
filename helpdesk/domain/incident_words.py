"""What is said of an outage beside the symptom of a call, on the screen and in lines."""

from __future__ import annotations

from helpdesk.domain.calls import CallView
from helpdesk.domain.live import known_incident
from helpdesk.domain.words import time_of_day


def notice_said(view: CallView, *, reading: bool, declares: bool) -> str:
    """What the desk knows of a call's symptom today, beside the symptom.

    Args:
        view: The call.
        reading: Whether the line of its incident stands in place of the playbook.
        declares: Whether whoever reads it may declare an incident: only they are told the key.

    Returns:
        A few words, or nothing.
    """
    known, tied = known_incident(view), view.incident
    if tied is not None and (known is None or known.n == tied.n):
        return f"incident {tied.n}" + ("" if reading else " (o: what to read out)")
    if known is not None:
        return f"! INCIDENT {known.n} runs for this: o"
    if view.unusual is not None:
        until = f"by {time_of_day(view.unusual.at, view.office.zone)}"
        return f"! unusual: {view.unusual.said(until)}{' (o)' * declares}"
    return ""
