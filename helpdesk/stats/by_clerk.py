"""What each clerk did, compared on the same work, and never a ranking (STATS §6, R3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.behind_calls import newest_first
from helpdesk.stats.callback_facts import kept_by_clerk
from helpdesk.stats.calls import each_call
from helpdesk.stats.definitions import Figures, handle_s, kind_of
from helpdesk.stats.measures import meanings, rounded, share, values
from helpdesk.stats.pieces import occupies
from helpdesk.stats.source import Source, grouped, reconciled

_ABOUT: Final = "calls about "
_INDEX_PLACES: Final = 4
_MEASURES: Final = (
    "started", "handled", "aht_s", "median_s", "p90_s", "wrap_mean_s", "gross_fcr",
    "repeat_adjusted_fcr", "escalated", "referred", "edited", "outbound",
)  # fmt: skip
_COLUMNS: Final = (
    "clerk", "percent", *_MEASURES, "expected_s", "index", "callbacks_kept", "occupied_s",
)  # fmt: skip
_SHOWN: Final = (
    "clerk", "started", "aht_s", "median_s", "expected_s", "index", "gross_fcr",
    "repeat_adjusted_fcr", "escalated", "referred", "callbacks_kept", "edited", "occupied_s",
)  # fmt: skip
_MEANT: Final = meanings(
    *_MEASURES,
    percent=("%", "share", "the clerk's part of all started calls"),
    expected_s=(
        "expected",
        "seconds",
        (
            "the AHT that the same symptoms have with everybody: sum of the clerk's timed calls "
            "of each symptom × that symptom's AHT, divided by those calls"
        ),
    ),
    index=("index", "times", "AHT divided by the expected AHT: below 1 is quicker"),
    callbacks_kept=(
        "kept",
        "ratio",
        (
            "callbacks first tried by the promised time, of those that the clerk promised "
            "and that were due in range"
        ),
    ),
    occupied_s=(
        "occupied",
        "seconds",
        "time in handled calls and callbacks that began in range, overlapping ones of a day once",
    ),
)


def by_clerk(source: Source) -> Table:
    """Make the report by clerk, in the order of the logins.

    Args:
        source: What it is made from; only one row where ``own`` or a chosen clerk says so.

    Returns:
        The table; without a total where only one clerk's row is shown, which is compared with
        everybody all the same.
    """
    groups, whole = grouped(source.with_everybody().pieces("clerk"), lambda _, value: value)
    usual = usual_s(whole)
    kept = kept_by_clerk(source)
    chosen = source.scope.clerk if source.own is None else source.own
    one = None if chosen is None else str(chosen)
    shown = {key: figures for key, figures in groups.items() if one in {None, key}}
    keys = sorted(shown, key=lambda key: source.names.clerk(int(key)))
    calls = whole.counts["started"]
    return Table(
        title="Calls by clerk",
        columns=_COLUMNS,
        rows=tuple(
            (
                source.names.clerk(int(key)), share(shown[key].counts["started"], calls),
                *values(_MEASURES, shown[key]), *_compared(shown[key], usual),
                kept.get(int(key), Ratio(0, 0)), shown[key].counts["occupied_s"],
            )
            for key in keys
        ),
        total=_everybody(whole, kept) if one is None else None,
        footer=(
            reconciled(whole if one is None else groups.get(one, Figures())),
            "In the order of the names: symptoms, hours and luck differ from clerk to clerk.",
        ),
        keys=tuple(keys),
        shown=_SHOWN,
        meant=_MEANT,
    )  # fmt: skip


def tickets_occupied(source: Source, clerk: str | None) -> list[int]:
    """The tickets of the calls and callbacks that a clerk was occupied by.

    Args:
        source: What the report is made from.
        clerk: The clerk's id; ``None`` for everybody.

    Returns:
        Their ids, newest call first.
    """
    part = source.about(clerk=int(clerk)) if clerk else source
    return newest_first(
        call
        for call in each_call(part.port, part.scope, part.progress)
        if clerk in {None, str(call.clerk)} and occupies(kind_of(call), handle_s(call))
    )


def usual_s(whole: Figures) -> dict[str, float]:
    """The mean handle time of each symptom with everybody.

    Args:
        whole: The sums of all clerks.

    Returns:
        Seconds by symptom.
    """
    return {
        slug: whole.counts[f"seconds about {slug}"] / calls
        for slug, calls in _calls_about(whole).items()
    }


def expected_s(figures: Figures, usual: Mapping[str, float]) -> float | None:
    """The handle time that a clerk's symptoms have with everybody (STATS §6).

    Args:
        figures: The clerk's sums, with how many timed calls were about each symptom.
        usual: The mean handle time of each symptom, in seconds.

    Returns:
        Seconds; ``None`` without a timed call.
    """
    calls = _calls_about(figures)
    many = sum(calls.values())
    return sum(n * usual[slug] for slug, n in calls.items()) / many if many else None


def _calls_about(figures: Figures) -> dict[str, int]:
    """How many timed calls were about each symptom."""
    return {
        name.removeprefix(_ABOUT): many
        for name, many in figures.counts.items()
        if name.startswith(_ABOUT) and many
    }


def _compared(figures: Figures, usual: Mapping[str, float]) -> tuple[Figure, Figure]:
    expected, actual = expected_s(figures, usual), figures.mean_s("handle")
    index = actual / expected if actual is not None and expected else None
    return rounded(expected), rounded(index, _INDEX_PLACES)


def _everybody(whole: Figures, kept: Mapping[int, Ratio]) -> tuple[Figure, ...]:
    calls, aht = whole.counts["started"], rounded(whole.mean_s("handle"))
    every = Ratio(
        sum(each.part for each in kept.values()), sum(each.whole for each in kept.values())
    )
    return (
        "total", share(calls, calls), *values(_MEASURES, whole), aht,
        1.0 if aht is not None else None, every, whole.counts["occupied_s"],
    )  # fmt: skip
