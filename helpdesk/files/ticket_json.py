"""A ticket for programs: the names that JSON, CSV and imports share (DESIGN §7)."""

from __future__ import annotations

from typing import Any

from helpdesk.domain.calls import Done, Note
from helpdesk.domain.promises import Promised
from helpdesk.domain.ticket_history import (
    Answered,
    Escalated,
    Journaled,
    MergedIn,
    PastTalk,
    TicketHistory,
)
from helpdesk.domain.tickets import TicketRow
from helpdesk.domain.whens import iso_utc


def ticket_as_json(history: TicketHistory) -> dict[str, Any]:
    """Make of a ticket what ``show --json`` prints.

    Args:
        history: The ticket.

    Returns:
        Plain values, ``None`` for what is not known; times are ISO 8601 UTC, lengths of time
        whole seconds. What was taken back is there, ``struck``.
    """
    row = history.row
    return {
        "number": row.number,
        "status": row.status,
        "outcome": row.outcome or None,
        "symptom": row.symptom or None,
        "court": row.court,
        "office": row.office,
        "caller": _caller(row),
        "clerk": row.clerk,
        "opened_at": iso_utc(row.opened_at),
        "resolved_at": _moment(row.resolved_at),
        "waits_until": _moment(row.wakes_at),
        "reopened": row.reopened,
        "merged_into": history.merged_into or None,
        "tags": list(row.tags),
        "calls": [_call(each) for each in history.calls],
        "answers": [_answer(each) for each in history.answers],
        "actions": [_action(each) for each in history.actions],
        "notes": [_note(each) for each in history.notes],
        "promises": [_promise(each) for each in history.promises],
        "escalations": [_escalation(each) for each in history.escalations],
        "links": [{"number": each.number, "how": each.said} for each in history.links],
        "merged_in": [_merged_in(each) for each in history.merged_in],
        "journal": [_entry(each) for each in history.journal],
    }


def _caller(row: TicketRow) -> dict[str, Any]:
    return {
        "name": row.caller or None,
        "firm": row.firm or None,
        "phone": row.phone or None,
        "email": row.email or None,
    }


def _moment(at: int | None) -> str | None:
    return None if at is None else iso_utc(at)


def _call(call: PastTalk) -> dict[str, Any]:
    return {
        "started_at": iso_utc(call.started_at),
        "ended_at": _moment(call.ended_at),
        "talk_s": call.talk_s,
        "hold_s": call.hold_s,
        "wrap_s": call.wrap_s,
        "clerk": call.clerk,
        "direction": call.direction,
        "outcome": call.outcome or None,
        "reason": call.reason or None,
        "edited": call.edited,
        "clock_changed": call.clock_changed,
    }


def _answer(answer: Answered) -> dict[str, Any]:
    return {
        "playbook": answer.playbook,
        "version": answer.version,
        "version_hash": answer.version_hash,
        "step": answer.step,
        "words": answer.words,
        "answer": answer.answer,
        "at": iso_utc(answer.at),
        "clerk": answer.clerk,
        "struck": answer.struck,
    }


def _action(action: Done) -> dict[str, Any]:
    return {
        "kind": action.kind,
        "at": iso_utc(action.at),
        "clerk": action.clerk,
        "fields": action.fields,
        "expires_at": _moment(action.expires_at),
        "struck": action.struck,
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "at": iso_utc(note.at),
        "clerk": note.clerk,
        "text": note.text,
        "struck": note.struck,
    }


def _promise(promise: Promised) -> dict[str, Any]:
    return {
        "kind": promise.kind,
        "due_at": iso_utc(promise.due_at),
        "made_at": iso_utc(promise.made_at),
        "clerk": promise.clerk,
        "done_at": _moment(promise.done_at),
        "ended": promise.ended or None,
        "reason": promise.reason or None,
        "struck": promise.struck,
    }


def _escalation(escalation: Escalated) -> dict[str, Any]:
    return {
        "target": escalation.target,
        "at": iso_utc(escalation.at),
        "clerk": escalation.clerk,
        "returns_at": iso_utc(escalation.returns_at),
        "state": escalation.state,
        "answered_by": escalation.answerer or None,
        "reason": escalation.reason or None,
    }


def _merged_in(merged: MergedIn) -> dict[str, Any]:
    return {
        "number": merged.number,
        "calls": [_call(each) for each in merged.calls],
        "actions": [_action(each) for each in merged.actions],
        "notes": [_note(each) for each in merged.notes],
        "promises": [_promise(each) for each in merged.promises],
    }


def _entry(entry: Journaled) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": iso_utc(entry.at),
        "who": entry.who,
        "act": entry.act,
        "undoes": entry.undoes,
        "changes": [
            {"field": each.field, "old": each.old, "new": each.new} for each in entry.changes
        ],
    }
