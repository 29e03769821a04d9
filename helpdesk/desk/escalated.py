"""Escalations as one clerk sees them: what waits for me, and what came back to me."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.escalations import TOLD_SECONDS, is_for, is_still_back
from helpdesk.domain.home import Escalated
from helpdesk.domain.tickets import number_said
from helpdesk.store.promises import find_returned, find_unanswered


@act("read")
def escalations_seen(desk: Desk) -> tuple[Escalated, ...]:
    """List the escalations that the signed-in clerk must know of.

    Args:
        desk: The desk.

    Returns:
        What was escalated to this clerk and nobody accepted, and what this clerk escalated that
        came back and nobody did anything with since; the oldest first.
    """
    now = desk.clock.now()
    returned = find_returned(desk.port, now - TOLD_SECONDS, desk.clerk.id).dicts()
    unanswered = find_unanswered(desk.port).dicts()
    found = [
        *(each for row in unanswered for each in _unanswered(desk, row, now)),
        *(
            _returned(row)
            for row in returned
            if is_still_back(row["answered_at"], row["changed_at"], now)
        ),
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.ticket)))


def _unanswered(desk: Desk, row: Mapping[str, Any], now: int) -> Iterator[Escalated]:
    back, mine = row["returns_at"] <= now, row["login"] == desk.clerk.login
    if mine and is_still_back(row["returns_at"], row["changed_at"], now):
        said = f"{row['target']} did not accept it"
        yield _seen(row, row["returns_at"], said, for_me=False, alert=True)
    elif not mine and is_for(row["target"], desk.clerk.login, desk.clerk.role):
        late = ", its time is over" if back else ""
        said = f"from {row['login'].upper()} to {row['target']}{late}"
        yield _seen(row, row["at"], said, for_me=True, alert=back)


def _returned(row: Mapping[str, Any]) -> Escalated:
    who = (row["answerer"] or "").upper()
    said = f"{who} gave it back: {row['reason']}"
    return _seen(row, row["answered_at"], said, for_me=False, alert=True)


def _seen(row: Mapping[str, Any], at: int, said: str, *, for_me: bool, alert: bool) -> Escalated:
    return Escalated(
        ticket=row["ticket"],
        number=number_said(row["year"], row["n"]),
        caller=row["caller"] or "",
        symptom=row["symptom"] or "",
        at=at,
        said=said,
        for_me=for_me,
        alert=alert,
    )
