"""Calls: begun before anything is known, parked, ended, and finished with an outcome."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.clocks import mark, measured_seconds
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.view import call_view, clocks_of
from helpdesk.domain.calls import CallView
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change, Head
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import ACTIVE, PROMISED, status_after
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.calls import (
    add_call,
    add_link,
    add_segment,
    drop_draft,
    end_segments,
    get_call,
    get_segments,
    save_ended,
    save_finished,
    save_resumed,
    turn_segment,
)
from helpdesk.store.doings import add_promise, end_promises
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import add_span, add_ticket, end_span, save_status

_LONGEST_AGO: Final = 86_400
"""How far back a forgotten call may be said to have begun."""


@act("call")
def start_call(desk: Desk, ago: int = 0, stamp: Stamp | None = None) -> int:
    """Begin a call: the call, its ticket and the talk clock, before anything is asked.

    Args:
        desk: The desk.
        ago: How many seconds ago it began, for a call whose key was forgotten.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        The call's id.

    Raises:
        BadInput: When it is said to have begun more than a day ago.
    """
    if not 0 <= ago <= _LONGEST_AGO:
        raise BadInput("A call can be begun at most a day back.")
    batch = Batch(desk, stamp)
    court, office = desk.home_court, desk.home_office
    began, clerk = batch.stamp.at - ago, batch.stamp.clerk
    call, ticket = batch.new_id(), desk.ids.make(began)
    place = (court.id, office.id, office.zone)
    year = local(began, office.zone).year
    batch.write(
        add_ticket(ticket, year, place, clerk, began),
        add_span(batch.new_id(), ticket, "open", began),
        add_call(call, clerk, desk.console, place, "in", began, edited=ago > 0, source="console"),
        add_link(call, ticket),
        add_segment(batch.new_id(), call, "talk", clerk, desk.console, began),
    )
    told = [Change("call", None, str(call)), Change("started_at", None, str(began))]
    batch.tell(ticket_chain(ticket), "start_call", told, head=Head())
    batch.index(index_ticket(ticket))
    batch.send()
    mark(desk, call, began)
    return call


@act("call")
def park_call(desk: Desk, call: int, stamp: Stamp | None = None) -> None:
    """Put the caller on hold and set the call aside.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotAllowed: When the caller has hung up.
    """
    _switch(desk, call, "hold", stamp)


@act("call")
def take_call(desk: Desk, call: int, stamp: Stamp | None = None) -> None:
    """Go on with a parked call, or with one whose console is gone.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotAllowed: When the caller has hung up.
    """
    _switch(desk, call, "talk", stamp)


@act("call")
def end_call(desk: Desk, call: int, at: int | None = None, stamp: Stamp | None = None) -> None:
    """Note that the caller hung up: the wrap clock runs. Twice is as good as once.

    Args:
        desk: The desk.
        call: The call.
        at: When it really ended, for a call whose console was gone; flagged *edited*.
        stamp: Who asked and when; ``None`` for now.
    """
    view = call_view(desk, call)
    if view.ended_at is not None:
        return
    batch = Batch(desk, stamp)
    ended = max(view.started_at, min(at, batch.stamp.at)) if at else batch.stamp.at
    measured = None if at else measured_seconds(desk, call, batch.stamp.at)
    batch.write(
        end_segments(call, ended, measured),
        save_ended(call, ended, edited=at is not None),
        add_segment(batch.new_id(), call, "wrap", batch.stamp.clerk, desk.console, batch.stamp.at),
    )
    batch.tell(ticket_chain(view.ticket), "end_call", [Change("ended_at", None, str(ended))])
    batch.send()
    mark(desk, call, batch.stamp.at)


@act("call")
def resume_call(desk: Desk, call: int, stamp: Stamp | None = None) -> None:
    """Take back that the caller hung up: the talk clock runs on.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotAllowed: When the call was finished.
    """
    view = call_view(desk, call)
    if view.ended_at is None:
        return
    if view.wrap_ended_at is not None:
        raise NotAllowed(f"The call on {view.number} is finished: begin a new one (n).")
    batch = Batch(desk, stamp)
    batch.write(turn_segment(call, "talk"), save_resumed(call))  # they talked all the while
    batch.tell(
        ticket_chain(view.ticket), "resume_call", [Change("ended_at", str(view.ended_at), None)]
    )
    batch.send()


@act("call")
def finish_call(
    desk: Desk,
    call: int,
    outcome: str,
    due_at: int | None = None,
    reason: str = "",
    stamp: Stamp | None = None,
) -> CallView:
    """Finish a call with its outcome, which gives the ticket its status.

    Args:
        desk: The desk.
        call: The call; ended now when the caller had not hung up.
        outcome: How it ended, one of ``OUTCOMES``.
        due_at: The promised moment, in seconds UTC, for waiting and callback.
        reason: Why it was referred, or to whom it was escalated.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        The call as it was before, for what is said about it.

    Raises:
        BadInput: When there is no such outcome, or a promise lacks its time.
    """
    due_at = _promised(outcome, due_at)
    end_call(desk, call, stamp=stamp and stamp.part("end"))
    view = call_view(desk, call)
    if view.wrap_ended_at is not None:
        return view
    batch = Batch(desk, stamp)
    _write_finish(batch, view, outcome, storable(reason), due_at)
    _write_status(batch, view, outcome, due_at)
    batch.index(index_ticket(view.ticket))
    batch.send()
    desk.marks.pop(call, None)
    return view


def _switch(desk: Desk, call: int, kind: str, stamp: Stamp | None) -> None:
    view = call_view(desk, call)
    if view.ended_at is not None:
        raise NotAllowed(f"The caller of {view.number} has hung up: give the outcome (h).")
    batch = Batch(desk, stamp)
    batch.write(
        end_segments(call, batch.stamp.at, measured_seconds(desk, call, batch.stamp.at)),
        add_segment(batch.new_id(), call, kind, batch.stamp.clerk, desk.console, batch.stamp.at),
    )
    told = [Change("clock", view.clocks.running, kind)]
    batch.tell(ticket_chain(view.ticket), "park_call" if kind == "hold" else "take_call", told)
    batch.send()
    mark(desk, call, batch.stamp.at)


def _promised(outcome: str, due_at: int | None) -> int | None:
    if outcome not in OUTCOMES:
        raise BadInput(f"“{outcome}” is no outcome: use {', '.join(OUTCOMES)}.")
    if outcome not in PROMISED:
        return None
    if due_at is None:
        raise BadInput(f"An outcome “{outcome}” needs a time: say until when.")
    return due_at


def _write_finish(
    batch: Batch, view: CallView, outcome: str, reason: str, due_at: int | None
) -> None:
    desk, now = batch.desk, batch.stamp.at
    measured = measured_seconds(desk, view.call, now)
    segments = get_segments(desk.port, view.call)
    clock_set = measured is not None or any(row["seconds"] is not None for row in segments)
    before = clocks_of(segments)
    sums = before.at(now)
    wrap = before.wrap + measured if measured is not None else sums.wrap
    batch.write(
        end_segments(view.call, now, measured),
        save_finished(
            view.call, now, outcome, reason, (sums.talk, sums.hold, wrap), clock=clock_set
        ),
        drop_draft(view.call),
    )
    told = [Change("outcome", None, outcome), Change("reason", None, reason)]
    told += [Change("due_at", None, str(due_at))] if due_at is not None else []
    batch.tell(ticket_chain(view.ticket), "finish_call", told)


def _write_status(batch: Batch, view: CallView, outcome: str, due_at: int | None) -> None:
    row = get_call(batch.desk.port, view.call)
    assert row is not None  # noqa: S101 - call_view found it
    now, before = batch.stamp.at, row["status"]
    made_here = row["opened_at"] == view.started_at
    status = status_after(outcome, before, made_here=made_here)
    if outcome != "dropped" or made_here:  # nobody spoke: what was promised before still stands
        batch.write(end_promises(view.ticket, now, view.call if status in ACTIVE else 0))
    if due_at is not None:
        promise, due = batch.new_id(), (due_at, view.office.zone)
        batch.write(
            add_promise(promise, view.ticket, view.call, outcome, due, now, batch.stamp.clerk)
        )
    batch.write(
        save_status(
            view.ticket,
            status,
            now,
            outcome=outcome,
            resolved_at=now if status == "resolved" else row["resolved_at"],
            wakes_at=due_at,
            reopened=row["reopened"],
        )
    )
    if status != before:
        batch.write(end_span(view.ticket, now), add_span(batch.new_id(), view.ticket, status, now))
