"""Writes down who looked at whom, after the fact and never in the way of a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from helpdesk.desk.acting import act
from helpdesk.desk.desk import new_op
from helpdesk.desk.ticket_rows import numbered_row
from helpdesk.domain.access import AGAIN_SECONDS, KINDS, Look, fault_of_looks, look_hash
from helpdesk.domain.tickets import number_said
from helpdesk.errors import NotFound
from helpdesk.port import Conflict
from helpdesk.store import access
from helpdesk.store.clerks import find_logins

if TYPE_CHECKING:
    from helpdesk.desk.desk import Desk
    from helpdesk.domain.calls import Caller
    from helpdesk.domain.periods import Period
    from helpdesk.port import Port, Statement

_TRIES: Final = 8

_FEW: Final = 5

MOST: Final = 1_000
"""How many of the newest looks are listed at once."""


class Looked(NamedTuple):
    """One line of the access journal."""

    at: int
    """When, in seconds UTC."""

    login: str
    """Who looked."""

    did: str
    """What was done."""

    what: str
    """At what: a ticket's number, a caller's name as it is now, the name of a file's rows."""

    subject: str
    """The same as it is kept: ``ticket:ID``, ``caller:ID``, or as ``what``."""


def note_look(desk: Desk, kind: str, subject: str) -> None:
    """Remember that the clerk looked at something, until there is time to write it down.

    Args:
        desk: The desk.
        kind: One of ``KINDS``.
        subject: At what.
    """
    now, key = desk.clock.now(), (kind, subject)
    last = desk.looked_at.get(key)
    if last is None or not 0 <= now - last < AGAIN_SECONDS:
        desk.looked_at[key] = now
        desk.looked.append(Look(now, kind, subject))


def note_callers(desk: Desk, callers: Sequence[Caller]) -> None:
    """Remember that the clerk was shown callers for the words of a search.

    Args:
        desk: The desk.
        callers: Who was shown; of many only that it was a search.
    """
    if len(callers) > _FEW:
        note_look(desk, "callers", f"{len(callers)} callers")
        return
    for each in callers:
        note_look(desk, "caller", f"caller:{each.id}")


def keep_access(desk: Desk) -> None:
    """Write down what was looked at since the last time.

    Args:
        desk: The desk.

    Raises:
        StoreProblem: When it cannot be written; it is tried again with the next.
    """
    waiting = list(desk.looked)
    if not waiting:
        return
    for left in reversed(range(_TRIES)):
        try:
            desk.port.transact(new_op(), waiting[-1].at, _entries(desk, waiting))
            break
        except Conflict:  # the same clerk on another console was quicker
            if not left:
                raise
    del desk.looked[: len(waiting)]


@act("access")
def list_access(
    desk: Desk, period: Period, login: str = "", number: str = "", caller: int = 0
) -> list[Looked]:
    """List who looked at what.

    Args:
        desk: The desk.
        period: When.
        login: Of one clerk only; empty for all.
        number: At one ticket only, by its number.
        caller: At one caller only, by the id.

    Returns:
        The lines, newest first, at most ``MOST``.

    Raises:
        NotFound: When there is no such ticket or clerk.
    """
    if login and login not in find_logins(desk.port).values():
        raise NotFound(f"There is no clerk “{login}”: helpdesk staff list names them.")
    subject = f"caller:{caller}" if caller else ""
    if number:
        subject = f"ticket:{numbered_row(desk, number)['id']}"
    rows = access.find_looks(desk.port, period.start, period.end, login, subject, MOST)
    return [
        Looked(at, who, KINDS.get(kind, kind), _what(about, year, n, name), about)
        for at, who, kind, about, year, n, name in rows.rows
    ]


def faults_of_access(port: Port) -> Iterator[str]:
    """Look for what was changed in the access journal behind the program's back.

    Args:
        port: The database.

    Yields:
        The first fault of each clerk's chain that does not hold.
    """
    rows = access.find_chains(port).rows
    for (login, clerk), kept in groupby(rows, key=itemgetter(0, 1)):
        looks = ((seq, Look(at, kind, about), before, own)
                 for _, _, seq, at, kind, about, before, own in kept)  # fmt: skip
        if fault := fault_of_looks(login, clerk, looks):
            yield fault


def _entries(desk: Desk, looks: list[Look]) -> list[Statement]:
    clerk = desk.clerk.id
    seq, head = access.get_head(desk.port, clerk)
    statements = []
    for look in looks:
        seq += 1
        own = look_hash(clerk, seq, look, head)
        statements.append(access.add_look(desk.ids.make(look.at), clerk, seq, look, head, own))
        head = own
    return statements


def _what(subject: str, year: int | None, n: int | None, name: str | None) -> str:
    if year is not None and n is not None:
        return number_said(year, n)
    if name is not None:
        return name or "a caller without a name"
    return subject
