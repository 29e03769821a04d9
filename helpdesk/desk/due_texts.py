"""Texts of a caller's tickets: few are written with the change, many afterwards, some at a time.

Which ones are left is written down with the change itself: where the program is killed, whoever
comes next goes on with them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.domain.journal import Change
from helpdesk.errors import StoreProblem
from helpdesk.store import due_texts
from helpdesk.store.search import index_tickets_of

Progress = Callable[[int, int], None]
"""Told how many texts are written, and of how many."""

_TOGETHER: Final = 100
"""So many texts are written in one batch, for which others wait: 20 to 50 ms."""

_SIGNS: Final = 200_000
"""Texts that begin behind so many signs are left to the next batch: some are very long."""

_TURN_SECONDS: Final = 0.01
"""How long those who wait are given to come in between."""

_OF_CALLER: Final = frozenset({"name", "firm", "email", "bar_number"})
"""What of a caller stands in the texts of their tickets, beside the numbers."""


def in_texts_of(changes: Iterable[Change]) -> list[int]:
    """Name the callers of whose tickets the texts are others after some changes.

    Args:
        changes: What is changed, as the journal has it.

    Returns:
        The callers' ids.
    """
    parts = [each.field.split("/", 2) for each in changes]
    return sorted(
        {
            int(row)
            for table, row, column in (each for each in parts if each[2:])
            if table == "caller_phone" or (table == "caller" and column in _OF_CALLER)
        }
    )


def index_of_callers(batch: Batch, callers: Sequence[int]) -> None:
    """Let the texts of all tickets of some callers be written: with the batch, or after it.

    Whoever sends the batch calls :func:`finish_texts` behind it.

    Args:
        batch: The batch.
        callers: The callers' ids, whose name, firm or numbers it changes.
    """
    if not callers:
        return
    many = due_texts.count_tickets_of(batch.desk.port, callers, _TOGETHER + 1)
    few = many <= _TOGETHER
    batch.index(*([index_tickets_of(callers)] if few else due_texts.add_due_of(callers)))


def finish_texts(desk: Desk) -> None:
    """Have the texts written that are due, on a thread of its own where the console has one.

    What fails here is done later: the change itself is written.

    Args:
        desk: The desk.
    """
    with suppress(StoreProblem):
        if desk.does_beside is None:
            write_due_texts(desk)
        elif due_texts.find_due(desk.port, 1, 1):
            desk.does_beside(write_due_texts)


@act("read")
def write_due_texts(desk: Desk, progress: Progress | None = None) -> int:
    """Write the texts that are due, giving way to others in between.

    The program does it, for whoever is signed in.

    Args:
        desk: The desk.
        progress: Told how many are written; may raise to leave the rest to whoever comes next.

    Returns:
        How many were written.
    """
    done = 0
    while tickets := due_texts.find_due(desk.port, _TOGETHER, _SIGNS):
        if progress is not None:
            progress(done, done + due_texts.count_due(desk.port))
        if done:
            time.sleep(_TURN_SECONDS)
        stamp = desk.stamp()
        desk.port.transact(stamp.op, stamp.at, due_texts.write_due(tickets))
        done += len(tickets)
    return done
