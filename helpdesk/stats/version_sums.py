"""What calls led by each version of a playbook came to, day by day (R11)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from helpdesk.domain.playbook import Playbook
from helpdesk.domain.run import Given
from helpdesk.domain.walk import walk
from helpdesk.port import Port, Statement
from helpdesk.stats.calls import fetch_calls
from helpdesk.stats.definitions import HANDLED, Figures, Named, figures_from, named, summed
from helpdesk.stats.facts import CallFact
from helpdesk.stats.kept_rows import kept_rows
from helpdesk.stats.pieces import Placed, stretches_of
from helpdesk.stats.rolling import add_kept, by_place
from helpdesk.stats.rollups import kept_days
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

_LED: Final = """
WITH told AS (
    SELECT t.id, t.version FROM json_each(?) j JOIN ticket t ON t.id = j.value
    WHERE t.version IS NOT NULL
)
SELECT * FROM told
"""
_ANSWERS: Final = """
WITH told AS (
    SELECT j.value AS call, a.at, a.id, a.playbook, a.step, a.answer, a.opened,
        a.call = j.value AS own
    FROM json_each(?) j JOIN call_ticket x ON x.call = j.value JOIN answer a ON a.ticket = x.ticket
    WHERE a.struck = 0 AND a.at <= ?
)
SELECT * FROM told
"""
_TEXTS: Final = """
WITH told AS (
    SELECT hash, slug, text FROM playbook_version WHERE hash IN (SELECT value FROM json_each(?))
)
SELECT * FROM told
"""
_OF_CALLS: Final = (
    "counted", "handled", "handle_s", "first", "first_resolved", "first_ours", "first_known",
    "first_lasting",
)  # fmt: skip
"""What the figures of a version are made of."""

_REMEMBERED: Final = 20_000
"""How many walks are remembered: most calls walk as another did."""

_TOGETHER: Final = 2_000
"""Of how many calls the answers are in memory at once."""

BookOf = Callable[[str], Playbook]
"""Reads the playbook of a version from its kept text."""

Answer = tuple[str, str, str, str | None, int]
"""Playbook, step, answer, version handed over to, and whether it was answered on this call."""

Answers = tuple[Answer, ...]
"""What stands answered on a ticket until the last answer of one call, in order."""


class Books:
    """The playbooks of versions, each read once, and where walks through them stand."""

    def __init__(self, book_of: BookOf | None) -> None:
        """Begin.

        Args:
            book_of: Reads them; ``None`` where they cannot be read.
        """
        self._book_of = book_of
        self.slugs: dict[str, str] = {}
        self._books: dict[str, Playbook] = {}
        self._stands: dict[tuple[str, Answers], str | None] = {}

    def learn(self, port: Port, versions: Collection[str]) -> None:
        """Read the playbooks of versions that were not met yet.

        Args:
            port: The database.
            versions: Their hashes.
        """
        missing = json.dumps(sorted(set(versions) - self.slugs.keys()))
        for version, slug, text in port.query(_TEXTS, (missing,)).rows:
            self.slugs[version] = slug
            if self._book_of is not None:
                self._books[version] = self._book_of(text)

    def knows(self, version: str) -> bool:
        """Whether the playbook of a version could be read."""
        return version in self._books

    def skipped(self, version: str, told: Answers) -> str | None:
        """The step at which a walk stands, unless the desk may have known its answer."""
        key = version, told
        if key not in self._stands:
            if len(self._stands) == _REMEMBERED:
                self._stands.clear()
            self._stands[key] = self._walked(self._books[version], told)
        return self._stands[key]

    def _walked(self, book: Playbook, told: Answers) -> str | None:
        given = {
            (slug, step): Given(answer, place, self._books.get(opened) if opened else None)
            for place, (slug, step, answer, opened, _) in enumerate(told)
        }
        current = walk(book, given, {}).current
        return current.id if current and not current.fact else None


class Runs(NamedTuple):
    """What was answered on calls, and by which version."""

    led: dict[int, str]
    """By ticket, the hash of the version that leads it."""

    answers: dict[int, Answers]
    """By call; nothing of calls without an answer."""


def version_sums(source: Source) -> dict[str, Figures]:
    """Sum up the calls of a report by the version that leads their tickets.

    Args:
        source: What the report is made from.

    Returns:
        The sums by the version's hash, those of kept days where they hold; under ``EVERY``
        of what kind all calls are.
    """
    found: defaultdict[str, Figures] = defaultdict(Figures)
    port, scope, books = source.port, source.scope, Books(source.book_of)
    days, gaps = kept_days(port, scope, by_day=False)
    for _, kept in kept_rows(port, scope, PART, days):
        for version, sums in kept.items():
            found[version].add(figures_from(sums))
    for gap in gaps:
        for stretch in stretches_of(gap, scope.end):
            facts = fetch_calls(port, replace(scope, period=stretch), alike_only=True)
            calls = list(named(facts))
            runs = _read(port, calls, books, scope.as_of)
            for version, figures in _summed(calls, runs, books).items():
                found[version].add(figures)
    return dict(found)


def walked(port: Port, calls: Sequence[Named], books: Books, as_of: int) -> list[Named]:
    """Keep the calls that could have left a step out.

    Args:
        port: The database.
        calls: Calls.
        books: The playbooks that were read so far.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Returns:
        Those that count as ``WALKED``, in the same order.
    """
    runs = _read(port, calls, books, as_of)
    return [
        each
        for each in calls
        if each.call.id in runs.answers and _can_skip(each.call, runs.led[each.call.ticket], books)
    ]


def roll_up_versions(
    port: Port, calls: Sequence[Placed], books: Books, as_of: int
) -> Iterator[Statement]:
    """Sum up the calls of whole days by version, to be kept.

    Args:
        port: The database.
        calls: All calls of the days.
        books: The playbooks that were read so far.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Yields:
        The statements that keep the sums.
    """
    runs = _read(port, [each.named for each in calls], books, as_of)
    for place, there in by_place(calls):
        sums = _summed([each.named for each in there], runs, books)
        kept = {version: figures.as_json() for version, figures in sums.items()}
        yield add_kept(PART, place, kept)


def _summed(calls: Iterable[Named], runs: Runs, books: Books) -> dict[str, Figures]:
    groups: dict[str, list[Named]] = {}
    kinds: Counter[str] = Counter()
    for each in calls:
        kinds[each.names[0]] += 1
        if each.names[0] in HANDLED and (led := runs.led.get(each.call.ticket)):
            groups.setdefault(led, []).append(each)
    found = {EVERY: Figures(kinds)}
    for version, told in groups.items():
        figures = summed(told, ("handle",))
        counts = {name: figures.counts[name] for name in _OF_CALLS if name in figures.counts}
        figures.counts = Counter(counts)
        figures.counts.update(_ways(version, told, runs, books))
        found[version] = figures
    return found


def _ways(version: str, calls: Iterable[Named], runs: Runs, books: Books) -> dict[str, int]:
    """How often each answer was the last one, and each step was left out."""
    ways: dict[str, int] = {}
    slug, many = books.slugs[version], 0
    for call, _, _ in calls:
        told = runs.answers.get(call.id)
        if told is None:
            continue
        if last := _exit(slug, told):
            ways[EXIT + last] = ways.get(EXIT + last, 0) + 1
        if _can_skip(call, version, books):
            many += 1
            if step := books.skipped(version, told):
                ways[SKIPPED + step] = ways.get(SKIPPED + step, 0) + 1
    return ways | {WALKED: many}


def _can_skip(call: CallFact, version: str, books: Books) -> bool:
    """Whether a call with any answer is one whose answers are walked through."""
    return call.outcome == "resolved" and books.knows(version)


def _exit(slug: str, told: Answers) -> str:
    """The last answer of a call to a step of the playbook itself; empty without one."""
    own = (each for each in reversed(told) if each[0] == slug and each[4])
    return next((f"{step} = {answer}" for _, step, answer, _, _ in own), "")


def _read(port: Port, calls: Iterable[Named], books: Books, as_of: int) -> Runs:
    handled = [call for call, names, _ in calls if names[0] in HANDLED]
    tickets = json.dumps(sorted({call.ticket for call in handled}))
    led = dict(port.query(_LED, (tickets,)).rows)
    answers = _answers(port, [call.id for call in handled if call.ticket in led], as_of)
    opened = {opened for told in answers.values() for *_, opened, _ in told if opened}
    books.learn(port, opened.union(led.values()))
    return Runs(led, answers)


def _answers(port: Port, calls: Sequence[int], as_of: int) -> dict[int, Answers]:
    """What stands answered when each call ended; nothing of calls without an answer."""
    found: dict[int, Answers] = {}
    alike: dict[Answers, Answers] = {}  # each is kept once: most calls answer as another did
    for begin in range(0, len(calls), _TOGETHER):
        rows: dict[int, list[tuple[Any, ...]]] = {}
        params = (json.dumps(calls[begin : begin + _TOGETHER]), as_of)
        for row in port.query(_ANSWERS, params).rows:
            rows.setdefault(row[0], []).append(row)
        for call, told in rows.items():
            told.sort()  # by the call, when it was answered, and its id
            while told and not told[-1][-1]:
                told.pop()
            if told:
                answers = tuple([row[3:] for row in told])
                found[call] = alike.setdefault(answers, answers)
    return found
