"""Where something stands that is to be taken out: rows, drafts, and the journal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from helpdesk.desk.acting import caller_chain, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_rows import said_number
from helpdesk.domain import removing
from helpdesk.domain.personal_data import LEDGER, NONE, class_of_column, class_of_field
from helpdesk.domain.removing import Sought
from helpdesk.errors import BadInput
from helpdesk.store import owners, texts
from helpdesk.store.search import find_tickets_with
from helpdesk.store.texts import KeptEntry, Text
from helpdesk.store.tickets import find_rows

EXTENTS: Final = ("ticket", "caller", "desk")
"""How far is looked: a ticket with its caller, every ticket of that caller, the whole desk."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where is looked."""

    row: dict[str, Any]
    """The ticket that was named."""

    tickets: list[int]
    """Its id, and those of the tickets that go along with it."""

    calls: list[int]
    """Their calls."""

    callers: list[int]
    """Who called, with all whom they were merged with."""

    extent: str
    """How far, one of ``EXTENTS``."""

    @property
    def chains(self) -> list[str]:
        """The chains of the journal that are looked at."""
        return [*map(ticket_chain, self.tickets), *map(caller_chain, self.callers)]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found there."""

    texts: list[Text]
    """The rows' texts."""

    entries: list[KeptEntry]
    """The journal's entries."""

    @property
    def chains(self) -> set[str]:
        """The chains of those entries."""
        return {each.subject for each in self.entries}


def scope_of(desk: Desk, row: dict[str, Any], extent: str) -> Scope:
    """Gather what goes along with a ticket.

    Args:
        desk: The desk.
        row: The ticket's row.
        extent: How far, one of ``EXTENTS``.

    Returns:
        Where to look.

    Raises:
        BadInput: When there is no such extent.
    """
    if extent not in EXTENTS:
        raise BadInput(f"“{extent}” is not how far: use {', '.join(EXTENTS)}.")
    port = desk.port
    tickets = owners.find_tickets_as_one(port, [row["id"]])
    calls = owners.find_calls_of_tickets(port, tickets)
    people = owners.find_callers_as_one(port, owners.find_callers_of(port, tickets, calls))
    if extent == "caller":
        more = owners.find_tickets_of_callers(port, people)
        tickets = owners.find_tickets_as_one(port, [*tickets, *more])
        calls = owners.find_calls_of_tickets(port, tickets)
    return Scope(row, tickets, calls, people, extent)


def find_sought(desk: Desk, scope: Scope, sought: Sought) -> Found:
    """Find every text and every entry of the journal that has something.

    Args:
        desk: The desk.
        scope: Where to look.
        sought: What is looked for.

    Returns:
        The texts and the entries.
    """
    port, wanted = desk.port, removing.sought_in_sql(sought)
    ids = {"ticket": scope.tickets, "call": scope.calls, "caller": scope.callers}
    found: list[Text] = []
    for place in texts.PLACES:
        if scope.extent == "desk" or not texts.belongs(place[0]):
            found += texts.find_texts_with(port, place, wanted)
        else:
            found += texts.find_texts_of(port, place, ids)
    if scope.extent == "desk":
        entries = texts.find_entries_with(port, wanted)
    else:
        entries = texts.find_entries_of(port, scope.chains)
        entries += texts.find_entries_of_desk(port, wanted)
    return Found(
        [each for each in found if _times(each.table, each.column, each.said, sought)],
        [each for each in entries if _times_in_entry(each, sought)],
    )


def _times(table: str, column: str, said: str, sought: Sought) -> int:
    if class_of_column(table, column) == LEDGER:
        return int(removing.taken_out_of_json(said, sought) != said)
    return removing.times_in(said, sought)


def _times_in_entry(entry: KeptEntry, sought: Sought) -> int:
    many = 0
    for change, _ in entry.values:
        of_class = class_of_field(change.field)
        if of_class == NONE:
            continue
        for said in filter(None, (change.old, change.new)):
            if of_class == LEDGER:
                many += removing.taken_out_of_json(said, sought) != said
            else:
                many += removing.times_in(said, sought)
        if change.field.startswith(("caller_phone/", "tag/")):
            many += removing.times_in(change.field.split("/", 2)[2], sought)
    return many


def places_of(desk: Desk, found: Found, sought: Sought) -> tuple[tuple[str, int], ...]:
    """Name the places, each once.

    Args:
        desk: The desk.
        found: What was found.
        sought: What was looked for.

    Returns:
        Each place with how often it stands there.
    """
    counted: Counter[str] = Counter()
    ids = {each.owner for each in found.texts if each.owned_by == "ticket" and each.owner}
    numbers = {row["id"]: said_number(row) for row in find_rows(desk.port, sorted(ids)).dicts()}
    for each in found.texts:
        what = f"{each.table} {each.column}".replace("_", " ")
        of = f" of {numbers[each.owner]}" if each.owner in numbers else ""
        counted[what + of] += _times(each.table, each.column, each.said, sought)
    for entry in found.entries:
        counted["journal, old and new values"] += _times_in_entry(entry, sought)
    return tuple(counted.items())


def count_elsewhere(desk: Desk, scope: Scope, sought: Sought) -> int:
    """Count the tickets out of the scope that the search finds by the same words.

    Args:
        desk: The desk.
        scope: Where was looked.
        sought: What was looked for.

    Returns:
        How many; of a whole note that is taken out, none is asked for.
    """
    if scope.extent == "desk" or sought.whole:
        return 0
    return find_tickets_with(desk.port, sought.spellings(), scope.tickets)
