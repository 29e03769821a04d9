"""Redaction: words that slipped in are taken out wherever they stand, for good."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, caller_chain, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.emptying import Emptying, new_pseudonyms, taken_by
from helpdesk.desk.holds import refuse_held
from helpdesk.desk.ticket_rows import numbered_row, said_number, ticket_row
from helpdesk.desk.view import call_view
from helpdesk.desk.wiping import Left, Progress, compact_if_held, what_is_left, wipe
from helpdesk.domain import removing
from helpdesk.domain.journal import Change
from helpdesk.domain.personal_data import LEDGER, NONE, PHONE, class_of_column, class_of_field
from helpdesk.domain.removing import Sought
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from helpdesk.store import owners, texts
from helpdesk.store.texts import KeptEntry, Text
from helpdesk.store.tickets import find_rows
from helpdesk.store.wiping import add_removal

EXTENTS: Final = ("ticket", "caller", "desk")
"""How far is looked: a ticket with its caller, every ticket of that caller, the whole desk."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Where something stands, or stood."""

    places: tuple[tuple[str, int], ...]
    """Each place as people call it, with how often it stands there; never the words."""

    elsewhere: int
    """In how many texts it stands that were not looked at: on other tickets."""

    left: Left | None = None
    """What still holds it, once it is taken out."""

    @property
    def times(self) -> int:
        """How often it stands in all places."""
        return sum(many for _, many in self.places)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where is looked."""

    row: dict[str, Any]
    tickets: list[int]
    calls: list[int]
    callers: list[int]
    extent: str

    @property
    def chains(self) -> list[str]:
        return [*map(ticket_chain, self.tickets), *map(caller_chain, self.callers)]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found there."""

    texts: list[Text]
    entries: list[KeptEntry]

    @property
    def chains(self) -> set[str]:
        return {each.subject for each in self.entries}


@act("redact")
def look_for(desk: Desk, number: str, sought: Sought, extent: str = "ticket") -> Redaction:
    """Say where something stands, without taking it out.

    Args:
        desk: The desk.
        number: The ticket's number.
        sought: What is looked for.
        extent: How far, one of ``EXTENTS``.

    Returns:
        The places.

    Raises:
        NotFound: When there is no such ticket.
        BadInput: When the words are too few.
    """
    scope = _scope(desk, numbered_row(desk, number), extent)
    found = _look(desk, scope, removing.checked(sought))
    return Redaction(_places(desk, found, sought), _elsewhere(desk, scope, found, sought))


@act("redact", again=True)
def redact(
    desk: Desk,
    number: str,
    sought: Sought,
    reason: str,
    extent: str = "ticket",
    stamp: Stamp | None = None,
    progress: Progress | None = None,
) -> Redaction:
    """Take something out wherever it stands; nothing brings it back.

    Args:
        desk: The desk.
        number: The ticket's number.
        sought: What is taken out.
        reason: Why; it must not hold it again.
        extent: How far, one of ``EXTENTS``.
        stamp: Who asked and when; ``None`` for now.
        progress: Is told how far it is.

    Returns:
        Where it stood, and what still holds it.

    Raises:
        NotFound: When there is no such ticket, or it stands nowhere there.
        BadInput: When the words are too few, or no reason is said.
        NotAllowed: When the ticket or a caller is held.
    """
    scope = _scope(desk, numbered_row(desk, number), extent)
    refuse_held(desk, scope.tickets, scope.callers)
    return _taken_out(desk, scope, sought, ("redact", reason), stamp, progress)


@act("call", again=True)
def redact_own(
    desk: Desk, call: int, sought: Sought, reason: str, stamp: Stamp | None = None
) -> Redaction:
    """Take out what oneself wrote on a call of one's own that goes on.

    Args:
        desk: The desk.
        call: The call.
        sought: What is taken out.
        reason: Why; it must not hold it again.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        Where it stood, and what still holds it.

    Raises:
        NotFound: When it stands nowhere on the call's ticket.
        BadInput: When the words are too few, or no reason is said.
        NotAllowed: When somebody else wrote it too, or it was there before the call.
    """
    view = call_view(desk, call)
    scope = _scope(desk, ticket_row(desk, view.ticket), "ticket")
    for each in _look(desk, scope, removing.checked(sought)).entries:
        if each.who != desk.clerk.login or each.at < view.started_at:
            raise NotAllowed("It stands in what others wrote, or before this call: a supervisor "
                             "takes it out on the ticket's own screen.")  # fmt: skip
    return _taken_out(desk, scope, sought, ("redact_own", reason), stamp, None)


def _taken_out(
    desk: Desk,
    scope: _Scope,
    sought: Sought,
    told: tuple[str, str],
    stamp: Stamp | None,
    progress: Progress | None,
) -> Redaction:
    removing.checked(sought)
    name, why = told[0], storable(told[1]).strip()
    if not why:
        raise BadInput("Say why it is taken out: the reason is kept.")
    if removing.times_in(why, sought):
        raise BadInput("The reason holds what is to be taken out: say it in other words.")
    chain = ticket_chain(scope.row["id"])
    chains = sorted({chain, *_look(desk, scope, sought).chains})
    batch = Batch(desk, stamp, decided_on=chains)
    found = _look(desk, scope, sought)
    if found.chains - set(chains):
        raise ChangedMeanwhile("Somebody else wrote it down just now.")
    places = _places(desk, found, sought)
    if not places:
        raise NotFound(f"It stands nowhere on {said_number(scope.row)} exactly like this.")
    _write(batch, found, sought).tell(name, [Change("reason", None, why)], chain)
    by = batch.stamp
    batch.write(add_removal(batch.new_id(), by.at, by.clerk, "redact"))
    batch.send()
    return _wiped(desk, scope, sought, places, progress)


def _write(batch: Batch, found: _Found, sought: Sought) -> Emptying:
    """Put what stands there from now on into a batch."""
    plain = partial(removing.taken_out, sought=sought)
    numbers = [
        each.said
        for each in found.texts
        if class_of_column(each.table, each.column) == PHONE and each.said.isdecimal()
    ]
    numbers += [each for each in sought.spellings() if each.isdecimal()]
    taken = taken_by(
        plain, partial(removing.taken_out_of_json, sought=sought),
        new_pseudonyms(batch.desk, numbers),
    )  # fmt: skip
    emptying = Emptying(batch, taken)
    for each in found.texts:
        emptying.text(
            each, taken(class_of_column(each.table, each.column), each.column, each.said)
        )
    for entry in found.entries:
        emptying.entry(entry)
    return emptying


def _wiped(
    desk: Desk,
    scope: _Scope,
    sought: Sought,
    places: tuple[tuple[str, int], ...],
    progress: Progress | None,
) -> Redaction:
    emptied = wipe(desk, progress)
    elsewhere = _elsewhere(desk, scope, _Found([], []), sought)
    words = [] if sought.whole and len(sought.words) < 8 else sought.spellings()  # noqa: PLR2004
    if not elsewhere and emptied:
        compact_if_held(desk, words)
    return Redaction(places, elsewhere, what_is_left(desk, words, emptied=emptied))


def _scope(desk: Desk, row: dict[str, Any], extent: str) -> _Scope:
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
    return _Scope(row, tickets, calls, people, extent)


def _look(desk: Desk, scope: _Scope, sought: Sought) -> _Found:
    """Find every text and every entry of the journal that has it."""
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
    return _Found(
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


def _places(desk: Desk, found: _Found, sought: Sought) -> tuple[tuple[str, int], ...]:
    """Name the places, each once."""
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


def _elsewhere(desk: Desk, scope: _Scope, found: _Found, sought: Sought) -> int:
    """Count the texts with it that are out of the scope."""
    if scope.extent == "desk" or sought.whole:
        return 0
    wanted = removing.sought_in_sql(sought)
    everywhere = [
        each
        for place in texts.PLACES
        for each in texts.find_texts_with(desk.port, place, wanted)
        if _times(each.table, each.column, each.said, sought)
    ]
    return len(everywhere) - len(found.texts)
