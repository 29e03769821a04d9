"""How a playbook does: uses, time, resolution, exits and steps left out of each version (R11)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from helpdesk.domain.playbook import Playbook
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.run import Given, walk
from helpdesk.domain.tables import Figure, Table
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import HANDLED, figures_of, kind_of
from helpdesk.stats.facts import CallFact
from helpdesk.stats.left_out import kinds_of, moment, reconciliation
from helpdesk.stats.measures import meanings, values
from helpdesk.stats.source import Source, reconciled

_VERSIONS: Final = """
WITH told AS (
    SELECT t.id, v.hash, v.slug, v.court, v.ordinal, v.first_used_at
    FROM json_each(?) j JOIN ticket t ON t.id = j.value JOIN playbook_version v
        ON v.hash = t.version
)
SELECT * FROM told
"""
_ANSWERS: Final = """
WITH told AS (
    SELECT j.value AS call, a.playbook, a.step, a.answer, a.opened, a.call = j.value AS own, a.at,
        a.id
    FROM json_each(?) j JOIN call_ticket x ON x.call = j.value JOIN answer a ON a.ticket = x.ticket
    WHERE a.struck = 0 AND a.at <= ?
)
SELECT call, playbook, step, answer, opened, own FROM told ORDER BY at, id
"""
_TEXTS: Final = """
WITH told AS (
    SELECT hash, text FROM playbook_version WHERE hash IN (SELECT value FROM json_each(?))
)
SELECT * FROM told
"""
_MEASURES: Final = ("median_s", "aht_s", "gross_fcr", "net_fcr", "repeat_adjusted_fcr")
_EXITS: Final = 3
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

Answers = tuple[tuple[str, str, str, str | None, int], ...]
"""What stands answered on a ticket until the last answer of one call, in order: playbook, step,
answer, version handed over to, and whether it was answered on this call."""


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
    calls = fetch_calls(source.port, source.scope, alike_only=True)
    handled = [call for call in calls if kind_of(call) in HANDLED]
    versions = _versions(source, handled)
    groups: dict[Version, list[CallFact]] = {}
    for call in handled:
        if version := versions.get(call.ticket):
            groups.setdefault(version, []).append(call)
    answers = _answers(source, [call.id for each in groups.values() for call in each])
    books = _books(source, groups, answers.values())
    ordered = sorted(groups)
    used = sum(map(len, groups.values()))
    left = Counter({"led by no playbook": len(handled) - used})
    return Table(
        title="Playbooks by version",
        columns=_COLUMNS,
        rows=tuple(_row(source, each, groups[each], answers, books) for each in ordered),
        footer=(
            reconciliation(used, left, "handled calls"),
            reconciled(kinds_of(calls)),
        ),
        keys=tuple(f"{each.slug}/{each.court}/{each.ordinal}" for each in ordered),
        tickets=tuple(
            tuple(dict.fromkeys(call.ticket for call in reversed(groups[each])))
            for each in ordered
        ),
        shown=(
            "playbook", "court", "version", "uses", "median_s", "repeat_adjusted_fcr", "skipped",
            "exits",
        ),
        meant=_MEANT,
    )  # fmt: skip


def _row(
    source: Source,
    version: Version,
    calls: Sequence[CallFact],
    answers: Mapping[int, Answers],
    books: Mapping[str, Playbook],
) -> tuple[Figure, ...]:
    exits = Counter(_exit(version, answers.get(call.id, ())) for call in calls)
    del exits[""]
    resolved = [
        answers[call.id] for call in calls if call.outcome == "resolved" and call.id in answers
    ]
    steps = _skipped(version, resolved, books)
    left = Counter(step for step in steps if step)
    shares = (f"{end} {100 * many / len(calls):.0f}%" for end, many in _most(exits))
    return (
        version.slug, version.court, version.ordinal,
        *moment(version.first_used_at, source.scope.period.zone), len(calls),
        *values(_MEASURES, figures_of(calls)), ", ".join(shares) or None,
        Ratio(left.total(), len(steps)),
        ", ".join(f"{step} {many:,}" for step, many in _most(left)) or None,
    )  # fmt: skip


def _exit(version: Version, told: Answers) -> str:
    """The last answer of a call to a step of the playbook itself; empty without one."""
    own = (each for each in reversed(told) if each[0] == version.slug and each[4])
    return next((f"{step} = {answer}" for _, step, answer, _, _ in own), "")


def _skipped(
    version: Version, told: Iterable[Answers], books: Mapping[str, Playbook]
) -> list[str | None]:
    """The step at which each walk stands, unless the desk may have known its answer."""
    book, stands = books.get(version.hash), dict[Answers, str | None]()
    if book is None:
        return []
    found = []
    for each in told:
        if each not in stands:
            given = {
                (slug, step): Given(answer, place, books.get(opened) if opened else None)
                for place, (slug, step, answer, opened, _) in enumerate(each)
            }
            current = walk(book, given, {}).current
            stands[each] = current.id if current and not current.fact else None
        found.append(stands[each])
    return found


def _versions(source: Source, calls: Iterable[CallFact]) -> dict[int, Version]:
    """The version that leads each ticket."""
    tickets = json.dumps(sorted({call.ticket for call in calls}))
    rows = source.port.query(_VERSIONS, (tickets,)).rows
    return {row[0]: Version(row[2], row[3], row[4], row[5], row[1]) for row in rows}


def _answers(source: Source, calls: Iterable[int]) -> dict[int, Answers]:
    """What stands answered when each call ended; nothing of calls without an answer."""
    params = (json.dumps(list(calls)), source.scope.as_of)
    found: dict[int, list[tuple[str, str, str, str | None, int]]] = {}
    ends: dict[int, int] = {}
    for call, *told in source.port.query(_ANSWERS, params).rows:
        before = found.setdefault(call, [])
        before.append((told[0], told[1], told[2], told[3], told[4]))
        if told[4]:
            ends[call] = len(before)
    return {call: tuple(found[call][:end]) for call, end in ends.items()}


def _books(
    source: Source, versions: Iterable[Version], answers: Iterable[Answers]
) -> dict[str, Playbook]:
    """The playbooks of the versions, and those that were handed over to, by hash."""
    if source.book_of is None:
        return {}
    hashes = {version.hash for version in versions}
    hashes |= {opened for told in answers for *_, opened, _ in told if opened}
    rows = source.port.query(_TEXTS, (json.dumps(sorted(hashes)),)).rows
    return {row[0]: source.book_of(row[0], row[1]) for row in rows}


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:_EXITS]
