"""Which calls may make figures wrong, and by how much (STATS §2 and §9, R13)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Figure, Table, said
from helpdesk.stats.behind_calls import newest_first, tickets_of_calls
from helpdesk.stats.calls import ROOTS, each_call
from helpdesk.stats.definitions import Figures, named
from helpdesk.stats.faults import Faults, calls_with_faults
from helpdesk.stats.left_out import commonest
from helpdesk.stats.measures import MEASURES, meanings
from helpdesk.stats.quality_sums import quality_sums
from helpdesk.stats.source import Source, reconciled

_FAULTS: Final = {
    **{
        name: (MEASURES[name].meaning.heading, MEASURES[name].meaning.words)
        for name in ("no_symptom", "no_caller")
    },
    "no times": ("no times", "handled calls of which talk, hold or wrap is not known"),
    **{
        name: (MEASURES[name].meaning.heading, MEASURES[name].meaning.words)
        for name in ("long", "edited", "clock_changed", "overridden")
    },
    "ahead": ("ends ahead", "started calls that end after the as-of moment"),
    "overlap": ("overlap", (
        "started calls during which the same clerk began another, with nobody on hold in either")),
}  # fmt: skip
_OVERRIDDEN: Final = f"""{ROOTS}
SELECT l.court, l.office, coalesce(t.symptom, l.symptom, '') AS symptom, l.clerk, t.id,
    l.playbook_outcome, l.outcome, l.reason
FROM call l JOIN ticket o
    ON o.id = (SELECT min(x.ticket) FROM call_ticket x WHERE x.call = l.id)
LEFT JOIN root r ON r.ticket = o.id JOIN ticket t ON t.id = coalesce(r.root, o.id)
WHERE l.outcome <> l.playbook_outcome AND l.started_at >= ? AND l.started_at < ?
    AND l.direction = 'in' AND t.status <> 'void' AND t.id NOT IN (SELECT ticket FROM tested)
"""  # noqa: S608 - constant
_MEANT: Final = meanings(
    fault=("fault", "text", "the fault's name, as other reports and files have it"),
    heading=("fault", "text", "what may be wrong; a call may have several faults"),
    calls=("calls", "count", "calls that have it"),
    share=("share", "ratio", "calls that have it, of all started calls"),
    detail=("of these", "text", (
        "the commonest: whose calls (one's own only for who may not compare); of overridden "
        "ones what the playbook said, how the call ended, and why")),
    aht_without_s=("AHT without", "seconds", (
        "AHT of all other calls; in the total that of all, so that both can be compared")),
    formula=("formula", "text", "which calls they are"),
)  # fmt: skip


def data_quality(source: Source) -> Table:
    """What is missing, odd or was changed in the calls of a period, a row a kind of fault.

    Args:
        source: What it is made from.

    Returns:
        The table; its total says how many calls have any fault.
    """
    found = quality_sums(source)
    whole = Figures(found.counts)
    started = whole.counts["started"]
    rows: list[tuple[Figure, ...]] = []
    for name, (heading, words) in _FAULTS.items():
        calls, detail = found.calls[name].total(), _detail(source, name, found)
        aht = _aht(whole, found, name)
        rows.append((name, heading, calls, Ratio(calls, started), detail, aht, words))
    aht = _aht(whole, found)
    return Table(
        title="Data quality",
        columns=tuple(_MEANT),
        rows=tuple(rows),
        total=(
            "any", "any of these", found.faulty, Ratio(found.faulty, started), None, aht,
            "started calls that have at least one of these faults",
        ),
        footer=_footer(whole, found.faulty, (aht, _aht(whole, found, "long"))),
        keys=tuple(_FAULTS),
        shown=("heading", "calls", "share", "aht_without_s", "detail"),
        meant=_MEANT,
    )  # fmt: skip


def tickets_with_fault(source: Source, key: str | None, column: str) -> list[int]:
    """The tickets of the calls that have a fault, or of those that a figure compares them with.

    Args:
        source: What the report was made from.
        key: The fault; ``None`` for any.
        column: The column.

    Returns:
        Their ids, fault by fault, newest call first.
    """
    if column == "share":
        return tickets_of_calls(source, "started")
    if column == "aht_without_s":
        return _without(source, key)
    calls = named(each_call(source.port, source.scope, source.progress))
    found: dict[str, list[int]] = {name: [] for name in _FAULTS}
    for name, each in calls_with_faults(calls, source.scope.as_of):
        found[name].append(each.call.ticket)
    faults = found if key is None else [key]
    return list(dict.fromkeys(ticket for name in faults for ticket in reversed(found[name])))


def _without(source: Source, key: str | None) -> list[int]:
    """The tickets of the timed calls without a fault; those of all timed ones without a key."""
    calls = list(named(each_call(source.port, source.scope, source.progress)))
    found = calls_with_faults(calls, source.scope.as_of)
    faulty = {each.call.id for name, each in found if name == key}
    return newest_first(
        call for call, names, _ in calls if names[0] == "counted" and call.id not in faulty
    )


def _footer(
    whole: Figures, faulty: int, aht: tuple[float | None, float | None]
) -> tuple[str, ...]:
    with_long, without = (said(each, "seconds") or "n/a" for each in aht)
    started = whole.counts["started"]
    return (
        reconciled(whole),
        f"started {started:,} = without a fault {started - faulty:,} + with any {faulty:,}",
        f"AHT with calls over 4 h {with_long}, without {without}",
    )


def _detail(source: Source, name: str, found: Faults) -> str | None:
    if name == "overridden" and found.calls[name]:
        return commonest(_overridden(source))
    return commonest(
        source.names.clerk(clerk)
        for clerk, calls in found.calls[name].items()
        if source.may_see(clerk)
        for _ in range(calls)
    )


def _overridden(source: Source) -> Iterable[str]:
    """What playbooks said, how the calls ended, and why: words that no sums keep."""
    scope = source.scope
    for *where, was, ended, reason in source.port.query(
        _OVERRIDDEN, (scope.period.start, scope.end)
    ).rows:
        if scope.meets(*where):
            yield f"{was} → {ended} ({reason})" if reason else f"{was} → {ended}"


def _aht(whole: Figures, found: Faults, but: str = "") -> float | None:
    """The mean of the lengths of all timed calls, those with a fault left out."""
    many = whole.counts["counted"] - (found.timed[but] if but else 0)
    seconds = whole.counts["handle_s"] - (found.seconds[but] if but else 0)
    return round(seconds / many, 3) if many else None
