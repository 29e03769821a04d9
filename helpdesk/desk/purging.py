"""Purge: what the rules of retention say is taken out everywhere; the facts stay for reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.holds import Hold, list_holds
from helpdesk.desk.purging_batches import Purging
from helpdesk.desk.wiping import Left, Progress, what_is_left, wipe
from helpdesk.domain.journal import Change
from helpdesk.domain.personal_data import CALLER, DRAFT, PHONE, SAID
from helpdesk.domain.retention import RULES, Age, kept_since, read_age
from helpdesk.errors import BadInput
from helpdesk.store import owners, purging
from helpdesk.store.holds import find_holds
from helpdesk.store.purging import Held
from helpdesk.store.wiping import add_removal, forget_salt, get_begun

_TOGETHER: Final = 50
"""How many are purged in one batch: others wait for a fraction of a second."""

_STEPS: Final = {
    DRAFT: ("drafts",),
    SAID: ("tickets",),
    PHONE: ("numbers", "tickets", "people"),
    CALLER: ("people", "tickets", "firms"),
}
"""In what order what of a class is purged; the first is what is counted."""

_COUNTED: Final = {
    "drafts": "draft", "tickets": "ticket", "numbers": "number", "people": "caller",
    "firms": "firm",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """What of a class is due."""

    of_class: str
    """The class."""

    age: Age
    """How long it is kept."""

    counted: str
    """What is counted: ``ticket``, ``caller``, ``number``, ``draft``."""

    many: int
    """How many go."""

    oldest: int | None
    """When the one changed longest ago was changed last, in seconds UTC."""

    newest: int | None
    """The same of the one changed last."""

    held: int
    """How many would go if nothing was held."""


@dataclass(frozen=True, slots=True)
class PurgePlan:
    """What a purge would do."""

    due: tuple[Due, ...]
    """By class."""

    holds: tuple[Hold, ...]
    """What is held."""

    size: int
    """The size of the database in bytes; a purge does not make it smaller."""

    begun: bool
    """Whether a purge was broken off; the next goes on with it."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did."""

    done: tuple[tuple[str, str, int], ...]
    """Class, what is counted, and how many."""

    left: Left
    """What still holds it."""


@act("purge")
def plan_purge(desk: Desk) -> PurgePlan:
    """Say what a purge would take out, without doing it.

    Args:
        desk: The desk.

    Returns:
        How many of each class, and what is held.

    Raises:
        BadInput: When there are no rules.
    """
    held = _held(desk)
    return PurgePlan(
        tuple(_due(desk, of_class, age, held) for of_class, age in _rules(desk).items()),
        list_holds(desk),
        purging.get_size(desk.port),
        get_begun(desk.port) is not None,
    )


@act("purge")
def purge(desk: Desk, progress: Progress | None = None) -> Purged:
    """Take out what is due, some at a time; broken off, the next one goes on.

    Args:
        desk: The desk.
        progress: Is told how far it is; may raise to break off.

    Returns:
        How many of each, and what still holds it.

    Raises:
        BadInput: When there are no rules.
    """
    rules, stamp = _rules(desk), desk.stamp()
    _, salt = get_begun(desk.port) or _begin(desk, stamp, rules)
    done = []
    for of_class, age in rules.items():
        since = kept_since(age, stamp.at, desk.home_office.zone)
        for what in _STEPS[of_class]:
            work = Purging(desk, stamp, of_class, f"retention: {of_class} {age}", since, salt)
            many = _step(desk, work, what, progress)
            done.append((of_class, _COUNTED[what], many))
    batch = Batch(desk, stamp.part("over"))
    batch.write(forget_salt())
    batch.send()
    return Purged(tuple(done), what_is_left(desk, (), emptied=wipe(desk, progress)))


def _step(desk: Desk, work: Purging, what: str, progress: Progress | None) -> int:
    """Purge all that is due of one kind; what changes meanwhile is left for the next time."""
    many = 0
    for part in _parts(_all_due(desk, work, what)):
        many += work.purge(what, part, _held(desk))
        if progress is not None:
            progress(f"{work.of_class}: {_COUNTED[what]}s purged", many)
    return many


def _all_due(desk: Desk, work: Purging, what: str) -> list[Any]:
    if what == "firms":
        return work.firms_due()
    mark = work.mark(what)
    found = purging.find_due(desk.port, what, mark, work.since, _held(desk))
    return list(dict.fromkeys(each for each, _ in found))


def _parts(found: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(found), _TOGETHER):
        yield found[first : first + _TOGETHER]


def _begin(desk: Desk, stamp: Stamp, rules: dict[str, Age]) -> tuple[int, str]:
    batch = Batch(desk, stamp.part("begin"))
    removal, salt = batch.new_id(), "".join(desk.ids.salts(2))
    batch.write(add_removal(removal, stamp.at, stamp.clerk, "purge", salt))
    said = ", ".join(f"{of_class} {age}" for of_class, age in rules.items())
    batch.tell("desk", "purge", [Change("reason", None, f"retention: {said}")])
    batch.send()
    return removal, salt


def _due(desk: Desk, of_class: str, age: Age, held: Held) -> Due:
    since = kept_since(age, desk.clock.now(), desk.home_office.zone)
    what = _STEPS[of_class][0]
    mark = Purging(desk, desk.stamp(), of_class, "", since, "").mark(what)
    found = dict(purging.find_due(desk.port, what, mark, since, held))
    without = (
        len(found)
        if held == Held()
        else len(dict(purging.find_due(desk.port, what, mark, since, Held())))
    )
    oldest, newest = min(found.values(), default=None), max(found.values(), default=None)
    held_back = without - len(found)
    return Due(of_class, age, _COUNTED[what], len(found), oldest, newest, held_back)


def _rules(desk: Desk) -> dict[str, Age]:
    said = desk.settings.retention
    rules = {each: read_age(said[each], each) for each in RULES if each in said}
    if not rules:
        raise BadInput(
            "There are no rules of retention, so everything is kept: write them in "
            "data/desk.yaml, such as retention: {notes: 3y}."
        )
    return rules


def _held(desk: Desk) -> Held:
    """All that the running holds are about: of a caller every ticket, of a ticket its callers."""
    rows = list(find_holds(desk.port).dicts())
    if not rows:
        return Held()
    port = desk.port
    people = owners.find_callers_as_one(port, [row["caller"] for row in rows if row["caller"]])
    own = [row["ticket"] for row in rows if row["ticket"]]
    tickets = owners.find_tickets_as_one(
        port, [*own, *owners.find_tickets_of_callers(port, people)]
    )
    calls = owners.find_calls_of_tickets(port, tickets)
    of = owners.find_callers_of(port, tickets, calls)
    return Held(tickets, owners.find_callers_as_one(port, [*people, *of]))
