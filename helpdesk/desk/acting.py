"""What every act has in common: who may do it, what is never kept, and one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar, cast

from helpdesk.desk.desk import Desk, Stamp
from helpdesk.domain.acts_of_a_call import OF_A_CALL
from helpdesk.errors import ChangedMeanwhile, FieldChanged, SecretFound, StoreBusy
from helpdesk.port import Rows, Statement

if TYPE_CHECKING:
    from helpdesk.domain.journal import Change, Head

P = ParamSpec("P")
T = TypeVar("T")

_SHORT: Final = 32
"""Texts of so many characters are remembered once they were found clean."""

_TRIES: Final = 8
"""How often a batch that only adds is offered again when somebody else was quicker."""


def act(
    permission: str, *, again: bool = False
) -> Callable[[Callable[Concatenate[Desk, P], T]], Callable[Concatenate[Desk, P], T]]:
    """Make a function an act: it asks for a permission, and no text with a secret gets in.

    Args:
        permission: What the clerk's role must allow.
        again: Whether it decides on what stands in the database (``Batch.decided_on``), so that
            it reads and decides anew when somebody else was quicker.

    Returns:
        The decorator.
    """

    def decorate(
        function: Callable[Concatenate[Desk, P], T],
    ) -> Callable[Concatenate[Desk, P], T]:
        done = _until_it_stands(function) if again else function

        @wraps(function)
        def guarded(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
            desk.require(permission)
            for given in (*args, *kwargs.values()):
                _refuse_in(given)
            if desk.outbox is None or function.__name__ not in OF_A_CALL:
                return done(desk, *args, **kwargs)
            return desk.outbox.do(function.__name__, done, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[Desk, P], T]", guarded)

    return decorate


def _until_it_stands(
    function: Callable[Concatenate[Desk, P], T],
) -> Callable[Concatenate[Desk, P], T]:
    """Let an act read and decide anew when somebody else was quicker."""

    def done(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(_TRIES - 1):
            try:
                return function(desk, *args, **kwargs)
            except FieldChanged:
                raise
            except ChangedMeanwhile:
                continue
        return function(desk, *args, **kwargs)

    return done


def refuse_secrets(text: str) -> None:
    """Refuse a text that holds what must never be kept.

    Args:
        text: What was typed.

    Raises:
        SecretFound: When it holds a secret; the message never repeats it.
    """
    if text:
        (_refuse_again if len(text) <= _SHORT else _refuse)(text)


def _refuse(text: str) -> None:
    from helpdesk.domain.guard import find_secret  # noqa: PLC0415 - 4 ms, and often no text

    if found := find_secret(text):
        raise SecretFound(
            f"This looks like {found.kind} (character {found.start + 1} to {found.end}): "
            "take it out. Nothing was saved."
        )


# Slugs, steps and answers come again and again; what was refused is not remembered.
_refuse_again = lru_cache(maxsize=512)(_refuse)


def refuse_while_steps_wait(desk: Desk) -> None:
    """Refuse what depends on all that was done before, while some of it waits in the outbox.

    Args:
        desk: The desk.

    Raises:
        StoreBusy: While steps wait.
    """
    if desk.outbox is not None and desk.outbox.head:
        raise StoreBusy(
            "Taking back has to wait until what was done before is in the database: "
            "try again then, or set it right by hand."
        )


def _refuse_in(value: object) -> None:
    """Refuse secrets in an argument, however deep; what the desk made itself nobody typed."""
    if isinstance(value, str):
        refuse_secrets(value)
        return
    if isinstance(value, int) or getattr(type(value), "made_by_desk", False):
        return
    held: Iterable[object] = ()
    if isinstance(value, Mapping):
        held = (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        held = value
    elif is_dataclass(value) and not isinstance(value, type):
        held = (getattr(value, each.name) for each in fields(value))
    for each in held:
        _refuse_in(each)


class Batch:
    """The one batch of an act: its statements, and what the journal says of them."""

    def __init__(
        self,
        desk: Desk,
        stamp: Stamp | None = None,
        *,
        decided_on: Sequence[str] = (),
        heads: Mapping[str, Head] | None = None,
    ) -> None:
        """Begin a batch, before what it is decided on is read.

        Args:
            desk: The desk.
            stamp: Who asked, when and under which id; ``None`` for now.
            decided_on: Chains of the journal that must stand still until it is written; then
                somebody else's newer entry refuses the batch instead of being followed.
            heads: Such chains whose heads were read already, with what it is decided on.
        """
        self.desk = desk
        self.stamp = stamp or desk.stamp()
        self._first: list[Statement] = []
        self._last: list[Statement] = []
        self._told: list[tuple[str, str, tuple[Change, ...], int | None]] = []
        self._heads = dict(heads or {})
        self._seen: dict[str, Head] = {}
        if decided_on:
            from helpdesk.store.journal import get_heads  # noqa: PLC0415 - not for reading

            self._heads |= get_heads(desk.port, list(decided_on))

    def new_id(self) -> int:
        """Make an id for a row of this batch."""
        return self.desk.ids.make(self.stamp.at)

    def write(self, *statements: Statement) -> None:
        """Add statements.

        Args:
            *statements: What is written, in order.
        """
        self._first.extend(statements)

    def index(self, *statements: Statement) -> None:
        """Add statements that must see all the others.

        Args:
            *statements: What brings the index up to date.
        """
        self._last.extend(each for each in statements if each not in self._last)

    def tell(
        self,
        subject: str,
        name: str,
        changes: Sequence[Change] = (),
        *,
        undoes: int | None = None,
        head: Head | None = None,
        seen: Head | None = None,
    ) -> None:
        """Say in the journal what this batch changes.

        Args:
            subject: Whose chain.
            name: The act's name.
            changes: What changed.
            undoes: The place of the entry that is taken back.
            head: The chain's head when it is known; then somebody else's newer entry refuses
                the batch instead of being followed.
            seen: The chain's head as it was read with what the act is about; somebody else's
                newer entry is followed.
        """
        self._told.append((subject, name, tuple(changes), undoes))
        if head is not None:
            self._heads[subject] = head
        if seen is not None:
            self._seen[subject] = seen

    def send(self, then: Sequence[Statement] = ()) -> list[Rows]:
        """Write the batch, behind whatever others have written meanwhile.

        Args:
            then: SELECTs inside the same transaction.

        Returns:
            What they gave.

        Raises:
            ChangedMeanwhile: When somebody changed what this batch was decided on.
        """
        for _ in range(_TRIES):
            try:
                return self.desk.port.transact(
                    self.stamp.op,
                    self.stamp.at,
                    [*self._first, *self._entries(), *self._last],
                    then,
                )
            except ChangedMeanwhile:
                if self._heads:
                    raise
                self._seen.clear()
        raise ChangedMeanwhile("Others are changing this all the time: try again in a moment.")

    def _entries(self) -> list[Statement]:
        from helpdesk.domain.entries import Entry  # noqa: PLC0415 - not for reading
        from helpdesk.domain.journal import Head  # noqa: PLC0415
        from helpdesk.store.journal import add_entry, get_heads  # noqa: PLC0415

        heads = self._seen | self._heads
        if unknown := [told[0] for told in self._told if told[0] not in heads]:
            heads |= get_heads(self.desk.port, unknown)
        statements: list[Statement] = []
        for subject, name, changes, undoes in self._told:
            entry = Entry(
                subject=subject,
                seq=heads[subject].seq + 1,
                at=self.stamp.at,
                who=self.stamp.login,
                act=name,
                changes=changes,
                salts=self.desk.ids.salts(len(changes)),
                prev_hash=heads[subject].hash,
                undoes=undoes,
            )
            added = add_entry(entry)
            heads[subject] = Head(entry.seq, str(added[0][1][-1]))
            statements.extend(added)
        return statements


def ticket_chain(ticket: int) -> str:
    """The journal's subject for a ticket."""
    return f"ticket:{ticket}"


def caller_chain(caller: int) -> str:
    """The journal's subject for a caller."""
    return f"caller:{caller}"
