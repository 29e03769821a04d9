"""Changes of many tickets: planned, then written in one transaction that one undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.owners import owner_meant, write_owner
from helpdesk.desk.reversal import TOGETHER
from helpdesk.desk.statuses import refuse_plain, write_status
from helpdesk.desk.tags import tag_meant, write_tags
from helpdesk.desk.ticket_rows import said_number
from helpdesk.desk.tickets import query_of
from helpdesk.domain.bulk import BulkChange, BulkPlan, Refusal
from helpdesk.domain.journal import Change
from helpdesk.domain.queries import Query
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.store.search import index_tickets
from helpdesk.store.ticket_lists import find_ids
from helpdesk.store.tickets import find_rows

MOST: Final = 5_000
"""How many tickets one change takes: more would keep the others waiting for the database."""

_PAGE: Final = 500

Progress = Callable[[int, int], None]
"""Is told how many tickets are looked at, of how many; raises to give up."""

Write = Callable[[Batch, dict[str, Any]], list[Change]]
"""Puts the change of one ticket into a batch, or refuses it."""


@act("read")
def tickets_of(desk: Desk, query: Query) -> list[int]:
    """Find every ticket of a query, to change them all.

    Args:
        desk: The desk.
        query: Which ones.

    Returns:
        Their ids; one more than ``MOST`` when there are too many.
    """
    return find_ids(desk.port, query, desk.clock.now(), MOST + 1)


@act("read")
def tickets_meant(desk: Desk, typed: str) -> list[int]:
    """Find every ticket of a query that was typed where no list shows what it finds.

    Args:
        desk: The desk.
        typed: The query.

    Returns:
        Their ids.

    Raises:
        BadInput: When it cannot be read, names nothing, so that it would be every ticket, or
            finds too many.
        NotFound: When it finds none.
    """
    query = query_of(desk, typed)
    if not query.clauses:
        raise BadInput("The query is empty, which would be every ticket: say which are meant.")
    found = tickets_of(desk, query)
    if not found:
        raise NotFound("No ticket fits the query: helpdesk tickets QUERY lists those that do.")
    if len(found) > MOST:
        raise BadInput(f"More than {MOST:,} tickets fit the query, too many at once: narrow it.")
    return found


@act("record")
def plan_bulk(
    desk: Desk, tickets: Sequence[int], change: BulkChange, progress: Progress | None = None
) -> BulkPlan:
    """Say what a change of many tickets would do, without doing it.

    Args:
        desk: The desk.
        tickets: The tickets' ids.
        change: The change.
        progress: Is told how far it is.

    Returns:
        How many it changes and which it refuses, each with its reason.

    Raises:
        BadInput: When the change cannot be read, or there are too many tickets.
        NotAllowed: When this clerk may not do it.
    """
    return _planned(Batch(desk), tickets, change, progress)


@act("record", again=True)
def bulk_change(
    desk: Desk,
    tickets: Sequence[int],
    change: BulkChange,
    progress: Progress | None = None,
) -> BulkPlan:
    """Change many tickets in one transaction: all that can be, or nothing at all.

    Args:
        desk: The desk.
        tickets: The tickets' ids.
        change: The change.
        progress: Is told how far it is; nothing is written when it raises.

    Returns:
        How many were changed and which were refused.

    Raises:
        BadInput: When the change cannot be read, or there are too many tickets.
        NotAllowed: When this clerk may not do it, or every ticket refuses it.
    """
    _refuse_too_many(tickets)
    batch = Batch(desk, decided_on=[ticket_chain(each) for each in tickets])
    plan = _planned(batch, tickets, change, progress)
    if not plan.changed:
        raise NotAllowed(f"Nothing can be changed: it {plan}.")
    batch.send()
    return plan


def _planned(
    batch: Batch, tickets: Sequence[int], change: BulkChange, progress: Progress | None
) -> BulkPlan:
    """Put a change into a batch, ticket by ticket."""
    _refuse_too_many(tickets)
    write = _writer(batch.desk, change)
    together = Change(TOGETHER, None, batch.stamp.op)
    refused, changed, example = [], [], ""
    for place, row in enumerate(_rows(batch.desk, tickets)):
        if progress is not None and place % _PAGE == 0:
            progress(place, len(tickets))
        try:
            told = write(batch, row)
        except NotAllowed as refusal:
            refused.append(Refusal(said_number(row), str(refusal)))
            continue
        batch.tell(ticket_chain(row["id"]), "bulk_change", [*told, together])
        changed.append(row["id"])
        example = example or said_number(row)
    batch.index(index_tickets(changed))
    return BulkPlan(len(changed), tuple(refused), batch.stamp.op, example)


def _rows(desk: Desk, tickets: Sequence[int]) -> Iterator[dict[str, Any]]:
    for first in range(0, len(tickets), _PAGE):
        yield from find_rows(desk.port, tickets[first : first + _PAGE]).dicts()


def _writer(desk: Desk, change: BulkChange) -> Write:
    """What writes the change on one ticket; refuses what can be done on none."""
    if change.kind == "status":
        refuse_plain(desk, change.value, change.reason)
        return lambda batch, row: write_status(batch, row, change.value, change.reason)
    if change.kind == "owner":
        owner = owner_meant(desk, change.value)
        return lambda batch, row: write_owner(batch, row, owner)
    words = change.value.split()
    drop = [tag_meant(word[1:]) for word in words if word.startswith("-")]
    add = [tag_meant(word) for word in words if not word.startswith("-")]
    return lambda batch, row: write_tags(batch, row, add, drop)


def _refuse_too_many(tickets: Sequence[int]) -> None:
    if not tickets:
        raise BadInput("No ticket is chosen: mark some (v), or all that are listed (V).")
    if len(tickets) > MOST:
        raise BadInput(f"{len(tickets):,} tickets are too many at once: narrow to {MOST:,}.")
