"""Which calls may make figures wrong, and by how much (STATS §2 and §9, R13)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Figure, Table, said
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import STARTED, Named, named
from helpdesk.stats.facts import CallFact
from helpdesk.stats.left_out import commonest, kinds_of
from helpdesk.stats.measures import MEASURES, meanings
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
_OVERRIDDEN: Final = """
WITH told AS (
    SELECT playbook_outcome, outcome, reason FROM call
    WHERE id IN (SELECT value FROM json_each(?))
)
SELECT * FROM told
"""
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
    calls = fetch_calls(source.port, source.scope)
    started = [each for each in named(calls) if each.names[0] in STARTED]
    faults, lengths = _faults(started, source.scope.as_of), _lengths(started)
    rows: list[tuple[Figure, ...]] = []
    for name, (heading, words) in _FAULTS.items():
        found = faults[name]
        detail = _detail(source, name, found)
        ratio = Ratio(len(found), len(started))
        rows.append((name, heading, len(found), ratio, detail, _aht(lengths, found), words))
    faulty = {call.id for found in faults.values() for call in found}
    return Table(
        title="Data quality",
        columns=tuple(_MEANT),
        rows=tuple(rows),
        total=(
            "any", "any of these", len(faulty), Ratio(len(faulty), len(started)), None,
            _aht(lengths), "started calls that have at least one of these faults",
        ),
        footer=_footer(
            calls, len(started), len(faulty), (_aht(lengths), _aht(lengths, faults["long"]))
        ),
        keys=tuple(_FAULTS),
        tickets=tuple(tuple(_tickets(faults[name])) for name in _FAULTS),
        shown=("heading", "calls", "share", "aht_without_s", "detail"),
        meant=_MEANT,
    )  # fmt: skip


def _footer(
    calls: Sequence[CallFact], started: int, faulty: int, aht: tuple[float | None, float | None]
) -> tuple[str, ...]:
    with_long, without = (said(each, "seconds") or "n/a" for each in aht)
    return (
        reconciled(kinds_of(calls)),
        f"started {started:,} = without a fault {started - faulty:,} + with any {faulty:,}",
        f"AHT with calls over 4 h {with_long}, without {without}",
    )


def _faults(started: Sequence[Named], as_of: int) -> dict[str, list[CallFact]]:
    faults: defaultdict[str, list[CallFact]] = defaultdict(list)
    for call, names, _ in started:
        for name in _FAULTS.keys() & names:
            faults[name].append(call)
        if _end(call) > as_of:
            faults["ahead"].append(call)
    overlapping = _overlapping(call for call, _, _ in started)
    faults["overlap"] = list({call.id: call for call in overlapping}.values())
    return faults


def _overlapping(started: Iterable[CallFact]) -> Iterator[CallFact]:
    """Calls that cannot both have been talked on, each once, the first first."""
    running: dict[int, CallFact] = {}
    for call in started:
        before = running.get(call.clerk)
        if (
            before is not None
            and _end(before) > call.started_at
            and not (before.hold_s or call.hold_s)
        ):
            yield before
        if before is None or _end(call) > _end(before):
            running[call.clerk] = call


def _end(call: CallFact) -> int:
    """When the caller hung up, in seconds UTC; its beginning while the call is running."""
    ended = call.started_at if call.outcome is None else call.ended_at
    return call.started_at if ended is None else ended


def _detail(source: Source, name: str, found: Sequence[CallFact]) -> str | None:
    if name != "overridden" or not found:
        return commonest(
            source.names.clerk(call.clerk) for call in found if source.may_see(call.clerk)
        )
    ids = json.dumps([call.id for call in found])
    rows = source.port.query(_OVERRIDDEN, (ids,)).rows
    return commonest(
        f"{was} → {ended} ({reason})" if reason else f"{was} → {ended}"
        for was, ended, reason in rows
    )


def _aht(lengths: Mapping[int, int], but: Iterable[CallFact] = ()) -> float | None:
    """The mean of lengths by call, those of some calls left out."""
    left = [lengths[call.id] for call in but if call.id in lengths]
    many = len(lengths) - len(left)
    return round((sum(lengths.values()) - sum(left)) / many, 3) if many else None


def _lengths(started: Iterable[Named]) -> dict[int, int]:
    """Handle time by call, of the calls whose times are all known."""
    return {
        call.id: length
        for call, names, length in started
        if length is not None and names[0] == "counted"
    }


def _tickets(calls: Sequence[CallFact]) -> Iterable[int]:
    return dict.fromkeys(call.ticket for call in reversed(calls))
