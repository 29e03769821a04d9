"""Who had to call again: chains of calls, each soon after the one before (STATS §5, R8)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from helpdesk.domain.periods import Period
from helpdesk.domain.repeats import REPEAT_SECONDS, goes_on
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.calls import fetch_calls, within
from helpdesk.stats.definitions import STARTED, counted_as, named
from helpdesk.stats.facts import CallFact
from helpdesk.stats.left_out import commonest, kinds_of, moment, reconciliation
from helpdesk.stats.measures import meanings
from helpdesk.stats.source import Source, reconciled

LEVELS: Final = ("person", "phone", "firm", "office")
"""By what calls are put together; an office's calls are told apart by symptom as well."""

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
        "before the range; a call within 2 minutes after a dropped line is the same contact")),
    calls=("contacts", "count", "contacts of all chains that reach into the range"),
    in_range=("in range", "count", "inbound calls of them that began in range"),
    repeats=("repeats", "count", (
        "handled calls of them in range whose caller had called about the same in the 7 days "
        "before; all rows together are the repeats of the other reports")),
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


_SHOWN: Final = (
    "caller", "firm", "chain", "calls", "repeats", "symptom", "clerk", "last_outcome",
)  # fmt: skip
_NOT_SHOWN: Final = {"phone": ("firm",), "firm": ("firm",), "office": ("firm", "symptom")}


class Chain(NamedTuple):
    """The calls of somebody who called again."""

    calls: tuple[CallFact, ...]
    """Those of every chain that reaches into the range, the first first."""

    contacts: int
    """How often it was called: a call right after a dropped line is the same contact."""

    longest: int
    """How many contacts the longest chain has."""


def chain_of(calls: Sequence[CallFact], counts: Callable[[CallFact], bool]) -> Chain | None:
    """Find the chains of one caller: contacts of which each is within W of the one before.

    Args:
        calls: Inbound calls, the first first.
        counts: Whether a call is in the range of the report.

    Returns:
        The chains in which a call counts; ``None`` without one of at least two contacts.
    """
    chains: list[list[list[CallFact]]] = []
    for call in calls:
        last = chains[-1][-1][-1] if chains else None
        if last is not None and _same_contact(last, call):
            chains[-1][-1].append(call)
        elif last is not None and call.started_at - last.started_at <= REPEAT_SECONDS:
            chains[-1].append([call])
        else:
            chains.append([[call]])
    kept = [
        chain
        for chain in chains
        if len(chain) > 1 and any(counts(call) for contact in chain for call in contact)
    ]
    if not kept:
        return None
    found = tuple(call for chain in kept for contact in chain for call in contact)
    return Chain(found, sum(map(len, kept)), max(map(len, kept)))


def repeat_callers(source: Source) -> Table:
    """Who called again within seven days, looking back before the range.

    Args:
        source: What it is made from; its unit is one of ``LEVELS``, empty for persons.

    Returns:
        The table, the longest chains first.
    """
    level, scope = source.unit or "person", source.scope
    earlier = Period(scope.period.start - REPEAT_SECONDS, scope.period.end, scope.period.zone)
    facts = fetch_calls(source.port, replace(scope, period=earlier, clerk=None))
    in_range = [call for call in facts if within(call, scope)]
    counted = {call.id for call in in_range}
    groups, nameless = _grouped(source, level, facts, counted)
    chains = _chains(groups, counted)
    labels = _labels(source, level, list(chains))
    callers = sum(any(call.id in counted for call in calls) for calls in groups.values())
    once = Counter({"called once": callers - len(chains)})
    return Table(
        title=f"Repeat {_WHOSE[level]}",
        columns=tuple(_MEANT),
        rows=tuple(
            (*label, *_cells(source, chain, counted))
            for label, chain in zip(labels, chains.values(), strict=True)
        ),
        footer=(
            reconciliation(len(chains), once, _WHOSE[level]),
            f"inbound calls in range {_WITHOUT[level]}: {nameless:,}",
            reconciled(kinds_of(in_range)),
        ),
        keys=tuple(chains),
        tickets=tuple(
            tuple(dict.fromkeys(call.ticket for call in reversed(chain.calls)))
            for chain in chains.values()
        ),
        shown=tuple(name for name in _SHOWN if name not in _NOT_SHOWN.get(level, ())),
        meant=_MEANT,
    )  # fmt: skip


def _same_contact(before: CallFact, call: CallFact) -> bool:
    if before.caller != call.caller:
        return False
    return before.started_at == call.started_at or goes_on(
        before.outcome or "", before.started_at, before.ended_at, call.started_at
    )


def _grouped(
    source: Source, level: str, facts: Iterable[CallFact], counted: Collection[int]
) -> tuple[dict[str, list[CallFact]], int]:
    """Put inbound calls together; also says how many in range belong to nobody."""
    inbound = [call for call, names, _ in named(facts) if names[0] in STARTED]
    key_of = _key_of(source, level, inbound)
    groups: dict[str, list[CallFact]] = {}
    nameless = 0
    for call in inbound:
        if key := key_of(call):
            groups.setdefault(key, []).append(call)
        else:
            nameless += call.id in counted
    return groups, nameless


def _key_of(
    source: Source, level: str, inbound: Sequence[CallFact]
) -> Callable[[CallFact], str | None]:
    if level == "phone":
        ids = json.dumps([call.id for call in inbound])
        phones = dict(source.port.query(_PHONES, (ids,)).rows)
        return lambda call: phones.get(call.id)
    if level == "firm":
        return lambda call: " ".join((call.firm or "").split()).casefold()
    if level == "office":
        return lambda call: call.symptom and f"{call.court}/{call.office} {call.symptom}"
    return lambda call: None if call.caller is None else str(call.caller)


def _chains(
    groups: Mapping[str, Sequence[CallFact]], counted: Collection[int]
) -> dict[str, Chain]:
    found = {
        key: chain
        for key, calls in groups.items()
        if len(calls) > 1 and (chain := chain_of(calls, lambda call: call.id in counted))
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
    if source.own is not None or not source.named:
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


def _cells(source: Source, chain: Chain, counted: Collection[int]) -> tuple[Figure, ...]:
    calls, zone = chain.calls, source.scope.period.zone
    in_range = [call for call in calls if call.id in counted]
    names = Counter(name for call in in_range for name in counted_as(call))
    symptoms = [call.symptom or "(none)" for call in calls]
    clerks = [source.names.clerk(call.clerk) for call in calls]
    return (
        chain.longest, chain.contacts, len(in_range), names["repeats"], names["repeats_any"],
        *moment(calls[0].started_at, zone), *moment(calls[-1].started_at, zone),
        commonest(symptoms, 1), commonest(symptoms, len(symptoms)), commonest(clerks, 1),
        commonest(clerks, len(clerks)), calls[-1].outcome,
    )  # fmt: skip
