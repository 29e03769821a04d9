"""Says what an act was about, when it is taken back or done again."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.desk.desk import Desk
from helpdesk.desk.speaking import said
from helpdesk.desk.walking import kept_playbook
from helpdesk.domain.calls import CallView
from helpdesk.domain.safe_text import line
from helpdesk.domain.tickets import number_said
from helpdesk.domain.undoing import REVERSIBLE, Told
from helpdesk.store.doings import get_doings
from helpdesk.store.journal import get_changes
from helpdesk.store.tickets import get_ticket


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
    new = {change.field: change.new for change in told}
    where = "" if view else _where(desk, entry.subject)
    kind = desk.library.actions.get(new.get("kind") or "")
    if kind is not None:
        error = " (struck, recorded in error)" if struck and kind.outside else ""
        return f"“{kind.text}”{where}{error}"
    if text := new.get("text"):
        return f"the note “{line(text, 40)}”{where}"
    for field, value in new.items():
        if field.startswith("step "):
            asked = _asked(desk, entry, view, list(new))
            return f"the answer {value} to {asked}{where}"
        if field == f"{entry.subject.replace(':', '/')}/status":
            before = next(each.old for each in told if each.field == field)
            way = (value, before) if struck else (before, value)
            return f"{REVERSIBLE.get(entry.act, entry.act)} ({' > '.join(map(str, way))}){where}"
    return REVERSIBLE.get(entry.act, entry.act) + where


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
