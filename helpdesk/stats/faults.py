"""Calls that may make figures wrong: which fault each has, and how many have it (R13)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from helpdesk.stats.definitions import KINDS, STARTED, Named, summed
from helpdesk.stats.facts import CallFact

NAMED: Final = (
    "no_symptom", "no_caller", "no times", "long", "edited", "clock_changed", "overridden",
)  # fmt: skip
"""Faults that a call has by itself, as ``counted_as`` names them."""

_OF_ALL: Final = (*KINDS, "started", "handle_s")

AHEAD: Final = "ahead"
"""The fault of a call that ends after the as-of moment."""

OVERLAP: Final = "overlap"
"""The fault of a call during which the same clerk began another."""


@dataclass(slots=True)
class Faults:
    """How many calls have each fault."""

    counts: Counter[str] = field(default_factory=Counter)
    """Of what kind all calls are, how many are ``started``, and ``handle_s`` of the timed ones."""

    calls: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    """By fault, how many calls of each clerk have it."""

    timed: Counter[str] = field(default_factory=Counter)
    """By fault, how many of those calls are timed."""

    seconds: Counter[str] = field(default_factory=Counter)
    """By fault, how long those are together."""

    faulty: int = 0
    """How many calls have any fault."""

    def add(self, kept: Mapping[str, Any]) -> None:
        """Add the faults of other calls, as they are kept."""
        self.counts.update(kept["counts"])
        for name, (clerks, calls, timed, seconds) in kept["faults"].items():
            self.calls[name].update(dict(zip(clerks, calls, strict=True)))
            self.timed[name] += timed
            self.seconds[name] += seconds
        self.faulty += kept["faulty"]

    def as_json(self, late: Sequence[Sequence[int]] = ()) -> dict[str, Any]:
        """The faults as they are kept.

        Args:
            late: The clerks whose calls went on after midnight, each with when the last of
                them ended, in seconds UTC.
        """
        faults = {
            name: [[*calls], [*calls.values()], self.timed[name], self.seconds[name]]
            for name, calls in self.calls.items()
        }
        return {
            "counts": self.counts, "faults": faults, "faulty": self.faulty, "late": late,
        }  # fmt: skip


def faults_of(calls: Iterable[Named], as_of: int) -> Faults:
    """Count the faults of calls.

    Args:
        calls: All calls of a period, the first first: whether a call overlaps depends on others.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Returns:
        The counts.
    """
    every = list(calls)
    figures, found, faulty = summed(every, ()), Faults(), set[int]()
    found.counts = Counter({name: figures.counts[name] for name in _OF_ALL})
    for name, each in calls_with_faults(every, as_of):
        faulty.add(each.call.id)
        found.calls[name][each.call.clerk] += 1
        if each.length is not None and each.names[0] == "counted":
            found.timed[name] += 1
            found.seconds[name] += each.length
    found.faulty = len(faulty)
    return found


def calls_with_faults(calls: Iterable[Named], as_of: int) -> Iterator[tuple[str, Named]]:
    """Find the calls that have faults.

    Args:
        calls: All calls of a period, the first first.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Yields:
        The fault's name and the call, once for each of its faults.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    running: dict[int, Named] = {}
    overlapping: dict[int, Named] = {}
    for each in calls:
        names = each.names
        if names[0] not in STARTED:
            continue
        if names not in alike:
            alike[names] = [name for name in NAMED if name in names]
        for name in alike[names]:
            yield name, each
        if end_of(each.call) > as_of:
            yield AHEAD, each
        if (before := _begun_during(running, each)) is not None:
            overlapping[before.call.id] = before
    for each in overlapping.values():
        yield OVERLAP, each


def _begun_during(running: dict[int, Named], each: Named) -> Named | None:
    """The clerk's call that cannot have been talked on any more when another began, if one was.

    The argument ``running`` is each clerk's call that ends last so far; it is brought up to date.
    """
    call, before = each.call, running.get(each.call.clerk)
    if before is None or end_of(call) > end_of(before.call):
        running[call.clerk] = each
    if before is None or end_of(before.call) <= call.started_at:
        return None
    return None if before.call.hold_s or call.hold_s else before


def end_of(call: CallFact) -> int:
    """When a call ended.

    Args:
        call: The call.

    Returns:
        When the caller hung up, in seconds UTC; its beginning while the call is running.
    """
    ended = call.started_at if call.outcome is None else call.ended_at
    return call.started_at if ended is None else ended
