"""One ticket as text: the same words on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.opening import title_of
from helpdesk.desk.reversal import TOGETHER
from helpdesk.desk.view import place_of
from helpdesk.domain.calls import Done
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change
from helpdesk.domain.phones import shown
from helpdesk.domain.safe_text import block, line
from helpdesk.domain.ticket_history import (
    Answered,
    Escalated,
    Journaled,
    PastTalk,
    Promised,
    TicketHistory,
)
from helpdesk.domain.whens import said_in

_IDS: Final = ("call", "caller", "merged_into", "version", "clerk", "answered_by", "ticket")
"""Values that are the ids of rows, which nobody knows."""

_UNTOLD: Final = ("/struck", "/zone")


def ticket_lines(desk: Desk, history: TicketHistory) -> Iterator[str]:
    """Lay a ticket out for a reader.

    Args:
        desk: The desk: knows the titles of symptoms and kinds of action.
        history: The ticket.

    Yields:
        Its lines; headings begin at the margin, what stands below them is indented. A note
        of several lines is one item with line breaks in it.
    """
    zone = history.row.zone
    yield from _head(desk, history)
    parts = {
        "Calls": [_call(each) for each in history.calls],
        "Answers": [_answer(each, zone) for each in history.answers],
        "Actions": [_action(desk, each, zone) for each in history.actions],
        "Notes": [
            _struck(f"{_at(each.at, zone)}  {each.clerk}  {each.text}", struck=each.struck)
            for each in history.notes
        ],
        "Promises": [_promise(each) for each in history.promises],
        "Escalations": [_escalation(each, zone) for each in history.escalations],
        "Linked": [f"{each.said} {each.number}" for each in history.links],
        "Journal": [_entry(each, zone) for each in history.journal],
    }
    for title, lines in parts.items():
        if lines:
            yield ""
            yield title
            yield from (_indented(text) for text in lines)


def _head(desk: Desk, history: TicketHistory) -> Iterator[str]:
    row = history.row
    court, office = place_of(desk, row.court, row.office)
    status = row.status
    if row.wakes_at is not None and status == "waiting":
        status = f"waiting until {said_in(row.wakes_at, row.zone)}"
    if history.merged_into:
        status = f"merged: it goes on in {history.merged_into}"
    if row.reopened:
        status += f", reopened {row.reopened} times" if row.reopened > 1 else ", reopened once"
    caller = (row.caller, row.firm, shown(row.phone), row.email)
    told = {
        "Status": status,
        "Symptom": f"{title_of(desk.library, row.symptom)} ({row.symptom})" if row.symptom else "",
        "Court": f"{court.short}, {office.name} ({court.id})",
        "Caller": "  ".join(filter(None, caller)) or "unknown",
        "Clerk": row.clerk,
        "Opened": _at(row.opened_at, row.zone),
        "Resolved": _at(row.resolved_at, row.zone) if row.resolved_at is not None else "",
        "Tags": " ".join(row.tags),
        "Merged in": " ".join(history.merged_in),
    }
    yield f"Ticket {row.number}"
    for name, text in told.items():
        if text:
            yield f"  {name:9} {line(text)}"


def _call(call: PastTalk) -> str:
    parts = [_at(call.started_at, call.zone), call.clerk]
    if call.direction == "out":
        parts.append("we called")
    if call.ended_at is None:
        parts.append("going on")
    elif call.talk_s is None:
        parts.append(f"ended {_at(call.ended_at, call.zone)}, not finished")
    lengths = {"talk": call.talk_s, "hold": call.hold_s, "wrap": call.wrap_s}
    parts.extend(f"{name} {_length(s)}" for name, s in lengths.items() if s is not None)
    if call.outcome:
        parts.append(call.outcome + (f" ({call.reason})" if call.reason else ""))
    if call.edited:
        parts.append("[times set by hand]")
    if call.clock_changed:
        parts.append("[the computer's clock was set meanwhile]")
    return "  ".join(parts)


def _answer(answer: Answered, zone: str) -> str:
    asked = f"{answer.playbook} v{answer.version}, {answer.step}: {answer.words}"
    text = f"{_at(answer.at, zone)}  {answer.clerk}  {asked}  > {answer.answer}"
    return _struck(text, struck=answer.struck)


def _action(desk: Desk, action: Done, zone: str) -> str:
    kind = desk.library.actions.get(action.kind)
    parts = [_at(action.at, zone), action.clerk, kind.text if kind else action.kind]
    parts.extend(f"{name}: {value}" for name, value in action.fields.items())
    if action.expires_at is not None:
        parts.append(f"until {said_in(action.expires_at, zone)}")
    return _struck("  ".join(parts), struck=action.struck)


def _promise(promise: Promised) -> str:
    done = ""
    if promise.done_at is not None:
        how = f" ({promise.ended}{f': {promise.reason}' if promise.reason else ''})"
        done = f"  done {_at(promise.done_at, promise.zone)}{how if promise.ended else ''}"
    text = f"{promise.kind}  due {said_in(promise.due_at, promise.zone)}  {promise.clerk}{done}"
    return _struck(text, struck=promise.struck)


def _escalation(escalation: Escalated, zone: str) -> str:
    parts = [_at(escalation.at, zone), escalation.clerk, f"to {escalation.target}"]
    if escalation.state == "open":
        parts.append(f"not accepted yet, comes back {_at(escalation.returns_at, zone)}")
    elif escalation.state == "bounced":
        parts.append(f"came back {_at(escalation.returns_at, zone)}: nobody accepted it in time")
    else:
        parts.append(f"{escalation.state} by {escalation.answerer or 'nobody'}")
    if escalation.reason:
        parts.append(escalation.reason)
    return "  ".join(parts)


def _entry(entry: Journaled, zone: str) -> str:
    back = f" (takes back {entry.undoes})" if entry.undoes is not None else ""
    told = (each for each in entry.changes if _is_told(each, entry))
    changes = "".join(f"\n{_change(each, zone)}" for each in told)
    return f"{entry.seq}  {_at(entry.at, zone)}  {entry.who}  {entry.act}{back}{changes}"


def _is_told(change: Change, entry: Journaled) -> bool:
    """Whether a change says something to a reader, beside what is told in words."""
    if change.field == TOGETHER:
        return False
    return entry.undoes is not None or not change.field.endswith(_UNTOLD)


def _change(change: Change, zone: str) -> str:
    """One change; rows have ids that nobody knows, so these are left out."""
    table, *rest = change.field.split("/")
    name = f"{table} {rest[-1]}" if rest else table
    if name.split()[-1] in _IDS:
        return name
    is_time = name.endswith("_at")
    old, new = (
        "-" if value is None else _at(int(value), zone) if is_time and value.isdecimal() else value
        for value in (change.old, change.new)
    )
    return f"{name}: {old} > {new}"


def _struck(text: str, *, struck: bool) -> str:
    return f"[struck] {text}" if struck else text


def _indented(text: str) -> str:
    first, *more = block(text).split("\n")
    return "\n".join((f"  {first}", *(f"      {each}" for each in more)))


def _at(moment: int, zone: str) -> str:
    return f"{local(moment, zone):%Y-%m-%d %H:%M:%S %Z}"


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
