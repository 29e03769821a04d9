"""What is out today: more calls than usual (STATS §7), and the incidents that run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

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
)
from helpdesk.port import Statement
from helpdesk.store.incidents import find_running_incidents, running_asked
from helpdesk.store.outages import (
    add_alarm,
    alarm_asked,
    count_by_symptom,
    count_in,
    counts,
    find_alarms,
    first_call,
)


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
    stretches = _to_compare(desk, now, court) if many else []
    found = (
        _unusual(desk, (court, symptom), calls, stretches, now) for symptom, calls in many.items()
    )
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
    desk, now, zone = batch.desk, batch.stamp.at, zone_of(batch.desk, court)
    if desk.port.query(*today_asked(desk, court, symptom, now)).one():
        return []
    today = so_far(now, zone)
    (before,) = count_in(desk.port, court, symptom, [(today.start, today.end)], but)
    if before + more < LEAST_CALLS or (but and not counts(desk.port, but)):
        return []
    found = _unusual(desk, (court, symptom), before + more, _to_compare(desk, now, court), now)
    if found is None:
        return []
    day = _day(now, zone).isoformat()
    batch.write(add_alarm(court, symptom, day, now, found.calls, found.usual))
    return [Change("unusual", None, found.said())]


def _unusual(
    desk: Desk, what: tuple[str, str], calls: int, stretches: list[Stretch], now: int
) -> Unusual | None:
    ends = [(each.start, each.end) for each in stretches]
    days = count_in(desk.port, *what, ends) if ends else []
    if not is_unusual(calls, days):
        return None
    return Unusual(*what, calls, usual_calls(days), now)


def _to_compare(desk: Desk, now: int, court: str) -> list[Stretch]:
    first, zone, known = first_call(desk.port), zone_of(desk, court), desk.courts.get(court)
    if first is None:
        return []
    closed = known.closed if known else ()
    days = days_to_compare(_day(now, zone), _day(first, zone), closed)
    return [same_stretch(day, now, zone) for day in days]


def _day(moment: int, zone: str) -> date:
    return local(moment, zone).date()
