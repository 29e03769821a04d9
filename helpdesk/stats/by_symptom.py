"""What callers struggle with: a Pareto of the symptoms by calls and by time (STATS §8, R2)."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.definitions import OUTCOMES, Figures
from helpdesk.stats.measures import meanings, rounded, share, values
from helpdesk.stats.source import Source, added_up, grouped, previous, reconciled
from helpdesk.stats.trend import Change

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
    before=("before", "count", "started calls in the period before, of as many days"),
    change=("change", "times", "started calls divided by those of the period before"),
    change_low=("low", "times", "lower end of the 95 % interval of the change"),
    change_high=("high", "times", "upper end of the 95 % interval of the change"),
    arrow=("", "text", "up or down where the whole interval lies above or below 1"),
)


def by_symptom(source: Source) -> Table:
    """Make the report by symptom, most calls first.

    Args:
        source: What it is made from.

    Returns:
        The table, its total computed from the calls and never from the rows.
    """
    groups, whole = grouped(source.pieces("symptom"), lambda _, value: value)
    before = previous(source.scope.period, source.days)
    earlier = added_up(source.within(before).pieces("symptom"), lambda _, value: value)
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
            *_change(many, earlier.get(slug, Figures()).counts["started"]),
        ))  # fmt: skip
        keys.append(slug)
        passed += many
    return Table(
        title="Calls by symptom",
        columns=_COLUMNS,
        rows=tuple(rows),
        total=(
            None, "total", share(calls, calls), share(calls, calls), None, share(spent, spent),
            *values(_MEASURES, whole), *(None,) * 5,
        ),
        footer=(reconciled(whole), f"before: {before}"),
        keys=tuple(keys),
        shown=_SHOWN,
        meant=_MEANT,
    )  # fmt: skip


def _change(now: int, before: int) -> tuple[Figure, ...]:
    change = Change(now, before)
    low, high = change.interval or (None, None)
    return before, rounded(change.value), rounded(low), rounded(high), change.arrow


def _class(before: float | None) -> str:
    return "A" if before is None or before < _A else "B" if before < _B else "C"
