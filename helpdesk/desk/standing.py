"""Gives a ticket its status: the one place where a status is written, whichever act asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import Batch
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.statuses import refuse_change, reopened_after
from helpdesk.domain.tickets import number_said
from helpdesk.store.tickets import add_span, end_span, save_status


def write_standing(
    batch: Batch,
    row: Mapping[str, Any],
    status: str,
    *,
    outcome: str | None = None,
    wakes_at: int | None = None,
) -> list[Change]:
    """Put a ticket's status into a batch, with all that follows from it.

    Args:
        batch: The batch.
        row: The ticket: ``id, year, n, status, outcome, resolved_at, wakes_at, reopened``.
        status: Where it is to stand; the same as before is no change of status.
        outcome: How the call ended that leads there; ``None`` leaves what it was, and a ticket
            that is opened again has none.
        wakes_at: When it is open again by itself, in seconds UTC.

    Returns:
        What the journal is told.

    Raises:
        NotAllowed: When the status cannot follow the one that it has.
    """
    now, before = batch.stamp.at, row["status"]
    if status != before:
        refuse_change(number_said(row["year"], row["n"]), before, status)
        batch.write(
            end_span(row["id"], now),
            add_span(batch.new_id(), row["id"], status, now),
        )
    after = _after(row, status, now, outcome)
    after["wakes_at"] = wakes_at
    batch.write(save_status(row["id"], now, after))
    return changes_between("ticket", row["id"], row, after)


def _after(row: Mapping[str, Any], status: str, now: int, outcome: str | None) -> dict[str, Any]:
    reopened = reopened_after(row["status"], status, row["reopened"])
    kept = None if reopened > row["reopened"] else row["outcome"]
    resolved_at = {"resolved": now, "open": None}.get(status, row["resolved_at"])
    return {
        "status": status,
        "outcome": outcome or kept,
        "resolved_at": resolved_at,
        "reopened": reopened,
    }
