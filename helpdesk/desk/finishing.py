"""What the end of a call leaves behind: its sums, the ticket's status, a promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpdesk.desk.acting import Batch, ticket_chain
from helpdesk.desk.clocks import measured_seconds
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import target_meant, write_escalation, write_settled
from helpdesk.desk.notes import write_note
from helpdesk.desk.promises import write_ended, write_promise
from helpdesk.desk.standing import restore_standing, write_standing
from helpdesk.desk.ticket_rows import said_number
from helpdesk.desk.view import clocks_of
from helpdesk.desk.walking import run_on
from helpdesk.domain.call_words import void_said
from helpdesk.domain.calls import CallState, CallView
from helpdesk.domain.incidents import Incident, fall_back
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.playbook import checked_outcome
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import ACTIVE, NEEDS_TICKET, PROMISED, status_after
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.calls import (
    add_segment,
    drop_draft,
    end_segments,
    get_segments,
    save_ended,
    save_finished,
)
from helpdesk.store.merging import find_before_continuing


@dataclass(frozen=True, slots=True)
class Ending:
    """How a call ended."""

    outcome: str
    """One of ``OUTCOMES``."""

    due_at: int | None
    """The promised moment, in seconds UTC."""

    reason: str
    """Why it was referred, or to whom it was escalated."""

    incident: Incident | None = None
    """The incident whose end the promise waits for."""


def checked_due(outcome: str, due_at: int | None) -> int | None:
    """Check that an outcome has a time when it promises one.

    Args:
        outcome: How the call ended.
        due_at: The promised moment, in seconds UTC.

    Returns:
        The moment; ``None`` for an outcome that promises nothing.

    Raises:
        BadInput: When there is no such outcome, or its time is missing.
    """
    if checked_outcome(outcome) not in PROMISED:
        return None
    if due_at is None:
        raise BadInput(f"An outcome “{outcome}” needs a time: say until when.")
    return due_at


def until_over(view: CallView, outcome: str, incident: int, now: int) -> tuple[int, Incident]:
    """Check that a call may be ended with a promise for the end of an incident.

    Args:
        view: The call.
        outcome: How it ended.
        incident: The incident's number.
        now: The moment, in seconds UTC.

    Returns:
        When somebody looks at it though nobody has ended the incident, and the incident.

    Raises:
        BadInput: When the outcome promises nothing.
        NotAllowed: When the call is not attached to that incident, or it is over.
    """
    if outcome not in PROMISED:
        raise BadInput(f"Only {' or '.join(PROMISED)} can last until an incident is over.")
    if view.incident is None or view.incident.n != incident:
        raise NotAllowed(f"{view.number} is not attached to a running incident {incident}.")
    return fall_back(now, view.office.zone, view.court.closed), view.incident


def checked_reason(desk: Desk, outcome: str, reason: str) -> str:
    """Check to whom a call is escalated; any other reason may be any text.

    Args:
        desk: The desk.
        outcome: How the call ended.
        reason: What was said.

    Returns:
        The reason as it is kept.

    Raises:
        BadInput: When nobody of that name or role can take the ticket over.
    """
    return target_meant(desk, reason) if outcome == "escalated" else storable(reason)


def write_hung_up(batch: Batch, view: CallState, at: int | None = None) -> None:
    """Put into a batch that the caller hung up: the wrap clock runs.

    Args:
        batch: The batch.
        view: The call.
        at: When it really ended, for a call whose console was gone; flagged *edited*.
    """
    desk, stamp = batch.desk, batch.stamp
    ended = max(view.started_at, min(at, stamp.at)) if at else stamp.at
    measured = None if at else measured_seconds(desk, view.call, stamp.at)
    wrap = batch.new_id()
    batch.write(
        end_segments(view.call, ended, measured),
        save_ended(view.call, ended, edited=at is not None),
        add_segment(wrap, view.call, "wrap", stamp.clerk, desk.console, stamp.at),
    )
    told = [Change("ended_at", None, str(ended))]
    batch.tell(ticket_chain(view.ticket), "end_call", told, seen=view.head)


def _hung_up(
    segments: Sequence[Mapping[str, Any]], at: int, measured: int | None
) -> list[Mapping[str, Any]]:
    """The stretches of a call once the caller hung up: the one that ran is over, wrap runs."""
    over = {"to_at": at, "seconds": measured}
    wrap = {"kind": "wrap", "from_at": at, "to_at": None, "seconds": None}
    return [*({**each, **(over if each["to_at"] is None else {})} for each in segments), wrap]


def write_end(batch: Batch, view: CallState, row: Mapping[str, Any], end: Ending) -> list[Change]:
    """Put the end of a call into a batch: its outcome and the sums of its clocks.

    The caller hangs up now when that was not told before.

    Args:
        batch: The batch.
        view: The call.
        row: Its row, with that of its ticket.
        end: How it ended.

    Returns:
        What the journal is told.
    """
    desk, now = batch.desk, batch.stamp.at
    measured = measured_seconds(desk, view.call, now)
    segments: Sequence[Mapping[str, Any]] = get_segments(desk.port, view.call)
    if view.ended_at is None:
        write_hung_up(batch, view)
        segments, measured = _hung_up(segments, now, measured), None
    clock_set = measured is not None or any(each["seconds"] is not None for each in segments)
    before = clocks_of(segments)
    sums = before.at(now)
    wrap = before.wrap + measured if measured is not None else sums.wrap
    run = run_on(desk, view, row["version"]) if row["version"] else None
    said = run.last.outcome if run and run.last else ""
    after = {
        "wrap_ended_at": max(now, row["ended_at"] or row["started_at"]), "outcome": end.outcome,
        "reason": end.reason, "talk_s": sums.talk, "hold_s": sums.hold, "wrap_s": wrap,
        "clock_changed": int(clock_set), "playbook_outcome": said or None,
    }  # fmt: skip
    batch.write(
        end_segments(view.call, now, measured),
        save_finished(view.call, tuple(after.values())),
        drop_draft(view.call),
    )
    told = changes_between("call", view.call, row, after)
    if view.draft.strip():  # typed before a crash, and never saved since
        told += write_note(batch, view.ticket, view.call, view.draft.strip())
    return told


def write_aftermath(
    batch: Batch, view: CallState, ticket: Mapping[str, Any], end: Ending
) -> list[Change]:
    """Put what a call leaves of its ticket into a batch: status, promises, an escalation.

    A ticket that was settled meanwhile is opened again; a void one counts for nothing and stays.

    Args:
        batch: The batch.
        view: The call.
        ticket: Where the ticket stands, or the one that it went on in meanwhile.
        end: How it ended.

    Returns:
        What the journal is told.

    Raises:
        NotAllowed: When something is promised or escalated on a void ticket.
    """
    made_here = view.opened_here and ticket["id"] == view.ticket
    if ticket["status"] == "void":
        _refuse_on_void(batch.desk, said_number(ticket), end.outcome)
        return []
    if end.outcome == "dropped" and not made_here:  # nobody spoke: what was promised stands
        return _write_dropped(batch, view, ticket)
    status = status_after(end.outcome, ticket["status"], made_here=made_here)
    but = view.call if status in ACTIVE else 0
    how = "called" if view.outbound else "came"
    told = write_ended(batch, ticket["id"], how, but=but) + write_settled(batch, ticket["id"])
    wakes_at = end.due_at
    if end.due_at is not None:
        due = (end.due_at, view.office.zone)
        told += write_promise(batch, ticket["id"], view.call, end.outcome, due, end.incident)
    if end.outcome == "escalated":
        wakes_at, more = write_escalation(batch, ticket["id"], view.call, end.reason)
        told += more
    return told + write_standing(
        batch, ticket, status, outcome=end.outcome, wakes_at=wakes_at, reopening=True
    )


def _refuse_on_void(desk: Desk, number: str, outcome: str) -> None:
    """Refuse what would be recorded nowhere; not when it is written later, for the call has ended.

    A step that waited in the outbox is not done at all when it is refused.
    """
    if outcome in NEEDS_TICKET and not desk.replays:
        raise NotAllowed(void_said(number, outcome))


def _write_dropped(batch: Batch, view: CallState, ticket: Mapping[str, Any]) -> list[Change]:
    """The ticket stands as before the call, also when the call had gone on with it."""
    before = find_before_continuing(batch.desk.port, ticket["id"], view.call)
    if before and ticket["status"] == "open":
        return restore_standing(batch, ticket, before, "dropped")
    return write_standing(
        batch, ticket, ticket["status"], outcome="dropped", wakes_at=ticket["wakes_at"]
    )
