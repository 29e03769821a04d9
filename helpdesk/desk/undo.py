"""Taking back what was done, and doing it again: on a call, elsewhere, or any older act.

An undo is a new entry of the journal that reverses an older one; nothing is erased. What
had an effect outside of this program is struck as recorded in error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from helpdesk.desk.acting import Batch, act, refuse_while_steps_wait, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.reversal import reverse, written_together
from helpdesk.desk.ticket_rows import numbered_row, said_number
from helpdesk.desk.undo_words import what_was_done
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import CallView
from helpdesk.domain.undoing import (
    ON_A_CALL,
    REVERSIBLE,
    Told,
    last_to_redo,
    last_to_undo,
    taken_back,
    what_it_undoes,
)
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.store.journal import find_told, find_told_by, get_chain
from helpdesk.store.ticket_calls import has_later_call

_FEW: Final = 100
_ALL: Final = 2**31
"""So many of the newest entries are looked at first, then as many as there are."""


@act("call", again=True)
def undo_last(desk: Desk, call: int) -> str:
    """Take back this clerk's last act on a call that is not taken back yet.

    Args:
        desk: The desk.
        call: The call.

    Returns:
        What was taken back, as a sentence.

    Raises:
        NotAllowed: When there is nothing to take back.
    """
    refuse_while_steps_wait(desk)
    view = call_view(desk, call)
    chain = _on_call(desk, view)
    entry = last_to_undo(chain, desk.clerk.login, ON_A_CALL, taken_back(chain))
    if entry is None:
        raise NotAllowed("There is nothing of yours on this call to take back.")
    said = what_was_done(desk, entry, view, struck=True)
    reverse(Batch(desk), entry, "undo")
    return f"Taken back: {said}. U does it again."


@act("call", again=True)
def redo_last(desk: Desk, call: int) -> str:
    """Do again what was taken back last, unless something else was done since.

    Args:
        desk: The desk.
        call: The call.

    Returns:
        What was done again, as a sentence.

    Raises:
        NotAllowed: When there is nothing to do again.
    """
    refuse_while_steps_wait(desk)
    view = call_view(desk, call)
    chain = _on_call(desk, view)
    entry = last_to_redo(chain, desk.clerk.login, ON_A_CALL, taken_back(chain))
    if entry is None:
        raise NotAllowed("There is nothing to do again.")
    done = what_it_undoes(entry, chain)
    reverse(Batch(desk), entry, "redo")
    said = what_was_done(desk, done, call_view(desk, call), struck=False)
    return f"Done again: {said}."


@act("record", again=True)
def undo_elsewhere(desk: Desk) -> str:
    """Take back this clerk's last act since the console was opened, on whatever ticket.

    Args:
        desk: The desk.

    Returns:
        What was taken back, as a sentence.

    Raises:
        NotAllowed: When there is nothing to take back, or it was changed again since.
    """
    entry = _newest(desk, last_to_undo)
    if entry is None:
        raise NotAllowed(
            "You did nothing since this console was opened that can be taken back; "
            "older acts are taken back in the ticket's own history."
        )
    return _take_back(desk, entry)


@act("record", again=True)
def redo_elsewhere(desk: Desk) -> str:
    """Do again what this clerk took back last, unless something else was done since.

    Args:
        desk: The desk.

    Returns:
        What was done again, as a sentence.

    Raises:
        NotAllowed: When there is nothing to do again.
    """
    entry = _newest(desk, last_to_redo)
    if entry is None:
        raise NotAllowed("There is nothing to do again.")
    done = what_it_undoes(entry, find_told(desk.port, entry.subject))
    reverse(Batch(desk), entry, "redo")
    return f"Done again: {_said(desk, done, struck=False)}."


@act("record", again=True)
def undo_entry(desk: Desk, number: str, seq: int) -> str:
    """Take back an older act of a ticket's history; acts of others need a supervisor.

    Args:
        desk: The desk.
        number: The ticket's number.
        seq: The entry's place in the ticket's journal.

    Returns:
        What was taken back, as a sentence.

    Raises:
        NotFound: When there is no such ticket or entry.
        NotAllowed: When it cannot be taken back, or was already.
    """
    row = numbered_row(desk, number)
    chain = find_told(desk.port, ticket_chain(row["id"]))
    entry = next((each for each in chain if each.seq == seq), None)
    if entry is None:
        raise NotFound(f"There is no entry {seq} in the journal of {said_number(row)}.")
    if entry.act not in REVERSIBLE:
        known = "a call, its times and its clocks are corrected, not taken back"
        raise NotAllowed(f"Entry {seq} ({entry.act}) cannot be taken back: {known}.")
    if entry.key in taken_back(chain):
        raise NotAllowed(f"Entry {seq} was taken back already.")
    if entry.who != desk.clerk.login:
        desk.require("history")
    return _take_back(desk, entry)


def _take_back(desk: Desk, entry: Told) -> str:
    if entry.act == "finish_call" and has_later_call(desk.port, entry.subject, entry.seq):
        raise NotAllowed("Another call on this ticket came after it: give that one its outcome.")
    said = _said(desk, entry, struck=True)
    reverse(Batch(desk), entry, "undo")
    more = " Its call is in wrap again and needs an outcome." * (entry.act == "finish_call")
    return f"Taken back: {said}. U does it again.{more}"


def _said(desk: Desk, entry: Told, *, struck: bool) -> str:
    """What an act did and on which ticket, or on how many."""
    tickets = [each.subject for each in written_together(desk, entry) if _of_ticket(each)]
    if len(tickets) > 2 or entry.act == "bulk_change":  # noqa: PLR2004 - a merge is about two
        return f"{REVERSIBLE[entry.act]} {len(tickets):,} of them"
    return what_was_done(desk, entry, None, struck=struck)


def _of_ticket(entry: Told) -> bool:
    return entry.subject.startswith("ticket:")


def _newest(desk: Desk, chosen: Callable[..., Told | None]) -> Told | None:
    """The entry that is chosen of what this clerk did since the console was opened."""
    login, gone = desk.clerk.login, _Gone(desk)
    for most in (_FEW, _ALL):
        mine = find_told_by(desk.port, login, desk.opened_after, most)
        entry = chosen(mine, login, REVERSIBLE, gone)
        if entry is not None or len(mine) < most:
            return entry
    return None


class _Gone:
    """What stands taken back, by whomever; a chain is read once somebody asks about it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chains: dict[str, set[tuple[str, int]]] = {}

    def __contains__(self, key: object) -> bool:
        subject = key[0] if isinstance(key, tuple) else ""
        if subject not in self._chains:
            self._chains[subject] = taken_back(find_told(self._desk.port, subject))
        return key in self._chains[subject]


def _on_call(desk: Desk, view: CallView) -> list[Told]:
    """The ticket's chain from where this call came to it."""
    rows = get_chain(desk.port, ticket_chain(view.ticket)).dicts()
    call = str(view.call)
    came = [row["seq"] for row in rows if row["field"] == "call" and row["new"] == call]
    first = came[-1] if came else 0
    return [each for each in find_told(desk.port, ticket_chain(view.ticket)) if each.seq >= first]
