"""Says what an act was about, when it is taken back or done again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.desk.acting import ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.journal_text import changes_said
from helpdesk.desk.speaking import said
from helpdesk.desk.walking import kept_playbook
from helpdesk.domain.actions import ActionKind
from helpdesk.domain.calls import CallView
from helpdesk.domain.journal import Change
from helpdesk.domain.safe_text import line
from helpdesk.domain.ticket_history import Journaled, TicketHistory
from helpdesk.domain.tickets import number_said
from helpdesk.domain.undoing import REVERSIBLE, Told
from helpdesk.store.doings import get_doings
from helpdesk.store.journal import get_changes
from helpdesk.store.tickets import get_ticket

_ROOM: Final = 40
"""So many characters of a note have room in a line that says more."""

_LONGEST: Final = 200
"""So many have room in a row of its own, on the widest screen."""


def what_was_done(desk: Desk, entry: Told, view: CallView | None, *, struck: bool) -> str:
    """Say what an act was about.

    Args:
        desk: The desk.
        entry: The act's entry.
        view: The call that it was done on; ``None`` away from a call, where the ticket is named.
        struck: Whether it is being taken back.

    Returns:
        A few words.
    """
    told = get_changes(desk.port, entry.subject, entry.seq)
    where = "" if view else _where(desk, entry.subject)
    kind = _kind(desk, told)
    error = " (struck, recorded in error)" if struck and kind and kind.outside else ""
    said = _act_said(desk, entry, told, view, struck=struck)
    return f"{said or REVERSIBLE.get(entry.act, entry.act)}{where}{error}"


def acts_to_take_back(desk: Desk, ticket: TicketHistory) -> tuple[tuple[Journaled, str], ...]:
    """List the acts of a ticket of a kind that can be taken back.

    Args:
        desk: The desk.
        ticket: The ticket as it was read.

    Returns:
        Each with what it was about in words, the newest first.
    """
    entries = [each for each in reversed(ticket.journal) if each.act in REVERSIBLE]
    changes = changes_said(desk, entries, ticket.row.zone)
    subject = ticket_chain(ticket.row.id)

    def said(entry: Journaled, changed: list[str]) -> str:
        told = Told(subject, entry.seq, entry.who, entry.act, entry.undoes)
        known = _act_said(desk, told, entry.changes, None, struck=False, room=_LONGEST)
        return known or ": ".join(filter(None, (REVERSIBLE[entry.act], "; ".join(changed))))

    return tuple(
        (each, said(each, said_of)) for each, said_of in zip(entries, changes, strict=True)
    )


def _act_said(
    desk: Desk,
    entry: Told,
    told: Sequence[Change],
    view: CallView | None,
    *,
    struck: bool,
    room: int = _ROOM,
) -> str:
    """What was done with its own words: those of a note, an answer, an action; or no words."""
    new = {change.field: change.new for change in told}
    if kind := _kind(desk, told):
        values = ", ".join(
            line(value, room) for each in kind.fields if (value := new.get(each.name))
        )
        return f"“{kind.text}”{f' ({values})' if values else ''}"
    if text := new.get("text"):
        return f"the note “{line(text, room)}”"
    for field, value in new.items():
        if field.startswith("step "):
            return f"the answer {value} to {_asked(desk, entry, view, list(new))}"
        if field == f"{entry.subject.replace(':', '/')}/status":
            before = next(each.old for each in told if each.field == field)
            way = (value, before) if struck else (before, value)
            return f"{REVERSIBLE.get(entry.act, entry.act)} ({' > '.join(map(str, way))})"
    return ""


def _kind(desk: Desk, told: Sequence[Change]) -> ActionKind | None:
    named = (each.new for each in told if each.field == "kind")
    return desk.library.actions.get(next(named, None) or "")


def _where(desk: Desk, subject: str) -> str:
    kind, _, row = subject.partition(":")
    found = get_ticket(desk.port, int(row)) if kind == "ticket" else None
    return f" on {number_said(found['year'], found['n'])}" if found else ""


def _asked(desk: Desk, entry: Told, view: CallView | None, fields: Sequence[str]) -> str:
    """What was asked, as far as a line has room; the step's id when nothing has its words."""
    step = next(field for field in fields if field.startswith("step ")).removeprefix("step ")
    words = _words(desk, int(entry.subject.partition(":")[2]), fields, step)
    return f"“{line(said(desk, words, view), 48)}”" if words else step


def _words(desk: Desk, ticket: int, fields: Sequence[str], step: str) -> str:
    """What a step says in the version of the playbook that it was answered on."""
    told = {int(field.split("/")[1]) for field in fields if field.startswith("answer/")}
    rows = get_doings(desk.port, ticket, "answers")["answers"].dicts()
    version = next((row["version"] for row in rows if row["id"] in told), None)
    found = kept_playbook(desk.port, version).steps.get(step) if version else None
    return (found.ask or found.do or found.say) if found else ""
