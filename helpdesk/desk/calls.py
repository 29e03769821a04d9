"""Calls: begun before anything is known, parked, ended, and finished with an outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.clocks import mark, measured_seconds
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.finishing import (
    Ending,
    checked_due,
    checked_reason,
    until_over,
    write_aftermath,
    write_end,
    write_hung_up,
)
from helpdesk.desk.meanwhile import meanwhile_of, root_of, standing_at
from helpdesk.desk.outages import waited_for, write_waiting
from helpdesk.desk.reversal import tell_together
from helpdesk.desk.view import call_row, call_view, clocks_of, state_of
from helpdesk.domain.calls import CallState
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change, Head
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.calls import (
    add_call,
    add_link,
    add_segment,
    end_segments,
    get_segments,
    save_resumed,
    turn_segment,
)
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import add_span, add_ticket

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
    view = state_of(desk, call_row(desk, call))
    if view.ended_at is not None:
        return
    batch = Batch(desk, stamp)
    write_hung_up(batch, view, at)
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
    view = state_of(desk, call_row(desk, call))
    if view.ended_at is None:
        return
    if view.is_over:
        raise NotAllowed(f"The call on {view.number} is finished: begin a new one (n).")
    batch = Batch(desk, stamp)
    batch.write(turn_segment(call, "talk"), save_resumed(call))  # they talked all the while
    batch.tell(
        ticket_chain(view.ticket), "resume_call", [Change("ended_at", str(view.ended_at), None)]
    )
    batch.send()


@act("call", again=True)
def finish_call(
    desk: Desk,
    call: int,
    outcome: str,
    due_at: int | None = None,
    reason: str = "",
    stamp: Stamp | None = None,
    incident: int | None = None,
) -> CallState:
    """Finish a call with its outcome, which gives the ticket its status.

    Args:
        desk: The desk.
        call: The call; ended now when the caller had not hung up.
        outcome: How it ended, one of ``OUTCOMES``.
        due_at: The promised moment, in seconds UTC, for waiting and callback.
        reason: Why it was referred, or to whom it was escalated.
        stamp: Who asked and when; ``None`` for now.
        incident: The attached incident whose end it waits for, by its number.

    Returns:
        The call as it was before.

    Raises:
        BadInput: When the outcome, its time or who takes the ticket over is not known.
        NotAllowed: When it promises or escalates what was made void meanwhile.
    """
    end = _ending(desk, call, (outcome, due_at, reason), incident, stamp)
    view = state_of(desk, row := call_row(desk, call))
    if view.is_over:
        return view
    about = root_of(desk, row)
    batch = _decided_on(desk, view, [ticket_chain(about), *waited_for(end.incident)], stamp)
    end = _ending(desk, call, (outcome, due_at, reason), incident, batch.stamp)  # over since?
    ticket = standing_at(desk, row, about)
    _write_finish(batch, view, row, ticket, end)
    batch.send()
    desk.marks.pop(call, None)
    return replace(view, **meanwhile_of(row, ticket))


def _decided_on(desk: Desk, view: CallState, chains: Sequence[str], stamp: Stamp | None) -> Batch:
    """Begin a batch that is refused when its call's ticket or any of these chains moves."""
    heads = {ticket_chain(view.ticket): view.head}
    others = [each for each in chains if each not in heads]
    return Batch(desk, stamp, decided_on=others, heads=heads)


def _write_finish(
    batch: Batch,
    view: CallState,
    row: Mapping[str, Any],
    ticket: Mapping[str, Any],
    end: Ending,
) -> None:
    told, about = {view.ticket: write_end(batch, view, row, end)}, ticket["id"]
    left = write_aftermath(batch, view, ticket, end)
    write_waiting(batch, end.incident, view.number)
    tell_together(batch, "finish_call", told | {about: [*told.get(about, []), *left]})


def _ending(
    desk: Desk,
    call: int,
    said: tuple[str, int | None, str],
    incident: int | None,
    stamp: Stamp | None,
) -> Ending:
    outcome, due_at, reason = said
    waits_for = None
    if incident is not None:
        now = stamp.at if stamp else desk.clock.now()
        due_at, waits_for = until_over(call_view(desk, call), outcome, incident, now)
    due_at = checked_due(outcome, due_at)
    return Ending(outcome, due_at, checked_reason(desk, outcome, reason), waits_for)


def _switch(desk: Desk, call: int, kind: str, stamp: Stamp | None) -> None:
    view = state_of(desk, call_row(desk, call))
    if view.ended_at is not None:
        raise NotAllowed(f"The caller of {view.number} has hung up: give the outcome (h).")
    batch = Batch(desk, stamp)
    batch.write(
        end_segments(call, batch.stamp.at, measured_seconds(desk, call, batch.stamp.at)),
        add_segment(batch.new_id(), call, kind, batch.stamp.clerk, desk.console, batch.stamp.at),
    )
    told = [Change("clock", clocks_of(get_segments(desk.port, call)).running, kind)]
    batch.tell(ticket_chain(view.ticket), "park_call" if kind == "hold" else "take_call", told)
    batch.send()
    mark(desk, call, batch.stamp.at)
