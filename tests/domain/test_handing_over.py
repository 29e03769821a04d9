"""Runs through several playbooks that hand over to each other, in circles too."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import DONE, NO, YES, Answer, Playbook, Step
from helpdesk.domain.run import Given, Known, Run, StepKey
from helpdesk.domain.walk import walk
from tests.support.small_books import INNER, OUTER, small_book, yes_no

SLUGS: Final = ("one", "two", "three")
IDS: Final = "abcd"
Books = dict[str, Playbook]
Answers = dict[StepKey, Given]


@st.composite
def steps(draw: st.DrawFn, name: str) -> Step:
    to = st.sampled_from([*IDS, "gone"])
    fact = draw(st.sampled_from(["", "linked", "live"]))
    if draw(st.booleans()):
        return yes_no(name, f"{name}?", draw(to), draw(to), fact)
    over = draw(st.sampled_from(["", *SLUGS]))
    return Step(name, do=name, next=draw(st.sampled_from([*IDS, ""])), hand_over=over)


@st.composite
def several(draw: st.DrawFn) -> Books:
    made = (small_book(slug, *(draw(steps(each)) for each in IDS)) for slug in SLUGS)
    return {book.slug: replace(book, start=draw(st.sampled_from(IDS))) for book in made}


@st.composite
def stories(draw: st.DrawFn) -> tuple[Books, Answers, dict[str, Known]]:
    """Playbooks, answers to any of their steps, and what is known."""
    books = draw(several())
    said = st.tuples(st.sampled_from([YES, NO, DONE]), st.integers(0, 99), st.booleans())
    keys = st.tuples(st.sampled_from(SLUGS), st.sampled_from(IDS))
    picked = draw(st.dictionaries(keys, said))
    answers = {}
    for (slug, step), (answer, at, there) in picked.items():
        over = books[slug].steps[step].hand_over
        answers[slug, step] = Given(answer, at, books[over] if over and there else None)
    values = st.builds(Known, st.sampled_from([YES, NO]), st.sampled_from(["desk", "ticket"]))
    return books, answers, draw(st.dictionaries(st.sampled_from(["linked", "live"]), values))


STORIES: Final = stories()
Story = tuple[Books, Answers, dict[str, Known]]


def walked(story: Story) -> Run:
    books, answers, facts = story
    return walk(books["one"], answers, facts)


@given(STORIES)
def test_no_step_is_gone_through_twice_though_playbooks_hand_over_in_circles(
    story: Story,
) -> None:
    run = walked(story)
    behind = [each.key for each in run.passed]
    assert len(behind) == len(set(behind)) <= len(SLUGS) * len(IDS)


@given(STORIES)
def test_a_playbook_is_never_within_itself(story: Story) -> None:
    run = walked(story)
    inside = ["one", *(book.slug for book in run.within)]
    assert len(inside) == len(set(inside))


@given(STORIES)
def test_every_answer_is_on_the_way_off_it_or_to_be_given_again(story: Story) -> None:
    _, answers, _ = story
    run = walked(story)
    there = {"one", *(each.opened.slug for each in answers.values() if each.opened)}
    by_clerk = {each.key: each for each in run.passed if each.source == "clerk"}
    off = {each.key: each for each in run.off_path}
    asked = {each.key for each in run.passed if each.source != "clerk"} | {run.current_key}
    assert not by_clerk.keys() & off.keys()
    assert {key for key in answers if key[0] in there} <= by_clerk.keys() | off.keys() | asked
    for key, each in {**by_clerk, **off}.items():
        assert (answers[key].answer, answers[key].at) == (each.answer, each.at)


@given(STORIES)
def test_every_step_behind_or_off_the_way_can_be_gone_back_to(story: Story) -> None:
    run = walked(story)
    for each in (*run.passed, *run.off_path):
        assert run.found(each.key) == (each.playbook, each.step)


@given(STORIES)
def test_the_open_step_answered_leads_on_and_keeps_what_is_behind(story: Story) -> None:
    books, answers, facts = story
    run = walked(story)
    key = run.current_key
    if key is None or run.current is None or key in {each.key for each in run.passed}:
        return
    if key in answers:  # what it was given is none of its answers, but tells a fact
        return
    answer = YES if run.current.answers else DONE
    opened = books.get(run.current.hand_over)
    after = walk(books["one"], {**answers, key: Given(answer, 100, opened)}, facts)
    assert after.passed[: len(run.passed)] == run.passed
    assert after.passed[len(run.passed)].key == key


@given(STORIES)
def test_a_run_is_at_its_end_only_when_nothing_follows_in_any_playbook(story: Story) -> None:
    run = walked(story)
    if run.current is None:
        last = run.passed[-1]
        answer = last.step.answer(last.answer)
        to = answer.leads_to if answer else last.step.next
        assert (run.within, to in last.playbook.steps) == ((), False)


@given(several())
def test_a_clerk_who_answers_what_is_open_comes_to_an_end_or_back_to_a_step(books: Books) -> None:
    answers: Answers = {}
    run = walk(books["one"], answers, {})
    for at in range(len(SLUGS) * len(IDS) + 1):
        key = run.current_key
        if key is None or run.current is None or key in answers:
            return
        over = books.get(run.current.hand_over)
        answers[key] = Given(YES if run.current.answers else DONE, at, over)
        run = walk(books["one"], answers, {})
        assert run.off_path == ()
    raise AssertionError(f"{run.current_key} is still open")


ROUND: Final = [
    small_book(here, Step("on", do="On.", hand_over=there, next="end"), Step("end", say=here))
    for here, there in zip(SLUGS, (*SLUGS[1:], SLUGS[0]), strict=True)
]
BACK: Final = {"three": "end", "two": "end", "one": "end"}


def test_three_playbooks_in_a_circle_are_left_in_the_order_they_were_entered() -> None:
    books = {book.slug: book for book in ROUND}
    answers = {
        (slug, "on"): Given(DONE, 1, books[books[slug].steps["on"].hand_over]) for slug in SLUGS
    }
    left = []
    for slug, step in BACK.items():
        run = walk(books["one"], answers, {})
        left.append(run.current_key)
        answers[slug, step] = Given(DONE, 2)
    assert left == [("three", "end"), ("two", "end"), ("one", "end")]
    assert walk(books["one"], answers, {}).current is None


def test_a_playbook_that_was_gone_through_is_not_gone_through_again() -> None:
    answers = {
        ("outer", "ready"): Given(YES, 1),
        ("outer", "over"): Given(DONE, 2, INNER),
        ("inner", "linked"): Given(YES, 3),
        ("inner", "told"): Given(DONE, 4),
        ("outer", "once-more"): Given(DONE, 5, INNER),
    }
    run = walk(OUTER, answers, {})
    assert run.current_key == ("outer", "bye")
    assert [each.step.id for each in run.passed].count("linked") == 1


def test_the_run_stays_on_the_playbook_that_was_opened_though_there_is_a_newer_one() -> None:
    answers = {("outer", "ready"): Given(YES, 1), ("outer", "over"): Given(DONE, 2, INNER)}
    run = walk(OUTER, answers, {})
    assert run.book is INNER
    assert (run.current, run.comes_back) == (INNER.steps["linked"], True)


def test_a_playbook_that_is_gone_is_not_handed_over_to_and_the_call_goes_on() -> None:
    answers = {("outer", "ready"): Given(YES, 1), ("outer", "over"): Given(DONE, 2)}
    assert walk(OUTER, answers, {}).current_key == ("outer", "once-more")


def test_a_step_that_hands_over_elsewhere_by_now_is_asked_again() -> None:
    moved = replace(OUTER.steps["over"], hand_over="three")
    newer = replace(OUTER, steps={**OUTER.steps, "over": moved})
    answers = {("outer", "ready"): Given(YES, 1), ("outer", "over"): Given(DONE, 2, INNER)}
    assert walk(newer, answers, {}).current_key == ("outer", "over")


def test_a_fact_that_is_known_is_not_asked_in_the_playbook_that_is_handed_over_to() -> None:
    answers = {("outer", "ready"): Given(YES, 1), ("outer", "over"): Given(DONE, 2, INNER)}
    run = walk(OUTER, answers, {"linked-here": Known(NO, "ticket")})
    assert run.current_key == ("inner", "told")
    assert (run.passed[-1].answer, run.passed[-1].source) == (NO, "ticket")


def test_an_answer_of_one_playbook_is_none_to_a_step_of_the_same_name_in_another() -> None:
    other = small_book("other", Step("ready", ask="?", answers=(Answer(YES, "gone"),)))
    caller = small_book("outer", yes_no("ready", "?", "on", "on"), replace(
        OUTER.steps["over"], id="on", hand_over="other", next=""
    ))  # fmt: skip
    answers = {("outer", "ready"): Given(YES, 1), ("outer", "on"): Given(DONE, 2, other)}
    assert walk(caller, answers, {}).current_key == ("other", "ready")
