"""Gives a ticket its status: the one place where a status is written, whichever act asks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import Batch
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.statuses import ALLOWED, SETTLED, refuse_change, reopened_after
from helpdesk.domain.tickets import number_said
from helpdesk.store.tickets import add_span, end_span, save_status


def write_standing(
    batch: Batch,
    row: Mapping[str, Any],
    status: str,
    *,
    outcome: str | None = None,
    wakes_at: int | None = None,
    reopening: bool = False,
) -> list[Change]:
    """Put a ticket's status into a batch, with all that follows from it.

    Args:
        batch: The batch.
        row: The ticket: ``id, year, n, status, outcome, resolved_at, wakes_at, reopened``.
        status: Where it is to stand; the same as before is no change of status.
        outcome: How the call ended that leads there; ``None`` leaves what it was.
        wakes_at: When it is open again by itself, in seconds UTC.
        reopening: Whether a settled ticket is opened again on the way, as by a call on it.

    Returns:
        What the journal is told.

    Raises:
        NotAllowed: When the status cannot follow the one that it has.
    """
    now, before = batch.stamp.at, row["status"]
    number = number_said(row["year"], row["n"])
    again = reopening and before in SETTLED and status not in (before, *ALLOWED[before])
    if again:
        refuse_change(number, before, "open")
    if status != before:
        refuse_change(number, "open" if again else before, status)
        batch.write(
            end_span(row["id"], now),
            add_span(batch.new_id(), row["id"], status, now),
        )
    after = _after(row, status, now, outcome) | {"wakes_at": wakes_at}
    after["reopened"] += again
    batch.write(save_status(row["id"], now, after))
    return changes_between("ticket", row["id"], row, after)


def _after(row: Mapping[str, Any], status: str, now: int, outcome: str | None) -> dict[str, Any]:
    reopened = reopened_after(row["status"], status, row["reopened"])
    kept = None if reopened > row["reopened"] else row["outcome"]
    resolved_at = {"resolved": now, "open": None}.get(status, row["resolved_at"])
    if outcome == "dropped" and status == row["status"]:
        resolved_at = row["resolved_at"]
    return {
        "status": status,
        "outcome": outcome or kept,
        "resolved_at": resolved_at,
        "reopened": reopened,
    }


def restore_standing(
    batch: Batch, row: Mapping[str, Any], before: Mapping[str, Any], outcome: str
) -> list[Change]:
    """Put into a batch that a ticket stands where it stood before a call went on with it.

    Args:
        batch: The batch.
        row: The ticket's row.
        before: What its columns held then, as far as the call changed them.
        outcome: How the call ended.

    Returns:
        What the journal is told.
    """
    names = ("status", "outcome", "resolved_at", "wakes_at", "reopened")
    after = {name: before.get(name, row[name]) for name in names} | {"outcome": outcome}
    now = batch.stamp.at
    batch.write(
        end_span(row["id"], now),
        add_span(batch.new_id(), row["id"], after["status"], now),
        save_status(row["id"], now, after),
    )
    return changes_between("ticket", row["id"], row, after)
