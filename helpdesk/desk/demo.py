"""The act that fills an empty desk with a made-up history."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.demo_filling import fill_beside
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import Recorded, record_history
from helpdesk.desk.ids import Ids
from helpdesk.desk.sealing import keep_seal
from helpdesk.domain.courts import local
from helpdesk.domain.demo_calls import Doings
from helpdesk.domain.demo_history import Story
from helpdesk.domain.demo_people import made_up_crowd
from helpdesk.domain.demo_ways import Ways
from helpdesk.domain.periods import period_of_days
from helpdesk.domain.records import CallRecord
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.history import is_empty

_TICKETS_A_PERSON: Final = 5
_FEWEST: Final = 12
_MOST: Final = 20_000
"""How many people there are at most, so that memory stays the same for any history."""

VERY_MANY: Final = 10_000
"""From so many tickets on they are written to a file beside the desk's, which is quicker."""

_LONGEST: Final = 20 * 366


@dataclass(frozen=True, slots=True)
class Made:
    """A history that was made up."""

    calls: int
    """How many calls it has."""

    tickets: int
    """How many tickets they opened."""

    first: date
    """Its first day."""

    last: date
    """Its last day."""


@act("upkeep")
def fill_demo(
    desk: Desk,
    tickets: int = 2_000,
    seed: int = 1,
    days: int = 365,
    until: date | None = None,
    progress: Callable[[Recorded], None] | None = None,
) -> Made:
    """Fill an empty desk with a made-up history, the same one for the same seed and day.

    Args:
        desk: The desk.
        tickets: How many tickets are opened.
        seed: What the history hangs on, with the courts, the playbooks and the days.
        days: How many days it covers.
        until: The day after its last; ``None`` for today.
        progress: Told now and then how much has been written.

    Returns:
        What was made.

    Raises:
        NotAllowed: When the desk is not empty.
        BadInput: When the numbers make no history.
    """
    if not is_empty(desk.port):
        raise NotAllowed(
            f"{desk.folder.database} holds tickets already: make-believe goes only into an "
            "empty desk, such as helpdesk --home NEW-FOLDER demo."
        )
    first, after = _days(desk, tickets, days, until)
    # Chance decides what the history looks like and guards nothing.
    chance, id_chance = Random(seed), Random(f"ids {seed}")  # noqa: S311
    seeded = replace(desk, ids=Ids(id_chance.getrandbits))
    end = min(period_of_days(first, after, zone).end for zone in _zones(desk))
    story = _story(seeded, chance, tickets)
    done = _told(seeded, story, story.tell(first, days, tickets, end), tickets, progress)
    keep_seal(desk)
    return Made(done.calls, done.tickets, first, after - timedelta(days=1))


def _told(
    desk: Desk, story: Story, calls: Iterator[CallRecord], tickets: int,
    progress: Callable[[Recorded], None] | None,
) -> Recorded:  # fmt: skip
    if tickets < VERY_MANY:
        return record_history(desk, calls, None, progress)
    return fill_beside(desk, story, calls, progress)


def _days(desk: Desk, tickets: int, days: int, until: date | None) -> tuple[date, date]:
    """The first day of the history, and the day after its last."""
    if tickets < 1:
        raise BadInput("A history needs at least 1 ticket.")
    if not 1 <= days <= _LONGEST:
        raise BadInput(f"A history has from 1 to {_LONGEST} days.")
    today = min(local(desk.clock.now(), zone).date() for zone in _zones(desk))
    after = until or today
    if after > today:
        raise BadInput(f"A history cannot end after today ({today}): give an earlier day.")
    return after - timedelta(days=days), after


def _zones(desk: Desk) -> set[str]:
    return {office.zone for court in desk.courts.values() for office in court.offices}


def _story(desk: Desk, chance: Random, tickets: int) -> Story:
    many = min(_MOST, max(_FEWEST, tickets // _TICKETS_A_PERSON))
    home = desk.home_court
    others = [court for court in desk.courts.values() if court is not home]
    return Story(
        chance,
        made_up_crowd(chance, (home, *others), many),
        Ways(chance, desk.library.playbooks, desk.library.facts),
        Doings(chance, desk.library.actions, desk.settings.identity_checks),
        desk.ids.make,
    )
