"""One ticket with all that was ever done on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from helpdesk.desk.access import note_look
from helpdesk.desk.acting import act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.holds import holds_on
from helpdesk.desk.links import LINKS
from helpdesk.desk.ticket_rows import numbered_row, said_number, ticket_row, typed_row
from helpdesk.desk.tickets import row_of
from helpdesk.desk.view import done_of, note_of, place_of
from helpdesk.desk.walking import kept_playbook
from helpdesk.domain.escalations import escalation_state
from helpdesk.domain.journal import Change
from helpdesk.domain.promises import Promised
from helpdesk.domain.ticket_history import (
    Answered,
    Escalated,
    Journaled,
    Linked,
    MergedIn,
    PastTalk,
    TicketHistory,
)
from helpdesk.domain.tickets import number_said
from helpdesk.playbooks.templates import Circumstances, rendered
from helpdesk.store.doings import get_doings
from helpdesk.store.journal import get_chain
from helpdesk.store.links import find_links
from helpdesk.store.merging import find_merged_in
from helpdesk.store.promises import find_escalations
from helpdesk.store.tickets import get_ticket

_OF_ANY: Final = ("calls", "actions", "notes", "promises")
"""What is shown of a ticket, and of one that was merged into it."""


@act("read")
def show_ticket(desk: Desk, number: str) -> TicketHistory:
    """Fetch a ticket by its number.

    Args:
        desk: The desk.
        number: As people type it: ``T-26-04817``, ``26-4817``, ``4817`` for this year's.

    Returns:
        The ticket with all that was done on it.

    Raises:
        BadInput: When it is no number.
        NotFound: When there is no such ticket.
    """
    return _history(desk, numbered_row(desk, number))


@act("read")
def number_typed(desk: Desk, typed: str) -> str:
    """Find the ticket whose whole number was typed into a box for words.

    Args:
        desk: The desk.
        typed: What was typed; a number without its year is a word.

    Returns:
        The ticket's number as people quote it, that of a merged or void one too; empty when
        it is no number or there is no such ticket.
    """
    row = typed_row(desk, typed)
    return said_number(row) if row else ""


@act("read")
def ticket_history(desk: Desk, ticket: int) -> TicketHistory:
    """Fetch a ticket by its id.

    Args:
        desk: The desk.
        ticket: The id.

    Returns:
        The ticket with all that was done on it.

    Raises:
        NotFound: When there is no such ticket.
    """
    return _history(desk, ticket_row(desk, ticket))


def _history(desk: Desk, row: Mapping[str, Any]) -> TicketHistory:
    found = _told(desk, row)
    who = desk.clerk.login
    if who not in {found.row.clerk, *(call.clerk for call in found.calls)}:
        note_look(desk, "ticket", f"ticket:{row['id']}")
    return found


def _told(desk: Desk, row: Mapping[str, Any]) -> TicketHistory:
    doings = get_doings(desk.port, row["id"], "answers", *_OF_ANY)
    into = get_ticket(desk.port, row["merged_into"]) if row["merged_into"] else None
    here = _circumstances(desk, row)
    return TicketHistory(
        row=row_of(row, here.now),
        merged_into=number_said(into["year"], into["n"]) if into else "",
        calls=tuple(_talk(each) for each in doings["calls"].dicts()),
        answers=tuple(_answered(desk, each, here) for each in doings["answers"].dicts()),
        actions=tuple(done_of(each) for each in doings["actions"].dicts()),
        notes=tuple(note_of(each) for each in doings["notes"].dicts()),
        promises=tuple(_promised(each) for each in doings["promises"].dicts()),
        journal=tuple(_journal(get_chain(desk.port, ticket_chain(row["id"])).dicts())),
        escalations=tuple(
            _escalated(each, here.now)
            for each in find_escalations(desk.port, row["id"])
            if not each["struck"]
        ),
        links=tuple(_linked(each, row["id"]) for each in find_links(desk.port, row["id"])),
        merged_in=tuple(
            _merged_in(desk, each) for each in find_merged_in(desk.port, row["id"]).dicts()
        ),
        held=tuple(f"{each.said}: {each.reason}" for each in holds_on(desk, [row["id"]])),
    )


def _merged_in(desk: Desk, row: Mapping[str, Any]) -> MergedIn:
    doings = get_doings(desk.port, row["id"], *_OF_ANY)
    return MergedIn(
        id=row["id"],
        number=number_said(row["year"], row["n"]),
        calls=tuple(_talk(each) for each in doings["calls"].dicts()),
        actions=tuple(done_of(each) for each in doings["actions"].dicts()),
        notes=tuple(note_of(each) for each in doings["notes"].dicts()),
        promises=tuple(_promised(each) for each in doings["promises"].dicts()),
    )


def _circumstances(desk: Desk, row: Mapping[str, Any]) -> Circumstances:
    court, office = place_of(desk, row["court"], row["office"], row["zone"])
    return Circumstances(
        now=desk.clock.now(),
        court=court,
        office=office,
        center=desk.center,
        caller=row["name"] or "",
        clerk=row["clerk"],
        ticket=number_said(row["year"], row["n"]),
    )


def _talk(row: Mapping[str, Any]) -> PastTalk:
    return PastTalk(
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        talk_s=row["talk_s"],
        hold_s=row["hold_s"],
        wrap_s=row["wrap_s"],
        zone=row["zone"],
        clerk=row["clerk"],
        outcome=row["outcome"] or "",
        reason=row["reason"],
        edited=bool(row["edited"]),
        clock_changed=bool(row["clock_changed"]),
        id=row["id"],
        direction=row["direction"],
    )


def _answered(desk: Desk, row: Mapping[str, Any], here: Circumstances) -> Answered:
    return Answered(
        playbook=row["playbook"],
        version=row["ordinal"],
        version_hash=row["version"],
        step=row["step"],
        words=rendered(_words(desk, row["version"], row["step"]), here),
        answer=row["answer"],
        at=row["at"],
        clerk=row["clerk"],
        struck=bool(row["struck"]),
    )


def _words(desk: Desk, version: str, step_id: str) -> str:
    """What a step said when it was answered: its version is kept for as long as the answer."""
    step = kept_playbook(desk.port, version).steps.get(step_id)
    return (step.ask or step.say or step.do) if step else ""


def _promised(row: Mapping[str, Any]) -> Promised:
    return Promised(
        kind=row["kind"],
        due_at=row["due_at"],
        zone=row["zone"],
        made_at=row["made_at"],
        clerk=row["clerk"],
        done_at=row["done_at"],
        struck=bool(row["struck"]),
        id=row["id"],
        ended=row["ended"] or "",
        reason=row["reason"],
    )


def _escalated(row: Mapping[str, Any], now: int) -> Escalated:
    return Escalated(
        target=row["target"],
        at=row["at"],
        clerk=row["login"],
        returns_at=row["returns_at"],
        state=escalation_state(row["returns_at"], row["answered_at"], row["answer"], now),
        answerer=row["answerer"] or "",
        reason=row["reason"],
    )


def _linked(row: Mapping[str, Any], ticket: int) -> Linked:
    if row["ticket"] == ticket:
        return Linked(number_said(row["other_year"], row["other_n"]), LINKS[row["kind"]])
    return Linked(number_said(row["year"], row["n"]), f"named by ({row['kind']})")


def _journal(rows: Iterable[Mapping[str, Any]]) -> Iterable[Journaled]:
    for seq, group in groupby(rows, key=lambda row: int(row["seq"])):
        values = list(group)
        first = values[0]
        yield Journaled(
            seq=seq,
            at=first["at"],
            who=first["who"],
            act=first["act"],
            undoes=first["undoes"],
            changes=tuple(
                Change(row["field"], row["old"], row["new"]) for row in values if row["field"]
            ),
        )
