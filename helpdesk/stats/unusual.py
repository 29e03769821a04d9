"""Days on which a symptom came in at a court far more often than usual (STATS §7, R1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from helpdesk.domain.periods import period_of_days
from helpdesk.domain.tables import Figure, Meaning
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.source import Source

_ALARMS: Final = """
WITH told AS (
    SELECT day, court, symptom, calls, expected FROM alarm WHERE day >= ? AND day < ? AND at <= ?
)
SELECT * FROM told ORDER BY day, court, symptom
"""

Line = tuple[str, Meaning, Figure]
"""One figure of a summary: its name, what it means, and its value."""


def unusual_days(source: Source) -> Iterator[Line]:
    """How often there was an alarm in the period, and each of them.

    Args:
        source: What the report is made from; alarms are of a court and a symptom, and of no
            office, clerk or ticket.

    Yields:
        The lines; a day belongs to the period by its date at the court.
    """
    scope, (first, after) = source.scope, source.days
    params = (first.isoformat(), after.isoformat(), scope.as_of)
    found = [
        row
        for row in source.port.query(_ALARMS, params).rows
        if (not scope.court or row[1] == scope.court)
        and (not scope.symptom or row[2] == scope.symptom)
    ]
    words = (
        "days on which a symptom came in at a court more often than chance explains (Poisson, "
        "p < 0.001), as the console saw it that day; a day counts once for each symptom"
    )
    yield "unusual_days", Meaning("unusual days", "count", words), len(found)
    for day, court, symptom, calls, expected in found:
        heading = f"{day} {court}: {source.names.symptom(symptom)}"
        words = f"calls that day when it was seen to be unusual; usual are {expected:.1f}"
        yield f"unusual:{day}:{court}:{symptom}", Meaning(heading, "count", words), calls


def tickets_of_day(source: Source, which: str) -> list[int]:
    """The tickets of the calls of one unusual day, as its line in the summary names it.

    Args:
        source: What the report was made from.
        which: ``DAY:COURT:SYMPTOM``.

    Returns:
        Their ids, newest call first; days are those of the report's zone.
    """
    day, court, symptom = which.split(":", 2)
    first = date.fromisoformat(day)
    period = period_of_days(first, first + timedelta(days=1), source.scope.period.zone)
    scope = replace(source.scope, period=period, court=court, symptom=symptom)
    calls = fetch_calls(source.port, scope)
    return list(dict.fromkeys(call.ticket for call in reversed(calls)))
