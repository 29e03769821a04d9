"""Seals the journal once a day, whoever comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.courts import local
from helpdesk.domain.seals import Covered, Seal, is_due, sealed
from helpdesk.errors import GivenUp, StoreProblem
from helpdesk.port import Conflict, Port
from helpdesk.store.seals import add_seal, find_written, get_newest_seal

Progress = Callable[[int, int], None]
"""Told how many entries are taken in, and of how many."""

_STRETCH: Final = 20_000
"""How many entries are read at once."""


@act("read")
def keep_seal(desk: Desk, progress: Progress | None = None) -> Seal | None:
    """Seal what the journal got since the last seal, unless this day has its seal.

    The program seals, for whoever is signed in. What cannot be sealed now, because another
    program holds the database or its disk is full, is sealed the next time.

    Args:
        desk: The desk.
        progress: Told how much is taken in; may raise to give it up.

    Returns:
        The newest seal; ``None`` when there is none.
    """
    at = desk.clock.now()
    day = local(at, desk.home_office.zone).date().isoformat()
    newest = get_newest_seal(desk.port)
    if not is_due(newest, day, at):
        return newest
    try:
        with suppress(Conflict):  # another console sealed meanwhile
            seal = _covering(desk.port, newest, day, at, progress)
            desk.port.transact(f"seal.{day}", at, [add_seal(seal)])
        return get_newest_seal(desk.port)
    except GivenUp:
        raise
    except StoreProblem:
        return newest


@act("figures")
def seal_at(desk: Desk, at: int) -> Seal | None:
    """The seal that stands at the foot of what is known at a moment.

    Args:
        desk: The desk.
        at: The moment, in seconds UTC.

    Returns:
        The newest seal made until then.
    """
    return get_newest_seal(desk.port, at)


def written(port: Port, after: int, upto: int) -> Iterator[tuple[Any, ...]]:
    """Read the journal in the order of writing, however long it is.

    Args:
        port: The database.
        after: The id of the entry to begin behind.
        upto: The id of the last entry wanted.

    Yields:
        Id, subject, place and hash of each entry.
    """
    while rows := find_written(port, after, upto, _STRETCH).rows:
        yield from rows
        after = rows[-1][0]


def _covering(
    port: Port, before: Seal | None, day: str, at: int, progress: Progress | None
) -> Seal:
    first, upto = before.upto if before else 0, port.head()
    covered = Covered()
    for _, subject, seq, entry_hash in written(port, first, upto):
        covered.add(subject, seq, entry_hash)
        if progress is not None and covered.entries % _STRETCH == 0:
            progress(covered.entries, upto - first)
    return sealed(covered, before, day, at, upto)
