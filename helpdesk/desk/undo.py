"""Taking back what was done last on a call, and doing it again.

An undo is a new entry of the journal that reverses an older one; nothing is erased. What
had an effect outside of this program is struck as recorded in error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.speaking import said
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import CallView
from helpdesk.domain.journal import Change, Head
from helpdesk.domain.safe_text import line
from helpdesk.errors import NotAllowed
from helpdesk.port import Statement
from helpdesk.store import calls, tickets
from helpdesk.store.doings import STRIKES, strike
from helpdesk.store.journal import get_chain, get_changes
from helpdesk.store.search import index_ticket

REVERSIBLE: Final = (
    "set_caller", "choose_symptom", "answer_step", "answer_question", "fill_prompt",
    "take_version", "add_action", "add_note",
)  # fmt: skip
"""The acts of a call that can be taken back."""

_COLUMN: Final = re.compile(r"[a-z]+/\d+/[a-z_]+\Z")
"""A field of the journal that is a column of a row; all others are told for the reader."""

_SAID: Final = {
    "set_caller": "the caller",
    "choose_symptom": "the symptom",
    "answer_step": "an answer",
    "answer_question": "an answer",
    "fill_prompt": "what was filled in",
    "take_version": "the newer playbook",
    "add_action": "an action",
    "add_note": "a note",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """One entry of a ticket's chain, as far as undoing needs it."""

    seq: int
    who: str
    act: str
    undoes: int | None
    hash: str


@act("call")
def undo_last(desk: Desk, call: int, stamp: Stamp | None = None) -> str:
    """Take back this clerk's last act on a call that is not taken back yet.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        What was taken back, as a sentence.

    Raises:
        NotAllowed: When there is nothing to take back.
    """
    view = call_view(desk, call)
    chain = _chain(desk, view)
    gone = _undone(chain)
    for entry in reversed(chain):
        if entry.act in REVERSIBLE and entry.seq not in gone and entry.who == desk.clerk.login:
            _reverse(desk, view, chain, entry, "undo", stamp)
            return f"Taken back: {_what(desk, view, entry, struck=True)}. U does it again."
    raise NotAllowed("There is nothing of yours on this call to take back.")


@act("call")
def redo_last(desk: Desk, call: int, stamp: Stamp | None = None) -> str:
    """Do again what was taken back last, unless something else was done since.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        What was done again, as a sentence.

    Raises:
        NotAllowed: When there is nothing to do again.
    """
    view = call_view(desk, call)
    chain = _chain(desk, view)
    gone = _undone(chain)
    for entry in reversed(chain):
        if entry.act == "undo" and entry.seq not in gone and entry.who == desk.clerk.login:
            _reverse(desk, view, chain, entry, "redo", stamp)
            return f"Done again: {_what(desk, view, entry, struck=False)}."
        if entry.act in REVERSIBLE:
            break
    raise NotAllowed("There is nothing to do again.")


def _chain(desk: Desk, view: CallView) -> list[_Told]:
    """The ticket's chain from where this call came to it."""
    rows = list(get_chain(desk.port, ticket_chain(view.ticket)).dicts())
    call = str(view.call)
    came = (row["seq"] for row in rows if row["field"] == "call" and row["new"] == call)
    first = next(came, 0)
    found = {
        row["seq"]: _Told(row["seq"], row["who"], row["act"], row["undoes"], row["hash"])
        for row in rows
        if row["seq"] >= first
    }
    return list(found.values())


def _undone(chain: list[_Told]) -> set[int]:
    """Entries that stand taken back: reversed by one that was not itself reversed."""
    gone: set[int] = set()
    for entry in reversed(chain):
        if entry.undoes is not None and entry.seq not in gone:
            gone.add(entry.undoes)
    return gone


def _reverse(
    desk: Desk, view: CallView, chain: list[_Told], entry: _Told, name: str, stamp: Stamp | None
) -> None:
    batch = Batch(desk, stamp)
    told = get_changes(desk.port, ticket_chain(view.ticket), entry.seq)
    changes = [
        Change(each.field, each.new, each.old) for each in told if _COLUMN.match(each.field)
    ]
    for change in changes:
        batch.write(*_statements(batch, view, change, changes))
    head = Head(chain[-1].seq, chain[-1].hash)
    batch.tell(ticket_chain(view.ticket), name, changes, undoes=entry.seq, head=head)
    batch.index(index_ticket(view.ticket))
    batch.send()


def _statements(
    batch: Batch, view: CallView, change: Change, changes: list[Change]
) -> list[Statement]:
    table, row, column = change.field.split("/")
    if table in STRIKES:
        return [strike(table, int(row), struck=change.new == "1")]
    now = batch.stamp.at
    if column == "caller":
        said = {each.field.rpartition("/")[2]: each.new or "" for each in changes}
        return _caller(batch, view, change.new, said)
    if column == "version":
        symptoms = [each.new or "" for each in changes if each.field.endswith("/symptom")]
        symptom = symptoms[0] if symptoms else view.symptom
        return [tickets.save_symptom(view.ticket, symptom, change.new, now)]
    if column == "symptom":
        return [calls.save_symptom(view.call, change.new or "", "")]
    return []


def _caller(
    batch: Batch, view: CallView, caller: str | None, said: dict[str, str]
) -> list[Statement]:
    court, _, office = said["court"].partition("/")
    found = batch.desk.courts.get(court, view.court)
    zone = (found.office(office) or view.office).zone
    whom = int(caller) if caller else None
    return [
        calls.save_caller(view.call, whom, said["phone"], said["matched"], (court, office, zone)),
        tickets.save_caller(view.ticket, whom, (court, office, zone), batch.stamp.at),
    ]


def _asked(desk: Desk, view: CallView, step: str) -> str:
    """What a step asks, as far as a line has room; its id when it is not on this run any more."""
    run = view.run
    found = run and (run.found((run.book.slug, step)) or run.found((run.playbook.slug, step)))
    question = desk.library.questions.steps.get(step)
    words = (found[1].ask or found[1].do or found[1].say) if found else question and question.ask
    return f"“{line(said(desk, words, view), 48)}”" if words else step


def _what(desk: Desk, view: CallView, entry: _Told, *, struck: bool) -> str:
    """What an entry, or the one that it reverses, was about."""
    chain = {each.seq: each for each in _chain(desk, view)}
    while entry.undoes is not None and entry.undoes in chain:
        entry = chain[entry.undoes]
    told = get_changes(desk.port, ticket_chain(view.ticket), entry.seq)
    new = {change.field: change.new for change in told}
    kind = desk.library.actions.get(new.get("kind") or "")
    if kind is not None:
        error = " (struck, recorded in error)" if struck and kind.outside else ""
        return f"“{kind.text}”{error}"
    if text := new.get("text"):
        return f"the note “{line(text, 40)}”"
    for field, value in new.items():
        if field.startswith("step "):
            return f"the answer {value} to {_asked(desk, view, field.removeprefix('step '))}"
    return _SAID.get(entry.act, entry.act)
