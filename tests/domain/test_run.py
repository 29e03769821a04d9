from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Answer, FactKind, Playbook, Step
from helpdesk.domain.run import Given, Known, Passed, Run, coming
from helpdesk.domain.walk import desk_facts, walk

LIVE = Known(YES, "desk")
IDS = "abcdef"
KEYS = (YES, NO, DONT_KNOW, "file", "view")
FACTS = ("", "linked", "live", "wants")


def playbook(*steps: Step, start: str = "", slug: str = "linking-error") -> Playbook:
    return Playbook(
        slug=slug, title="Linking error", theme="linking", owner="court", phase="both",
        codes=("li",), phrases=(), start=start or steps[0].id,
        steps={step.id: step for step in steps},
    )  # fmt: skip


def ask(name: str, yes: str, no: str, fact: str = "", *, inverted: bool = False) -> Step:
    answers = (Answer(YES, yes), Answer(NO, no))
    return Step(name, ask=f"{name}?", fact=fact, inverted=inverted, answers=answers)


def say(name: str, then: str = "") -> Step:
    return Step(name, say=name, next=then)


LINKING = playbook(
    ask("live", "linked", "not-yet", "live"),
    ask("linked", "menus", "link", "linked"),
    say("link", "menus"),
    ask("unlinked", "link", "menus", "linked", inverted=True),
    say("menus"),
    say("not-yet"),
)


def walked(book: Playbook, given: Mapping[str, Given], facts: Mapping[str, Known]) -> Run:
    """Walk with answers to the steps of the playbook itself."""
    return walk(book, {(book.slug, step): each for step, each in given.items()}, facts)


def passed(run_steps: tuple[Passed, ...]) -> list[tuple[str, str, str]]:
    return [(each.step.id, each.answer, each.source) for each in run_steps]


def test_a_caller_is_sent_on_for_the_steps_reason_or_else_for_one_of_its_playbook() -> None:
    asked, told = ask("ours", "done", "theirs"), replace(say("theirs"), refer="billing")
    book = playbook(asked, say("done"), told, replace(say("after"), refer="other-court"))
    assert walked(book, {}, {}).referral == "billing"
    assert walked(book, {"ours": Given(YES, 1)}, {}).referral == "billing"
    assert walked(book, {"ours": Given(NO, 1)}, {}).referral == "billing"
    later = playbook(say("done", "after"), told, replace(say("after"), refer="other-court"))
    assert walked(later, {"done": Given(DONE, 1)}, {}).referral == "other-court"
    assert walked(LINKING, {}, {}).referral == ""


def test_a_run_begins_at_the_first_step() -> None:
    run = walked(LINKING, {}, {})
    assert run.current is LINKING.steps["live"]
    assert run.passed == ()
    assert run.last is run.current


def test_answers_lead_from_step_to_step_and_keep_their_times() -> None:
    run = walked(LINKING, {"live": Given(YES, 10), "linked": Given(NO, 20)}, {})
    assert passed(run.passed) == [("live", YES, "clerk"), ("linked", NO, "clerk")]
    assert [each.at for each in run.passed] == [10, 20]
    assert run.current is LINKING.steps["link"]


def test_a_step_without_a_question_waits_until_it_is_done() -> None:
    answered = {"live": Given(YES, 1), "linked": Given(NO, 2)}
    assert walked(LINKING, answered, {}).current is LINKING.steps["link"]
    done = walked(LINKING, {**answered, "link": Given(DONE, 3)}, {})
    assert done.current is LINKING.steps["menus"]


def test_a_run_that_came_to_its_end_has_no_current_step_but_a_last_one() -> None:
    run = walked(LINKING, {"live": Given(NO, 1), "not-yet": Given(DONE, 2)}, {})
    assert run.current is None
    assert run.last is LINKING.steps["not-yet"]


def test_what_is_known_is_not_asked_and_shown_as_known() -> None:
    run = walked(LINKING, {}, {"live": LIVE, "linked": Known(NO, "ticket")})
    assert passed(run.passed) == [("live", YES, "desk"), ("linked", NO, "ticket")]
    assert [each.at for each in run.passed] == [None, None]


def test_an_answer_of_the_clerk_counts_before_what_the_desk_knows() -> None:
    run = walked(LINKING, {"live": Given(NO, 1)}, {"live": LIVE})
    assert run.current is LINKING.steps["not-yet"]
    assert passed(run.passed) == [("live", NO, "clerk")]


def test_an_inverted_question_takes_a_fact_the_other_way_round() -> None:
    book = playbook(
        ask("unlinked", "link", "menus", "linked", inverted=True), say("link"), say("menus")
    )
    for value, answer, leads_to in ((YES, NO, "menus"), (NO, YES, "link")):
        run = walked(book, {}, {"linked": Known(value, "ticket")})
        assert passed(run.passed) == [("unlinked", answer, "ticket")]
        assert run.current is book.steps[leads_to]


@given(st.sampled_from(KEYS), st.booleans())
def test_the_value_of_a_fact_leads_back_to_the_answer_it_came_from(
    key: str, inverted: bool
) -> None:
    step = Step("s", fact="f", inverted=inverted)
    assert step.fact_value(step.fact_value(key)) == key
    assert (step.fact_value(YES) == NO) is inverted


def test_what_may_have_changed_is_asked_again_although_it_is_known() -> None:
    known = {"linked": Known(NO, "ticket")}
    anew = replace(ask("done", "end", "end", "linked"), again=True)
    book = playbook(anew, say("end"))
    assert walked(book, {}, known).current == anew
    assert walked(book, {"done": Given(YES, 5)}, known).current == say("end")


LATE = playbook(
    ask("linked", "bye", "link", "linked"),
    say("link", "now"),
    replace(ask("now", "sure", "link", "linked"), again=True),
    ask("sure", "bye", "link", "linked"),
    say("bye"),
)


def test_what_comes_out_later_turns_nobody_back() -> None:
    known = {"linked": Known(NO, "ticket")}
    given = {"link": Given(DONE, 1), "now": Given(YES, 2)}
    run = walked(LATE, given, known)
    assert passed(run.passed) == [
        ("linked", NO, "ticket"), ("link", DONE, "clerk"), ("now", YES, "clerk"),
        ("sure", YES, "ticket"),
    ]  # fmt: skip
    assert run.current is LATE.steps["bye"]


def test_what_was_answered_on_a_way_that_was_left_is_still_known() -> None:
    book = playbook(
        ask("live", "linked", "other", "live"),
        ask("linked", "bye", "bye", "linked"),
        ask("other", "bye", "bye", "linked"),
        say("bye"),
    )
    run = walked(book, {"linked": Given(NO, 1), "live": Given(NO, 2)}, {})
    assert passed(run.passed) == [("live", NO, "clerk"), ("other", NO, "ticket")]


def test_a_fact_that_nobody_knows_is_asked() -> None:
    run = walked(LINKING, {}, {"live": Known(DONT_KNOW, "ticket")})
    assert run.current is LINKING.steps["live"]


def test_a_fact_with_a_value_that_the_step_does_not_offer_is_asked() -> None:
    assert walked(LINKING, {}, {"live": Known("maybe", "ticket")}).current is LINKING.steps["live"]


def test_an_answer_that_is_offered_no_more_is_asked_again() -> None:
    run = walked(LINKING, {"live": Given("perhaps", 1)}, {})
    assert run.current is LINKING.steps["live"]


def test_changing_an_earlier_answer_leaves_the_later_ones_off_the_way() -> None:
    answered = {"live": Given(YES, 1), "linked": Given(NO, 2), "link": Given(DONE, 3)}
    changed = walked(LINKING, {**answered, "live": Given(NO, 4)}, {})
    assert passed(changed.off_path) == [("linked", NO, "clerk"), ("link", DONE, "clerk")]
    back = walked(LINKING, {**answered, "live": Given(YES, 5)}, {})
    assert back.off_path == ()
    assert back.current is LINKING.steps["menus"]


def test_the_length_counts_what_is_behind_and_the_first_answers_ahead() -> None:
    run = walked(LINKING, {"live": Given(YES, 1)}, {})
    assert [step.id for step in coming(LINKING, run.current)] == ["linked", "menus"]
    assert run.length == 3
    assert list(coming(LINKING, None)) == []


def test_the_desk_knows_the_go_live_date_and_the_settings_that_are_recorded() -> None:
    kinds = {
        "live": FactKind("live", "live", "court.live"),
        "pay-later": FactKind("pay-later", "pay", "setting.pay-later"),
        "fee-lockout": FactKind("fee-lockout", "fee", "setting.fee-lockout"),
        "linked": FactKind("linked", "linked"),
    }
    known = desk_facts(kinds, live=True, settings={"pay-later": "no"})
    assert known == {"live": LIVE, "pay-later": Known("no", "desk")}
    assert desk_facts(kinds, live=False, settings={})["live"] == Known(NO, "desk")
    assert desk_facts(kinds, live=None, settings={}) == {}


MENUS = playbook(
    ask("live", "cache", "not-yet", "live"), say("cache", "linked"), ask("linked", "end", "end"),
    say("end"), say("not-yet"), slug="no-menus",
)  # fmt: skip
CALLING = playbook(
    ask("hears", "over", "bye"),
    Step("over", do="Go on there.", hand_over="no-menus", next="then"),
    ask("then", "bye", "bye"),
    say("bye"),
)
HERE, THERE = CALLING.slug, MENUS.slug
OVER = {(HERE, "hears"): Given(YES, 1), (HERE, "over"): Given(DONE, 2, MENUS)}


def test_a_step_hands_over_to_another_playbook_whose_first_open_step_is_next() -> None:
    assert walk(CALLING, {(HERE, "hears"): Given(YES, 1)}, {}).current == CALLING.steps["over"]
    run = walk(CALLING, OVER, {"live": LIVE})
    assert run.current_key == (THERE, "cache")
    assert (run.book, run.within, run.comes_back) == (MENUS, (MENUS,), True)
    assert [each.key for each in run.passed] == [(HERE, "hears"), (HERE, "over"), (THERE, "live")]


def test_at_the_end_of_the_other_playbook_the_run_comes_back() -> None:
    there = {
        (THERE, "cache"): Given(DONE, 3),
        (THERE, "linked"): Given(NO, 4),
        (THERE, "end"): Given(DONE, 5),
    }
    run = walk(CALLING, {**OVER, **there}, {"live": LIVE})
    assert run.current_key == (HERE, "then")
    assert (run.within, run.comes_back) == ((), False)


def test_a_handed_over_playbook_keeps_its_answers_when_the_way_to_it_is_left() -> None:
    there = {(THERE, "live"): Given(YES, 3)}
    run = walk(CALLING, {**OVER, **there, (HERE, "hears"): Given(NO, 4)}, {})
    assert run.current_key == (HERE, "bye")
    assert [each.key for each in run.off_path] == [(HERE, "over"), (THERE, "live")]


def test_a_playbook_that_hands_back_to_where_it_came_from_does_not_go_round() -> None:
    back = Step("back", do="Back.", hand_over=HERE, next="end")
    other = playbook(back, say("end"), slug=THERE)
    given = {
        (HERE, "hears"): Given(YES, 1),
        (HERE, "over"): Given(DONE, 2, other),
        (THERE, "back"): Given(DONE, 3, CALLING),
    }
    run = walk(CALLING, given, {})
    assert run.current_key == (THERE, "end")


def test_without_a_way_back_the_other_playbook_ends_the_run() -> None:
    caller = playbook(Step("over", do="Go.", hand_over=THERE, outcome="resolved"))
    run = walk(caller, {(HERE, "over"): Given(DONE, 1, MENUS)}, {"live": Known(NO, "desk")})
    assert run.current_key == (THERE, "not-yet")
    assert not run.comes_back


@st.composite
def steps(draw: st.DrawFn, name: str) -> Step:
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=4))
    to = st.sampled_from([*IDS, "gone"])
    return Step(
        name,
        ask="?",
        fact=draw(st.sampled_from(FACTS)),
        inverted=draw(st.booleans()),
        answers=tuple(Answer(key, draw(to)) for key in keys),
        next="" if keys else draw(st.sampled_from([*IDS, "", "gone"])),
    )


PLAYBOOKS = st.tuples(*(steps(name) for name in IDS)).map(lambda made: playbook(*made))
ANSWERS = st.dictionaries(
    st.sampled_from([*IDS, "gone"]),
    st.builds(Given, st.sampled_from([*KEYS, DONE]), st.integers(0, 99)),
)
KNOWN = st.dictionaries(
    st.sampled_from(FACTS[1:]),
    st.builds(Known, st.sampled_from(KEYS), st.sampled_from(["desk", "ticket"])),
)


@given(PLAYBOOKS, ANSWERS, KNOWN)
def test_no_playbook_and_no_answers_make_a_walk_go_round_in_circles(
    book: Playbook, answers: dict[str, Given], facts: dict[str, Known]
) -> None:
    run = walked(book, answers, facts)
    behind = [each.step.id for each in run.passed]
    assert len(behind) == len(set(behind)) <= len(book.steps)
    assert run.length <= 2 * len(book.steps)


@given(PLAYBOOKS, ANSWERS, KNOWN)
def test_a_walk_loses_no_answer_and_invents_none(
    book: Playbook, answers: dict[str, Given], facts: dict[str, Known]
) -> None:
    run = walked(book, answers, facts)
    for each in run.passed:
        if each.source == "clerk":
            assert answers[each.step.id] == Given(each.answer, each.at or 0)
        else:
            told = facts.get(each.step.fact, Known("", "ticket"))  # else by another answer
            assert each.source in {told.source, "ticket"}
    on_the_way = {each.step.id for each in run.passed} | {run.current.id if run.current else ""}
    off = {each.step.id: Given(each.answer, each.at or 0) for each in run.off_path}
    assert off == {
        step: answers[step] for step in answers if step in book.steps and step not in on_the_way
    }


@given(PLAYBOOKS, ANSWERS, KNOWN)
def test_a_walk_stops_only_at_an_open_question_a_seen_step_or_the_end(
    book: Playbook, answers: dict[str, Given], facts: dict[str, Known]
) -> None:
    run = walked(book, answers, facts)
    if run.current is None or run.current in [each.step for each in run.passed]:
        return
    if run.current.id in answers:  # what it was given is none of its answers, but tells a fact
        return
    again = {**answers, run.current.id: Given(DONE, 1)}
    assert len(walked(book, again, facts).passed) > len(run.passed)
