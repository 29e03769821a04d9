"""Puts other texts and values in the place of what is taken out, in one batch, and tells why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from helpdesk.desk.acting import Batch, caller_chain, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.due_texts import index_of_callers
from helpdesk.domain.entries import digest, emptied_values, emptying
from helpdesk.domain.journal import Change
from helpdesk.domain.personal_data import LEDGER, NONE, PHONE, class_of_field
from helpdesk.domain.phones import Phone
from helpdesk.domain.removing import pseudonym
from helpdesk.store.owners import find_tickets_of_calls
from helpdesk.store.search import index_callers, index_tickets
from helpdesk.store.texts import KeptEntry, Text, empty_value, save_text

_DESK: Final = "desk"

Taken = Callable[[str, str, str], str]
"""Gives what stands in the place of a text, by its class, its field and what it says."""


class Emptying:
    """What one act takes out, gathered chain by chain."""

    def __init__(self, batch: Batch, taken: Taken) -> None:
        """Begin.

        Args:
            batch: The batch of the act.
            taken: What stands in the place of each text.
        """
        self._batch, self._taken = batch, taken
        self._told: dict[str, dict[str, list[int]]] = {}
        self._emptied: dict[str, list[Change]] = {}
        self._tickets: set[int] = set()
        self._callers: set[int] = set()

    def text(self, text: Text, said: str) -> None:
        """Put another text in the place of one.

        Args:
            text: The text.
            said: What is to stand there.
        """
        if said == text.said:
            return
        self._batch.write(save_text(text, said))
        self._tell(text)

    def told(self, text: Text) -> None:
        """Count a text whose row is written by somebody else."""
        self._tell(text)

    def entry(self, entry: KeptEntry, only: Sequence[str] = ()) -> None:
        """Put other values in the place of those of an entry of the journal.

        Args:
            entry: The entry.
            only: The fields that are meant; nothing for all.
        """

        def value(change: Change) -> Change:
            return change if only and change.field not in only else self._value(change)

        values = list(entry.values)
        made = emptied_values(values, value, _salts(self._batch.desk))
        if made == values:
            return
        for (was, _), (now, salt) in zip(values, made, strict=True):
            if now != was:
                self._batch.write(empty_value(entry.id, was.field, now, salt))
        change = emptying(entry.seq, digest(values), digest(made))
        self._emptied.setdefault(entry.subject, []).append(change)

    def tell(self, name: str, why: Sequence[Change], always: str = "") -> None:
        """Say in every chain what was taken out of it, and bring the index up to date.

        Texts of a caller's many tickets are due then, until :func:`helpdesk.desk.wiping.wipe`.

        Args:
            name: The act's name.
            why: What is told of the reason.
            always: A chain that is told even when nothing of it was.
        """
        chains = dict.fromkeys([*filter(None, [always]), *self._told, *self._emptied])
        for chain in chains:
            many = [
                Change(place, None, f"{len(signs)} of {sum(signs)} signs")
                for place, signs in self._told.get(chain, {}).items()
            ]
            self._batch.tell(chain, name, [*why, *many, *self._emptied.get(chain, ())])
        tickets = sorted(self._tickets)
        if self._callers:
            callers = sorted(self._callers)
            self._batch.index(index_callers(callers))
            index_of_callers(self._batch, callers)
        if tickets:
            self._batch.index(index_tickets(tickets))

    def _value(self, change: Change) -> Change:
        of_class = class_of_field(change.field)
        if of_class == NONE:
            return change
        field = change.field
        parts = field.split("/", 2)
        if len(parts) == 3 and parts[0] in {"caller_phone", "tag"}:  # noqa: PLR2004
            member = self._taken(of_class, parts[0], parts[2])
            return Change(f"{parts[0]}/{parts[1]}/{member}", change.old, change.new)
        old, new = (
            None if said is None else self._taken(of_class, field, said)
            for said in (change.old, change.new)
        )
        return Change(field, old, new)

    def _tell(self, text: Text) -> None:
        chain = self._chain(text)
        if chain.startswith("ticket:"):
            self._tickets.add(int(chain[7:]))
        elif chain.startswith("caller:"):
            self._callers.add(int(chain[7:]))
        place = f"removed {text.table} {text.column}"
        self._told.setdefault(chain, {}).setdefault(place, []).append(len(text.said))

    def _chain(self, text: Text) -> str:
        if text.owner is None:
            return _DESK
        if text.owned_by == "caller":
            return caller_chain(text.owner)
        if text.owned_by == "ticket":
            return ticket_chain(text.owner)
        tickets = find_tickets_of_calls(self._batch.desk.port, [text.owner])
        self._tickets.update(tickets)
        return ticket_chain(tickets[0]) if tickets else _DESK


def taken_by(
    texts: Callable[[str], str], fields: Callable[[str], str], numbers: Mapping[str, str]
) -> Taken:
    """Make what says what stands in the place of each text.

    Args:
        texts: Takes out of a plain text.
        fields: Takes out of the JSON of an action.
        numbers: Pseudonyms by the digits that they stand for.

    Returns:
        The same for every class.
    """

    def taken(of_class: str, field: str, said: str) -> str:
        if of_class == LEDGER:
            return fields(said)
        if of_class == PHONE and (field == "caller_phone" or field.endswith(("phone", "digits"))):
            digits, extension = Phone.from_kept(said)
            if digits in numbers:
                return Phone(numbers[digits], extension).kept
            return said
        return texts(said)

    return taken


def new_pseudonyms(desk: Desk, digits: Sequence[str]) -> dict[str, str]:
    """Make a pseudonym for each of some numbers or firms.

    Args:
        desk: The desk.
        digits: What is to be replaced.

    Returns:
        By each what stands in its place; nothing leads back.
    """
    each = dict.fromkeys(digits)
    return {
        one: pseudonym(salt) for one, salt in zip(each, desk.ids.salts(len(each)), strict=True)
    }


def _salts(desk: Desk) -> Iterator[str]:
    while True:
        yield from desk.ids.salts(8)
