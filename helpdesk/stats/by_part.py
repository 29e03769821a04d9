"""Reports of calls by symptom, by clerk, and by court and office (STATS §6 and §9, R2 to R4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.callback_facts import kept_by_clerk
from helpdesk.stats.definitions import OUTCOMES, Figures, mean, total
from helpdesk.stats.measures import meanings, values
from helpdesk.stats.source import Source, grouped, previous, reconciled
from helpdesk.stats.trend import Change

_A, _B = 80, 95
_TOP: Final = 3

_SYMPTOM: Final = (
    "started", "handled", "dropped", "running", "talk_s", "hold_s", "wrap_s", "handle_s", "aht_s",
    "median_s", "p90_s", "talk_mean_s", "hold_mean_s", "wrap_mean_s", *OUTCOMES,
    "repeat_adjusted_fcr", "repeat_rate", "escalation_rate", "referral_rate",
)  # fmt: skip
_CLERK: Final = (
    "started", "handled", "aht_s", "median_s", "p90_s", "wrap_mean_s", "gross_fcr",
    "repeat_adjusted_fcr", "escalated", "referred", "edited", "outbound",
)  # fmt: skip
_PLACE: Final = (
    "started", "handled", "dropped", "aht_s", "median_s", "p90_s", "repeat_adjusted_fcr",
    "repeat_rate", "referral_rate", "escalation_rate",
)  # fmt: skip


def by_symptom(source: Source) -> Table:
    """What callers struggle with, most calls first; a Pareto by calls and by time.

    Args:
        source: What it is made from.

    Returns:
        The table, its total computed from the calls and never from the rows.
    """
    groups, whole = grouped(source.pieces("symptom"), lambda _, value: value)
    before = previous(source.scope.period, source.days)
    earlier, _ = grouped(source.within(before).pieces("symptom"), lambda _, value: value)
    calls, spent = whole.counts["started"], total(whole.spent["handle"])
    rows, keys, passed = [], [], 0
    for slug, figures in sorted(groups.items(), key=lambda each: (-_calls(each[1]), each[0])):
        if not _calls(figures):
            continue
        change = Change(_calls(figures), _calls(earlier.get(slug, Figures())))
        low, high = change.interval or (None, None)
        rows.append((
            slug or None, source.names.symptom(slug), _share(_calls(figures), calls),
            _share(passed + _calls(figures), calls), _class(_share(passed, calls)),
            _share(total(figures.spent["handle"]), spent), *values(_SYMPTOM, figures),
            change.before, _rounded(change.value), _rounded(low), _rounded(high), change.arrow,
        ))  # fmt: skip
        keys.append(slug)
        passed += _calls(figures)
    every = (
        None, "total", _share(calls, calls), _share(calls, calls), None, _share(spent, spent),
        *values(_SYMPTOM, whole), *(None,) * 5,
    )  # fmt: skip
    return Table(
        title="Calls by symptom",
        columns=(
            "symptom", "title", "percent", "cum_percent", "abc", "time_percent", *_SYMPTOM,
            "before", "change", "change_low", "change_high", "arrow",
        ),
        rows=tuple(rows),
        total=every,
        footer=(reconciled(whole), f"before: {before}"),
        keys=tuple(keys),
        shown=(
            "title", "started", "percent", "cum_percent", "abc", "time_percent", "aht_s",
            "median_s", "p90_s", "repeat_adjusted_fcr", "repeat_rate", "escalated", "referred",
            "change", "arrow",
        ),
        meant=meanings(
            *_SYMPTOM,
            percent=("%", "share", "the symptom's part of all started calls"),
            cum_percent=("cum %", "share", "the same with all the symptoms above it"),
            abc=(
                "ABC", "text",
                "A: the symptoms above it make less than 80 % of the calls, B: less than 95 %",
            ),
            time_percent=("time %", "share", "the symptom's part of all handle time"),
            before=("before", "count", "started calls in the period before, of as many days"),
            change=("change", "times", "started calls divided by those of the period before"),
            change_low=("low", "times", "lower end of the 95 % interval of the change"),
            change_high=("high", "times", "upper end of the 95 % interval of the change"),
            arrow=("", "text", "up or down where the whole interval lies above or below 1"),
        ),
    )  # fmt: skip


def by_clerk(source: Source) -> Table:
    """What each clerk did, in the order of the logins: never a ranking.

    The index compares a clerk's handle time with what the same symptoms take everybody.

    Args:
        source: What it is made from; a clerk's own row only when ``own`` says so.

    Returns:
        The table; without a total where only the own row is shown.
    """
    groups, whole = grouped(source.pieces("clerk"), lambda _, value: value)
    symptoms, _ = grouped(source.pieces("symptom"), lambda _, value: value)
    usual = {slug: mean(figures.spent["handle"]) for slug, figures in symptoms.items()}
    kept = kept_by_clerk(source)
    mine = None if source.own is None else str(source.own)
    rows, keys = [], []
    for key, figures in sorted(groups.items(), key=lambda each: source.names.clerk(int(each[0]))):
        if mine not in (None, key):
            continue
        expected, actual = expected_s(figures, usual), mean(figures.spent["handle"])
        index = actual / expected if actual is not None and expected else None
        rows.append((
            source.names.clerk(int(key)), _share(_calls(figures), _calls(whole)),
            *values(_CLERK, figures), _rounded(expected), _rounded(index, 4),
            kept.get(int(key), Ratio(0, 0)), figures.counts["occupied_s"],
        ))  # fmt: skip
        keys.append(key)
    everybody = _everybody(whole, kept) if mine is None else None
    return Table(
        title="Calls by clerk",
        columns=(
            "clerk", "percent", *_CLERK, "expected_s", "index", "callbacks_kept", "occupied_s",
        ),
        rows=tuple(rows),
        total=everybody,
        footer=(
            reconciled(whole if mine is None else groups.get(mine, Figures())),
            "In the order of the names: symptoms, hours and luck differ from clerk to clerk.",
        ),
        keys=tuple(keys),
        shown=(
            "clerk", "started", "aht_s", "median_s", "expected_s", "index", "gross_fcr",
            "repeat_adjusted_fcr", "escalated", "referred", "callbacks_kept", "edited",
            "occupied_s",
        ),
        meant=meanings(
            *_CLERK,
            percent=("%", "share", "the clerk's part of all started calls"),
            expected_s=(
                "expected", "seconds",
                ("the AHT that the same symptoms have with everybody: sum of the clerk's "
                "timed calls of each symptom × that symptom's AHT, divided by those calls"),
            ),
            index=("index", "times", "AHT divided by the expected AHT: below 1 is quicker"),
            callbacks_kept=(
                "kept", "ratio", "callbacks tried by the promised time, of those due in range"
            ),
            occupied_s=(
                "occupied", "seconds",
                "time in calls that began in range, overlapping calls counted once a day",
            ),
        ),
    )  # fmt: skip


def _everybody(whole: Figures, kept: Mapping[int, Ratio]) -> tuple[Figure, ...]:
    calls = _calls(whole)
    every = Ratio(sum(each.part for each in kept.values()), sum(e.whole for e in kept.values()))
    aht = _rounded(mean(whole.spent["handle"]))
    return (
        "total", _share(calls, calls), *values(_CLERK, whole), aht, 1.0 if aht else None, every,
        whole.counts["occupied_s"],
    )  # fmt: skip


def expected_s(figures: Figures, usual: Mapping[str, float | None]) -> float | None:
    """The handle time that a clerk's symptoms have with everybody (STATS §6).

    Args:
        figures: The clerk's sums, with how many timed calls were about each symptom.
        usual: The mean handle time of each symptom, in seconds.

    Returns:
        Seconds; ``None`` without a timed call.
    """
    calls = {
        name.removeprefix("symptom:"): many
        for name, many in figures.counts.items()
        if name.startswith("symptom:")
    }
    many = sum(calls.values())
    return sum(n * (usual.get(slug) or 0) for slug, n in calls.items()) / many if many else None


def by_court(source: Source) -> Table:
    """Calls by court and office, with the symptoms that are commonest there.

    Args:
        source: What it is made from.

    Returns:
        The table.
    """
    groups, whole = grouped(
        source.pieces("symptom"), lambda piece, value: f"{piece.place[1]}/{piece.place[2]}|{value}"
    )
    places: dict[str, Figures] = {}
    symptoms: dict[str, list[tuple[int, str]]] = {}
    for key, figures in groups.items():
        place, _, slug = key.partition("|")
        places.setdefault(place, Figures()).add(figures)
        symptoms.setdefault(place, []).append((-_calls(figures), slug))
    rows = []
    for place in sorted(places):
        court, _, office = place.partition("/")
        top = [f"{slug or '(none)'} {-many:,}" for many, slug in sorted(symptoms[place])[:_TOP]]
        share = _share(_calls(places[place]), _calls(whole))
        rows.append((court, office, share, *values(_PLACE, places[place]), ", ".join(top)))
    return Table(
        title="Calls by court and office",
        columns=("court", "office", "percent", *_PLACE, "top_symptoms"),
        rows=tuple(rows),
        total=("total", None, _share(_calls(whole), _calls(whole)), *values(_PLACE, whole), None),
        footer=(reconciled(whole), "per 1,000 filings: n/a (no filings imported)"),
        keys=tuple(sorted(places)),
        meant=meanings(
            *_PLACE,
            percent=("%", "share", "the office's part of all started calls"),
            top_symptoms=("commonest", "text", "the three symptoms with most started calls"),
        ),
    )


def _calls(figures: Figures) -> int:
    return figures.counts["started"]


def _share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _class(before: float | None) -> str:
    return "A" if before is None or before < _A else "B" if before < _B else "C"


def _rounded(value: float | None, places: int = 3) -> float | None:
    return None if value is None else round(value, places)
