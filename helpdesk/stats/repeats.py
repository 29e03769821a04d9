"""Which calls are repeats, looking back and looking ahead (STATS §4 and §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpdesk.domain.repeats import REPEAT_SECONDS, goes_on
from helpdesk.stats.facts import CallFact


def with_repeats(facts: Iterable[CallFact], since: int = 0) -> list[CallFact]:
    """Say of each call how it stands to the others of the same caller.

    Args:
        facts: The calls, the first first; those so long before and after a period must be
            among them.
        since: Calls that began before are only looked at, in seconds UTC.

    Returns:
        The calls in the same order. Trials, void tickets and callbacks make nothing a repeat,
        and a call right after a dropped line is the same contact.
    """
    found = list(facts)
    callers: dict[int, list[int]] = {}
    for place, fact in enumerate(found):
        if fact.caller is not None and fact.direction == "in" and not (fact.test or fact.void):
            callers.setdefault(fact.caller, []).append(place)
    for places in callers.values():
        if len(places) > 1:
            _mark(found, places, since)
    return found


def _mark(found: list[CallFact], places: Sequence[int], since: int) -> None:
    calls = [found[place] for place in places]
    alike: dict[str, list[int]] = {}
    for nth, call in enumerate(calls):
        alike.setdefault(call.symptom, []).append(nth)
    same, again = set[int](), set[int]()
    for nths in alike.values():
        theirs = [calls[nth] for nth in nths]
        for own, nth in enumerate(nths):
            if theirs[own].started_at >= since and len(nths) > 1:
                same |= {nth} if _before(theirs, own) else set()
                again |= {nth} if _after(theirs, own) else set()
    for nth, place in enumerate(places):
        call = calls[nth]
        if call.started_at >= since:
            anything = nth in same or _before(calls, nth)
            if anything or nth in again:
                found[place] = CallFact._make((*call[:-3], nth in again, nth in same, anything))


def _before(calls: Sequence[CallFact], nth: int) -> bool:
    """Whether one of them came before."""
    call = calls[nth]
    for place in range(nth - 1, -1, -1):
        if call.started_at - calls[place].started_at > REPEAT_SECONDS:
            break
        if _apart(calls[place], call):
            return True
    return False


def _after(calls: Sequence[CallFact], nth: int) -> bool:
    """Whether one of them came after."""
    call = calls[nth]
    for place in range(nth + 1, len(calls)):
        if calls[place].started_at - call.started_at > REPEAT_SECONDS:
            break
        if _apart(call, calls[place]):
            return True
    return False


def _apart(earlier: CallFact, later: CallFact) -> bool:
    """Whether two calls are two contacts, one after the other."""
    return later.started_at > earlier.started_at and not (
        earlier.outcome == "dropped"
        and goes_on("dropped", earlier.started_at, earlier.ended_at, later.started_at)
    )
