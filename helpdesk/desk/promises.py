"""Promises: made, moved, dealt with; none goes away without saying how."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import write_settled
from helpdesk.desk.standing import write_standing
from helpdesk.desk.ticket_rows import ticket_row
from helpdesk.domain.incidents import Incident
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.promises import Kept, kept_rate, promise_state
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import PROMISED
from helpdesk.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from helpdesk.store.doings import add_promise
from helpdesk.store.merging import find_roots
from helpdesk.store.promises import (
    end_promise,
    find_callbacks,
    find_open_promises,
    get_promise,
    save_incident,
)
from helpdesk.store.search import index_ticket


def write_promise(
    batch: Batch,
    ticket: int,
    call: int | None,
    kind: str,
    due: tuple[int, str],
    incident: Incident | None = None,
) -> list[Change]:
    """Put a promise into a batch.

    Args:
        batch: The batch.
        ticket: The ticket.
        call: The call it was made on.
        kind: ``callback``, ``waiting`` or ``linked-by-then``.
        due: The moment, in seconds UTC, and the zone it was said in.
        incident: What it waits for the end of; it falls due then, or at the moment.

    Returns:
        What the journal is told.
    """
    row, stamp = batch.new_id(), batch.stamp
    batch.write(add_promise(row, ticket, call, kind, due, stamp.at, stamp.clerk))
    told = [Change(f"promise/{row}/struck", "1", "0"), Change("due_at", None, str(due[0]))]
    if incident is not None:
        batch.write(save_incident(row, incident.id))
        told.append(Change("incident", None, str(incident.n)))
    return told


def write_ended(
    batch: Batch, ticket: int, how: str, *, but: int = 0, reason: str = ""
) -> list[Change]:
    """Put into a batch that what was promised on a ticket is dealt with.

    Args:
        batch: The batch.
        ticket: The ticket.
        how: ``called``, ``came``, ``moved`` or ``dropped``.
        but: A call whose promises still stand.
        reason: Why, where somebody said.

    Returns:
        What the journal is told.
    """
    told: list[Change] = []
    for row in find_open_promises(batch.desk.port, ticket):
        if not but or row["call"] != but:
            told += _write_end(batch, row, how, reason)
    return told


def write_waiting_for_others(
    batch: Batch, row: Mapping[str, Any], but: Collection[int]
) -> list[Change]:
    """Put into a batch how a waiting ticket stands without some of what was promised on it.

    It waits for what is due next of the rest, unless it was woken before any of it is due; with
    nothing left it is open.

    Args:
        batch: The batch.
        row: The ticket's row.
        but: The promises that do not count on it any more.

    Returns:
        What the journal is told; nothing when the ticket does not wait.
    """
    if row["status"] != "waiting":
        return []
    promised = find_open_promises(batch.desk.port, row["id"])
    rest = [each["due_at"] for each in promised if each["id"] not in but]
    woken = row["wakes_at"]
    if rest and woken is not None and woken < min(each["due_at"] for each in promised):
        return []
    status = "waiting" if rest else "open"
    return write_standing(batch, row, status, wakes_at=min(rest, default=None))


@act("record", again=True)
def promise_on_ticket(desk: Desk, ticket: int, kind: str, due_at: int) -> None:
    """Let a ticket wait until a time, or promise to call back then.

    What was promised on it before is moved to that time.

    Args:
        desk: The desk.
        ticket: The ticket's id.
        kind: ``callback`` or ``waiting``.
        due_at: The moment, in seconds UTC; must lie ahead.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When there is no such kind, or the moment lies behind.
        NotAllowed: When the ticket is done with.
    """
    batch = Batch(desk, decided_on=[ticket_chain(ticket)])
    row = ticket_row(desk, ticket)
    if kind not in PROMISED:
        raise BadInput(f"“{kind}” is no promise: use {', '.join(PROMISED)}.")
    if due_at <= batch.stamp.at:
        raise BadInput("A promise must lie ahead: choose a later time.")
    told = write_ended(batch, ticket, "moved")
    told += write_settled(batch, ticket)
    told += write_promise(batch, ticket, None, kind, (due_at, row["zone"]))
    told += write_standing(batch, row, "waiting", wakes_at=due_at)
    batch.tell(ticket_chain(ticket), "move_promise", told)
    batch.index(index_ticket(ticket))
    batch.send()


@act("record", again=True)
def drop_promise(desk: Desk, promise: int, reason: str) -> None:
    """Say that a promise needs no call any more, and why.

    With the last one that is due on it the ticket is open again, also when it was promised on
    a ticket that goes on in it.

    Args:
        desk: The desk.
        promise: The promise's id.
        reason: Why.

    Raises:
        NotFound: When there is no such promise.
        BadInput: When no reason is given.
        NotAllowed: When it is dealt with already.
    """
    about = get_promise(desk.port, promise)
    if about is None:
        raise NotFound("This promise is not in the database any more.")
    own, root = about["ticket"], _root_of(desk, about)
    batch = Batch(desk, decided_on=[ticket_chain(each) for each in {own, root}])
    found = get_promise(desk.port, promise) or about
    if _root_of(desk, found) != root:
        raise ChangedMeanwhile("This promise is due on another ticket since just now.")
    if found["done_at"] is not None or found["struck"]:
        raise NotAllowed("This promise is dealt with already.")
    if not reason.strip():
        raise BadInput("Say why nobody needs to call any more.")
    row = ticket_row(desk, root)
    told = _write_end(batch, found, "dropped", storable(reason))
    told.append(Change("reason", None, storable(reason)))
    told += write_waiting_for_others(batch, row, {promise})
    batch.tell(ticket_chain(root), "end_promise", told)
    batch.index(index_ticket(root))
    batch.send()


@act("figures")
def kept_promises(desk: Desk, start: int, end: int) -> Kept:
    """Count the promises to call back that fell due in a period and were kept (STATS §3).

    Args:
        desk: The desk.
        start: The first second, UTC.
        end: The second after the last.

    Returns:
        How many were kept, of how many.
    """
    now = desk.clock.now()
    rows = find_callbacks(desk.port, start, min(end, now + 1)).dicts()
    return kept_rate(
        [promise_state(row["due_at"], row["attempt_at"], row["done_at"], now) for row in rows]
    )


def _root_of(desk: Desk, promise: Mapping[str, Any]) -> int:
    """The ticket on which a promise is due: the one that its own goes on in."""
    return find_roots(desk.port, [promise["ticket"]])[promise["ticket"]]


def _write_end(batch: Batch, row: Mapping[str, Any], how: str, reason: str) -> list[Change]:
    at = batch.stamp.at
    batch.write(end_promise(row["id"], at, how, reason))
    after = {"done_at": at, "ended": how, "reason": reason}
    return changes_between("promise", row["id"], row, after)
