"""Incidents: declared with a line to read out, attached to tickets, ended with everybody told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.history_words import playbook_named
from helpdesk.desk.outages import incident_chain, incident_of, incidents_at
from helpdesk.desk.reversal import TOGETHER
from helpdesk.desk.standing import write_standing
from helpdesk.desk.ticket_rows import ticket_row
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import CallView
from helpdesk.domain.incidents import AttachedTicket, Incident
from helpdesk.domain.journal import Change, Head, changes_between
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import number_said, status_now
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.port import Conflict
from helpdesk.store.incidents import (
    add_attached,
    add_incident,
    find_attached,
    find_incidents,
    find_waiting_for,
    get_incident,
    number_asked,
    save_incident_ended,
)
from helpdesk.store.merging import find_roots
from helpdesk.store.search import index_tickets

LISTED: Final = 200
"""The most incidents a list shows; it says how many there are."""

_LONGEST: Final = 500


@act("incident")
def declare_incident(desk: Desk, court: str, symptom: str, line: str) -> int:
    """Declare an incident: from now on callers are told the line.

    Args:
        desk: The desk.
        court: The court's id.
        symptom: The symptom's slug.
        line: What is read out to callers.

    Returns:
        The incident's number.

    Raises:
        NotFound: When there is no such court or symptom.
        BadInput: When there is no line, or it is too long to be read out.
        NotAllowed: When one runs for this symptom at this court already.
    """
    at, book = desk.court(court), playbook_named(desk, symptom, court.lower())
    said = _checked_line(line)
    _refuse_second(desk, at.id, book.slug)
    batch = Batch(desk)
    incident, by = batch.new_id(), batch.stamp
    batch.write(add_incident(incident, at.id, book.slug, said, by.at, by.clerk))
    told = {"court": at.id, "symptom": book.slug, "line": said}
    changes = [Change(name, None, value) for name, value in told.items()]
    batch.tell(incident_chain(incident), "declare_incident", changes, head=Head())
    try:
        (number,) = batch.send([number_asked(incident)])
    except Conflict:  # a colleague was quicker by a moment
        _refuse_second(desk, at.id, book.slug)
        raise
    return int(number.value())


@act("call")
def attach_incident(
    desk: Desk, call: int, incident: int | None = None, stamp: Stamp | None = None
) -> Incident:
    """Say that a call is about an incident that runs.

    Args:
        desk: The desk.
        call: The call.
        incident: The incident's number; ``None`` for the one of the call's symptom and court.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        The incident.

    Raises:
        NotFound: When there is no incident of that number.
        NotAllowed: When none runs for the call's symptom at its court, when the one named is
            over or at another court, or when the ticket is attached to it already.
    """
    view = call_view(desk, call)
    found = _meant(view, incident)
    if view.incident and view.incident.id == found.id:
        raise NotAllowed(f"{view.number} is attached to incident {found.n} already.")
    batch = Batch(desk, stamp)
    row, stamp = batch.new_id(), batch.stamp
    batch.write(add_attached(row, found.id, view.ticket, call, stamp.at, stamp.clerk))
    told = [
        Change(f"incident_ticket/{row}/struck", "1", "0"),
        Change("incident", None, str(found.n)),
    ]
    batch.tell(ticket_chain(view.ticket), "attach_incident", told)
    batch.send()
    return found


@act("incident", again=True)
def end_incident(desk: Desk, incident: int, note: str = "") -> int:
    """Say that an incident is over: everybody who was promised to hear is called back first.

    Args:
        desk: The desk.
        incident: The incident's number.
        note: What else is to be said.

    Returns:
        How many callers are to be called.

    Raises:
        NotFound: When there is no such incident.
        NotAllowed: When it is over already.
    """
    row = incident_numbered(desk, incident).id
    tickets = [ticket_chain(each) for each in _waiting(desk, row)]
    batch = Batch(desk, decided_on=[incident_chain(row), *tickets])
    found = incident_numbered(desk, incident)
    if found.ended_at is not None:
        raise NotAllowed(f"Incident {found.n} is over already: {found.ended_by} ended it.")
    at, said = batch.stamp.at, storable(note).strip()
    batch.write(save_incident_ended(found.id, at, batch.stamp.clerk, said))
    before = {"ended_at": None, "ended_by": None, "note": ""}
    after = {"ended_at": at, "ended_by": batch.stamp.clerk, "note": said}
    woken = _write_woken(batch, found)
    together = [Change(TOGETHER, None, batch.stamp.op)] * bool(woken)
    told = changes_between("incident", found.id, before, after)
    batch.tell(incident_chain(found.id), "end_incident", [*told, *together])
    for ticket, changes in woken.items():
        batch.tell(ticket_chain(ticket), "end_incident", [*changes, *together])
    batch.index(index_tickets(woken))
    batch.send()
    return len(woken)


@act("read")
def list_incidents(desk: Desk, limit: int = LISTED) -> tuple[tuple[Incident, ...], int]:
    """List incidents: those that run first, then the newest.

    Args:
        desk: The desk.
        limit: The most to fetch.

    Returns:
        The incidents, and how many there are in all.
    """
    rows, count = find_incidents(desk.port, limit)
    return tuple(incident_of(row) for row in rows.dicts()), count


@act("read")
def read_incident(desk: Desk, incident: int) -> tuple[Incident, tuple[AttachedTicket, ...]]:
    """Fetch an incident with the tickets attached to it.

    Args:
        desk: The desk.
        incident: Its number.

    Returns:
        The incident and its tickets, oldest first.

    Raises:
        NotFound: When there is no such incident.
    """
    found, now = incident_numbered(desk, incident), desk.clock.now()
    rows = find_attached(desk.port, found.id).dicts()
    return found, tuple(_attached(row, now) for row in rows)


def incident_numbered(desk: Desk, n: int) -> Incident:
    """Find an incident by its number.

    Args:
        desk: The desk.
        n: The number.

    Returns:
        The incident.

    Raises:
        NotFound: When there is none.
    """
    row = get_incident(desk.port, n)
    if row is None:
        raise NotFound(f"There is no incident {n}: helpdesk incidents list names them.")
    return incident_of(row)


def _checked_line(line: str) -> str:
    said = " ".join(storable(line).split())
    if not said:
        raise BadInput("Say what is read out to callers: one or two sentences.")
    if len(said) > _LONGEST:
        raise BadInput(f"The line has {len(said)} letters, {_LONGEST} are the most: shorten it.")
    return said


def _refuse_second(desk: Desk, court: str, symptom: str) -> None:
    for each in incidents_at(desk, court):
        if each.symptom == symptom:
            raise NotAllowed(
                f"Incident {each.n} runs for this symptom at {desk.court(court).short} already: "
                "end it before another is declared."
            )


def _meant(view: CallView, n: int | None) -> Incident:
    """The incident that a call is to be attached to."""
    running = view.incidents
    fits = [
        each for each in running if each.n == n or (n is None and each.symptom == view.symptom)
    ]
    if fits:
        return fits[0]
    if n is not None:
        raise NotAllowed(f"Incident {n} does not run at {view.court.short}: choose another.")
    others = ", ".join(f"incident {each.n}" for each in running)
    way = f"there run {others}: name one" if others else "none runs there"
    raise NotAllowed(f"No incident runs for this symptom at {view.court.short}; {way}.")


def _write_woken(batch: Batch, incident: Incident) -> dict[int, list[Change]]:
    """Open every ticket that waits for the end; gives what each is told.

    What was promised at the latest stands: whoever is called back by then was called in time.
    """
    woken: dict[int, list[Change]] = {}
    for ticket in _waiting(batch.desk, incident.id):
        row, told = ticket_row(batch.desk, ticket), woken.setdefault(ticket, [])
        if row["status"] == "waiting":
            told += write_standing(batch, row, "waiting", wakes_at=batch.stamp.at)
    return woken


def _waiting(desk: Desk, incident: int) -> list[int]:
    """The tickets that wait for the end, each as the one that it goes on in."""
    found = [each["ticket"] for each in find_waiting_for(desk.port, incident)]
    return sorted(set(find_roots(desk.port, found).values()))


def _attached(row: Mapping[str, Any], now: int) -> AttachedTicket:
    return AttachedTicket(
        number=number_said(row["year"], row["n"]),
        status=status_now(row["status"], row["wakes_at"], now),
        caller=row["caller"] or "",
        at=row["at"],
        due_at=row["due_at"],
    )
