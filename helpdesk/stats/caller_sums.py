"""Who called, call by call: of whole days it is kept, so that a year need not be read (R8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.repeats import REPEAT_SECONDS
from helpdesk.port import Statement
from helpdesk.stats.calls import fetch_calls, within
from helpdesk.stats.definitions import STARTED, Figures, Named, named
from helpdesk.stats.facts import CallFact
from helpdesk.stats.kept_rows import in_places, kept_rows_of, numbered
from helpdesk.stats.left_out import kinds_of
from helpdesk.stats.pieces import Place, Placed, stretches_of
from helpdesk.stats.rolling import add_kept
from helpdesk.stats.rollups import kept_days
from helpdesk.stats.scope import Scope
from helpdesk.stats.source import Source, grouped

STRETCH_DAYS: Final = 28
"""How many days of raw rows are in memory at once; with each the calls of a week before and after
are read anew."""

PART: Final = "caller"
"""Which of the kept sums they are."""


class CallerCall(NamedTuple):
    """One inbound call, as far as chains of calls need to know it."""

    caller: int | None
    """Who called, merged callers as one; ``None`` when nobody knows."""

    started_at: int
    """When it began, in seconds UTC."""

    symptom: str
    """The symptom as it is now, or empty."""

    clerk: int
    """Who took it."""

    outcome: str | None
    """How it ended; ``None`` while it is running."""

    repeats: int
    """1 if it is handled and the caller had called about the same in the days before."""

    repeats_any: int
    """1 if it is handled and the caller had called about anything."""

    dropped_at: int | None = None
    """When the line dropped, if it did."""

    id: int = 0
    """The call's id, where it was read."""

    ticket: int = 0
    """The ticket that it counts for, where it was read."""


@dataclass(slots=True)
class Called:
    """The inbound calls of a period and of the days before in which a repeat begins."""

    calls: dict[int, list[CallerCall]] = field(default_factory=dict)
    """By caller, the first first."""

    nameless: int = 0
    """How many in the period are without a known caller."""

    every: Figures = field(default_factory=Figures)
    """Of what kind all calls in the period are."""

    def add(self, calls: Iterable[CallerCall]) -> None:
        """Add calls that began later than those that are here."""
        groups = self.calls
        for call in calls:
            caller = call.caller
            if caller is not None:
                there = groups.get(caller)
                if there is None:
                    groups[caller] = [call]
                else:
                    there.append(call)


def earlier_too(scope: Scope) -> Scope:
    """The same with the days before in which a repeat begins, whoever took the call.

    Args:
        scope: What a report is about.

    Returns:
        The wider scope.
    """
    start = scope.period.start - REPEAT_SECONDS
    return replace(scope, period=Period(start, scope.period.end, scope.period.zone), clerk=None)


def inbound(calls: Iterable[CallFact]) -> list[CallerCall]:
    """Take what chains need to know of the calls that came in.

    Args:
        calls: Calls of any kind.

    Returns:
        Those that count as started, in the same order.
    """
    return [_caller_call(each) for each in named(calls) if each.names[0] in STARTED]


def _caller_call(each: Named) -> CallerCall:
    call, names, _ = each
    dropped_at = None
    if call.outcome == "dropped":
        dropped_at = call.started_at if call.ended_at is None else call.ended_at
    return CallerCall(
        call.caller, call.started_at, call.symptom, call.clerk, call.outcome,
        int("repeats" in names), int("repeats_any" in names), dropped_at, call.id, call.ticket,
    )  # fmt: skip


def calls_by_caller(source: Source) -> Called:
    """Who called in the period of a report, and in the days before.

    Args:
        source: What the report is made from.

    Returns:
        The calls, those of kept days where they hold.
    """
    port, scope, longer = source.port, source.scope, earlier_too(source.scope)
    found = Called()
    days, gaps = kept_days(port, replace(longer, clerk=scope.clerk), by_day=True)
    if days:
        _, found.every = grouped(source.pieces("whole"), lambda _, value: value)
    kept = kept_rows_of(port, PART, days, "", "")
    stretches = (each for gap in gaps for each in stretches_of(gap, longer.end, STRETCH_DAYS))
    parts: list[tuple[int, Mapping[str, Any] | Period]] = [
        *((_start(place.day, scope.period.zone), there) for place, there in kept),
        *((stretch.start, stretch) for stretch in stretches),
    ]
    for start, part in sorted(parts, key=lambda each: each[0]):
        if isinstance(part, Period):
            facts = fetch_calls(port, replace(longer, period=part))
            in_range = [call for call in facts if within(call, scope)]
            calls = inbound(facts)
            found.add(calls)
            counted = {call.id for call in in_range}
            found.nameless += sum(call.caller is None and call.id in counted for call in calls)
            if not days:
                found.every.add(kinds_of(in_range))
        else:
            found.add(_unpacked(part, start, scope))
            if start >= scope.period.start:
                found.nameless += _nameless(part, scope)
    return found


def roll_up_callers(calls: Sequence[Placed], zone: str) -> Iterator[Statement]:
    """Keep who called on whole days.

    Args:
        calls: All calls of the days, the first first.
        zone: In which zone the days are meant.

    Yields:
        The statements that keep it.
    """
    days: dict[str, list[Placed]] = {}
    for each in calls:
        if each.named.names[0] in STARTED:
            days.setdefault(each.place.day, []).append(each)
    for day, there in days.items():
        yield add_kept(PART, Place(day, "", ""), _packed(there, _start(day, zone)))


def _packed(calls: Sequence[Placed], start: int) -> dict[str, Any]:
    """Columns of numbers: a call takes 37 bytes, as rows of names it takes 150."""
    known = [
        (each.place[1:], _caller_call(each.named))
        for each in calls
        if each.named.call.caller is not None
    ]
    places, told = [place for place, _ in known], [call for _, call in known]
    nameless = Counter(each.place[1:] for each in calls if each.named.call.caller is None)
    return {
        "callers": [call.caller for call in told],
        "starts": [call.started_at - start for call in told],
        "places": numbered(places),
        "symptoms": numbered([call.symptom for call in told]),
        "clerks": numbered([call.clerk for call in told]),
        "outcomes": numbered([call.outcome for call in told]),
        "repeats": [call.repeats + 2 * call.repeats_any for call in told],
        "dropped": [[n, at - start] for n, call in enumerate(told)
                    if (at := call.dropped_at) is not None],
        "nameless": sorted([*place, many] for place, many in nameless.items()),
    }  # fmt: skip


def _unpacked(kept: Mapping[str, Any], start: int, scope: Scope) -> Iterator[CallerCall]:
    marks, dropped = kept["repeats"], [None] * len(kept["callers"])
    for place, at in kept["dropped"]:
        dropped[place] = at + start
    calls = map(
        CallerCall, kept["callers"], map(start.__add__, kept["starts"]),
        in_places(kept["symptoms"]), in_places(kept["clerks"]), in_places(kept["outcomes"]),
        map((1).__and__, marks),
        map((1).__rrshift__, marks), dropped,
    )  # fmt: skip
    if not scope.court:
        return calls
    places = in_places(kept["places"])
    return (call for call, place in zip(calls, places, strict=True) if _is_at(place, scope))


def _is_at(place: Sequence[str], scope: Scope) -> bool:
    return place[0] == scope.court and scope.office in ("", place[1])


def _nameless(kept: Mapping[str, Any], scope: Scope) -> int:
    return sum(
        many
        for court, office, many in kept["nameless"]
        if not scope.court or _is_at((court, office), scope)
    )


def _start(day: str, zone: str) -> int:
    first = date.fromisoformat(day)
    return period_of_days(first, first + timedelta(days=1), zone).start
