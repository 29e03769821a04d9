"""How often the right playbook comes first for labelled phrases, and which are taken for which.

``PHRASES=FILE.jsonl pytest tests/benchmarks/test_finding.py -o addopts=`` measures a file whose
lines are ``{"text", "topic", "also", "source"}``; without PHRASES, the sentences of the tests.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from helpdesk.playbooks.finding import Finder
from helpdesk.playbooks.indexing import index_of
from helpdesk.playbooks.library import Library
from tests.playbooks.shown import DATA, shipped_playbooks

OURS: Final = DATA / "callers_sentences.jsonl"


@dataclass(frozen=True)
class Answer:
    """What was found for one phrase."""

    topic: str
    kind: str
    text: str
    first: str
    rank: int | None

    def is_within(self, rows: int) -> bool:
        return self.rank is not None and self.rank < rows


def answers(finder: Finder, path: Path) -> Iterator[Answer]:
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        wanted = {told["topic"], *told.get("also", [])}
        slugs = [each.slug for each in finder.find(told["text"])]
        rank = next((place for place, slug in enumerate(slugs) if slug in wanted), None)
        kind = told.get("source", "ours")
        kind = kind if kind.startswith(("own", "ours")) else "written on a page"
        first = slugs[0] if slugs else "nothing"
        yield Answer(told["topic"], kind, told["text"], first, rank)


def shares(name: str, among: Sequence[Answer]) -> str:
    first, three = (sum(each.is_within(rows) for each in among) / len(among) for rows in (1, 3))
    return f"{name:36} n={len(among):<4} first {first:.3f}  first three {three:.3f}"


def report(found: Sequence[Answer], library: Library) -> Iterator[str]:
    yield shares("all", found)
    for what in ("kind", "topic"):
        groups: dict[str, list[Answer]] = defaultdict(list)
        for each in found:
            groups[getattr(each, what)].append(each)
        yield f"\nby {what}"
        yield from (shares(name, groups[name]) for name in sorted(groups))
    yield "\ntaken for another (-> where the one leads to the other)"
    wrong = Counter((each.topic, each.first) for each in found if not each.is_within(1))
    for (topic, first), many in wrong.most_common():
        leads = (
            "->" if first in led_to(library, topic) or topic in led_to(library, first) else "  "
        )
        yield f"{many:3} {topic} {leads} {first}"
    yield "\nnot in the first three"
    yield from (f"    {each.topic}: {each.text}" for each in found if not each.is_within(3))


def led_to(library: Library, slug: str) -> set[str]:
    book = library.playbooks.get(slug)
    steps = book.steps.values() if book else ()
    return {other for step in steps for other in (*step.see, step.hand_over)}


def test_finding(benchmark: BenchmarkFixture, capsys: pytest.CaptureFixture[str]) -> None:
    library = shipped_playbooks().library
    finder = benchmark(lambda: Finder(index_of(library)))
    began = perf_counter()
    found = list(answers(finder, Path(os.environ.get("PHRASES", OURS))))
    each = f"{(perf_counter() - began) / len(found) * 1000:.2f} ms a phrase"
    with capsys.disabled():
        os.write(1, "\n".join(("", *report(found, library), "", each, "")).encode())
    assert {each.topic for each in found} <= set(library.playbooks)
