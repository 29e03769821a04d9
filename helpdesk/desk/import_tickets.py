"""Writes tickets and actions of our own files down: tickets without a call, actions on tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.history_batch import HistoryBatch
from helpdesk.desk.history_call import put_symptom
from helpdesk.desk.history_words import Words
from helpdesk.desk.import_callers import Callers
from helpdesk.desk.import_keys import digest
from helpdesk.desk.import_spool import Kept, of_run
from helpdesk.domain.aftermath import Standing, Stretch
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change
from helpdesk.domain.records import CallRecord
from helpdesk.errors import ChangedMeanwhile
from helpdesk.store import doings, history, imports, tickets
from helpdesk.store.clerks import add_clerk, find_clerks
from helpdesk.store.reversing import save_value
from helpdesk.store.search import index_tickets

_TOGETHER: Final = 500
_TRIES: Final = 8
_CLOSED: Final[Mapping[str, Any]] = {"status": "closed", "outcome": None, "resolved_at": None}

Told = Callable[[int], None]
"""Is told how many more rows were written."""


@act("upkeep")
def write_tickets(
    desk: Desk, rows: Iterator[list[Kept]], run: int, stamp: Stamp, told: Told
) -> int:
    """Write tickets down as they stood, without calls.

    Args:
        desk: The desk.
        rows: The rows, ticket by ticket; the first of each says how it stood.
        run: The import's id.
        stamp: Who asked and when.
        told: Is told how many more were written.

    Returns:
        How many tickets were opened.
    """
    words, callers = Words(desk), Callers(desk, own=True, by_number=True)
    opened, versions = 0, set[str]()
    firsts = (ticket[0] for ticket in rows)
    while some := list(islice(firsts, _TOGETHER)):
        named = callers.named([of_run(record, run) for record, _ in some])
        kept = list(zip(named, (more for _, more in some), strict=True))
        batch = _send_tickets(desk, words, kept, stamp.part(str(opened)), versions)
        versions = batch.versions
        opened += len(some)
        told(len(some))
    return opened


@act("upkeep")
def write_actions(
    desk: Desk, rows: Iterator[list[Kept]], run: int, stamp: Stamp, told: Told
) -> tuple[int, int]:
    """Write actions down: on the tickets that imports brought, else on tickets of their own.

    Args:
        desk: The desk.
        rows: The rows, ticket by ticket; a ticket that is there is named as continued.
        run: The import's id.
        stamp: Who asked and when.
        told: Is told how many more were written.

    Returns:
        How many actions came in, and how many tickets were opened for them, closed.
    """
    written = opened = 0
    while some := list(islice(rows, _TOGETHER)):
        part = stamp.part(str(written))
        placed = [_placed(desk, of_one) for of_one in some]
        made = [bare for _, bare in placed if bare is not None]
        opened += write_tickets(desk, iter([[each] for each in made]), run, part, lambda _: None)
        actions = [each for of_one, _ in placed for each in of_one]
        _send_actions(desk, actions, run, part.part("actions"))
        written += len(actions)
        told(len(actions))
    return written, opened


def _placed(desk: Desk, of_one: list[Kept]) -> tuple[list[Kept], Kept | None]:
    """The actions of one ticket with the ticket that they go to, and that ticket if it is new."""
    first, _ = of_one[0]
    if first.continues is not None:
        return of_one, None
    ticket = desk.ids.make(first.started_at)
    row = first.row
    assert row is not None  # noqa: S101 - every row of a file has its key
    bare = replace(first, ticket=ticket, row=replace(row, key=digest("ticket", row.key)))
    placed = [(replace(record, continues=ticket), more) for record, more in of_one]
    return placed, (bare, dict(_CLOSED))


def _send_tickets(
    desk: Desk, words: Words, rows: Sequence[Kept], stamp: Stamp, versions: set[str]
) -> HistoryBatch:
    records = [record for record, _ in rows]
    for _ in range(_TRIES):
        known = history.find_standings(
            desk.port,
            {record.clerk for record in records if record.clerk},
            {words.phone(record.phone).digits for record in records if record.phone},
            (),
            {record.caller_id for record in records if record.caller_id},
        )
        batch = HistoryBatch(desk, known, stamp, versions)
        for record, more in rows:
            _put_ticket(batch, words, record, more)
        try:
            desk.port.transact(stamp.op, stamp.at, batch.statements())
        except ChangedMeanwhile:
            continue
        return batch
    raise ChangedMeanwhile("Others are writing all the time: try again soon.")


def _put_ticket(
    batch: HistoryBatch, words: Words, record: CallRecord, more: Mapping[str, Any]
) -> None:
    court, office = place = words.place(record)
    phone, opened_at = words.phone(record.phone), record.started_at
    clerk, caller = batch.clerk(record), batch.caller(record, place, phone)
    ticket = batch.ticket(record)
    ticket.year = local(opened_at, office.zone).year
    ticket.opened = (caller, court.id, office.id, office.zone, clerk, opened_at)
    put_symptom(batch, words, ticket, record, court)
    status, resolved_at = more["status"], more["resolved_at"]
    since = max(opened_at, resolved_at or opened_at)
    passed = [Stretch("open", opened_at, since)] if status != "open" else []
    stretches = [*passed, Stretch(status, since if passed else opened_at, None)]
    first = batch.desk.ids.make(opened_at, len(stretches))
    ticket.spans.extend(enumerate(stretches, first))
    ticket.standing = Standing(status, more["outcome"], stretches[-1].from_at, resolved_at)
    ticket.changed_at = since
    for tag in record.tags:
        batch.put("tag", tickets.add_tag(ticket.id, tag))
    assert record.row is not None  # noqa: S101 - every row of a file has its key
    batch.put("import_row", imports.add_row(record.row, ticket.id, None, None))
    said = f"{ticket.id} {opened_at} {status} {more['outcome']} {resolved_at}"
    batch.tell(ticket, record, [Change("ticket", None, said)], "record_ticket")


def _send_actions(desk: Desk, rows: Sequence[Kept], run: int, stamp: Stamp) -> None:
    clerks = {row["login"]: row["id"] for row in find_clerks(desk.port).dicts()}
    batch, told = Batch(desk, stamp), dict[int, list[Change]]()
    for record, more in rows:
        action, ticket = desk.ids.make(record.started_at), record.continues
        assert ticket is not None  # noqa: S101 - every action was placed
        assert record.row is not None  # noqa: S101 - every row of a file has its key
        if record.clerk and record.clerk not in clerks:
            clerks[record.clerk] = _add_clerk(batch, record)
        clerk = clerks[record.clerk or stamp.login]
        row = (action, ticket, None, more["kind"], more["fields"], record.started_at, clerk)
        batch.write(doings.add_action(*row, more["expires_at"]))
        field = f"action/{action}/struck"
        if more["struck"]:
            batch.write(save_value(field, "1"))
        batch.write(imports.add_row(replace(record.row, run=run), ticket, None, action))
        if not more["struck"]:
            told.setdefault(ticket, []).append(Change(field, "1", "0"))
        told.setdefault(ticket, []).append(Change(f"action {action}", None, more["kind"]))
    for ticket, changes in told.items():
        batch.tell(ticket_chain(ticket), "record_action", changes)
    batch.index(index_tickets(list(told)))
    batch.send()


def _add_clerk(batch: Batch, record: CallRecord) -> int:
    made = batch.desk.ids.make(record.started_at)
    batch.write(add_clerk(made, None, record.clerk, "clerk", record.started_at))
    told = [Change("login", None, record.clerk), Change("role", None, "clerk")]
    batch.tell(f"clerk:{made}", "add_clerk", told)
    return made
