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
    marks: dict[int, list[bool]] = {}
    for places in callers.values():
        if len(places) > 1:
            _mark(found, places, within, marks)
    for place, flags in marks.items():
        found[place] = CallFact._make((*found[place][: -len(flags)], *flags))
    return found


def _mark(
    found: Sequence[CallFact], places: Sequence[int], within: int, marks: dict[int, list[bool]]
) -> None:
    """Mark each call of a caller: whether one alike follows, and what came before it."""
    calls = [found[place] for place in places]
    about = [(call.started_at, call.symptom) for call in calls]
    flags = [[False, False, False] for _ in places]
    for nth, (at, symptom) in enumerate(about):
        for before in range(nth - 1, -1, -1):
            earlier_at, earlier_symptom = about[before]
            if at - earlier_at > within:
                break
            earlier = calls[before]
            if at == earlier_at or goes_on(
                earlier.outcome or "", earlier_at, earlier.ended_at, at
            ):
                continue
            flags[nth][2] = True
            if earlier_symptom == symptom:
                flags[before][0] = flags[nth][1] = True
    marks.update(zip(places, flags, strict=True))
