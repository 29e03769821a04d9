"""The reports there are, as a menu has them; :mod:`helpdesk.stats.reports` makes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from helpdesk.stats.trend import UNITS

LEVELS: Final = ("person", "phone", "firm", "office")
"""By what calls of repeat callers are put together; an office's are told apart by symptom too."""


class Entry(NamedTuple):
    """What a menu says of one report."""

    code: str
    """Its code in STATS §9."""

    title: str
    """What it is of."""

    units: tuple[str, ...] = ()
    """What can be chosen for it with ``--by``."""

    slots: bool = False
    """Whether it goes by half hours, so that ``--attribute`` can be chosen for it."""

    own: bool = False
    """Whether who may see no other's figures is shown the own rows of it, and no others."""


CATALOGUE: Final[Mapping[str, Entry]] = {
    "summary": Entry("R1", "The period on one page"),
    "by-symptom": Entry("R2", "Calls by symptom"),
    "by-clerk": Entry("R3", "Calls by clerk", own=True),
    "by-court": Entry("R4", "Calls by court and office"),
    "half-hours": Entry("R5", "Calls by half hour, and clerks needed", slots=True),
    "heat-map": Entry("R6", "Calls by weekday and half hour", slots=True),
    "trend": Entry("R7", "Trend", UNITS),
    "repeat-callers": Entry("R8", "Repeat callers", LEVELS),
    "callbacks": Entry("R9", "Callbacks and waiting", own=True),
    "backlog": Entry("R10", "Backlog by age"),
    "playbooks": Entry("R11", "Playbooks by version"),
    "credentials": Entry("R12", "Credentials given out", own=True),
    "data-quality": Entry("R13", "Data quality"),
    "hand-over": Entry("R14", "Shift hand-overs"),
    "incidents": Entry("R15", "Incidents"),
    "escalations": Entry("R16", "Escalations, and what bounced", own=True),
}
"""Every report, by the name that it has on the command line."""
