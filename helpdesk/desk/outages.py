"""What is out today: more calls than usual (STATS §7), and the incidents that run."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.domain.courts import local
from helpdesk.domain.incidents import Incident
from helpdesk.domain.journal import Change
from helpdesk.domain.outages import (
    LEAST_CALLS,
    Stretch,
    Unusual,
    days_to_compare,
    is_unusual,
    same_stretch,
    so_far,
    usual_calls,
    whole_day,
)
from helpdesk.port import Port, Statement
from helpdesk.store.incidents import find_running_incidents, running_asked
from helpdesk.store.outages import (
    add_alarm,
    alarm_asked,
    count_at_most,
    count_by_symptom,
    count_in,
    counts,
    find_alarms,
    find_starts,
    first_call,
)

_REMEMBERED: Final = 64
"""Of how many symptoms and courts the earlier days are remembered."""


@act("read")
def unusual_now(desk: Desk, court: str, but: int = 0) -> Mapping[str, Unusual]:
    """What comes in at a court today more often than usual.

    Args:
        desk: The desk.
        court: The court's id.
        but: A call that is left out.

    Returns:
        By symptom, as the calls stand at this moment.
    """
    now, zone = desk.clock.now(), zone_of(desk, court)
    today = so_far(now, zone)
    came = count_by_symptom(desk.port, court, (today.start, today.end), but)
    many = {symptom: calls for symptom, calls in came.items() if calls >= LEAST_CALLS}
    days = _to_compare(desk, now, court) if many else ()
    found = (_unusual(desk, (court, symptom), calls, days, now) for symptom, calls in many.items())
    return {each.symptom: each for each in found if each}


@act("read")
def alarms_today(desk: Desk) -> tuple[Unusual, ...]:
    """List the alarms of today for which no incident was declared.

    Args:
        desk: The desk.

    Returns:
        The alarms, oldest first; each belongs to the day at its own court.
    """
    now = desk.clock.now()
    # A court may lie in another zone, where it is still yesterday.
    since = local(now, desk.home_office.zone).date() - timedelta(days=1)
    return tuple(
        alarm_of(row)
        for row in find_alarms(desk.port, since.isoformat()).dicts()
        if row["day"] == _day(now, zone_of(desk, row["court"])).isoformat()
    )


@act("read")
def running_incidents(desk: Desk) -> tuple[Incident, ...]:
    """List the incidents that run now.

    Args:
        desk: The desk.

    Returns:
        The incidents, the newest first.
    """
    return tuple(incident_of(row) for row in find_running_incidents(desk.port).dicts())


@act("read")
def incidents_at(desk: Desk, court: str) -> tuple[Incident, ...]:
    """List the incidents that run at a court.

    Args:
        desk: The desk.
        court: The court's id.

    Returns:
        The incidents, the newest first.
    """
    rows = desk.port.query(*running_asked(court)).dicts()
    return tuple(incident_of(row) for row in rows)


def write_alarm(batch: Batch, court: str, symptom: str, call: int) -> list[Change]:
    """Put an alarm into the batch that gives a call its symptom, when it is one too many.

    Args:
        batch: The batch.
        court: The court's id.
        symptom: The symptom that the call gets.
        call: The call; counts whatever symptom it had before.

    Returns:
        What the journal is told; nothing when all is as usual, or was seen before today.
    """
    return _write_alarm(batch, court, symptom, call, more=1)


@act("record")
def keep_alarm(desk: Desk, court: str, symptom: str) -> None:
    """Keep an alarm when a call that was recorded afterwards was one too many.

    Args:
        desk: The desk.
        court: The court's id.
        symptom: The call's symptom.
    """
    batch = Batch(desk)
    if _write_alarm(batch, court.lower(), symptom, 0, more=0):
        batch.send()


def today_asked(desk: Desk, court: str, symptom: str, now: int) -> Statement:
    """The SELECT of today's alarm of a symptom at a court.

    Args:
        desk: The desk.
        court: The court's id.
        symptom: The symptom's slug.
        now: The moment, in seconds UTC.

    Returns:
        The statement; gives one row or none.
    """
    return alarm_asked(court, symptom, _day(now, zone_of(desk, court)).isoformat())


def alarm_of(row: Mapping[str, Any]) -> Unusual:
    """Make an alarm of its row."""
    return Unusual(row["court"], row["symptom"], row["calls"], row["expected"], row["at"])


def incident_of(row: Mapping[str, Any]) -> Incident:
    """Make an incident of its row."""
    return Incident(**row)


def incident_chain(incident: int) -> str:
    """The journal's subject for an incident, by its id."""
    return f"incident:{incident}"


def waited_for(incident: Incident | None) -> list[str]:
    """The chains that a batch is decided on when a ticket waits for the end of an incident."""
    return [incident_chain(incident.id)] if incident else []


def write_waiting(batch: Batch, incident: Incident | None, number: str) -> None:
    """Say in an incident's chain that a ticket waits for its end, so that the end is told of it.

    Args:
        batch: The batch that promises it; decided on ``waited_for``.
        incident: The incident; ``None`` for a ticket that waits for none.
        number: The ticket's number.
    """
    for chain in waited_for(incident):
        batch.tell(chain, "wait_for_end", [Change("ticket", None, number)])


def zone_of(desk: Desk, court: str) -> str:
    """The zone of a court's first office, in which its days are counted.

    Args:
        desk: The desk.
        court: The court's id.

    Returns:
        An IANA name; the desk's own for a court that is not known any more.
    """
    found = desk.courts.get(court)
    return found.offices[0].zone if found else desk.home_office.zone


def _write_alarm(batch: Batch, court: str, symptom: str, but: int, *, more: int) -> list[Change]:
    """Write today's alarm, where the calls and so many more are unusual and it is the first."""
    desk, now, what = batch.desk, batch.stamp.at, (court, symptom)
    if desk.port.query(*today_asked(desk, court, symptom, now)).one():
        return []
    today = so_far(now, zone_of(desk, court))
    most = count_at_most(desk.port, *what, today) + more
    days = _to_compare(desk, now, court)
    if most < LEAST_CALLS or _is_usual(desk, what, most, days, now):
        return []
    (before,) = count_in(desk.port, *what, [today], but)
    if before + more < LEAST_CALLS or (but and not counts(desk.port, but)):
        return []
    found = _unusual(desk, what, before + more, days, now)
    if found is None:
        return []
    day = _day(now, zone_of(desk, court)).isoformat()
    batch.write(add_alarm(court, symptom, day, now, found.calls, found.usual))
    return [Change("unusual", None, found.said())]


def _unusual(
    desk: Desk, what: tuple[str, str], calls: int, days: tuple[date, ...], now: int
) -> Unusual | None:
    if _is_usual(desk, what, calls, days, now):
        return None
    ends = [same_stretch(day, now, zone_of(desk, what[0])) for day in days]
    came = count_in(desk.port, *what, ends) if ends else []
    if not is_unusual(calls, came):
        return None
    return Unusual(*what, calls, usual_calls(came), now)


def _is_usual(
    desk: Desk, what: tuple[str, str], calls: int, days: tuple[date, ...], now: int
) -> bool:
    """Whether calls are no more than usual by what is remembered of the earlier days.

    To count those anew at each call takes longer than all else of it where many come; only where
    they seem to be unusual the rows decide.
    """
    zone = zone_of(desk, what[0])
    starts = _starts(desk.port, *what, tuple(whole_day(day, zone) for day in days))
    ends = (same_stretch(day, now, zone).end for day in days)
    return not is_unusual(calls, [*map(bisect_left, starts, ends)])


@lru_cache(maxsize=_REMEMBERED)
def _starts(
    port: Port, court: str, symptom: str, days: tuple[Stretch, ...]
) -> tuple[Sequence[int], ...]:
    return find_starts(port, court, symptom, days)


def _to_compare(desk: Desk, now: int, court: str) -> tuple[date, ...]:
    first, zone, known = first_call(desk.port), zone_of(desk, court), desk.courts.get(court)
    if first is None:
        return ()
    closed = known.closed if known else ()
    return days_to_compare(_day(now, zone), _day(first, zone), closed)


def _day(moment: int, zone: str) -> date:
    return local(moment, zone).date()
