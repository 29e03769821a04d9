"""Merging by pointer: a ticket goes on in another, and can be taken out again at any date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.escalations import write_settled, write_waiting_again
from helpdesk.desk.outages import write_alarm
from helpdesk.desk.promises import write_waiting_for_others
from helpdesk.desk.reversal import tell_together
from helpdesk.desk.standing import write_standing
from helpdesk.desk.ticket_rows import said_number, ticket_row
from helpdesk.desk.view import call_row, state_of
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.tickets import ACTIVE
from helpdesk.errors import ChangedMeanwhile, NotAllowed
from helpdesk.store.calls import get_call, move_link, save_symptom
from helpdesk.store.merging import (
    find_moved_calls,
    find_roots,
    find_settled,
    get_status_before,
)
from helpdesk.store.promises import find_open_promises
from helpdesk.store.tickets import add_span, end_span, save_merged, save_unmerged


@act("call", again=True)
def continue_ticket(desk: Desk, call: int, ticket: int, stamp: Stamp | None = None) -> None:
    """Go on with an older ticket: the new one is merged into it by pointer.

    The run goes on at the first unanswered step; a ticket that was done is reopened.

    Args:
        desk: The desk.
        call: The call.
        ticket: The older ticket's id.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotFound: When there is no such ticket.
        NotAllowed: When the call works on that ticket already, or none can go on with it.
    """
    view = state_of(desk, call_row(desk, call))
    if not view.opened_here:
        raise NotAllowed(f"This call is about {view.number} already: finish it first (h).")
    batch = Batch(desk, stamp, decided_on=_chains(view.ticket, ticket))
    row = ticket_row(desk, ticket)
    if view.ticket == ticket:
        raise NotAllowed(f"This call works on {view.number} already.")
    if row["status"] in {"merged", "void"}:
        raise NotAllowed(f"A {row['status']} ticket takes no more calls: choose another.")
    before = get_call(desk.port, call)
    assert before is not None  # noqa: S101 - call_view found it
    batch.write(move_link(call, view.ticket, ticket))
    moved = Change(f"call_ticket/{call}/ticket", str(view.ticket), str(ticket))
    told = [Change("call", None, str(call)), moved]
    if row["symptom"]:
        batch.write(save_symptom(call, row["symptom"], before["typed"]))
        told += changes_between("call", call, before, {"symptom": row["symptom"]})
        told += write_alarm(batch, before["court"], row["symptom"], call)
    if row["status"] != "open":
        told += write_standing(batch, row, "open")
    tell_together(batch, "continue_ticket", {
        view.ticket: _write_merged(batch, ticket_row(desk, view.ticket), ticket),
        ticket: told,
    })  # fmt: skip
    batch.send()


@act("record", again=True)
def merge_tickets(desk: Desk, ticket: int, into: int) -> None:
    """Let a ticket go on in another; both histories stay where they were written.

    Args:
        desk: The desk.
        ticket: The ticket that goes on in the other.
        into: The other; when it was merged itself, the one that it went on in.

    Raises:
        NotFound: When there is no such ticket.
        NotAllowed: When they are the same, or the status of one does not allow it.
    """
    root = find_roots(desk.port, [into]).get(into, into)
    batch = Batch(desk, decided_on=_chains(ticket, root))
    row, other = ticket_row(desk, ticket), ticket_row(desk, root)
    if other["status"] == "merged":
        raise ChangedMeanwhile(f"{said_number(other)} was merged just now.")
    if other["id"] == ticket:
        raise NotAllowed(f"{said_number(row)} cannot be merged into itself: name another ticket.")
    if row["status"] == "merged":
        raise NotAllowed(f"{said_number(row)} is merged already: unmerge it first.")
    if other["status"] == "void":
        raise NotAllowed(f"{said_number(other)} is void: merge into another ticket.")
    _refuse_lost_promises(batch.desk, row, other)
    tell_together(batch, "merge_tickets", {
        ticket: _write_merged(batch, row, other["id"]),
        other["id"]: [Change("merged in", None, said_number(row))],
    })  # fmt: skip
    batch.send()


@act("record", again=True)
def unmerge_ticket(desk: Desk, ticket: int) -> None:
    """Take a merged ticket out again: it stands where it stood before, with all that is its own.

    Its escalation waits for an answer again; a ticket that waited is open when nothing that was
    promised on it is left, and so is the one that it went on in. What was written on the other
    ticket since stays there, a finished call too; one that goes on and was taken along comes back.

    Args:
        desk: The desk.
        ticket: The merged ticket's id.

    Raises:
        NotFound: When there is no such ticket.
        NotAllowed: When it is not merged.
    """
    other = ticket_row(desk, ticket)["merged_into"] or ticket
    root = find_roots(desk.port, [ticket]).get(ticket, ticket)
    batch = Batch(desk, decided_on=_chains(ticket, other, root))
    row = ticket_row(desk, ticket)
    if row["status"] != "merged":
        raise NotAllowed(f"{said_number(row)} is not merged: there is nothing to take out.")
    taken = [Change("taken out", None, said_number(row))]
    for call in find_moved_calls(desk.port, ticket_chain(other), ticket):  # finished ones stay
        batch.write(move_link(call, other, ticket))
        taken.append(Change(f"call_ticket/{call}/ticket", str(other), str(ticket)))
    told = {ticket: _write_unmerged(batch, row), other: taken}
    its_own = {each["id"] for each in find_open_promises(desk.port, ticket)}
    if its_own and (standing := write_waiting_for_others(batch, ticket_row(desk, root), its_own)):
        told[root] = [*told.get(root, ()), *standing]
    tell_together(batch, "unmerge_ticket", told)
    batch.send()


def _chains(*tickets: int) -> list[str]:
    return [ticket_chain(ticket) for ticket in dict.fromkeys(tickets)]


def _refuse_lost_promises(desk: Desk, row: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    """What was promised is due where the ticket goes on; that one must still want work."""
    if other["status"] not in ACTIVE and find_open_promises(desk.port, row["id"]):
        raise NotAllowed(
            f"Something is promised on {said_number(dict(row))}, and {said_number(dict(other))} "
            f"is {other['status']}: open that one first, or deal with the promise (d)."
        )


def _write_merged(batch: Batch, row: Mapping[str, Any], into: int) -> list[Change]:
    told = write_standing(batch, row, "merged", wakes_at=row["wakes_at"])
    told += write_settled(batch, row["id"])
    batch.write(save_merged(row["id"], into, batch.stamp.at))
    return told + changes_between("ticket", row["id"], row, {"merged_into": into})


def _write_unmerged(batch: Batch, row: Mapping[str, Any]) -> list[Change]:
    """The ticket stands as before; one whose promises were all dealt with meanwhile is open."""
    port, ticket, now = batch.desk.port, row["id"], batch.stamp.at
    status, wakes_at = get_status_before(port, ticket) or "open", row["wakes_at"]
    if status == "waiting" and not find_open_promises(port, ticket):
        status, wakes_at = "open", None
    batch.write(
        save_unmerged(ticket, status, wakes_at, now),
        end_span(ticket, now),
        add_span(batch.new_id(), ticket, status, now),
    )
    after = {"status": status, "wakes_at": wakes_at, "merged_into": None}
    told = changes_between("ticket", ticket, row, after)
    return told + write_waiting_again(batch, ticket, find_settled(port, ticket))
