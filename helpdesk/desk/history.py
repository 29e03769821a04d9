"""The act that writes many past calls, a thousand a batch, by the rules of a live call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.history_batch import HistoryBatch
from helpdesk.desk.history_call import put_call
from helpdesk.desk.history_words import Words
from helpdesk.domain.records import CallRecord
from helpdesk.errors import ChangedMeanwhile
from helpdesk.store.history import find_standings

_BATCH: Final = 1_000
"""How many calls go in at once."""

_TRIES: Final = 8
"""How often a batch is offered again when somebody else was quicker."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a history has become."""

    calls: int = 0
    """How many calls were written down."""

    tickets: int = 0
    """How many tickets they opened."""


@act("record")
def record_history(
    desk: Desk,
    records: Iterable[CallRecord],
    stamp: Stamp | None = None,
    progress: Callable[[Recorded], None] | None = None,
) -> Recorded:
    """Write past calls down.

    They are written in batches: what is refused takes its own batch back, and leaves those
    before it.

    Args:
        desk: The desk.
        records: The calls, those of one ticket in the order of their times; read as they are
            written, and never all at once.
        stamp: Who asked and when; ``None`` for now.
        progress: Told after each batch how much has been written.

    Returns:
        How many calls and tickets were written.

    Raises:
        SecretFound: When a text holds what must never be kept.
        BadInput: When a call cannot have been, or names an answer or field that is none.
        NotFound: When it names a court, a symptom or a ticket that is not there.
        NotAllowed: When a temporary password was issued without what it needs, or the call is
            written in another clerk's name by somebody who does not keep the staff list.
    """
    stamp = stamp or desk.stamp()
    words, done, kept = Words(desk), Recorded(), set[str]()
    for place, some in enumerate(batches(records)):
        batch = _write(desk, words, some, stamp.part(str(place)), kept)
        kept = batch.versions
        done = Recorded(done.calls + len(some), done.tickets + batch.opened)
        if progress is not None:
            progress(done)
    return done


def batches(records: Iterable[CallRecord]) -> Iterator[list[CallRecord]]:
    """Take together those calls that are written at once.

    Args:
        records: The calls.

    Yields:
        Some of them, in their order.
    """
    left = iter(records)
    while some := list(islice(left, _BATCH)):
        yield some


def _write(
    desk: Desk, words: Words, records: list[CallRecord], stamp: Stamp, kept: set[str]
) -> HistoryBatch:
    for record in records:
        words.refuse(record, stamp.at)
    for _ in range(_TRIES):
        known = find_standings(
            desk.port,
            {record.clerk for record in records if record.clerk},
            {words.phone(record.phone).digits for record in records if record.phone},
            {record.continues for record in records if record.continues is not None},
            {record.caller_id for record in records if record.caller_id},
        )
        batch = HistoryBatch(desk, known, stamp, kept)
        for record in records:
            put_call(batch, words, record)
        try:
            desk.port.transact(stamp.op, stamp.at, batch.statements())
        except ChangedMeanwhile:
            continue
        return batch
    raise ChangedMeanwhile("Others are changing these tickets all the time: try again soon.")
