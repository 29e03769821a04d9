"""Says what an act was about, when it is taken back or done again."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.desk.speaking import said
from helpdesk.domain.calls import CallView
from helpdesk.domain.safe_text import line
from helpdesk.domain.tickets import number_said
from helpdesk.domain.undoing import REVERSIBLE, Told
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
            asked = _asked(desk, view, field.removeprefix("step "))
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


def _asked(desk: Desk, view: CallView | None, step: str) -> str:
    """What a step asks, as far as a line has room; its id when it is not on this run any more."""
    run = view.run if view else None
    found = run and (run.found((run.book.slug, step)) or run.found((run.playbook.slug, step)))
    question = desk.library.questions.steps.get(step)
    words = (found[1].ask or found[1].do or found[1].say) if found else question and question.ask
    return f"“{line(said(desk, words, view), 48)}”" if words else step
