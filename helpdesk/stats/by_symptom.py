"""What callers struggle with: a Pareto of the symptoms by calls and by time (STATS §8, R2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from helpdesk.domain.periods import Period
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.behind_calls import tickets_of_calls
from helpdesk.stats.changes import (
    UNKNOWN,
    change_cells,
    compared_periods,
    compared_said,
    compared_words,
)
from helpdesk.stats.definitions import OUTCOMES, Figures
from helpdesk.stats.measures import meanings, share, values
from helpdesk.stats.source import Source, added_up, grouped, reconciled

_A, _B = 80, 95
_MEASURES: Final = (
    "started", "handled", "dropped", "running", "talk_s", "hold_s", "wrap_s", "handle_s", "aht_s",
    "median_s", "p90_s", "talk_mean_s", "hold_mean_s", "wrap_mean_s", *OUTCOMES,
    "repeat_adjusted_fcr", "repeat_rate", "escalation_rate", "referral_rate",
)  # fmt: skip
_COLUMNS: Final = (
    "symptom", "title", "percent", "cum_percent", "abc", "time_percent", *_MEASURES, "before",
    "change", "change_low", "change_high", "arrow",
)  # fmt: skip
_SHOWN: Final = (
    "title", "started", "percent", "cum_percent", "abc", "time_percent", "aht_s", "median_s",
    "p90_s", "repeat_adjusted_fcr", "repeat_rate", "escalated", "referred", "change", "arrow",
)  # fmt: skip
_MEANT: Final = meanings(
    *_MEASURES,
    percent=("%", "share", "the symptom's part of all started calls"),
    cum_percent=("cum %", "share", "the same with all the symptoms above it"),
    abc=(
        "ABC",
        "text",
        "A: the symptoms above it make less than 80 % of the calls, B: less than 95 %",
    ),
    time_percent=("time %", "share", "the symptom's part of all handle time"),
) | compared_words("period")


def by_symptom(source: Source) -> Table:
    """Make the report by symptom, most calls first.

    Args:
        source: What it is made from.

    Returns:
        The table, its total computed from the calls and never from the rows.
    """
    groups, whole = grouped(source.pieces("symptom"), lambda _, value: value)
    compared = compared_periods(source)
    change_of = _changes(source, groups, compared)
    calls, spent = whole.counts["started"], whole.counts["handle_s"]
    ranked = sorted(groups.items(), key=lambda each: (-each[1].counts["started"], each[0]))
    rows: list[tuple[Figure, ...]] = []
    keys, passed = [], 0
    for slug, figures in ranked:
        if not (many := figures.counts["started"]):
            continue
        rows.append((
            slug or None, source.names.symptom(slug), share(many, calls),
            share(passed + many, calls), _class(share(passed, calls)),
            share(figures.counts["handle_s"], spent), *values(_MEASURES, figures),
            *change_of(slug),
        ))  # fmt: skip
        keys.append(slug)
        passed += many
    return Table(
        title="Calls by symptom",
        columns=_COLUMNS,
        rows=tuple(rows),
        total=(
            None, "total", share(calls, calls), share(calls, calls), None, share(spent, spent),
            *values(_MEASURES, whole), *UNKNOWN,
        ),
        footer=(reconciled(whole), compared_said(source, compared)),
        keys=tuple(keys),
        shown=_SHOWN,
        meant=_MEANT,
    )  # fmt: skip


def tickets_earlier(source: Source, symptom: str | None) -> list[int]:
    """The tickets of the calls that a symptom's are compared with.

    Args:
        source: What the report was made from.
        symptom: About what; ``None`` for everything.

    Returns:
        Their ids, newest call first.
    """
    compared = compared_periods(source)
    if compared is None:
        return []
    before = source.within(compared[1]).about(symptom=symptom or "")
    return tickets_of_calls(before, "started", lambda call: symptom in {None, call.symptom})


def _changes(
    source: Source, groups: Mapping[str, Figures], compared: tuple[Period, Period] | None
) -> Callable[[str], tuple[Figure, ...]]:
    """What says of a symptom how it has changed."""
    if compared is None:
        return lambda _: UNKNOWN
    now, before = (
        groups
        if period == source.scope.period
        else added_up(source.within(period).pieces("symptom"), lambda _, value: value)
        for period in compared
    )
    nothing = Figures()
    return lambda slug: change_cells(now.get(slug, nothing), before.get(slug, nothing))


def _class(before: float | None) -> str:
    return "A" if before is None or before < _A else "B" if before < _B else "C"
