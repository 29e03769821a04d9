"""Every item of the seed documents is answered, with its facts, by the shipped playbooks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import pytest

from helpdesk.domain.playbook import Playbook
from helpdesk.located_yaml import Document, load
from helpdesk.resources import read_text
from tests.playbooks.shown import COURTS, DATA, NOT_LIVE, SHIPPED, shipped_playbooks, shown

LIBRARY: Final = shipped_playbooks().library


@dataclass(frozen=True)
class Item:
    name: str
    live: tuple[str, ...]
    before: tuple[str, ...]
    topics: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]

    def covered_by(self) -> list[Playbook]:
        return [each for each in LIBRARY.playbooks.values() if self.name in each.covers]


def read_item(document: Document, name: str) -> Item:
    document.mapping((name,), ("court", "topics", "facts"), ("also-not-live",))
    court = document.choice((name, "court"), ("any", *SHIPPED.courts))
    also_before = document.choice((name, "also-not-live"), ("no", "yes")) == "yes"
    facts = {}
    for fact in document.mapping((name, "facts"), optional=None):
        path = (name, "facts", fact)
        one = isinstance(document.value(path), str)
        facts[fact] = (document.text(path),) if one else document.texts(path)
    return Item(
        name,
        live=tuple(SHIPPED.courts) if court == "any" else (court,),
        before=tuple(NOT_LIVE.courts) if also_before else (),
        topics=document.texts((name, "topics")),
        facts=facts,
    )


def read_items() -> dict[str, Item]:
    document = load(read_text(DATA / "seed_items.yaml"), "seed_items.yaml")
    items = {name: read_item(document, name) for name in document.mapping((), optional=None)}
    document.refuse_faults()
    return items


ITEMS: Final = read_items()


def holds(text: str, pattern: str) -> bool:
    return all(re.search(part, text, re.IGNORECASE) for part in pattern.split(" && "))


@cache
def shown_at(slug: str, court: str) -> dict[str, str]:
    return shown(LIBRARY.playbooks[slug], LIBRARY.facts, COURTS[court])


def shown_for(item: Item, slug: str, court: str) -> dict[str, str]:
    """What is shown at a live court, and before going live where the item is about that."""
    return {
        f"{each} {step}": text
        for each in (court, *item.before)
        for step, text in shown_at(slug, each).items()
    }


def lacking(item: Item, slug: str) -> list[str]:
    """The item's facts that no step of the playbook shows, at each court it is about."""
    return [
        f"{item.name} at {court} in {slug} lacks: {fact}"
        for court in item.live
        for texts in [shown_for(item, slug, court).values()]
        for fact, patterns in item.facts.items()
        if not any(holds(text, pattern) for text in texts for pattern in patterns)
    ]


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_one_playbook_shows_every_fact_of_an_item(item: Item) -> None:
    slugs = [playbook.slug for playbook in item.covered_by()]
    best = min(slugs, key=lambda slug: len(lacking(item, slug)))
    shown_texts = [shown_for(item, best, court) for court in item.live]
    said = [f"{place}: {text}" for texts in shown_texts for place, text in texts.items()]
    lacks = lacking(item, best)
    assert not lacks, "\n  ".join([*lacks, "What is shown:", *said])


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_no_playbook_claims_an_item_without_showing_any_of_it(item: Item) -> None:
    every = len(item.facts) * len(item.live)
    slugs = [playbook.slug for playbook in item.covered_by()]
    assert [slug for slug in slugs if len(lacking(item, slug)) == every] == []


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_an_item_is_covered_by_each_of_its_topics(item: Item) -> None:
    assert {playbook.slug for playbook in item.covered_by()} >= set(item.topics)


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_an_item_asks_for_something(item: Item) -> None:
    assert item.facts
    assert all(patterns and all(patterns) for patterns in item.facts.values())


def test_every_item_of_the_five_documents_is_asked_for() -> None:
    counts = {"S0": 29, "S1": 22, "S2": 19, "S3": 17, "S4": 14}
    asked = [f"{seed}-{n:02}" for seed, count in counts.items() for n in range(1, count + 1)]
    assert list(ITEMS) == asked


@pytest.mark.parametrize("playbook", LIBRARY.playbooks.values(), ids=LIBRARY.playbooks)
def test_a_playbook_covers_only_items_that_exist(playbook: Playbook) -> None:
    assert set(playbook.covers) <= set(ITEMS)
