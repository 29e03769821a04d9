"""Calls by court and office, with the symptoms that are commonest there (STATS §9, R4)."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.tables import Table
from helpdesk.stats.definitions import Figures
from helpdesk.stats.measures import meanings, share, values
from helpdesk.stats.source import Source, grouped, reconciled

_TOP: Final = 3
_MEASURES: Final = (
    "started", "handled", "dropped", "aht_s", "median_s", "p90_s", "repeat_adjusted_fcr",
    "repeat_rate", "referral_rate", "escalation_rate",
)  # fmt: skip


def by_court(source: Source) -> Table:
    """Make the report by court and office.

    Args:
        source: What it is made from.

    Returns:
        The table.
    """
    groups, whole = grouped(
        source.pieces("symptom"),
        lambda piece, value: f"{piece.place.court}/{piece.place.office}|{value}",
    )
    places: dict[str, Figures] = {}
    symptoms: dict[str, list[tuple[int, str]]] = {}
    for key, figures in groups.items():
        place, _, slug = key.partition("|")
        places.setdefault(place, Figures()).add(figures)
        symptoms.setdefault(place, []).append((-figures.counts["started"], slug))
    rows, calls = [], whole.counts["started"]
    for place in sorted(places):
        court, _, office = place.partition("/")
        top = [f"{slug or '(none)'} {-many:,}" for many, slug in sorted(symptoms[place])[:_TOP]]
        part = share(places[place].counts["started"], calls)
        rows.append((court, office, part, *values(_MEASURES, places[place]), ", ".join(top)))
    return Table(
        title="Calls by court and office",
        columns=("court", "office", "percent", *_MEASURES, "top_symptoms"),
        rows=tuple(rows),
        total=("total", None, share(calls, calls), *values(_MEASURES, whole), None),
        footer=(reconciled(whole), "per 1,000 filings: n/a (no filings imported)"),
        keys=tuple(sorted(places)),
        meant=meanings(
            *_MEASURES,
            percent=("%", "share", "the office's part of all started calls"),
            top_symptoms=("commonest", "text", "the three symptoms with most started calls"),
        ),
    )
