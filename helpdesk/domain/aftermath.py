"""What a past call leaves on its ticket, by the same rules as the acts of a live call."""

from __future__ import annotations

from typing import NamedTuple

from helpdesk.domain.records import CallRecord
from helpdesk.domain.statuses import ALLOWED, reopened_after
from helpdesk.domain.tickets import status_after
from helpdesk.errors import BadInput, NotAllowed


class Stretch(NamedTuple):
    """A stretch of talk, hold or wrap, or of one status."""

    kind: str
    """Which."""

    from_at: int
    """When it began, in seconds UTC."""

    to_at: int | None
    """When it ended; ``None`` for the status that a ticket has now."""


class Standing(NamedTuple):
    """Where a ticket stands."""

    status: str
    """Its status."""

    outcome: str | None
    """How its last call ended."""

    since: int
    """When it came to stand there, in seconds UTC."""

    resolved_at: int | None = None
    """When it was last resolved."""

    wakes_at: int | None = None
    """When it is open again by itself."""

    reopened: int = 0
    """How often it was reopened."""


def segments_of(record: CallRecord) -> tuple[Stretch, ...]:
    """The stretches of a call: talk, hold if there was any, wrap.

    Args:
        record: The call.

    Returns:
        Those whose length is known, one after the other.
    """
    found = []
    at = record.started_at
    for kind, seconds in (
        ("talk", record.talk_s),
        ("hold", record.hold_s or None),
        ("wrap", record.wrap_s),
    ):
        if seconds is not None:
            found.append(Stretch(kind, at, at + seconds))
            at += seconds
    return tuple(found)


def moments(record: CallRecord, count: int) -> list[int]:
    """When each of the things said and done on a call was recorded.

    Nobody noted when, so that they are spread evenly from ring to hang-up.

    Args:
        record: The call.
        count: How many there are.

    Returns:
        As many moments, in seconds UTC, in order.
    """
    start, parts = record.started_at, count + 1
    length = record.ended_at - start
    return [start + length * place // parts for place in range(1, parts)]


def standing_after(
    before: Standing | None, record: CallRecord
) -> tuple[Standing, tuple[Stretch, ...]]:
    """Where a ticket stands after a call, and through which statuses the call led it.

    A line that dropped leaves it as it stood, but for the time that the call took.

    Args:
        before: Where it stood; ``None`` for a ticket that the call opens.
        record: The call.

    Returns:
        The standing, and the stretches that begin with this call; the last has no end.

    Raises:
        NotAllowed: When no call can go on with the ticket.
        BadInput: When the ticket has changed since the call began, and it is no old log's.
    """
    begun = _begun(before, record)
    ended = max(record.wrapped_at, begun.since)
    silent = before is not None and record.outcome == "dropped"
    left = before if before is not None and silent else begun
    status = status_after(record.outcome, left.status, made_here=before is None)
    stretches = []
    if begun is not before:
        stretches.append(Stretch("open", begun.since, None if status == "open" else ended))
    if status != begun.status:
        stretches.append(Stretch(status, ended, None))
    standing = Standing(
        status=status,
        outcome=record.outcome,
        since=stretches[-1].from_at if stretches else begun.since,
        resolved_at=ended if record.outcome == "resolved" else left.resolved_at,
        wakes_at=left.wakes_at if silent else record.due_at,
        reopened=left.reopened,
    )
    return standing, tuple(stretches)


def _begun(before: Standing | None, record: CallRecord) -> Standing:
    """Where the ticket stands while the call is going on."""
    if before is None:
        return Standing("open", None, record.started_at)
    if not ALLOWED[before.status]:
        raise NotAllowed(f"A {before.status} ticket takes no more calls: open a new one.")
    if before.since > record.started_at and not record.row:
        raise BadInput("The calls of one ticket must come in the order of their times.")
    if before.status == "open":
        return before
    again = reopened_after(before.status, "open", before.reopened)
    since = max(before.since, record.started_at)  # an old log may begin one in the wrap before
    return Standing("open", None, since, reopened=again)
