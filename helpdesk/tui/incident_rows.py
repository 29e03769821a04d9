"""Outages as lines of a list: incidents, and the tickets attached to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.domain.incidents import AttachedTicket, Incident
from helpdesk.domain.safe_text import line
from helpdesk.tui.words import fitted, moment

if TYPE_CHECKING:
    from helpdesk.domain.call_words import Titles


def incident_said(incident: Incident, titles: Titles, zone: str, now: int) -> str:
    """One incident as a line of a list.

    Args:
        incident: The incident.
        titles: Says a symptom.
        zone: The zone that times are told in.
        now: The moment, in seconds UTC.

    Returns:
        The line; one that runs has a ``!``.
    """
    since, ended_at = moment(incident.declared_at, zone, now), incident.ended_at
    when = (
        f"! since {since}"
        if ended_at is None
        else f"over, {since} to {moment(ended_at, zone, now)}"
    )
    place = f"{incident.n:>3} {incident.court.upper():<5}"
    return f"{place} {when}  {_counted(incident)}  {titles(incident.symptom)}"


def incident_text(incident: Incident, titles: Titles, zone: str, now: int) -> list[str]:
    """What is known of an incident, for a reader.

    Args:
        incident: The incident.
        titles: Says a symptom.
        zone: The zone that times are told in.
        now: The moment, in seconds UTC.

    Returns:
        The lines; what is below a heading stands further in.
    """
    status = "! RUNNING"
    if incident.ended_at is not None:
        status = f"over since {moment(incident.ended_at, zone, now)}, ended by {incident.ended_by}"
    told = {
        "Status": status,
        "Symptom": titles(incident.symptom),
        "Court": incident.court.upper(),
        "Declared": f"{moment(incident.declared_at, zone, now)} by {incident.clerk}",
        "Callers hear": incident.line,
        "At its end": incident.note,
    }
    lines = [f"Incident {incident.n}"]
    lines += [f"  {name:<13} {line(text, 600)}" for name, text in told.items() if text]
    return [*lines, "", f"{_counted(incident)} to hear when it is over"]


def attached_said(ticket: AttachedTicket, zone: str, now: int, *, over: bool) -> str:
    """One ticket of an incident as a line of a list."""
    due = ""
    if ticket.due_at is not None:
        by = moment(ticket.due_at, zone, now)
        call = over or ticket.due_at <= now
        due = f"! call by {by}" if call else f"hears by {by}"
    who = fitted(ticket.caller or "unknown caller", 20)
    return f"{ticket.number}  {moment(ticket.at, zone, now):<10} {who} {ticket.status:<10} {due}"


def _counted(incident: Incident) -> str:
    tickets = f"{incident.tickets} ticket{'s' if incident.tickets != 1 else ''}"
    return f"{tickets}, {incident.promised} promised"
