"""The rows that one past call leaves: the same that the acts of a live call leave."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from helpdesk.desk.actions import password_hours
from helpdesk.desk.callers import UNKNOWN
from helpdesk.desk.history_batch import HistoryBatch
from helpdesk.desk.history_ticket import Touched
from helpdesk.desk.history_words import Words
from helpdesk.domain.aftermath import moments, segments_of
from helpdesk.domain.courts import Court, Office, local
from helpdesk.domain.identity import PASSWORD_KIND
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.paths import Taken
from helpdesk.domain.records import CallRecord
from helpdesk.domain.safe_text import storable
from helpdesk.port import Value
from helpdesk.store import calls, doings, history, imports, tickets

_HOUR: Final = 3_600

_MINUTE: Final = 60

_IDS: Final = 10
"""How many ids a call needs at most besides those of its answers and actions."""

_as_json: Final = json.JSONEncoder(ensure_ascii=False).encode

Doing = tuple[str, dict[str, str]]
"""An action: its kind and its fields."""


@dataclass(slots=True)
class _Call:
    """What every row of one call refers to."""

    record: CallRecord
    """What is known of it."""

    id: int
    """Its id."""

    ticket: Touched
    """The ticket it works on."""

    clerk: int
    """Who took it."""

    caller: int | None
    """Who called."""

    court: Court
    """The court it was about."""

    office: Office
    """The court's office."""

    ids: Iterator[int]
    """Ids for its other rows."""


def put_call(batch: HistoryBatch, words: Words, record: CallRecord) -> None:
    """Put a past call into a batch.

    Args:
        batch: The batch.
        words: Reads what the call says.
        record: The call, checked by :meth:`Words.refuse`.

    Raises:
        BadInput: When it names an answer, an action or a field that is none.
        NotFound: When it names a court, a symptom or a ticket that is not there.
        NotAllowed: When a temporary password lacks what it needs, or the ticket is void.
    """
    court, office = place = words.place(record)
    phone, day = words.phone(record.phone), local(record.started_at, office.zone).date()
    clerk, caller = batch.clerk(record), batch.caller(record, place, phone)
    ticket = batch.ticket(record)
    before = ticket.columns()
    if ticket.standing is None:
        ticket.year = day.year
        whose = (caller, court.id, office.id, office.zone, clerk)
        ticket.opened = (*whose, record.started_at)
    put_symptom(batch, words, ticket, record, court)
    path = words.path(ticket.symptom, court, day, record) if ticket.symptom else ()
    done = words.doings(record, court, day, path)
    first = batch.desk.ids.make(record.started_at, _IDS + len(path) + len(done))
    ids = iter(range(first + 1, first + _IDS + len(path) + len(done)))
    call = _Call(record, first, ticket, clerk, caller, court, office, ids)
    spans = list(islice(ids, 2))
    ticket.follow(record, spans)
    _put_call(batch, call, phone.digits)
    _put_doings(batch, call, path, done)
    if record.due_at is not None:
        _promise(call, record.outcome, record.due_at, record.wrapped_at)
    if record.outcome == "escalated":
        _escalate(batch, call)
    for tag in record.tags:
        batch.put("tag", tickets.add_tag(ticket.id, storable(tag)))
    batch.tell(ticket, record, [*_told(call, path, done), *_moved(ticket, before, spans, record)])


def _moved(
    ticket: Touched, before: Mapping[str, Value], spans: Sequence[int], record: CallRecord
) -> list[Change]:
    """What a call changes of the older ticket that it goes on with.

    It may have been long ago: which stretches of its status are new, and when what was promised
    counts as settled, cannot be read off the moments alone.
    """
    if not before:
        return []
    return [
        *changes_between("ticket", ticket.id, before, ticket.columns()),
        Change("spans", None, " ".join(map(str, spans))),
        Change("settled_at", None, str(record.wrapped_at)),
    ]


def put_symptom(
    batch: HistoryBatch, words: Words, ticket: Touched, record: CallRecord, court: Court
) -> None:
    """Give the ticket the call's symptom, and the playbook as it is now.

    Args:
        batch: The batch.
        words: Reads what the call says.
        ticket: The ticket.
        record: The call.
        court: Its court.
    """
    chosen = record.symptom and (ticket.version is None or record.symptom != ticket.symptom)
    if not chosen:
        return
    version, text = words.version(record.symptom, court)
    batch.keep_version(version, record.symptom, court, record.started_at, text)
    ticket.symptom, ticket.version = record.symptom, version
    if not ticket.opened:
        at = record.started_at
        row = tickets.save_symptom(ticket.id, record.symptom, version, at)
        ticket.before.append(("symptom_saved", row))


def _put_call(batch: HistoryBatch, call: _Call, digits: str) -> None:
    record = call.record
    matched = " ".join(storable(record.phone).split()) if call.caller else UNKNOWN
    batch.put(
        "call",
        history.add_past_call(
            call.id, call.caller, digits, matched, call.clerk, call.court.id, call.office.id,
            call.office.zone, record.direction, call.ticket.symptom or None, record.started_at,
            record.ended_at, record.wrapped_at, record.outcome, storable(record.reason),
            record.talk_s, record.hold_s, record.wrap_s, record.source,
            int(record.edited), int(record.clock_changed), record.precision,
        ),
    )  # fmt: skip
    if record.row is not None:
        batch.put("import_row", imports.add_row(record.row, call.ticket.id, call.id, None))
    batch.put("call_ticket", calls.add_link(call.id, call.ticket.id))
    segments = [
        history.add_past_segment(next(call.ids), call.id, kind, call.clerk, from_at, to_at)
        for kind, from_at, to_at in segments_of(record)
    ]
    batch.put("call_segment", *segments)


def _put_doings(
    batch: HistoryBatch, call: _Call, path: Sequence[Taken], done: Sequence[Doing]
) -> None:
    ticket, note = call.ticket, storable(call.record.note).strip()
    times = iter(moments(call.record, len(path) + len(done) + bool(note)))
    run = (ticket.symptom, ticket.version or "")
    answers = [
        doings.add_answer(made, ticket.id, call.id, run, said, at, call.clerk)
        for said, made, at in zip(path, call.ids, times, strict=False)
    ]
    batch.put("answer", *answers)
    for doing in done:
        _put_action(batch, call, doing, next(times))
    if note:
        row = doings.add_note(next(call.ids), ticket.id, call.id, next(times), call.clerk, note)
        batch.put("note", row)


def _put_action(batch: HistoryBatch, call: _Call, doing: Doing, at: int) -> None:
    kind, fields = doing
    expires_at = None
    if kind == PASSWORD_KIND:
        expires_at = at + password_hours(batch.desk, call.court) * _HOUR
        _promise(call, "linked-by-then", expires_at, at)
    said = _as_json(fields)
    row = (next(call.ids), call.ticket.id, call.id, kind, said, at, call.clerk, expires_at)
    batch.put("action", doings.add_action(*row))


def _promise(call: _Call, kind: str, due_at: int, made_at: int) -> None:
    call.ticket.promise(
        next(call.ids), call.ticket.id, call.id, kind, due_at, call.office.zone, made_at,
        call.clerk,
    )  # fmt: skip


def _escalate(batch: HistoryBatch, call: _Call) -> None:
    record = call.record
    target = batch.target(record.reason)
    columns = (next(call.ids), call.ticket.id, call.id, target, record.wrapped_at, call.clerk)
    accept = batch.desk.settings.accept_minutes * _MINUTE
    batch.put("escalation", call.ticket.escalate(record, columns, accept))


def _told(call: _Call, path: Sequence[Taken], done: Sequence[Doing]) -> list[Change]:
    """What the journal says of a call: few values, and each text apart, to be redacted alone."""
    record = call.record
    told = [
        Change(
            "call",
            None,
            f"{call.id} {record.direction} {record.started_at} talk {record.talk_s} "
            f"hold {record.hold_s} wrap {record.wrap_s} caller {call.caller} "
            f"{record.outcome} {record.due_at}",
        )
    ]
    if symptom := call.ticket.symptom:
        steps = [f"{each.step}={each.answer}" for each in path]
        told.append(Change("run", None, " ".join((symptom, *steps))))
    if done:
        told.append(Change("actions", None, _as_json(done)))
    if note := storable(record.note).strip():
        told.append(Change("note", None, note))
    if record.reason:
        told.append(Change("reason", None, storable(record.reason)))
    return told
