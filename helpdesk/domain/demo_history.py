"""A made-up history: calls in the order in which they came in, and what followed from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from heapq import heapify, heappop, heappush, heapreplace
from itertools import count
from random import Random
from typing import Final, NamedTuple

from helpdesk.domain.courts import local
from helpdesk.domain.demo_calls import Actions, Doings, Spent
from helpdesk.domain.demo_days import calls_of_days, promised, rings_of_day
from helpdesk.domain.demo_people import Crowd, Person
from helpdesk.domain.demo_ways import Way, Ways
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tickets import PROMISED

_CLERKS: Final = (
    "mortiz", "jlee", "akim", "bnovak", "tshaw", "dreyes", "pfoster", "cwells", "rgreen", "hstone",
)  # fmt: skip
_FEWEST: Final = 5
_CALLS_A_DAY: Final = 25
"""How many calls a clerk takes on an ordinary day."""

_DROPPED: Final = 0.03
_NOBODY: Final = 0.025
_CUT_SHORT: Final = 0.02
_MOST_CALLS: Final = 4
_DAY: Final = 86_400
_FRESH: Final = 5 * _DAY
"""How near the end a promise may be forgotten, so that a few are late."""

_FORGOTTEN: Final = 0.3
_LATE: Final = 0.12
_COMES_BACK: Final = {"resolved": 0.05, "referred": 0.04, "dropped": 0.6}
_ENDS: Final = ("resolved", "callback", "waiting", "escalated", "referred")
_HOW_OFTEN: Final = (88, 3, 3, 3, 3)
_WE_CALL: Final = 0.5
_NOTHING: Final = Way((), (), "", "", {})
_GONE: Final = Way((), (), "dropped", "", {})
_TOLD: Final = (
    "called back: it works now", "left word on voice mail", "linked in the meantime",
    "still waiting, will look again", "walked through it once more",
)  # fmt: skip


class _Ring(NamedTuple):
    """A call that comes in, or is to follow from another."""

    at: int
    """When, in seconds UTC."""

    place: int
    """Keeps two of the same second in order."""

    person: Person
    """Who calls, or is called."""

    symptom: str
    """What is wrong."""

    direction: str = "in"
    """``in`` or ``out``."""

    ticket: int | None = None
    """The ticket it goes on with; ``None`` for a new one."""

    before: int = 0
    """How many calls the ticket has had."""


class Story:
    """Tells a history call by call; it never holds more than what is yet to follow."""

    def __init__(
        self,
        chance: Random,
        crowd: Crowd,
        ways: Ways,
        doings: Doings,
        new_id: Callable[[int], int],
    ) -> None:
        """Begin with nothing told.

        Args:
            chance: Where chance comes from.
            crowd: Who calls.
            ways: What they have trouble with.
            doings: What is done for them.
            new_id: Makes the id of a ticket that is opened at a moment.
        """
        self._chance, self._crowd, self._ways, self._doings = chance, crowd, ways, doings
        self._new_id = new_id
        self._places = count()
        self._ahead: list[_Ring] = []
        self._free: list[tuple[int, str, float]] = []
        self._end = 0

    def tell(self, first: date, days: int, tickets: int, end: int) -> Iterator[CallRecord]:
        """Tell the history.

        Args:
            first: Its first day.
            days: How many days it has.
            tickets: How many tickets are opened.
            end: When everything in it is over, in seconds UTC.

        Yields:
            The calls in the order of their times.
        """
        self._end = end
        clerks = max(_FEWEST, round(tickets / days / _CALLS_A_DAY))
        self._free = [(0, login, self._chance.uniform(0.85, 1.2)) for login in _logins(clerks)]
        heapify(self._free)
        for place, opened in enumerate(calls_of_days(self._chance, first, days, tickets)):
            day = first + timedelta(days=place)
            for at, person in self._rings(day, opened):
                yield from self._followed(at)
                yield self._new(at, person, day)
        yield from self._followed(end)

    def awaited(self) -> set[int]:
        """The tickets that are gone on with in what is yet to be told."""
        return {ring.ticket for ring in self._ahead if ring.ticket is not None}

    def _rings(self, day: date, opened: int) -> list[tuple[int, Person]]:
        people = self._crowd.pick(self._chance, opened)
        zones = Counter(person.office.zone for person in people)
        rings = {
            zone: rings_of_day(self._chance, day, zone, often) for zone, often in zones.items()
        }
        found = [(next(rings[person.office.zone]), person) for person in people]
        return sorted(found, key=lambda ring: ring[0])

    def _followed(self, before: int) -> Iterator[CallRecord]:
        """The calls that follow from others up to a moment."""
        while self._ahead and self._ahead[0].at < before:
            ring = heappop(self._ahead)
            spent = self._doings.spent(_NOTHING, (), self._free[0][2])
            if max(ring.at, self._free[0][0]) + spent.all_s < self._end:
                yield self._again(ring, spent)

    def _new(self, at: int, person: Person, day: date) -> CallRecord:
        chance, live = self._chance, person.court.is_live(day)
        symptom = self._ways.symptom(live=live)
        ring = _Ring(at, next(self._places), person, symptom)
        if chance.random() < _DROPPED:
            return self._call(ring, self._doings.dropped(), _GONE, ())
        way = self._ways.way(symptom, person.court, live=live)
        if chance.random() < _CUT_SHORT:
            way = Way(way.answers[:3], (), "callback", "", {})
        actions = self._doings.actions(way)
        return self._call(ring, self._doings.spent(way, actions, self._free[0][2]), way, actions)

    def _again(self, ring: _Ring, spent: Spent) -> CallRecord:
        """A later call on a ticket; after a few of them it is resolved."""
        outcome = self._chance.choices(_ENDS, _HOW_OFTEN)[0]
        if ring.before >= _MOST_CALLS:
            outcome = "resolved"
        answers: tuple[tuple[str, str], ...] = ()
        if ring.direction == "in":
            live = ring.person.court.is_live(local(ring.at, ring.person.office.zone).date())
            answers = self._ways.way(ring.symptom, ring.person.court, live=live).answers
        reason = "not-ours" if outcome == "referred" else ""
        return self._call(ring, spent, Way(answers, (), outcome, reason, {}), ())

    def _call(self, ring: _Ring, spent: Spent, way: Way, actions: Actions) -> CallRecord:
        chance, office = self._chance, ring.person.office
        free, login, pace = self._free[0]
        start = min(max(ring.at, free), self._end - spent.all_s - 1)
        over = start + spent.all_s
        heapreplace(self._free, (over, login, pace))
        due_at = None
        if way.outcome in PROMISED:
            days = 0 if way.outcome == "callback" else chance.randint(1, 12)
            due_at = promised(chance, over, office, days)
        known = ring.ticket is not None or chance.random() > _NOBODY
        ticket = self._new_id(start) if ring.ticket is None else ring.ticket
        if known:
            self._plan(ring, way.outcome, over, due_at, ticket)
        return CallRecord(
            started_at=start,
            court=ring.person.court.id,
            office=office.id,
            caller=ring.person.caller if known else None,
            phone=ring.person.phone if known else "",
            symptom="" if way is _GONE else ring.symptom,
            answers=way.answers,
            actions=actions,
            note=self._note(ring, way),
            outcome=way.outcome,
            due_at=due_at,
            reason=way.refer or ("supervisor" if way.outcome == "escalated" else ""),
            talk_s=spent.talk_s,
            hold_s=spent.hold_s,
            wrap_s=spent.wrap_s,
            direction=ring.direction,
            source="demo",
            clerk=login,
            ticket=None if ring.ticket else ticket,
            continues=ring.ticket,
            told_at=over,
        )

    def _note(self, ring: _Ring, way: Way) -> str:
        if way is _GONE:
            return ""
        return self._doings.note() if ring.ticket is None else self._chance.choice(_TOLD)

    def _plan(self, ring: _Ring, outcome: str, over: int, due_at: int | None, ticket: int) -> None:
        """Let another call follow, if one does."""
        chance = self._chance
        if outcome in _COMES_BACK and chance.random() > _COMES_BACK[outcome]:
            return
        if due_at is not None and self._end - due_at < _FRESH and chance.random() < _FORGOTTEN:
            return
        at, direction = self._then(ring, outcome, over, due_at)
        before = ring.before + 1
        after = _Ring(at, next(self._places), ring.person, ring.symptom, direction, ticket, before)
        if before <= _MOST_CALLS and at < self._end:
            heappush(self._ahead, after)

    def _then(self, ring: _Ring, outcome: str, over: int, due_at: int | None) -> tuple[int, str]:
        """When the next call on a ticket is, and who makes it."""
        chance, office = self._chance, ring.person.office
        if outcome == "dropped":
            return over + chance.randrange(20, 110), "in"
        if due_at is None:
            at = promised(chance, over, office, chance.randint(0, 4)) + chance.randrange(3_000)
            return at, "out" if outcome == "escalated" else "in"
        late = _DAY if chance.random() < _LATE else 0
        at = max(over + 60, due_at + late + chance.randrange(-900, 2_400))
        return at, "out" if outcome == "callback" or chance.random() < _WE_CALL else "in"


def _logins(many: int) -> Iterator[str]:
    yield from _CLERKS[:many]
    yield from (f"clerk{number:03}" for number in range(len(_CLERKS) + 1, many + 1))
