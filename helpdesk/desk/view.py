"""A call as it stands, fetched for the call screen and for the acts that decide on it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.meanwhile import meanwhile_of, root_of, standing_at
from helpdesk.desk.outages import alarm_of, incident_of, today_asked
from helpdesk.desk.ticket_rows import typed_row
from helpdesk.desk.walking import asked_in, run_of, said_before
from helpdesk.domain.call_clocks import Clocks
from helpdesk.domain.calls import CallState, CallView, Done, Note
from helpdesk.domain.continuing import PAST
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.journal import Head
from helpdesk.domain.promises import OpenPromise, Promised
from helpdesk.domain.repeats import REPEAT_SECONDS, EarlierCall, Repeat, repeat_of
from helpdesk.domain.tickets import number_said
from helpdesk.errors import NotFound
from helpdesk.store.caller_card import find_promises_of
from helpdesk.store.caller_merging import find_as_one
from helpdesk.store.callers import find_calls_of, find_past, get_caller
from helpdesk.store.calls import get_call, get_segments
from helpdesk.store.doings import get_doings
from helpdesk.store.incidents import attached_asked, running_asked
from helpdesk.store.merging import find_roots

_SHOWN: Final = ("answers", "actions", "notes", "prompts")


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
    desk = desk.outbox.desk_of(call) if desk.outbox else desk
    return _view(desk, call_row(desk, call))


def call_row(desk: Desk, call: int) -> dict[str, Any]:
    """Fetch the row of a call with that of its ticket.

    Args:
        desk: The desk.
        call: The call's id.

    Returns:
        The row.

    Raises:
        NotFound: When there is no such call.
    """
    row = get_call((desk.outbox.desk_of(call) if desk.outbox else desk).port, call)
    if row is None:
        raise NotFound("This call is not in the database any more.")
    return row


def state_of(desk: Desk, row: Mapping[str, Any]) -> CallState:
    """Make what most acts decide on of a call's row.

    Args:
        desk: The desk.
        row: What ``call_row`` gave.

    Returns:
        The call.
    """
    return CallState(**_state(desk, row))


def _state(desk: Desk, row: Mapping[str, Any]) -> dict[str, Any]:
    court, office = place_of(desk, row["court"], row["office"], row["zone"])
    return {
        "call": row["id"], "ticket": row["ticket"], "number": number_said(row["year"], row["n"]),
        "started_at": row["started_at"], "opened_at": row["opened_at"],
        "ended_at": row["ended_at"], "wrap_ended_at": row["wrap_ended_at"],
        "phone": row["phone"], "court": court, "office": office,
        "symptom": row["ticket_symptom"] or "", "draft": row["draft"] or "",
        "outbound": row["direction"] == "out",
        "head": Head(row["head_seq"], row["head_hash"]),
    }  # fmt: skip


def _view(desk: Desk, row: Mapping[str, Any]) -> CallView:
    state = _state(desk, row)
    court, office = state["court"], state["office"]
    doings = get_doings(desk.port, row["ticket"], *_SHOWN)
    as_one = find_as_one(desk.port, row["caller"]) if row["caller"] else []
    caller = get_caller(desk.port, as_one[0]) if as_one else None
    run, ordinal = run_of(desk, court, office, row["version"], doings["answers"])
    now = desk.clock.now()
    past = find_past(desk.port, as_one, row["ticket"], now, PAST) if caller else ()
    return CallView(
        **state,
        clerk=row["login"],
        clocks=clocks_of(get_segments(desk.port, row["id"])),
        outcome=row["outcome"] or "",
        asked_caller=bool(row["matched"]),
        caller=caller,
        past=past,
        repeat=_repeat(desk, row["started_at"], as_one),
        named=_named(desk, row["matched"]),
        promises=promised_to(desk, as_one),
        version=ordinal,
        run=run,
        said_before=said_before(desk, past, court.id),
        asked=asked_in(doings["prompts"], row["id"]),
        done=tuple(done_of(each) for each in doings["actions"].dicts()),
        notes=tuple(note_of(each) for each in doings["notes"].dicts()),
        edited=bool(row["edited"]),
        **_out(desk, row, now),
        **meanwhile_of(row, standing_at(desk, row, root_of(desk, row))),
    )


def before_of(desk: Desk, view: CallView, caller: int, typed: str) -> CallView:
    """Put what came before into a call, as if somebody were the caller.

    Args:
        desk: The desk.
        view: The call; its own ticket is none of those before.
        caller: The caller's id.
        typed: What was typed to find them.

    Returns:
        The call with the earlier tickets, what was promised, and which call of theirs it is.
    """
    as_one = find_as_one(desk.port, caller)
    return replace(
        view,
        past=find_past(desk.port, as_one, view.ticket, desk.clock.now(), PAST),
        repeat=_repeat(desk, view.started_at, as_one),
        named=_named(desk, typed),
        promises=promised_to(desk, as_one),
    )


def promised_to(desk: Desk, as_one: Sequence[int]) -> tuple[OpenPromise, ...]:
    """Fetch what a caller was promised and is not dealt with.

    Args:
        desk: The desk.
        as_one: The ids that count as this one person; none for nobody.

    Returns:
        The promises, by when they are due.
    """
    rows = find_promises_of(desk.port, as_one).dicts() if as_one else ()
    return tuple(
        OpenPromise(
            number_said(row["year"], row["n"]),
            Promised(
                row["kind"], row["due_at"], row["zone"], row["made_at"], row["clerk"],
                done_at=None, struck=False,
            ),
        )
        for row in rows
    )  # fmt: skip


def _named(desk: Desk, typed: str) -> int:
    """The ticket whose number was typed, or the one that it goes on in."""
    row = typed_row(desk, typed)
    return find_roots(desk.port, [row["id"]]).get(row["id"], row["id"]) if row else 0


def _repeat(desk: Desk, start: int, as_one: Sequence[int]) -> Repeat:
    if not as_one:
        return Repeat()
    earlier = find_calls_of(desk.port, as_one, start - REPEAT_SECONDS, start)
    return repeat_of(start, [EarlierCall(*each) for each in earlier.rows])


def _out(desk: Desk, row: Mapping[str, Any], now: int) -> dict[str, Any]:
    """What is out that a call may be about."""
    attached, running, alarm = desk.port.snapshot([
        attached_asked(row["ticket"]),
        running_asked(row["court"]),
        today_asked(desk, row["court"], row["ticket_symptom"] or "", now),
    ])  # fmt: skip
    incident, unusual = attached.one(), alarm.one()
    return {
        "incident": incident_of(incident) if incident else None,
        "incidents": tuple(incident_of(each) for each in running.dicts()),
        "unusual": alarm_of(unusual) if unusual else None,
    }


def place_of(desk: Desk, court_id: str, office_id: str, zone: str = "") -> tuple[Court, Office]:
    """Find a court and an office, even when they have left ``courts.yaml`` since.

    Args:
        desk: The desk.
        court_id: The court's id.
        office_id: The office's id; empty for the court's first.
        zone: The zone that is kept beside them; empty where none is.

    Returns:
        Both; a court or an office that is not known any more is shown by its id alone.
    """
    court = desk.courts.get(court_id)
    if court is None:
        office = Office(office_id, office_id, zone or desk.home_office.zone)
        return Court(court_id, court_id.upper(), court_id.upper(), "", "", None, (office,)), office
    first = court.offices[0]
    gone = Office(office_id, office_id, zone or first.zone)
    return court, (court.office(office_id) or gone) if office_id else first


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
