"""A call as it stands, fetched for the call screen and for the acts that decide on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import CallView, Clocks, Done, Note
from helpdesk.domain.courts import Court, Office, local
from helpdesk.domain.playbook import DONT_KNOW, Playbook
from helpdesk.domain.run import Given, Known, Run, desk_facts, walk
from helpdesk.domain.tickets import number_said
from helpdesk.errors import NotFound
from helpdesk.playbooks.codec import playbook_from_json
from helpdesk.port import Rows
from helpdesk.store.callers import find_past, get_caller
from helpdesk.store.calls import get_call, get_segments
from helpdesk.store.doings import get_doings, get_version

_PAST: Final = 8
"""How many earlier tickets a call shows."""


def call_view(desk: Desk, call: int) -> CallView:
    """Fetch a call with everything the clerk sees of it.

    Args:
        desk: The desk.
        call: The call's id.

    Returns:
        The call.

    Raises:
        NotFound: When there is no such call.
    """
    row = get_call(desk.port, call)
    if row is None:
        raise NotFound("This call is not in the database any more.")
    return _view(desk, row)


def _view(desk: Desk, row: Mapping[str, Any]) -> CallView:
    court, office = place_of(desk, row["court"], row["office"])
    doings = get_doings(desk.port, row["ticket"])
    caller = get_caller(desk.port, row["caller"]) if row["caller"] else None
    run, ordinal = run_of(desk, court, office, row["version"], doings["answers"])
    now = desk.clock.now()
    return CallView(
        call=row["id"],
        ticket=row["ticket"],
        number=number_said(row["year"], row["n"]),
        clerk=row["login"],
        started_at=row["started_at"],
        opened_at=row["opened_at"],
        ended_at=row["ended_at"],
        wrap_ended_at=row["wrap_ended_at"],
        clocks=clocks_of(get_segments(desk.port, row["id"])),
        outcome=row["outcome"] or "",
        phone=row["phone"],
        court=court,
        office=office,
        asked_caller=bool(row["matched"]),
        caller=caller,
        past=find_past(desk.port, caller.id, row["ticket"], now, _PAST) if caller else (),
        symptom=row["ticket_symptom"] or "",
        version=ordinal,
        run=run,
        done=tuple(done_of(each) for each in doings["actions"].dicts()),
        notes=tuple(note_of(each) for each in doings["notes"].dicts()),
        draft=row["draft"] or "",
        edited=bool(row["edited"]),
    )


def place_of(desk: Desk, court_id: str, office_id: str) -> tuple[Court, Office]:
    """Find a court and an office, even when they have left ``courts.yaml`` since.

    Args:
        desk: The desk.
        court_id: The court's id.
        office_id: The office's id.

    Returns:
        Both; a court that is not known any more is shown by its id alone.
    """
    court = desk.courts.get(court_id)
    if court is None:
        office = Office(office_id, office_id, desk.home_office.zone)
        return Court(court_id, court_id.upper(), court_id.upper(), "", "", None, (office,)), office
    return court, court.office(office_id) or court.offices[0]


def run_of(
    desk: Desk, court: Court, office: Office, version: str | None, answers: Rows
) -> tuple[Run | None, int]:
    """Walk a ticket's playbook as it was when the run began.

    Args:
        desk: The desk.
        court: The ticket's court.
        office: Its office: its date decides whether the court is live.
        version: The playbook version that the ticket keeps; ``None`` without a symptom.
        answers: The rows of its answers.

    Returns:
        The run and the version as people count it; nothing without a playbook.
    """
    if version is None:
        return None, 0
    kept = get_version(desk.port, version).one()
    if kept is None:
        return None, 0
    playbook = kept_playbook(version, kept["text"])
    rows = list(answers.dicts())
    given = given_in(rows, playbook)
    return walk(playbook, given, known_facts(desk, court, office, rows)), kept["ordinal"]


def given_in(rows: Iterable[Mapping[str, Any]], playbook: Playbook) -> dict[str, Given]:
    """The clerk's answers to the steps of one playbook, the latest of each step.

    Args:
        rows: The rows of a ticket's answers, oldest first.
        playbook: The playbook.

    Returns:
        The answers by step.
    """
    return {
        row["step"]: Given(row["answer"], row["at"])
        for row in rows
        if row["playbook"] == playbook.slug and not row["struck"]
    }


def known_facts(
    desk: Desk, court: Court, office: Office, rows: Iterable[Mapping[str, Any]]
) -> dict[str, Known]:
    """What is known to a ticket: by the desk, and by what was answered on it.

    Args:
        desk: The desk.
        court: The ticket's court.
        office: Its office.
        rows: The rows of the ticket's answers, oldest first.

    Returns:
        The facts by name; what the clerk answered counts before what the desk knows.
    """
    live = court.is_live(local(desk.clock.now(), office.zone).date()) if court.kind else None
    facts = desk_facts(desk.library.facts, live, court.settings)
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in rows:
        if row["fact"] and not row["struck"]:
            newest.pop((row["playbook"], row["step"]), None)  # what it said before is taken back
            newest[row["playbook"], row["step"]] = row
    for row in newest.values():
        if row["value"] != DONT_KNOW:
            facts[row["fact"]] = Known(row["value"], "ticket")
    return facts


def clocks_of(segments: Iterable[Mapping[str, Any]]) -> Clocks:
    """Add up the stretches of a call.

    Args:
        segments: Its rows.

    Returns:
        Seconds of talk, hold and wrap, and which of them runs since when.
    """
    sums = dict.fromkeys(("talk", "hold", "wrap"), 0)
    running, since = "", 0
    for row in segments:
        if row["to_at"] is None:
            running, since = row["kind"], row["from_at"]
        elif row["seconds"] is not None:
            sums[row["kind"]] += row["seconds"]
        else:
            sums[row["kind"]] += row["to_at"] - row["from_at"]
    return Clocks(sums["talk"], sums["hold"], sums["wrap"], running, since)


@lru_cache(maxsize=64)
def kept_playbook(version: str, text: str) -> Playbook:  # noqa: ARG001 - part of the key
    """Read a playbook as a version kept it.

    Args:
        version: The version's hash.
        text: What the database keeps of it.

    Returns:
        The playbook.
    """
    return playbook_from_json(text)


def done_of(row: Mapping[str, Any]) -> Done:
    """Make an action of its row."""
    return Done(
        id=row["id"],
        kind=row["kind"],
        at=row["at"],
        clerk=row["clerk"],
        fields=json.loads(row["fields"]),
        expires_at=row["expires_at"],
        struck=bool(row["struck"]),
        call=row["call"],
    )


def note_of(row: Mapping[str, Any]) -> Note:
    """Make a note of its row."""
    return Note(row["at"], row["clerk"], row["text"], bool(row["struck"]))
