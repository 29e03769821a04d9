"""Every item of the seed documents is answered, with its facts, by the shipped playbooks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pytest

from helpdesk.domain.playbook import Playbook
from helpdesk.located_yaml import Document, load
from helpdesk.playbooks.library import read_text
from tests.playbooks.shown import COURTS, DATA, NOT_LIVE, SHIPPED, shipped_playbooks, shown

LIBRARY: Final = shipped_playbooks().library


@dataclass(frozen=True)
class Item:
    name: str
    courts: tuple[str, ...]
    topics: tuple[str, ...]
    facts: dict[str, tuple[str, ...]]

    def covered_by(self) -> list[Playbook]:
        return [each for each in LIBRARY.playbooks.values() if self.name in each.covers]


def read_item(document: Document, name: str) -> Item:
    document.mapping((name,), ("court", "topics", "facts"), ("also-not-live",))
    court = document.choice((name, "court"), ("any", *SHIPPED.courts))
    also = tuple(NOT_LIVE.courts) if document.value((name, "also-not-live")) == "yes" else ()
    facts = {}
    for fact in document.mapping((name, "facts"), optional=None):
        path = (name, "facts", fact)
        one = isinstance(document.value(path), str)
        facts[fact] = (document.text(path),) if one else document.texts(path)
    live = tuple(SHIPPED.courts) if court == "any" else (court,)
    return Item(name, (*live, *also), document.texts((name, "topics")), facts)


def read_items() -> dict[str, Item]:
    document = load(read_text(DATA / "seed_items.yaml"), "seed_items.yaml")
    items = {name: read_item(document, name) for name in document.mapping((), optional=None)}
    document.refuse_faults()
    return items


ITEMS: Final = read_items()


def holds(text: str, pattern: str) -> bool:
    return all(re.search(part, text, re.IGNORECASE) for part in pattern.split(" && "))


def shown_for(item: Item, court: str) -> dict[str, str]:
    """The steps shown at a court, by playbook and step."""
    return {
        f"{court} {playbook.slug} {step}": text
        for playbook in item.covered_by()
        for step, text in shown(playbook, LIBRARY.facts, COURTS[court]).items()
    }


def lacking(item: Item) -> list[str]:
    """The item's facts that no step shows, at each live court it is about."""
    before = [text for each in item.courts if each in NOT_LIVE.courts
              for text in shown_for(item, each).values()]  # fmt: skip
    live = {each: list(shown_for(item, each).values()) for each in item.courts
            if each in SHIPPED.courts}  # fmt: skip
    return [
        f"{item.name} at {court} lacks: {fact}"
        for court, texts in live.items()
        for fact, patterns in item.facts.items()
        if not any(holds(text, each) for text in (*texts, *before) for each in patterns)
    ]


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_the_facts_of_an_item_are_shown_to_the_clerk(item: Item) -> None:
    lacks = lacking(item)
    said = "\n".join(
        f"  {place}: {text}"
        for court in item.courts
        for place, text in shown_for(item, court).items()
    )
    assert not lacks, "\n".join([*lacks, "Shown was:", said])


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
def test_an_item_is_covered_by_each_of_its_topics(item: Item) -> None:
    assert {playbook.slug for playbook in item.covered_by()} >= set(item.topics)


def test_every_item_of_the_five_documents_is_asked_for() -> None:
    counts = {"S0": 29, "S1": 22, "S2": 19, "S3": 17, "S4": 14}
    asked = [f"{seed}-{n:02}" for seed, count in counts.items() for n in range(1, count + 1)]
    assert list(ITEMS) == asked


@pytest.mark.parametrize("playbook", LIBRARY.playbooks.values(), ids=LIBRARY.playbooks)
def test_a_playbook_covers_only_items_that_exist(playbook: Playbook) -> None:
    assert set(playbook.covers) <= set(ITEMS)
