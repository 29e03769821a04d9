from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpdesk.domain.playbook import DONT_KNOW, NO, YES, Answer, Playbook, Step
from helpdesk.domain.questions import NONE, Narrowed, as_asked, narrowed, questions_of
from helpdesk.domain.run import Given, Known
from tests.playbooks.shown import shipped_playbooks
from tests.support.small_books import small_book

SHIPPED: Final = shipped_playbooks().library
ASKED: Final = SHIPPED.questions
BOOKS: Final = SHIPPED.playbooks
FACTS: Final = {name: fact.choices for name, fact in SHIPPED.facts.items()}
LIVE: Final = Known(YES, "desk")
WITH_WHEN: Final = [book for book in BOOKS.values() if book.when]
MOST_ANSWERS: Final = 4
ROWS_LOOKED_AT: Final = 4

Answers = Mapping[str, Given]


def question(name: str, *answers: str, fact: str = "") -> Step:
    return Step(
        name, ask=f"{name}?", fact=fact, answers=tuple(Answer(each, "") for each in answers)
    )


def book(slug: str, **when: tuple[str, ...]) -> Playbook:
    return replace(small_book(slug, Step("a", say="A.", outcome="resolved")), when=when)


def learnt(answers: Answers, before: Mapping[str, Known]) -> dict[str, Known]:
    """What a ticket knows, once what the answers say of facts is kept on it."""
    said = {
        step.fact: Known(answers[name].answer, "ticket")
        for name, step in ASKED.steps.items()
        if name in answers and answers[name].answer in FACTS.get(step.fact, ())
    }
    return {**before, **said}


def narrow(answers: Answers, *, live: bool = True) -> Narrowed:
    return narrowed(
        ASKED, BOOKS, answers, learnt(answers, {"court-is-live": LIVE} if live else {})
    )


def followed(
    picks: list[int], *, live: bool = True
) -> Iterator[tuple[dict[str, Given], Narrowed]]:
    """What is answered, and how far it leads, when each question asked takes the nth answer."""
    answers: dict[str, Given] = {}
    now = narrow(answers, live=live)
    yield answers, now
    for at, pick in enumerate(picks):
        if now.question is None:
            return
        offered = as_asked(now.question).answers
        answers = {**answers, now.question.id: Given(offered[pick % len(offered)].key, at)}
        now = narrow(answers, live=live)
        yield answers, now


def truthful(step: Step, wanted: Playbook) -> tuple[str, ...]:
    """What a caller with the trouble of a playbook may answer: anything where it says nothing."""
    return wanted.when.get(step.id) or tuple(each.key for each in as_asked(step).answers)


PICKS: Final = st.lists(st.integers(0, 11), max_size=12)
ANY_ANSWERS: Final = st.dictionaries(
    st.sampled_from(list(ASKED.steps)), st.tuples(st.integers(0, 11), st.integers(0, 30))
).map(
    lambda picked: {
        name: Given(offered[pick % len(offered)].key, at)
        for name, (pick, at) in picked.items()
        for offered in [as_asked(ASKED.steps[name]).answers]
    }
)


@given(PICKS, st.booleans())
def test_no_answer_to_what_is_asked_brings_a_playbook_back(picks: list[int], live: bool) -> None:
    lists = [set(now.fits) for _, now in followed(picks, live=live)]
    assert all(after <= before for before, after in pairwise(lists))


@given(PICKS)
def test_no_question_is_asked_twice_and_no_answer_is_off_while_none_is_changed(
    picks: list[int],
) -> None:
    for answers, now in followed(picks):
        assert now.question is None or now.question.id not in answers
        assert now.off == frozenset()


@given(PICKS)
def test_a_question_is_asked_only_if_one_of_its_answers_leaves_fewer(picks: list[int]) -> None:
    *_, (answers, now) = followed(picks)
    if now.question is not None:
        after = [
            narrow({**answers, now.question.id: Given(each.key, 99)}).fits
            for each in now.question.answers
        ]
        assert min(map(len, after)) < len(now.fits)


@given(st.sampled_from(WITH_WHEN), ANY_ANSWERS, st.data())
def test_the_playbook_that_the_answers_are_true_of_always_stays(
    wanted: Playbook, answers: dict[str, Given], data: st.DataObject
) -> None:
    told = {
        name: Given(data.draw(st.sampled_from(truthful(ASKED.steps[name], wanted))), each.at)
        for name, each in answers.items()
    }
    assert wanted.slug in narrowed(ASKED, BOOKS, told, {}).fits


@given(PICKS)
def test_dont_know_leaves_every_row_where_it_is_and_is_not_asked_again(picks: list[int]) -> None:
    *_, (answers, now) = followed(picks)
    if now.question is not None:
        after = narrow({**answers, now.question.id: Given(DONT_KNOW, 99)})
        assert after.fits == now.fits
        assert after.question != now.question


@given(PICKS)
def test_none_of_these_leaves_out_exactly_the_playbooks_that_the_question_is_about(
    picks: list[int],
) -> None:
    *_, (answers, now) = followed(picks)
    if now.question is not None and now.question.choices():
        name = now.question.id
        after = narrow({**answers, name: Given(NONE, 99)})
        assert set(after.fits) == {slug for slug in now.fits if name not in BOOKS[slug].when}


@given(ANY_ANSWERS)
def test_what_fits_fits_every_answer_that_is_not_off_and_nothing_else_is_left_out(
    answers: dict[str, Given],
) -> None:
    found = narrowed(ASKED, BOOKS, answers, {})
    told = {
        name: each.answer
        for name, each in answers.items()
        if each.answer != DONT_KNOW and name not in found.off
    }
    assert set(found.fits) == {
        each.slug
        for each in WITH_WHEN
        if all(told[name] in fitting for name, fitting in each.when.items() if name in told)
    }
    spoken = [len(told.keys() & BOOKS[slug].when.keys()) for slug in found.fits]
    assert spoken == sorted(spoken, reverse=True)


@given(ANY_ANSWERS, st.data())
def test_one_answer_changed_keeps_all_others_and_changed_back_is_as_before(
    answers: dict[str, Given], data: st.DataObject
) -> None:
    if not answers:
        return
    name = data.draw(st.sampled_from(list(answers)))
    offered = [each.key for each in as_asked(ASKED.steps[name]).answers]
    changed = {**answers, name: Given(data.draw(st.sampled_from(offered)), 99)}
    after = narrowed(ASKED, BOOKS, changed, {})
    assert {each.step.id: each.answer for each in after.answered} == {
        step: each.answer for step, each in changed.items()
    }
    back = narrowed(ASKED, BOOKS, {**changed, name: answers[name]}, {})
    assert back == narrowed(ASKED, BOOKS, answers, {})


@given(ANY_ANSWERS)
def test_an_answer_about_a_fact_is_never_off(answers: dict[str, Given]) -> None:
    facts = {name for name, step in ASKED.steps.items() if step.fact}
    assert not facts & narrowed(ASKED, BOOKS, answers, {}).off


def test_an_answer_is_off_when_a_changed_one_before_it_makes_it_senseless() -> None:
    asked = questions_of(
        {
            "goal": question("goal", "file", "pay"),
            "papers": question("papers", "refused", "lost"),
        }
    )
    books = {
        each.slug: each
        for each in (
            book("refused", goal=("file",), papers=("refused",)),
            book("lost", goal=("file",), papers=("lost",)),
            book("bill", goal=("pay",)),
        )
    }
    answers = {"goal": Given("file", 1), "papers": Given("lost", 2)}
    assert narrowed(asked, books, answers, {}).fits == ("lost",)
    changed = narrowed(asked, books, {**answers, "goal": Given("pay", 3)}, {})
    assert (changed.fits, changed.off) == (("bill",), frozenset({"papers"}))
    assert [each.answer for each in changed.answered] == ["pay", "lost"]


def test_a_fact_answered_later_puts_no_answer_before_it_off() -> None:
    asked = questions_of(
        {"kind": question("kind", "a", "b"), "linked": question("linked", YES, NO, fact="linked")}
    )
    others = [
        book(f"other-{n}", **({"linked": (NO,)} if n % 2 else {"x": ("y",)})) for n in range(9)
    ]
    kinds = [book(f"kind-{each}", kind=(each,)) for each in ("a", "b")]
    books = {each.slug: each for each in (*others, *kinds)}
    answers = {"kind": Given("a", 1), "linked": Given(YES, 2)}
    found = narrowed(asked, books, answers, {"linked": Known(YES, "ticket")})
    assert found.off == frozenset()
    assert "kind-b" not in found.fits


def test_a_question_that_leaves_as_many_whatever_is_answered_is_not_asked() -> None:
    asked = questions_of({"kind": question("kind", *"abcdefg")})
    books = {each: book(each, other=("x",)) for each in "abcdefghij"}
    assert narrowed(asked, books, {}, {}).question is None


def test_what_is_known_is_not_asked_and_the_clerks_own_answer_counts_before_it() -> None:
    known = narrowed(ASKED, BOOKS, {}, {"court-is-live": Known(NO, "desk")})
    assert [(each.step.id, each.answer, each.source) for each in known.answered] == [
        ("live", NO, "desk")
    ]
    own = narrowed(ASKED, BOOKS, {"live": Given(YES, 1)}, {"court-is-live": Known(NO, "desk")})
    assert [(each.answer, each.source) for each in own.answered] == [(YES, "clerk")]
    assert "cant-get-in-before-golive" in known.fits
    assert "cant-get-in-before-golive" not in own.fits


@pytest.mark.parametrize("answers", [{"gone": Given(YES, 1)}, {"about": Given("gone", 1)}])
def test_an_answer_that_the_questions_have_no_more_says_nothing(answers: Answers) -> None:
    assert narrowed(ASKED, BOOKS, answers, {}) == narrowed(ASKED, BOOKS, {}, {})


def test_a_playbook_without_when_is_found_by_words_only() -> None:
    books = {"one": book("one"), "two": book("two", goal=("file",))}
    asked = questions_of({"goal": question("goal", "file", "pay")})
    assert narrowed(asked, books, {}, {}).fits == ("two",)


def test_dont_know_can_be_answered_to_every_question_and_none_where_answers_have_names() -> None:
    for step in ASKED.steps.values():
        keys = [each.key for each in as_asked(step).answers]
        assert keys[: len(step.answers)] == [each.key for each in step.answers]
        assert keys[len(step.answers) :] == [*[NONE] * bool(step.choices()), DONT_KNOW]


def lost(wanted: Playbook, answers: Answers, known: Mapping[str, Known]) -> Iterator[Answers]:
    """The true answers after which a playbook has still not stood in the first rows."""
    now = narrowed(ASKED, BOOKS, answers, learnt(answers, known))
    if wanted.slug in now.fits[:ROWS_LOOKED_AT]:
        return
    if now.question is None or len(answers) == MOST_ANSWERS:
        yield answers
        return
    for each in truthful(now.question, wanted):
        yield from lost(wanted, {**answers, now.question.id: Given(each, len(answers))}, known)


@pytest.mark.parametrize("live", [YES, NO])
@pytest.mark.parametrize("wanted", WITH_WHEN, ids=lambda wanted: wanted.slug)
def test_four_true_answers_bring_a_playbook_among_the_first_four(
    wanted: Playbook, live: str
) -> None:
    if live in wanted.when.get("live", (live,)):
        assert list(lost(wanted, {}, {"court-is-live": Known(live, "desk")})) == []


def test_every_shipped_playbook_can_be_found_by_questions() -> None:
    assert [each.slug for each in BOOKS.values() if not each.when] == []


@settings(max_examples=30)
@given(PICKS)
def test_the_same_answers_always_give_the_same_rows(picks: list[int]) -> None:
    *_, (answers, now) = followed(picks)
    shuffled = dict(sorted(BOOKS.items(), reverse=True))
    facts = learnt(answers, {"court-is-live": LIVE})
    assert narrowed(ASKED, shuffled, answers, facts).fits == now.fits
