"""A playbook as a tree to read: every step once, whatever leads where."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import NO, YES, Answer, Playbook, Step
from helpdesk.domain.run import coming
from helpdesk.playbooks.outline import OutlineLine, outline
from tests.playbooks.shown import shipped_playbooks
from tests.support.small_books import small_book, yes_no

LIBRARY: Final = shipped_playbooks().library
BOOKS: Final = {
    **LIBRARY.playbooks,
    **{
        f"{slug}-at-{court}": book
        for court, own in LIBRARY.at_courts.items()
        for slug, book in own.items()
    },
}
IDS: Final = "abcdef"


def shown(lines: tuple[OutlineLine, ...]) -> list[str]:
    return [line.text for line in lines if line.label == "step"]


def reached(book: Playbook) -> set[str]:
    found: set[str] = set()
    ahead = [book.start]
    while ahead:
        step = book.steps.get(ahead.pop())
        if step and step.id not in found:
            found.add(step.id)
            ahead.extend(step.exits())
    return found


def of_step(lines: tuple[OutlineLine, ...], step: str) -> list[OutlineLine]:
    """The lines of one step, without those of other steps between them."""
    at = next(n for n, line in enumerate(lines) if (line.label, line.text) == ("step", step))
    deep = lines[at].depth
    found: list[OutlineLine] = []
    for line in lines[at + 1 :]:
        if line.depth < deep or (line.depth == deep and line.label == "step"):
            break
        if line.depth == deep:
            found.append(line)
    return found


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_every_step_of_a_shipped_playbook_stands_in_its_tree_exactly_once(book: Playbook) -> None:
    lines = outline(book)
    assert sorted(shown(lines)) == sorted(book.steps)
    assert shown(lines)[0] == book.start


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_under_each_step_stands_all_that_it_says_and_where_each_answer_leads(
    book: Playbook,
) -> None:
    lines = outline(book)
    for step in book.steps.values():
        below = of_step(lines, step.id)
        said = [(line.label, line.text) for line in below if line.label in "say do ask why"]
        texts = {"say": step.say, "do": step.do, "ask": step.ask, "why": step.why}
        assert said == [(label, text) for label, text in texts.items() if text]
        led = [line.text for line in below if line.label == "answer"]
        assert led == [f"{each.key} > {each.leads_to}" for each in step.answers]
        notes = " ".join(line.text for line in below if line.label == "note")
        for name in (*step.see, *step.actions, step.hand_over, step.outcome, step.fact, step.next):
            assert name in notes


@st.composite
def books(draw: st.DrawFn) -> Playbook:
    to = st.sampled_from([*IDS, "gone"])
    steps = []
    for name in IDS:
        keys = draw(st.lists(st.sampled_from([YES, NO, "other"]), unique=True))
        answers = tuple(Answer(key, draw(to)) for key in keys)
        steps.append(Step(name, ask=name, answers=answers, next="" if keys else draw(to)))
    return small_book("one", *steps)


@given(books())
def test_whatever_leads_where_each_step_that_can_be_reached_stands_once(book: Playbook) -> None:
    assert sorted(shown(outline(book))) == sorted(reached(book))


@given(books())
def test_the_main_line_stands_at_the_margin_and_in_its_order(book: Playbook) -> None:
    at_margin = [line.text for line in outline(book) if line.label == "step" and not line.depth]
    assert at_margin == [step.id for step in coming(book, book.steps[book.start])]


def test_another_answer_stands_further_in_until_it_meets_a_step_shown_elsewhere() -> None:
    book = small_book(
        "one",
        yes_no("ready", "Ready?", "end", "wait"),
        Step("end", say="Done.", outcome="resolved"),
        yes_no("wait", "Wait?", "end", "later"),
        Step("later", say="Later.", outcome="waiting"),
    )
    told = [(line.depth, line.text) for line in outline(book) if line.label in "step answer"]
    assert told == [
        (0, "ready"), (0, "yes > end"), (0, "no > wait"),
        (1, "wait"), (1, "yes > end"), (1, "no > later"),
        (2, "later"),
        (0, "end"),
    ]  # fmt: skip
