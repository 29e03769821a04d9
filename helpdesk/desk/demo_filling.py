"""Fills the database of an empty desk with very many made-up calls, in a file beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Final, cast

from helpdesk.desk.apart import made_apart
from helpdesk.desk.beside import beside
from helpdesk.desk.demo_hashes import Hashes
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import Recorded, batches
from helpdesk.desk.history_batch import HistoryBatch
from helpdesk.desk.history_call import put_call
from helpdesk.desk.history_words import Words
from helpdesk.domain.demo_history import Story
from helpdesk.domain.records import CallRecord
from helpdesk.port import Value
from helpdesk.store.backup_file import copy_database
from helpdesk.store.filling import Filling, Group
from helpdesk.store.history import Standings
from helpdesk.store.replacing import make_ready, put_in_place
from helpdesk.store.sqlite_file import SqliteFile

_PART: Final = 200
"""So many calls become rows at once: the rows of more do not stay in a processor's own memory."""

_Made = tuple[int, int, list[int], list[Group]]
"""How many calls and tickets there are so far, which tickets are settled now, and rows."""


def fill_beside(
    desk: Desk,
    story: Story,
    calls: Iterable[CallRecord],
    progress: Callable[[Recorded], None] | None = None,
) -> Recorded:
    """Write a made-up history into a file of its own, and put that in the desk's place.

    What is interrupted leaves the empty desk as it was.

    Args:
        desk: The desk; nothing is in it yet.
        story: What tells the history.
        calls: The calls that it tells.
        progress: Told now and then how much has been written.

    Returns:
        How much there is.

    Raises:
        StoreProblem: When a file cannot be written.
    """
    database, done = desk.folder.database.resolve(), Recorded()
    with beside(database) as file:
        copy_database(database, file)
        with Filling(file) as filling:
            rows, hashes = _rows(desk, story, calls, filling.newest), Hashes()
            for many, opened, settled, groups in made_apart(rows):
                hashes.put_into(groups, settled)
                filling.write(groups, settled)
                done = Recorded(many, opened)
                if progress is not None:
                    progress(done)
            filling.finish()
        make_ready(file)
        empty = Path(f"{file}-journal")  # a name that is cleared away with the file's
        put_in_place(file, database, empty)
    cast("SqliteFile", desk.port).open_again()
    return done


def _rows(desk: Desk, story: Story, calls: Iterable[CallRecord], newest: int) -> Iterator[_Made]:
    entries = count(newest + 1)
    words, stamp = Words(desk), desk.stamp()
    known, kept, many, opened = Standings({}, {}, {}, {}), set[str](), 0, 0
    for some, awaited in _parts(story, calls):
        batch = HistoryBatch(desk, known, stamp, kept, entries)
        for record in some:
            words.refuse(record, stamp.at)
            put_call(batch, words, record)
        rows = [
            _group(sql, map(itemgetter(1), alike))
            for sql, alike in groupby(batch.rows(), itemgetter(0))
        ]
        known, kept = batch.standings(awaited), batch.versions
        many, opened = many + len(some), opened + batch.opened
        yield many, opened, batch.settled(awaited), rows


def _parts(
    story: Story, calls: Iterable[CallRecord]
) -> Iterator[tuple[list[CallRecord], set[int]]]:
    """A few calls at a time, and the tickets that later ones go on with."""
    for some in batches(calls):
        awaited = story.awaited()
        for at in range(0, len(some), _PART):
            part, later = some[at : at + _PART], some[at + _PART :]
            yield part, awaited.union(each.continues for each in later if each.continues)


def _group(sql: str, rows: Iterator[Sequence[Value]]) -> Group:
    first = next(rows)
    return sql, len(first), [*first, *chain.from_iterable(rows)]
