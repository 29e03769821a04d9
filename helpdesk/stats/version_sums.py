"""What calls led by each version of a playbook came to, day by day (R11)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

from helpdesk.domain.playbook import Playbook
from helpdesk.domain.run import Given, walk
from helpdesk.port import Port, Statement
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import HANDLED, Figures, figures_from, figures_of, kind_of
from helpdesk.stats.facts import CallFact
from helpdesk.stats.left_out import kinds_of
from helpdesk.stats.pieces import Placed, stretches_of
from helpdesk.stats.rolling import add_kept, by_place
from helpdesk.stats.rollups import kept_days, kept_rows
from helpdesk.stats.source import Source

PART: Final = "version"
"""Which of the kept sums they are."""

EVERY: Final = ""
"""Under this, instead of a version's hash, stands of what kind all calls are."""

EXIT: Final = "exit "
"""Before the last answer of a call, as its sums count it."""

SKIPPED: Final = "skipped "
"""Before a step that nobody answered."""

WALKED: Final = "walked"
"""How many resolved calls have any answer."""

_VERSIONS: Final = """
WITH told AS (
    SELECT t.id, v.hash, v.slug
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
_OF_CALLS: Final = (
    "counted", "handled", "handle_s", "first", "first_resolved", "first_ours", "first_known",
    "first_lasting",
)  # fmt: skip
"""What the figures of a version are made of."""

BookOf = Callable[[str, str], Playbook]
"""Reads the playbook of a version from its hash and its kept text."""

Answers = tuple[tuple[str, str, str, str | None, int], ...]
"""What stands answered on a ticket until the last answer of one call, in order: playbook, step,
answer, version handed over to, and whether it was answered on this call."""


class Runs(NamedTuple):
    """What was answered on calls, and by which version."""

    led: dict[int, tuple[str, str]]
    """By ticket, the hash of the version that leads it, and its slug."""

    answers: dict[int, Answers]
    """By call; nothing of calls without an answer."""

    books: dict[str, Playbook]
    """The playbooks of the versions and those that were handed over to, by hash."""


def version_sums(source: Source) -> dict[str, Figures]:
    """Sum up the calls of a report by the version that leads their tickets.

    Args:
        source: What the report is made from.

    Returns:
        The sums by the version's hash, those of kept days where they hold; under ``EVERY``
        of what kind all calls are.
    """
    found: defaultdict[str, Figures] = defaultdict(Figures)
    port, scope = source.port, source.scope
    book_of = cache(source.book_of) if source.book_of else None
    days, gaps = kept_days(port, scope, by_day=False)
    for _, kept in kept_rows(port, scope, PART, days):
        for version, sums in kept.items():
            found[version].add(figures_from(sums))
    for gap in gaps:
        for stretch in stretches_of(gap, scope.end):
            calls = fetch_calls(port, replace(scope, period=stretch), alike_only=True)
            runs = _read(port, calls, book_of, scope.as_of)
            for version, figures in _summed(calls, runs).items():
                found[version].add(figures)
    return dict(found)


def roll_up_versions(
    port: Port, calls: Sequence[Placed], book_of: BookOf, as_of: int
) -> Iterator[Statement]:
    """Sum up the calls of whole days by version, to be kept.

    Args:
        port: The database.
        calls: All calls of the days.
        book_of: Reads playbooks.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Yields:
        The statements that keep the sums.
    """
    runs = _read(port, [each.named.call for each in calls], book_of, as_of)
    for place, there in by_place(calls):
        sums = _summed([each.named.call for each in there], runs)
        kept = {version: figures.as_json() for version, figures in sums.items()}
        yield add_kept(PART, place, kept)


def _summed(calls: Iterable[CallFact], runs: Runs) -> dict[str, Figures]:
    groups: defaultdict[tuple[str, str], list[CallFact]] = defaultdict(list)
    found = {EVERY: kinds_of(calls)}
    for call in calls:
        if kind_of(call) in HANDLED and call.ticket in runs.led:
            groups[runs.led[call.ticket]].append(call)
    for (version, slug), led in groups.items():
        figures = figures_of(led, ("handle",))
        told = {name: figures.counts[name] for name in _OF_CALLS}
        figures.counts = Counter(told) + _ways(version, slug, led, runs)
        found[version] = figures
    return found


def _ways(version: str, slug: str, calls: Sequence[CallFact], runs: Runs) -> Counter[str]:
    """How often each answer was the last one, and each step was left out."""
    ways: Counter[str] = Counter()
    walks: list[Answers] = []
    for call in calls:
        told = runs.answers.get(call.id, ())
        if told and call.outcome == "resolved":
            walks.append(told)
        if last := _exit(slug, told):
            ways[EXIT + last] += 1
    if version in runs.books:
        ways[WALKED] = len(walks)
        for told, times in Counter(walks).items():
            if step := _skipped(runs.books[version], told, runs.books):
                ways[SKIPPED + step] += times
    return ways


def _exit(slug: str, told: Answers) -> str:
    """The last answer of a call to a step of the playbook itself; empty without one."""
    own = (each for each in reversed(told) if each[0] == slug and each[4])
    return next((f"{step} = {answer}" for _, step, answer, _, _ in own), "")


def _skipped(book: Playbook, told: Answers, books: Mapping[str, Playbook]) -> str | None:
    """The step at which a walk stands, unless the desk may have known its answer."""
    given = {
        (slug, step): Given(answer, place, books.get(opened) if opened else None)
        for place, (slug, step, answer, opened, _) in enumerate(told)
    }
    current = walk(book, given, {}).current
    return current.id if current and not current.fact else None


def _read(port: Port, calls: Sequence[CallFact], book_of: BookOf | None, as_of: int) -> Runs:
    handled = [call for call in calls if kind_of(call) in HANDLED]
    tickets = json.dumps(sorted({call.ticket for call in handled}))
    led = {row[0]: (row[1], row[2]) for row in port.query(_VERSIONS, (tickets,)).rows}
    answers = _answers(port, [call.id for call in handled if call.ticket in led], as_of)
    if book_of is None:
        return Runs(led, answers, {})
    hashes = {version for version, _ in led.values()}
    hashes |= {opened for told in answers.values() for *_, opened, _ in told if opened}
    rows = port.query(_TEXTS, (json.dumps(sorted(hashes)),)).rows
    return Runs(led, answers, {row[0]: book_of(row[0], row[1]) for row in rows})


def _answers(port: Port, calls: Iterable[int], as_of: int) -> dict[int, Answers]:
    """What stands answered when each call ended; nothing of calls without an answer."""
    params = (json.dumps(list(calls)), as_of)
    found: dict[int, list[tuple[str, str, str, str | None, int]]] = {}
    ends: dict[int, int] = {}
    for call, *told in port.query(_ANSWERS, params).rows:
        before = found.setdefault(call, [])
        before.append((told[0], told[1], told[2], told[3], told[4]))
        if told[4]:
            ends[call] = len(before)
    return {call: tuple(found[call][:end]) for call, end in ends.items()}
