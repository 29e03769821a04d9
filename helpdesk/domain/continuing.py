"""Which earlier ticket of the caller a call most likely goes on with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from helpdesk.domain.tickets import ACTIVE

if TYPE_CHECKING:
    from helpdesk.domain.calls import CallView, PastCall

PAST: Final = 8
"""How many earlier tickets of the caller a call fetches."""


def likeliest(view: CallView, within: int) -> PastCall | None:
    """Find the ticket that a call most likely goes on with.

    Args:
        view: The call.
        within: How many seconds back counts as the same matter.

    Returns:
        Once the symptom is chosen, the newest ticket of it. Else the ticket whose number was
        typed, of any age; the one on which the line just dropped; one with an open promise, of
        any age; one that still wants work; the one called about last.
    """
    recent = [past for past in view.past if _is_recent(past, view.started_at, within)]
    same = [past for past in recent if view.symptom and past.symptom == view.symptom]
    if same:
        return last_called(same)
    promised = {each.number for each in view.promises}
    last = last_called(recent)
    ranked = (
        [past for past in view.past if past.ticket == view.named],
        [last] if last and view.repeat.dropped else [],
        [past for past in view.past if past.status in ACTIVE and past.number in promised],
        [past for past in recent if past.status in ACTIVE],
        recent,
    )
    return next((last_called(some) for some in ranked if some), None)


def last_called(past: Sequence[PastCall]) -> PastCall | None:
    """The ticket that the caller called about last.

    Args:
        past: Tickets, newest first.

    Returns:
        One of them, or ``None`` where there is none.
    """
    return max(past, key=lambda each: each.called_at, default=None)


def _is_recent(past: PastCall, start: int, within: int) -> bool:
    return 0 <= start - past.called_at <= within and bool(past.symptom or past.outcome)
