"""What every call counts as, and the sums that all figures are made of (STATS §1 to §5).

A call is named by everything that it counts as; a figure is made of how many calls have a
name, and of how often each number of seconds occurs. Both add up over any parts of the calls,
so that the same definitions serve rows, groups of rows, and sums of whole days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from helpdesk.domain.ratios import Ratio
from helpdesk.stats.facts import MARKS, CallFact
from helpdesk.stats.percentiles import percentile

VERSION: Final = 4
"""Which definitions these are, for the header of a report."""

KEPT: Final = 7
"""What is kept of days and months: sums that were kept in another way are made anew."""

KINDS: Final = ("counted", "running", "dropped", "no times", "outbound", "test", "void")
"""What a call in range can be; each is exactly one of them."""

HANDLED: Final = frozenset({"counted", "no times"})
"""Inbound calls that ended and did not drop."""

STARTED: Final = HANDLED | {"running", "dropped"}
"""Inbound calls that began: the arrivals."""

OUTCOMES: Final = ("resolved", "waiting", "callback", "escalated", "referred")
"""How a handled call can have ended."""

LONG_SECONDS: Final = 4 * 3_600
"""A call longer than this was perhaps left running (STATS §2)."""

SPENT: Final = ("talk", "hold", "wrap", "handle")
"""The lengths of a call."""


def kind_of(call: CallFact) -> str:
    """What a call counts as.

    Args:
        call: The call.

    Returns:
        One of ``KINDS``.
    """
    if call.void:
        return "void"
    if call.test:
        return "test"
    if call.direction == "out":
        return "outbound"
    if call.outcome is None:
        return "running"
    if call.outcome == "dropped" or not call.touched:
        return "dropped"
    return "no times" if handle_s(call) is None else "counted"


def handle_s(call: CallFact) -> int | None:
    """Talk, hold and wrap together.

    Args:
        call: The call.

    Returns:
        The seconds; ``None`` when one of them is not known.
    """
    if call.talk_s is None or call.hold_s is None or call.wrap_s is None:
        return None
    return call.talk_s + call.hold_s + call.wrap_s


def counted_as(call: CallFact) -> tuple[str, ...]:
    """Everything that a call counts as.

    Args:
        call: The call.

    Returns:
        Its kind, and the other names of counts; a figure says by name which calls it is of.
    """
    kind = kind_of(call)
    if kind in HANDLED:
        return (kind, "started", "handled", *_handled_as(call), *_quality_of(call))
    if kind in STARTED:
        return (kind, "started", *_quality_of(call))
    return (kind,)


def _handled_as(call: CallFact) -> list[str]:
    names = [str(call.outcome)]
    if call.caller is not None:
        names.append("known")
        if call.repeat:
            names.append("repeats")
        if call.repeat_any:
            names.append("repeats_any")
    if call.first:
        names += _first_as(call)
    return names


def _first_as(call: CallFact) -> list[str]:
    """The first call of a ticket: whether it was ours, resolved, and stayed so (STATS §4)."""
    names = ["first"]
    resolved = call.outcome == "resolved" and not call.reopened
    if resolved:
        names.append("first_resolved")
    if call.outcome != "referred":
        names.append("first_ours")
        if call.caller is not None:
            names.append("first_known")
            if resolved and not call.again:
                names.append("first_lasting")
    return names


def _quality_of(call: CallFact) -> list[str]:
    length = handle_s(call)
    marks = {
        "no_symptom": not call.symptom,
        "no_caller": call.caller is None,
        "edited": bool(call.edited),
        "clock_changed": bool(call.clock_changed),
        "overridden": bool(call.overridden),
        "long": length is not None and length > LONG_SECONDS,
    }
    return [name for name, marked in marks.items() if marked]


@dataclass(slots=True)
class Figures:
    """The sums of some calls; they add up over any parts of them."""

    counts: Counter[str] = field(default_factory=Counter)
    """How many calls count as each name; seconds are counted under ``talk_s`` and so on."""

    spent: dict[str, Counter[int]] = field(default_factory=dict)
    """By length, how often each number of seconds occurs in the calls whose times are known."""

    def add(self, other: Figures) -> None:
        """Add the sums of other calls.

        Args:
            other: They, none of which is among these.
        """
        self.counts.update(other.counts)
        for name, seconds in other.spent.items():
            if name in self.spent:
                self.spent[name].update(seconds)
            else:
                self.spent[name] = seconds.copy()

    def ratio(self, part: str, whole: str) -> Ratio:
        """So many of so many.

        Args:
            part: The name of a count.
            whole: That of what it is a part of.

        Returns:
            The ratio.
        """
        return Ratio(self.counts[part], self.counts[whole])

    def mean_s(self, length: str) -> float | None:
        """The mean of a length of the calls whose times are known.

        Args:
            length: One of ``SPENT``.

        Returns:
            Seconds; ``None`` without such a call.
        """
        timed = self.counts["counted"]
        return self.counts[f"{length}_s"] / timed if timed else None

    def percentile_s(self, length: str, percent: int) -> float | None:
        """A percentile of a length.

        Args:
            length: One of ``SPENT``, of which the sums hold every value.
            percent: Which percentile.

        Returns:
            Seconds; ``None`` without such a call.
        """
        return percentile(self.spent.get(length, {}), percent)

    def as_json(self) -> dict[str, Any]:
        """The sums as they are kept in a roll-up."""
        spent = {name: [[*seconds], [*seconds.values()]] for name, seconds in self.spent.items()}
        return {"counts": {name: n for name, n in self.counts.items() if n}, "spent": spent}


def figures_from(kept: Mapping[str, Any]) -> Figures:
    """Read the sums of a roll-up.

    Args:
        kept: What :meth:`Figures.as_json` gave.

    Returns:
        The sums.
    """
    spent = {name: Counter(dict(zip(*pair, strict=True))) for name, pair in kept["spent"].items()}
    return Figures(Counter(kept["counts"]), spent)


class Named(NamedTuple):
    """A call with everything that it counts as."""

    call: CallFact
    """The call."""

    names: tuple[str, ...]
    """What ``counted_as`` says of it."""

    length: int | None
    """What ``handle_s`` says of it."""


def named(calls: Iterable[CallFact]) -> Iterator[Named]:
    """Say of each call what it counts as; of calls that are alike it is found out once.

    Args:
        calls: The calls.

    Yields:
        They, in the same order.
    """
    known: dict[Hashable, tuple[str, ...]] = {}
    for call in calls:
        length = handle_s(call)
        long = length if length is None else length > LONG_SECONDS
        alike = (call[MARKS], call.caller is None, not call.symptom, long)
        names = known.get(alike)
        if names is None:
            names = known[alike] = counted_as(call)
        yield Named(call, names, length)


def summed(calls: Iterable[Named], lengths: Collection[str] = SPENT) -> Figures:
    """Sum up calls of which it is known what they count as.

    Args:
        calls: The calls in range.
        lengths: Of which of their lengths every value is wanted, for percentiles.

    Returns:
        The sums.
    """
    alike: dict[tuple[str, ...], int] = {}
    times: list[tuple[int, ...]] = []
    for call, names, length in calls:
        alike[names] = alike.get(names, 0) + 1
        if length is not None and names[0] == "counted":
            times.append((call.talk_s or 0, call.hold_s or 0, call.wrap_s or 0, length))
    counts: dict[str, int] = {}  # a Counter is filled a good deal more slowly
    for names, many in alike.items():
        for name in names:
            counts[name] = counts.get(name, 0) + many
    spent: dict[str, Counter[int]] = {}
    for each, seconds in zip(SPENT, zip(*times, strict=True), strict=False):
        counts[f"{each}_s"] = sum(seconds)
        if each in lengths:
            spent[each] = Counter(seconds)
    return Figures(Counter(counts), spent)
