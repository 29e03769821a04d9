"""One batch of a purge: what some tickets, callers, numbers or firms have of one class."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from helpdesk.desk.acting import Batch, caller_chain, ticket_chain
from helpdesk.desk.desk import Desk, Stamp, new_op
from helpdesk.desk.emptying import Emptying
from helpdesk.domain import retention
from helpdesk.domain.journal import Change
from helpdesk.domain.personal_data import CALLER, LEDGER, PHONE, SAID, class_of_column
from helpdesk.domain.phones import Phone
from helpdesk.domain.removing import purged_fields
from helpdesk.errors import ChangedMeanwhile
from helpdesk.store import owners, purging, texts
from helpdesk.store.purging import Held

_TRIES: Final = 8
_TAKES: Final = {SAID: (SAID, LEDGER), CALLER: (CALLER,), PHONE: (PHONE,)}
_BLANKED: Final = frozenset({"email", "bar_number", "role", "extension"})
"""Columns whose sameness means something: the sign of a purge would make everybody one person."""

_SAID_OF_BOTH: Final = ("hand_over_line", "said")
"""A line of a sheet says who called and what for: it goes with either."""


@dataclass(frozen=True, slots=True)
class Purging:
    """The purge of one class."""

    desk: Desk
    """The desk."""

    stamp: Stamp
    """Who asked for it, and when."""

    of_class: str
    """The class."""

    why: str
    """By which rule."""

    since: int
    """What was changed later stays, in seconds UTC."""

    salt: str
    """What the pseudonyms of this purge are made with."""

    def mark(self, what: str) -> str:
        """By which name it is known what was purged before."""
        return f"{self.of_class}/{what}"

    def purge(self, what: str, some: Sequence[Any], held: Held) -> int:
        """Purge some in one batch, or those of them that are due still.

        Args:
            what: ``tickets``, ``people``, ``numbers``, ``firms`` or ``drafts``.
            some: Their ids, digits or names.
            held: What is held.

        Returns:
            How many were purged.
        """
        for _ in range(_TRIES):
            stamp = Stamp(new_op(), self.desk.clock.now(), self.stamp.clerk, self.stamp.login)
            try:
                return _BATCHES[what](self, stamp, some, held)
            except ChangedMeanwhile:
                continue
        raise ChangedMeanwhile("Others are changing these tickets all the time: try again soon.")

    def firms_due(self) -> list[str]:
        """The firms all of whose callers were purged."""
        stays: dict[str, bool] = {}
        found = purging.find_firms(self.desk.port)
        for firm, gone in found:
            folded = " ".join(firm.split()).casefold()
            stays[folded] = stays.get(folded, False) or not gone
        return [firm for firm, _ in found if not stays[" ".join(firm.split()).casefold()]]

    def taken(self, of_class: str, field: str, said: str, only: Collection[str] | None) -> str:
        """What stands in the place of a text.

        Args:
            of_class: Its class.
            field: Its column, or its name in the journal.
            said: The text.
            only: The numbers or firms that go; ``None`` for every one.

        Returns:
            The same text when it stays.
        """
        if of_class not in _TAKES[self.of_class]:
            return said
        column = field.rsplit("/", 1)[-1]
        if of_class == LEDGER:
            kinds = self.desk.library.actions.values()
            choices = {one for kind in kinds for each in kind.fields for one in each.choices}
            return purged_fields(said, choices)
        if column in {"phone", "digits", "caller_phone"}:
            digits = Phone.from_kept(said).digits
            goes = only is None or digits in only
            return retention.purged_identity(digits, self.salt) if goes else said
        if column == "firm":
            goes = only is not None and said in only
            return retention.purged_identity(said, self.salt) if goes else said
        if column in _BLANKED:
            return ""
        return retention.purged_match(said) if column == "matched" else retention.purged_text(said)


def _tickets(work: Purging, stamp: Stamp, some: Sequence[int], held: Held) -> int:
    port = work.desk.port
    chains = [ticket_chain(each) for each in some]
    batch = Batch(work.desk, stamp, decided_on=chains)
    gone = {*purging.find_not_due(port, some, work.since), *held.tickets}
    due = [each for each in some if each not in gone]
    calls = owners.find_calls_of_tickets(port, due)
    ids = {"ticket": due, "call": calls, "caller": ()}
    places = [
        place
        for place in texts.PLACES
        if (place == _SAID_OF_BOTH and work.of_class != PHONE)
        or (class_of_column(*place) in _TAKES[work.of_class] and place != ("call", "phone"))
    ]
    emptying = _written(work, batch, places, ids, [ticket_chain(each) for each in due], calls)
    if work.of_class == SAID:
        batch.write(*purging.drop_drafts(due, batch.stamp.at))
    return _sent(work, batch, emptying, "tickets", due)


def _people(work: Purging, stamp: Stamp, some: Sequence[int], held: Held) -> int:
    port = work.desk.port
    chains = [caller_chain(each) for each in some]
    more = purging.find_chains_with(port, chains) if work.of_class == CALLER else []
    batch = Batch(work.desk, stamp, decided_on=[*chains, *more])
    due = [each for each in some if each not in set(held.callers)]
    ids = {"ticket": (), "call": (), "caller": due}
    places = [
        place
        for place in texts.PLACES
        if place[0] == "caller" and place[1] != "firm" and work.of_class == CALLER
    ]
    own = [caller_chain(each) for each in due]
    emptying = _written(work, batch, places, ids, own, (), due)
    for entry in texts.find_entries_of(port, sorted({*more} - {*own})):
        emptying.entry(entry, only=("with",))
    return _sent(work, batch, emptying, "people", due)


def _numbers(work: Purging, stamp: Stamp, some: Sequence[str], held: Held) -> int:
    port = work.desk.port
    calls, people = purging.find_calls_from(port, some), purging.find_people_at(port, some)
    tickets = owners.find_tickets_of_calls(port, calls)
    chains = [*map(ticket_chain, tickets), *map(caller_chain, people)]
    batch = Batch(work.desk, stamp, decided_on=chains)
    if {*purging.find_not_due(port, tickets, work.since), *held.tickets} & {*tickets}:
        return 0  # something of it changed meanwhile: all of it stays until the next time
    if {*held.callers} & {*people}:
        return 0
    emptying = Emptying(batch, lambda of, field, said: work.taken(of, field, said, some))
    ids = {"ticket": (), "call": calls, "caller": people}
    for place in (("call", "phone"), ("caller_phone", "extension"), ("caller_phone", "digits")):
        for each in texts.find_texts_of(port, place, ids):
            if place[0] == "call" or each.key[1] in some:
                emptying.text(each, work.taken(PHONE, place[1], each.said, some))
    for entry in texts.find_entries_of(port, chains):
        emptying.entry(entry)
    return _sent(work, batch, emptying, "", some)


def _firms(work: Purging, stamp: Stamp, some: Sequence[str], held: Held) -> int:
    port = work.desk.port
    people = purging.find_people_of(port, some)
    chains = [caller_chain(each) for each in people]
    batch = Batch(work.desk, stamp, decided_on=chains)
    if {*held.callers} & {*people}:
        return 0
    emptying = Emptying(
        batch,
        lambda of, field, said: (
            work.taken(of, field, said, some) if field.endswith("/firm") else said
        ),
    )
    for each in texts.find_texts_of(port, ("caller", "firm"), {"caller": people}):
        emptying.text(each, work.taken(CALLER, "firm", each.said, some))
    for entry in texts.find_entries_of(port, chains):
        emptying.entry(entry)
    return _sent(work, batch, emptying, "", some)


def _drafts(work: Purging, stamp: Stamp, some: Sequence[int], held: Held) -> int:
    batch = Batch(work.desk, stamp)
    due = [each for each in some if each not in set(held.tickets)]
    batch.write(*purging.drop_drafts(due, work.since))
    told = [Change("reason", None, work.why), Change("kept", None, f"{len(due)} note boxes")]
    batch.tell("desk", "purge", told)
    batch.send()
    return len(due)


def _written(
    work: Purging, batch: Batch, places: Sequence[tuple[str, str]], ids: dict[str, Sequence[int]],
    chains: Sequence[str], calls: Sequence[int], people: Sequence[int] = (),
) -> Emptying:  # fmt: skip
    """Put the texts of some places, and the values of some chains, into a batch."""
    port = work.desk.port
    current = {
        "call": calls, "caller": people, "ticket": (),
    }  # fmt: skip
    stay = {
        each.said
        for place in (("call", "phone"), ("caller_phone", "digits"))
        for each in texts.find_texts_of(port, place, current)
    }

    def value(of_class: str, field: str, said: str) -> str:
        digits = Phone.from_kept(said).digits
        return said if digits in stay else work.taken(of_class, field, said, None)

    emptying = Emptying(batch, value)
    for place in places:
        of_class = SAID if place == _SAID_OF_BOTH else class_of_column(*place)
        for each in texts.find_texts_of(port, place, ids):
            if place == _SAID_OF_BOTH:
                emptying.text(each, retention.purged_text(each.said))
            else:
                emptying.text(each, work.taken(of_class, place[1], each.said, None))
    for entry in texts.find_entries_of(port, chains):
        emptying.entry(entry)
    return emptying


def _sent(work: Purging, batch: Batch, emptying: Emptying, what: str, due: Sequence[Any]) -> int:
    if what:
        mark, at = work.mark(what), batch.stamp.at
        batch.write(*(purging.mark_purged(mark, each, at) for each in due))
    if not due:
        return 0
    emptying.tell("purge", [Change("reason", None, work.why)])
    batch.send()
    return len(due)


_BATCHES: Final[Mapping[str, Callable[[Purging, Stamp, Sequence[Any], Held], int]]] = {
    "tickets": _tickets, "people": _people, "numbers": _numbers, "firms": _firms,
    "drafts": _drafts,
}  # fmt: skip
