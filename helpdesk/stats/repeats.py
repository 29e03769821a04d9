"""Which calls are repeats, looking back and looking ahead (STATS §4 and §5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpdesk.domain.repeats import REPEAT_SECONDS, goes_on
from helpdesk.stats.facts import CallFact


def with_repeats(facts: Iterable[CallFact], within: int = REPEAT_SECONDS) -> list[CallFact]:
    """Say of each call how it stands to the others of the same caller.

    Args:
        facts: The calls, the first first; those so long before and after a period must be
            among them.
        within: How long after another a call is a repeat, in seconds.

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
            _mark(found, places, within)
    return found


def _mark(found: list[CallFact], places: Sequence[int], within: int) -> None:
    for nth, place in enumerate(places):
        call = found[place]
        for before in reversed(places[:nth]):
            earlier = found[before]
            apart = call.started_at - earlier.started_at
            if apart > within:
                break
            if apart == 0 or goes_on(
                earlier.outcome or "", earlier.started_at, earlier.ended_at, call.started_at
            ):
                continue
            alike = earlier.symptom == call.symptom
            found[place] = call = call._replace(repeat=call.repeat or alike, repeat_any=True)
            if alike:
                found[before] = earlier._replace(again=True)
