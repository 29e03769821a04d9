"""Redaction: words that slipped in are taken out wherever they stand, for good."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.emptying import Emptying, new_pseudonyms, taken_by
from helpdesk.desk.holds import held_said, refuse_held
from helpdesk.desk.redaction_places import (
    Found,
    Scope,
    count_elsewhere,
    find_sought,
    places_of,
    scope_of,
)
from helpdesk.desk.ticket_rows import numbered_row, said_number, ticket_row
from helpdesk.desk.view import call_view
from helpdesk.desk.wiping import Left, Progress, compact_if_held, what_is_left, wipe
from helpdesk.domain import removing
from helpdesk.domain.journal import Change
from helpdesk.domain.personal_data import PHONE, class_of_column
from helpdesk.domain.removing import Sought
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from helpdesk.store.wiping import add_removal

_FEW: Final = 5
"""How many merges of the index a call waits for; what is left is done by the next removal."""


@dataclass(frozen=True, slots=True)
class Redaction:
    """Where something stands, or stood."""

    places: tuple[tuple[str, int], ...]
    """Each place as people call it, with how often it stands there; never the words."""

    elsewhere: int
    """How many tickets that were not looked at seem to have it too."""

    left: Left | None = None
    """What still holds it, once it is taken out."""

    held: str = ""
    """Why it may not be taken out: a hold that runs; empty for none."""

    @property
    def times(self) -> int:
        """How often it stands in all places."""
        return sum(many for _, many in self.places)


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
    scope = scope_of(desk, numbered_row(desk, number), extent)
    found = find_sought(desk, scope, removing.checked(sought))
    return Redaction(
        places_of(desk, found, sought),
        count_elsewhere(desk, scope, sought),
        held=held_said(desk, scope.tickets, scope.callers),
    )


@act("redact", again=True)
def redact(
    desk: Desk,
    number: str,
    sought: Sought,
    reason: str,
    extent: str = "ticket",
    progress: Progress | None = None,
) -> Redaction:
    """Take something out wherever it stands; nothing brings it back.

    Args:
        desk: The desk.
        number: The ticket's number.
        sought: What is taken out.
        reason: Why; it must not hold it again.
        extent: How far, one of ``EXTENTS``.
        progress: Is told how far it is.

    Returns:
        Where it stood, and what still holds it.

    Raises:
        NotFound: When there is no such ticket, or it stands nowhere there.
        BadInput: When the words are too few, or no reason is said.
        NotAllowed: When the ticket or a caller is held.
    """
    scope = scope_of(desk, numbered_row(desk, number), extent)
    refuse_held(desk, scope.tickets, scope.callers)
    places = take_out(desk, scope, sought, ("redact", reason))
    return _wiped(desk, scope, sought, places, wipe(desk, progress))


@act("call", again=True)
def redact_own(desk: Desk, call: int, sought: Sought, reason: str) -> Redaction:
    """Take out what oneself wrote on a call of one's own that goes on.

    Args:
        desk: The desk.
        call: The call.
        sought: What is taken out.
        reason: Why; it must not hold it again.

    Returns:
        Where it stood, and what still holds it.

    Raises:
        NotFound: When it stands nowhere on the call's ticket.
        BadInput: When the words are too few, or no reason is said.
        NotAllowed: When somebody else wrote it too, or it was there before the call.
    """
    view = call_view(desk, call)
    scope = scope_of(desk, ticket_row(desk, view.ticket), "ticket")
    for each in find_sought(desk, scope, removing.checked(sought)).entries:
        if each.who != desk.clerk.login or each.at < view.started_at:
            raise NotAllowed("It stands in what others wrote, or before this call: a supervisor "
                             "takes it out on the ticket's own screen.")  # fmt: skip
    places = take_out(desk, scope, sought, ("redact_own", reason))
    emptied = wipe(desk, None, _FEW)
    return Redaction(places, 0, what_is_left(desk, (), emptied=emptied))


def take_out(
    desk: Desk,
    scope: Scope,
    sought: Sought,
    told: tuple[str, str],
) -> tuple[tuple[str, int], ...]:
    """Take something out of all rows and values in one batch; what is left is not wiped yet.

    Args:
        desk: The desk.
        scope: Where it is looked for.
        sought: What is taken out.
        told: The act's name, and why.

    Returns:
        Each place with how often it stood there.

    Raises:
        NotFound: When it stands nowhere there.
        BadInput: When the words are too few, or no reason is said.
    """
    why = _checked_reason(told[1], removing.checked(sought))
    chain = ticket_chain(scope.row["id"])
    chains = sorted({chain, *find_sought(desk, scope, sought).chains})
    batch = Batch(desk, decided_on=chains)
    found = find_sought(desk, scope, sought)
    if found.chains - set(chains):
        raise ChangedMeanwhile("Somebody else wrote it down just now.")
    places = places_of(desk, found, sought)
    if not places:
        raise NotFound(f"It stands nowhere on {said_number(scope.row)} exactly like this.")
    _write(batch, found, sought).tell(told[0], [Change("reason", None, why)], chain)
    by = batch.stamp
    batch.write(add_removal(batch.new_id(), by.at, by.clerk, "redact"))
    batch.send()
    return places


def _checked_reason(reason: str, sought: Sought) -> str:
    why = storable(reason).strip()
    if not why:
        raise BadInput("Say why it is taken out: the reason is kept.")
    if removing.times_in(why, sought):
        raise BadInput("The reason holds what is to be taken out: say it in other words.")
    return why


def _write(batch: Batch, found: Found, sought: Sought) -> Emptying:
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
    scope: Scope,
    sought: Sought,
    places: tuple[tuple[str, int], ...],
    emptied: bool,
) -> Redaction:
    elsewhere = count_elsewhere(desk, scope, sought)
    words = [] if sought.whole and len(sought.words) < 8 else sought.spellings()  # noqa: PLR2004
    if not elsewhere and emptied:
        compact_if_held(desk, words)
    return Redaction(places, elsewhere, what_is_left(desk, words, emptied=emptied))
