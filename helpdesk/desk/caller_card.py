"""The card of a caller: who it is, what was before, what was told last, what is promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.desk.access import note_look
from helpdesk.desk.acting import act
from helpdesk.desk.alike import pairs_of
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import ticket_history
from helpdesk.desk.view import place_of, promised_to
from helpdesk.domain.caller_card import CallerCard, Counted, Firm
from helpdesk.domain.calls import PastCall
from helpdesk.domain.repeats import within_repeat
from helpdesk.store.caller_card import count_calls, count_firm, count_tickets_of
from helpdesk.store.caller_merging import find_as_one
from helpdesk.store.callers import find_past, get_callers

_WEEK: Final = 7 * 86_400
_QUARTER: Final = 90 * 86_400


@act("read")
def caller_card(desk: Desk, caller: int, but: int = 0) -> CallerCard:
    """Fetch a caller with all that was before.

    Args:
        desk: The desk.
        caller: The caller's id; of a merged one whom they count as is fetched.
        but: A ticket that is being worked on: what was told last was told on another.

    Returns:
        The card.

    Raises:
        NotFound: When there is no such caller.
    """
    found, as_one = known_caller(desk, caller), find_as_one(desk.port, caller)
    note_look(desk, "caller", f"caller:{found.id}")
    now = desk.clock.now()
    since = (now - _WEEK, now - _QUARTER)
    court, office = place_of(desk, found.court, found.office)
    newest = find_past(desk.port, as_one, but, now, 2)
    return CallerCard(
        caller=found,
        merged=tuple(get_callers(desk.port, as_one[1:])),
        court=court,
        office=office,
        calls=Counted(*count_calls(desk.port, as_one, *since)),
        tickets=Counted(*count_tickets_of(desk.port, as_one, *since)),
        firm=Firm(*count_firm(desk.port, found.firm, since[1])) if found.firm else None,
        last=ticket_history(desk, newest[0].ticket) if newest else None,
        same_again=_same_again(newest),
        promises=promised_to(desk, as_one),
        alike=len(pairs_of(desk, [found.id])),
    )


def _same_again(newest: Sequence[PastCall]) -> str:
    """The symptom of the last two tickets, when they were so near that one repeats the other."""
    if len(newest) < 2:  # noqa: PLR2004 - a pair
        return ""
    last, before = newest
    same = last.symptom == before.symptom and within_repeat(before.called_at, last.called_at)
    return last.symptom if same else ""
