"""One ticket as text: the same words on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from helpdesk.desk.desk import Desk
from helpdesk.desk.journal_text import journal_lines, said_at
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.desk.view import place_of
from helpdesk.domain.calls import Done, Note
from helpdesk.domain.phones import shown
from helpdesk.domain.promises import Promised
from helpdesk.domain.safe_text import block, line
from helpdesk.domain.ticket_history import Answered, Escalated, MergedIn, PastTalk, TicketHistory
from helpdesk.domain.whens import said_in


class Told(NamedTuple):
    """A part of a ticket, as it was written down."""

    text: str
    """The words; what stands below a heading may have several lines and any signs."""

    is_below: bool = False
    """Whether it stands below a heading; else it is a line that is set out already."""


def ticket_lines(desk: Desk, history: TicketHistory) -> Iterator[str]:
    """Lay a ticket out for a reader.

    Args:
        desk: The desk: knows the titles of symptoms and kinds of action.
        history: The ticket.

    Yields:
        Its lines; headings begin at the margin, what stands below them is indented. A note
        of several lines is one item with line breaks in it.
    """
    yield from map(set_out, ticket_told(desk, history))


def set_out(told: Told) -> str:
    """Set a part of a ticket out for a reader.

    Args:
        told: The part.

    Returns:
        Its lines, indented where it stands below a heading, and harmless.
    """
    if not told.is_below:
        return told.text
    first, *more = block(told.text).split("\n")
    return "\n".join((f"  {first}", *(f"      {each}" for each in more)))


def ticket_told(desk: Desk, history: TicketHistory) -> Iterator[Told]:
    """Tell all of a ticket, for who sets out only what is read of it.

    Args:
        desk: The desk.
        history: The ticket.

    Yields:
        Its parts, in order.
    """
    zone = history.row.zone
    yield from map(Told, _head(desk, history))
    parts = {
        "Calls": [_call(each) for each in history.calls],
        "Answers": list(_answers(history.answers, zone)),
        "Actions": [_action(desk, each, zone) for each in history.actions],
        "Notes": [_note(each, zone) for each in history.notes],
        "Promises": [_promise(each) for each in history.promises],
        "Escalations": [_escalation(each, zone) for each in history.escalations],
        "Linked": [f"{each.said} {each.number}" for each in history.links],
        "Merged in": [_merged_in(desk, each, zone) for each in history.merged_in],
        "Journal": list(journal_lines(desk, history.journal, zone)),
    }
    for title, lines in parts.items():
        if lines:
            yield Told("")
            yield Told(title)
            yield from (Told(text, is_below=True) for text in lines)


def _head(desk: Desk, history: TicketHistory) -> Iterator[str]:
    row = history.row
    court, office = place_of(desk, row.court, row.office, row.zone)
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
        "Symptom": f"{symptom_title(desk, row.symptom)} ({row.symptom})" if row.symptom else "",
        "Court": f"{court.short}, {office.name} ({court.id})",
        "Caller": "  ".join(filter(None, caller)) or "unknown",
        "Clerk": row.clerk,
        "Opened": said_at(row.opened_at, row.zone),
        "Resolved": said_at(row.resolved_at, row.zone) if row.resolved_at is not None else "",
        "Tags": " ".join(row.tags),
        "Merged in": " ".join(each.number for each in history.merged_in),
        "Held": "; ".join(history.held),
    }
    yield f"Ticket {row.number}"
    for name, text in told.items():
        if text:
            yield f"  {name:9} {line(text)}"


def _call(call: PastTalk) -> str:
    parts = [said_at(call.started_at, call.zone), call.clerk]
    if call.direction == "out":
        parts.append("we called")
    if call.ended_at is None:
        parts.append("going on")
    elif call.talk_s is None:
        parts.append(f"ended {said_at(call.ended_at, call.zone)}, not finished")
    lengths = {"talk": call.talk_s, "hold": call.hold_s, "wrap": call.wrap_s}
    parts.extend(f"{name} {_length(s)}" for name, s in lengths.items() if s is not None)
    if call.outcome:
        parts.append(call.outcome + (f" ({call.reason})" if call.reason else ""))
    if call.edited:
        parts.append("[times set by hand]")
    if call.clock_changed:
        parts.append("[the computer's clock was set meanwhile]")
    return "  ".join(parts)


def _answers(answers: Sequence[Answered], zone: str) -> Iterator[str]:
    """Every answer; of a step that was answered again, the last one alone counts."""
    counts = {(each.playbook, each.step): each for each in answers if not each.struck}
    for answer in answers:
        asked = f"{answer.playbook} v{answer.version}, {answer.step}: {answer.words}"
        text = f"{said_at(answer.at, zone)}  {answer.clerk}  {asked}  > {answer.answer}"
        again = not answer.struck and counts[answer.playbook, answer.step] is not answer
        yield _struck(f"{text}{'  (answered again)' * again}", struck=answer.struck)


def _action(desk: Desk, action: Done, zone: str) -> str:
    kind = desk.library.actions.get(action.kind)
    parts = [said_at(action.at, zone), action.clerk, kind.text if kind else action.kind]
    parts.extend(f"{name}: {value}" for name, value in action.fields.items())
    if action.expires_at is not None:
        parts.append(f"until {said_in(action.expires_at, zone)}")
    return _struck("  ".join(parts), struck=action.struck)


def _note(note: Note, zone: str) -> str:
    return _struck(f"{said_at(note.at, zone)}  {note.clerk}  {note.text}", struck=note.struck)


def _merged_in(desk: Desk, merged: MergedIn, zone: str) -> str:
    """What was done on a ticket before it went on in this one; its own screen has the rest."""
    said = [f"call    {_call(each)}" for each in merged.calls]
    said += [f"action  {_action(desk, each, zone)}" for each in merged.actions]
    said += [f"note    {_note(each, zone)}" for each in merged.notes]
    said += [f"promise {_promise(each)}" for each in merged.promises]
    return "\n".join((merged.number, *(each.replace("\n", "\n    ") for each in said)))


def _promise(promise: Promised) -> str:
    done = ""
    if promise.done_at is not None:
        how = f" ({promise.ended}{f': {promise.reason}' if promise.reason else ''})"
        done = f"  done {said_at(promise.done_at, promise.zone)}{how if promise.ended else ''}"
    text = f"{promise.kind}  due {said_in(promise.due_at, promise.zone)}  {promise.clerk}{done}"
    return _struck(text, struck=promise.struck)


def _escalation(escalation: Escalated, zone: str) -> str:
    parts = [said_at(escalation.at, zone), escalation.clerk, f"to {escalation.target}"]
    if escalation.state == "open":
        parts.append(f"not accepted yet, comes back {said_at(escalation.returns_at, zone)}")
    elif escalation.state == "bounced":
        parts.append(
            f"came back {said_at(escalation.returns_at, zone)}: nobody accepted it in time"
        )
    else:
        parts.append(f"{escalation.state} by {escalation.answerer or 'nobody'}")
    if escalation.reason:
        parts.append(escalation.reason)
    return "  ".join(parts)


def _struck(text: str, *, struck: bool) -> str:
    return f"[struck] {text}" if struck else text


def _length(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
