"""A caller as text: the same words on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.desk.desk import Desk
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.domain.caller_card import CallerCard, Counted
from helpdesk.domain.calls import Caller
from helpdesk.domain.courts import local
from helpdesk.domain.phones import shown
from helpdesk.domain.safe_text import line
from helpdesk.domain.ticket_history import TicketHistory
from helpdesk.domain.whens import said_in


def card_lines(desk: Desk, card: CallerCard, promises: int | None = None) -> Iterator[str]:
    """Lay a card out for a reader.

    Args:
        desk: The desk: knows the titles of symptoms and kinds of action.
        card: The card.
        promises: How many promises have a line, where there is no room for all.

    Yields:
        Its lines; one that begins with ``!`` wants to be seen.
    """
    yield from caller_lines(card.caller)
    there = local(desk.clock.now(), card.office.zone)
    yield f"{card.court.short} {card.office.name}, {there:%a %H:%M %Z} there now"
    if card.merged:
        yield line(f"also on record as: {'; '.join(each.label for each in card.merged)}")
    if card.alike:
        yield f"! {card.alike} on record may be the same person (d)"
    yield f"calls: {_counted(card.calls)}   tickets: {_counted(card.tickets)}"
    if card.firm is not None:
        people = "caller" if card.firm.callers == 1 else "callers"
        yield f"firm: {card.firm.callers:,} {people}, {card.firm.calls:,} calls in 90 d"
    if card.same_again:
        yield f"! same symptom again within 7 days: {symptom_title(desk, card.same_again)}"
    now = desk.clock.now()
    for each in card.promises[:promises]:
        due = each.promise.due_at
        said = f"{each.promise.kind} {said_in(due, each.promise.zone)}"
        what = "! late" if due < now else "promised"
        yield f"{what}: {said}, {each.number} {each.promise.clerk}"
    if promises is not None and len(card.promises) > promises:
        late = sum(each.promise.due_at < now for each in card.promises)
        yield f"! {len(card.promises):,} promises in all, {late:,} of them late"
    if card.last is not None:
        yield from _last(desk, card.last)


def caller_lines(caller: Caller) -> Iterator[str]:
    """Who somebody is, in two lines.

    Args:
        caller: The caller.

    Yields:
        The lines.
    """
    bar = f"bar {caller.bar_number}" if caller.bar_number else ""
    yield _joined(caller.name or "(no name)", caller.role, bar, caller.firm)
    phones = ", ".join(shown(digits) for digits in caller.phones)
    yield _joined(phones or "no number on record", caller.email or "no e-mail on record")


def _last(desk: Desk, last: TicketHistory) -> Iterator[str]:
    """What was told on the last ticket, one line each."""
    row = last.row
    what = symptom_title(desk, row.symptom) if row.symptom else "no symptom"
    when = said_in(row.opened_at, row.zone)
    yield f"last: {row.number} {when} {row.outcome or row.status} {row.clerk}: {what}"
    answers = [each for each in last.answers if not each.struck]
    if answers:
        said = f"{answers[-1].answer} to “{answers[-1].words or answers[-1].step}”"
        yield f"  said: {line(said)}"
    done = [each for each in last.actions if not each.struck]
    if done:
        kinds = desk.library.actions
        texts = [kinds[each.kind].text if each.kind in kinds else each.kind for each in done]
        yield f"  done: {', '.join(dict.fromkeys(texts))}"
    notes = [each for each in last.notes if not each.struck]
    if notes:
        yield f"  note: {line(notes[-1].text)}"


def _counted(counted: Counted) -> str:
    return f"{counted.week:,} in 7 d, {counted.quarter:,} in 90 d"


def _joined(*parts: str) -> str:
    return "   ".join(line(part) for part in parts if part)
