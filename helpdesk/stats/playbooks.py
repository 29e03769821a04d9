"""How a playbook does: uses, time, resolution, exits and steps left out of each version (R11)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import HANDLED, Figures, named
from helpdesk.stats.left_out import moment, reconciliation
from helpdesk.stats.measures import MEASURES, meanings, values
from helpdesk.stats.pieces import stretches_of
from helpdesk.stats.source import Source, reconciled
from helpdesk.stats.version_sums import EVERY, EXIT, SKIPPED, WALKED, Books, version_sums, walked

_VERSIONS: Final = """
WITH told AS (
    SELECT slug, court, ordinal, first_used_at, hash FROM playbook_version
    WHERE hash IN (SELECT value FROM json_each(?))
)
SELECT * FROM told
"""
_LED: Final = """
WITH told AS (
    SELECT t.id FROM json_each(?) j JOIN ticket t ON t.id = j.value
        JOIN playbook_version v ON v.hash = t.version
    WHERE ? IN ('', v.slug || '/' || v.court || '/' || v.ordinal)
)
SELECT * FROM told
"""
_MEASURES: Final = ("median_s", "aht_s", "gross_fcr", "net_fcr", "repeat_adjusted_fcr")
_MOST: Final = 3
_MEANT: Final = meanings(
    *_MEASURES,
    playbook=("playbook", "text", "the playbook's slug, which is the symptom's"),
    court=("court", "text", "the court for which it was resolved"),
    version=("version", "count", "the version as people count it, by court"),
    first_used_at=("since, UTC", "text", "when the version was first used"),
    first_used_local=("since", "text", "the same in the zone of the report"),
    uses=("uses", "count", (
        "handled inbound calls in range on tickets that are led by this version; trials and "
        "void tickets left out")),
    exits=("exits", "text", (
        "the last answer that stands of each call, step = answer: the three commonest, in per "
        "cent of all uses")),
    skipped=("skipped", "ratio", (
        "resolved calls whose answers lead on to a step that nobody answered, of resolved calls "
        "with any answer. Where that step's question is one that the desk may have known the "
        "answer of, the call does not count as one that skipped")),
    skipped_steps=("steps skipped", "text", "those steps, the three commonest"),
)  # fmt: skip
_COLUMNS: Final = (
    "playbook", "court", "version", "first_used_at", "first_used_local", "uses", *_MEASURES,
    "exits", "skipped", "skipped_steps",
)  # fmt: skip


class Version(NamedTuple):
    """One version of a playbook."""

    slug: str
    """The playbook."""

    court: str
    """The court for which it was resolved."""

    ordinal: int
    """Which version it is there."""

    first_used_at: int
    """Since when it was used, in seconds UTC."""

    hash: str
    """What the database calls it."""


def playbooks(source: Source) -> Table:
    """Each version of each playbook that led a call in the period.

    Args:
        source: What it is made from; its symptom narrows it down to one playbook.

    Returns:
        The table, by playbook, court and version.
    """
    sums = version_sums(source)
    every = sums.pop(EVERY, Figures())
    ordered = _versions(source, sums)
    used = sum(figures.counts["handled"] for figures in sums.values())
    handled = sum(every.counts[kind] for kind in HANDLED)
    left = Counter({"led by no playbook": handled - used})
    return Table(
        title="Playbooks by version",
        columns=_COLUMNS,
        rows=tuple(_row(source, each, sums[each.hash]) for each in ordered),
        footer=(reconciliation(used, left, "handled calls"), reconciled(every)),
        keys=tuple(_key(each) for each in ordered),
        shown=(
            "playbook", "court", "version", "uses", "median_s", "repeat_adjusted_fcr", "skipped",
            "exits",
        ),
        meant=_MEANT,
    )  # fmt: skip


def tickets_led(source: Source, key: str | None, column: str) -> list[int]:
    """The tickets of the calls behind a cell.

    Args:
        source: What the report was made from.
        key: Which version, as the report names it; ``None`` for all.
        column: The column; those that are no figures are of all uses.

    Returns:
        Their ids, newest call first.
    """
    found: dict[int, None] = {}
    books, counts = Books(source.book_of), MEASURES[column].behind if column in _MEASURES else ""
    for stretch in reversed([*stretches_of(source.scope.period, source.scope.end)]):
        scope = replace(source.scope, period=stretch)
        calls = list(named(fetch_calls(source.port, scope, alike_only=True)))
        if column == "skipped":
            calls = walked(source.port, calls, books, scope.as_of)
        tickets = [
            call.ticket
            for call, names, _ in reversed(calls)
            if names[0] in HANDLED and (not counts or counts in names)
        ]
        led = {row[0] for row in source.port.query(_LED, (json.dumps(tickets), key or "")).rows}
        found.update(dict.fromkeys(ticket for ticket in tickets if ticket in led))
    return list(found)


def _row(source: Source, version: Version, figures: Figures) -> tuple[Figure, ...]:
    uses, exits, left = figures.counts["handled"], _told(figures, EXIT), _told(figures, SKIPPED)
    shares = (f"{end} {100 * many / uses:.0f}%" for end, many in exits[:_MOST])
    return (
        version.slug, version.court, version.ordinal,
        *moment(version.first_used_at, source.scope.period.zone), uses,
        *values(_MEASURES, figures), ", ".join(shares) or None,
        Ratio(sum(many for _, many in left), figures.counts[WALKED]),
        ", ".join(f"{step} {many:,}" for step, many in left[:_MOST]) or None,
    )  # fmt: skip


def _versions(source: Source, hashes: Iterable[str]) -> list[Version]:
    rows = source.port.query(_VERSIONS, (json.dumps(sorted(hashes)),)).rows
    return sorted(map(Version._make, rows))


def _key(version: Version) -> str:
    return f"{version.slug}/{version.court}/{version.ordinal}"


def _told(figures: Figures, what: str) -> list[tuple[str, int]]:
    """What the sums count under such names, the commonest first."""
    counted = [
        (name.removeprefix(what), many)
        for name, many in figures.counts.items()
        if name.startswith(what)
    ]
    return sorted(counted, key=lambda each: (-each[1], each[0]))
