"""Corrections of what was recorded: the journal keeps the old value beside the new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.logged import place_said
from helpdesk.desk.runs import keep_version
from helpdesk.desk.stale import refuse_stale
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.desk.view import clocks_of
from helpdesk.domain.call_clocks import stretches_within
from helpdesk.domain.call_times import call_time_meant
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.whens import iso_local
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.store.calls import get_call, get_segments, save_times
from helpdesk.store.reversing import save_value
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import save_changed

FIELDS: Final = ("court", "symptom")
"""What of a ticket can be corrected; owner, status and tags have acts of their own."""

TIMES: Final = ("started_at", "ended_at")
"""What of a call can be corrected."""

_Stretch = tuple[Mapping[str, Any], tuple[int, int]]


@act("record", again=True)
def correct_ticket(
    desk: Desk,
    ticket: int,
    field: str,
    value: str,
    seen: str | None = None,
) -> None:
    """Correct the court or the symptom of a ticket; its calls keep what was recorded then.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        field: One of ``FIELDS``.
        value: The right one: ``ianb`` or ``ianb/sioux-city``; a symptom's slug.
        seen: What the person saw there; ``None`` to overwrite.

    Raises:
        NotFound: When there is no such ticket, court or symptom.
        BadInput: When that field cannot be corrected like this.
        NotAllowed: When it is that already.
        FieldChanged: When somebody else corrected it since.
    """
    if field not in FIELDS:
        raise BadInput(f"“{field}” cannot be corrected: use {', '.join(FIELDS)}.")
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    wanted = _place(desk, value) if field == "court" else _symptom(batch, row, value)
    now = value_of(row, field)
    said = value_of({**row, **wanted}, field)
    refuse_stale(desk, ticket, field, seen, now, said)
    told = changes_between("ticket", ticket, row, wanted)
    if not told:
        raise NotAllowed(f"The {field} of {said_number(row)} is {now} already.")
    batch.write(*(save_value(each.field, each.new) for each in told))
    batch.write(save_changed(ticket, batch.stamp.at))
    batch.tell(ticket_chain(ticket), "correct_ticket", told)
    batch.index(index_ticket(ticket))
    batch.send()


def value_of(row: Mapping[str, Any], field: str) -> str:
    """What stands in a field of a ticket, as people type it.

    Args:
        row: The ticket's row.
        field: One of ``FIELDS``.

    Returns:
        The value; empty for none.
    """
    if field == "court":
        return f"{row['court']}/{row['office']}"
    return str(row["symptom"] or "")


@act("history", again=True)
def correct_call(
    desk: Desk,
    call: int,
    started: str = "",
    ended: str = "",
) -> None:
    """Correct when a finished call began or ended: flagged *edited*; wrap stays.

    Talk and hold are what of them lies within the corrected times.

    Args:
        desk: The desk.
        call: The call.
        started: As ``call_time_meant`` reads it in the office's zone; empty to leave it.
        ended: The same.

    Raises:
        NotFound: When there is no such call.
        NotAllowed: When the call is still going on.
        BadInput: When a time cannot be read, or the call would end before it began.
    """
    found = get_call(desk.port, call)
    if found is None:
        raise NotFound("This call is not in the database any more.")
    batch = Batch(desk, decided_on=[ticket_chain(found["ticket"])])
    row = get_call(desk.port, call) or found
    if row["wrap_ended_at"] is None:
        raise NotAllowed("This call is still going on: finish it first.")
    began, over = (
        call_time_meant(typed, row[name], row["zone"], batch.stamp.at) if typed else row[name]
        for typed, name in zip((started, ended), TIMES, strict=True)
    )
    if (began, over) == (row["started_at"], row["ended_at"]):
        raise NotAllowed("These are the times that the call has already.")
    told = _write_times(batch, row, began, over)
    batch.tell(ticket_chain(row["ticket"]), "correct_call", told)
    batch.send()


def _write_times(batch: Batch, row: Mapping[str, Any], began: int, over: int) -> list[Change]:
    found = get_segments(batch.desk.port, row["id"])
    segments = [each for each in found if each["kind"] != "wrap"]
    _refuse_times(began, over, hold=0 if segments else row["hold_s"] or 0)
    stretches = _stretches(row, segments, (began, over))
    after = _corrected(row, stretches, began, over)
    batch.write(save_times(row["id"], after))
    told = changes_between("call", row["id"], row, after) + _write_stretches(batch, stretches)
    return [*told, Change("times", _span(row, row["zone"]), _span(after, row["zone"]))]


def _refuse_times(began: int, over: int, *, hold: int) -> None:
    if over < began + hold:
        said = f" and its {hold} s of hold were over" if hold else ""
        raise BadInput(f"The call cannot end before it began{said}: write both times.")


def _stretches(
    row: Mapping[str, Any], segments: Sequence[Mapping[str, Any]], corrected: tuple[int, int]
) -> list[_Stretch]:
    """Each segment of talk and hold, and when it is to begin and end."""
    sums = [clocks_of([each]) for each in segments]
    recorded = (row["started_at"], row["ended_at"])
    times = stretches_within([each.talk + each.hold for each in sums], recorded, corrected)
    return list(zip(segments, times, strict=True))


def _corrected(
    row: Mapping[str, Any], stretches: Sequence[_Stretch], began: int, over: int
) -> dict[str, Any]:
    held = [to_at - from_at for each, (from_at, to_at) in stretches if each["kind"] == "hold"]
    hold = sum(held) if stretches else row["hold_s"] or 0
    return {
        "started_at": began, "ended_at": over, "wrap_ended_at": over + (row["wrap_s"] or 0),
        "talk_s": over - began - hold, "hold_s": hold, "edited": 1,
    }  # fmt: skip


def _write_stretches(batch: Batch, stretches: Sequence[_Stretch]) -> list[Change]:
    told: list[Change] = []
    for row, (from_at, to_at) in stretches:
        after = {"from_at": from_at, "to_at": to_at, "seconds": None}
        told += changes_between("call_segment", row["id"], row, after)
    batch.write(*(save_value(each.field, each.new) for each in told))
    return told


def _place(desk: Desk, value: str) -> dict[str, Any]:
    court, office = place_said(desk, value)
    return {"court": court.id, "office": office.id, "zone": office.zone}


def _symptom(batch: Batch, row: Mapping[str, Any], value: str) -> dict[str, Any]:
    slug = value.strip().lower()
    playbook = batch.desk.library.playbook(slug, row["court"])
    if playbook is None:
        raise NotFound(f"There is no playbook “{value}”: helpdesk playbooks list names them.")
    return {"symptom": slug, "version": keep_version(batch, playbook, row["court"])}


def _span(row: Mapping[str, Any], zone: str) -> str:
    began, over = (iso_local(row[name], zone) for name in TIMES)
    return f"{began} .. {over}"
