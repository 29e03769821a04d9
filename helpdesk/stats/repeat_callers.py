"""Who had to call again: chains of calls, each soon after the one before (STATS §5, R8)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.caller_chains import Chain, Counts, chain_of
from helpdesk.stats.caller_sums import (
    STRETCH_DAYS,
    CallerCall,
    calls_by_caller,
    earlier_too,
    inbound,
)
from helpdesk.stats.calls import fetch_calls, within
from helpdesk.stats.definitions import Figures
from helpdesk.stats.facts import CallFact
from helpdesk.stats.left_out import commonest, kinds_of, moment, reconciliation
from helpdesk.stats.measures import SAME_CONTACT, meanings
from helpdesk.stats.pieces import stretches_of
from helpdesk.stats.source import Source, reconciled

_PHONES: Final = """
WITH told AS (SELECT id, phone FROM call WHERE id IN (SELECT value FROM json_each(?)))
SELECT * FROM told WHERE phone <> ''
"""
_NAMES: Final = """
WITH told AS (SELECT id, name, firm FROM caller WHERE id IN (SELECT value FROM json_each(?)))
SELECT * FROM told
"""
_WHOSE: Final = {
    "person": "callers", "phone": "phone numbers", "firm": "firms",
    "office": "offices and symptoms",
}  # fmt: skip
_WITHOUT: Final = {
    "person": "without a known caller", "phone": "without a number", "firm": "without a firm",
    "office": "without a symptom",
}  # fmt: skip
_MEANT: Final = meanings(
    caller=("caller", "text", (
        "who called again; merged callers count as one; only a number for who may not compare")),
    firm=("firm", "text", "the caller's firm; blank for who may not compare"),
    chain=("chain", "count", (
        "contacts of the longest chain: each at most 7 days after the one before, also those "
        f"before the range; {SAME_CONTACT}")),
    calls=("contacts", "count", "contacts of all chains that reach into the range"),
    in_range=("in range", "count", "inbound calls of them that began in range"),
    repeats=("repeats", "count", (
        "handled calls of them in range whose caller had called about the same in the 7 days "
        f"before; {SAME_CONTACT}; all rows together are the repeats of the other reports")),
    repeats_any=("repeats, any", "count", "the same, about anything"),
    first_at=("first, UTC", "text", "when the first of these calls began"),
    first_local=("first", "text", "the same in the zone of the report"),
    last_at=("last, UTC", "text", "when the last of them began"),
    last_local=("last", "text", "the same in the zone of the report"),
    symptom=("about", "text", "what most of the calls were about, and how many else there were"),
    symptoms=("symptoms", "text", "everything that the calls were about"),
    clerk=("answered by", "text", "who answered most of them, and how many others did"),
    clerks=("clerks", "text", "everybody who answered them"),
    last_outcome=("last outcome", "text", "how the last of them ended; blank while it runs"),
)  # fmt: skip


_HIDDEN_FIRM: Final = replace(_MEANT["firm"], blank="hidden from your role")
_IN_RANGE: Final[Mapping[str, Callable[[CallerCall], int]]] = {
    "in_range": lambda _: 1,
    "repeats": lambda call: call.repeats,
    "repeats_any": lambda call: call.repeats_any,
}
"""What columns count of each call in range."""

_SHOWN: Final = (
    "caller", "firm", "chain", "calls", "repeats", "symptom", "clerk", "last_outcome",
)  # fmt: skip
_NOT_SHOWN: Final = {"phone": ("firm",), "firm": ("firm",), "office": ("firm", "symptom")}


def repeat_callers(source: Source) -> Table:
    """Who called again within seven days, looking back before the range.

    Args:
        source: What it is made from; its unit is one of the catalogue's levels, empty for persons.

    Returns:
        The table, the longest chains first.
    """
    level, counts = source.unit or "person", _counts(source)
    groups, nameless, every = _groups(source, level, counts)
    chains = _chains(groups, counts)
    labels = _labels(source, level, list(chains))
    callers = sum(any(map(counts, reversed(calls))) for calls in groups.values())
    alone = Counter({"no two contacts within 7 days": callers - len(chains)})
    return Table(
        title=f"Repeat {_WHOSE[level]}",
        columns=tuple(_MEANT),
        rows=tuple(
            (*label, *_cells(source, chain, counts))
            for label, chain in zip(labels, chains.values(), strict=True)
        ),
        footer=(
            reconciliation(len(chains), alone, _WHOSE[level]),
            f"inbound calls in range {_WITHOUT[level]}: {nameless:,}",
            reconciled(every),
        ),
        keys=tuple(chains),
        shown=tuple(name for name in _SHOWN if name not in _NOT_SHOWN.get(level, ())),
        meant=_MEANT | ({"firm": _HIDDEN_FIRM} if _hides(source) else {}),
    )  # fmt: skip


def tickets_of_chains(source: Source, key: str | None, column: str) -> list[int]:
    """The tickets of the calls in the chains of a row that a column counts.

    Args:
        source: What the report was made from.
        key: Whose; ``None`` for everybody.
        column: The column; those that count nothing are of all calls of the chains.

    Returns:
        Their ids, row by row, newest call first.
    """
    counts = _counts(source)
    groups = _read(source, source.unit or "person", counts)[0]
    if key is not None:
        groups = {key: groups[key]} if key in groups else {}
    chains = _chains(groups, counts).values()
    return list(
        dict.fromkeys(
            call.ticket
            for chain in chains
            for call in reversed(_calls_counted(chain, column, counts))
        )
    )


def _calls_counted(chain: Chain, column: str, counts: Counts) -> Sequence[CallerCall]:
    """The calls that a column counts, the first first."""
    if column == "chain":
        return chain.of_longest
    if column == "last_outcome":
        return chain.calls[-1:]
    if column not in _IN_RANGE:
        return chain.calls
    return [each for each in chain.calls if counts(each) and _IN_RANGE[column](each)]


def _counts(source: Source) -> Counts:
    start, clerk = source.scope.period.start, source.scope.clerk
    if clerk is None:
        return lambda call: call.started_at >= start
    return lambda call: call.started_at >= start and call.clerk == clerk


def _groups(
    source: Source, level: str, counts: Counts
) -> tuple[Mapping[str, Sequence[CallerCall]], int, Figures]:
    """Inbound calls put together, how many in range belong to nobody, and all that there are."""
    if level != "person":
        return _read(source, level, counts)
    called = calls_by_caller(source)
    return {str(who): told for who, told in called.calls.items()}, called.nameless, called.every


def _read(
    source: Source, level: str, counts: Counts
) -> tuple[Mapping[str, Sequence[CallerCall]], int, Figures]:
    """The same from the rows, a few days of them in memory at once."""
    scope, longer = source.scope, earlier_too(source.scope)
    groups: dict[str, list[CallerCall]] = {}
    nameless, every = 0, Figures()
    stretches = list(stretches_of(longer.period, longer.end, STRETCH_DAYS))
    for done, stretch in enumerate(stretches, 1):
        facts = fetch_calls(source.port, replace(longer, period=stretch))
        key_of = _key_of(source, level, facts)
        for call in inbound(facts):
            if key := key_of(call):
                groups.setdefault(key, []).append(call)
            else:
                nameless += counts(call)
        every.add(kinds_of(call for call in facts if within(call, scope)))
        if source.progress is not None:
            source.progress(done, len(stretches))
    return groups, nameless, every


def _key_of(
    source: Source, level: str, facts: Sequence[CallFact]
) -> Callable[[CallerCall], str | None]:
    if level == "phone":
        ids = json.dumps([call.id for call in facts])
        phones = dict(source.port.query(_PHONES, (ids,)).rows)
        return lambda call: phones.get(call.id)
    if level == "firm":
        firms = {call.id: " ".join((call.firm or "").split()).casefold() for call in facts}
        return lambda call: firms[call.id]
    if level == "office":
        places = {call.id: f"{call.court}/{call.office}" for call in facts}
        return lambda call: call.symptom and f"{places[call.id]} {call.symptom}"
    return lambda call: None if call.caller is None else str(call.caller)


def _chains(groups: Mapping[str, Sequence[CallerCall]], counts: Counts) -> dict[str, Chain]:
    found = {
        key: chain
        for key, calls in groups.items()
        if len(calls) > 1 and (chain := chain_of(calls, counts))
    }

    def place(each: tuple[str, Chain]) -> tuple[int, int, int, str]:
        key, chain = each
        return -chain.longest, -chain.contacts, -chain.calls[-1].started_at, key

    return dict(sorted(found.items(), key=place))


def _labels(source: Source, level: str, keys: Sequence[str]) -> list[tuple[str, str | None]]:
    """What the rows are called; no name or number of a person for who may not compare."""
    if level == "office":
        return [(key, None) for key in keys]
    word = {"person": "caller", "phone": "number", "firm": "firm"}[level]
    numbered = [(f"{word} {place}", None) for place in range(1, len(keys) + 1)]
    if _hides(source):
        return list(numbered)
    if level != "person":
        return [(key, None) for key in keys]
    ids = json.dumps([int(key) for key in keys])
    rows = source.port.query(_NAMES, (ids,)).rows
    names = {str(row[0]): (row[1], row[2] or None) for row in rows}
    return [
        names[key] if names.get(key, ("", None))[0] else (number, names.get(key, ("", None))[1])
        for key, (number, _) in zip(keys, numbered, strict=True)
    ]


def _hides(source: Source) -> bool:
    """Whether who asks may read no names, numbers and firms of callers here."""
    return source.own is not None or not source.named


def _cells(source: Source, chain: Chain, counts: Counts) -> tuple[Figure, ...]:
    calls, zone = chain.calls, source.scope.period.zone
    in_range = (
        calls if counts(calls[0]) and source.scope.clerk is None else ([*filter(counts, calls)])
    )
    symptoms = Counter(call.symptom or "(none)" for call in calls)
    clerks = Counter(call.clerk for call in calls)
    logins = {source.names.clerk(clerk): many for clerk, many in clerks.items()}
    return (
        chain.longest, chain.contacts, len(in_range), sum(call.repeats for call in in_range),
        sum(call.repeats_any for call in in_range),
        *moment(calls[0].started_at, zone), *moment(calls[-1].started_at, zone),
        commonest(symptoms, 1), commonest(symptoms, len(calls)), commonest(logins, 1),
        commonest(logins, len(calls)), calls[-1].outcome,
    )  # fmt: skip
