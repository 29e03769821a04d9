from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import OUTCOMES, Answer, Step
from helpdesk.errors import BadFile
from helpdesk.playbooks.reading import STEP_KEYS, read_passages, read_playbook
from tests.playbooks.written import STEPS, TOP


def faults(text: str) -> list[str]:
    return sorted(str(fault) for fault in read_playbook(text, "one", "p.yaml").document.faults)


def step(lines: str) -> Step:
    text = TOP + "steps:\n  ask:\n" + "".join(f"    {line}\n" for line in lines.splitlines())
    return read_playbook(text, "one", "p.yaml").steps["ask"].step


def test_a_playbook_without_faults_has_none() -> None:
    assert faults(TOP + STEPS) == []


def test_a_playbook_is_what_its_file_says() -> None:
    more = "covers: [S0-01]\nnever: [No secrets.]\nsources: [facts 1]\nreview: 2027-05-01\n"
    playbook = read_playbook(TOP + more + STEPS, "one", "p.yaml").playbook
    assert (playbook.slug, playbook.title, playbook.codes) == ("one", "Cannot sign in", ("ab",))
    assert (playbook.owner, playbook.phase, playbook.start) == ("court", "both", "ask")
    assert (playbook.covers, playbook.never) == (("S0-01",), ("No secrets.",))
    assert (playbook.sources, playbook.review) == (("facts 1",), "2027-05-01")


def test_steps_keep_the_order_of_the_file() -> None:
    assert list(read_playbook(TOP + STEPS, "one", "p.yaml").steps) == ["ask", "end"]


def test_yes_and_no_are_words_and_not_truth_values() -> None:
    assert step("ask: Live?\nanswers: {yes: no, no: yes}").answers == (
        Answer("yes", "no"),
        Answer("no", "yes"),
    )


def test_not_before_a_fact_turns_its_answers_round() -> None:
    read = step("ask: New?\nfact: not linked\nanswers: {yes: ask, no: ask, dont-know: ask}")
    assert (read.fact, read.inverted) == ("linked", True)
    assert [read.fact_value(each.key) for each in read.answers] == ["no", "yes", "dont-know"]


def test_named_answers_are_the_choices() -> None:
    read = step("ask: What?\nanswers: {file: ask, view: ask, dont-know: ask}")
    assert [each.key for each in read.choices()] == ["file", "view"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: Cannot sign in\n", "", "p.yaml:1:1: the file lacks “title”: add it."),
        ("Cannot sign in\nt", "''\nt", "p.yaml:1:1: the file lacks “title”: add it."),
        ("Cannot sign in\nt", f"{'x' * 61}\nt", "p.yaml:1:1: “title” has 61 characters: at most"),
        (
            "owner: court",
            "owner: me",
            "p.yaml:3:1: “me” is not known for “owner”: use court, psc,",
        ),
        (
            "phase: both",
            "phase: now",
            "p.yaml:4:1: “now” is not known for “phase”: use both, after,",
        ),
        ("codes: [ab]", "codes: ab", "p.yaml:5:1: “codes” must be a list: [a, b]."),
        ("codes: [ab]", "codes: []", "p.yaml:1:1: the file lacks “codes”: add it."),
        ("start: ask", "begin: ask", "p.yaml:7:1: “begin” is not known here: use title,"),
        ("start: ask", "start: nowhere", "p.yaml:7:1: there is no step “nowhere”."),
        ("theme: getting-in", "title: x", "p.yaml:2:1: “title” is here twice, first at line 1"),
    ],
)
def test_a_fault_at_the_top_says_where(old: str, new: str, message: str) -> None:
    assert (TOP + STEPS).count(old) == 1
    said = faults((TOP + STEPS).replace(old, new))
    assert any(fault.startswith(message) for fault in said), said


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("asks: Live?", "p.yaml:10:5: “asks” is not known here: use ask, say, do, why,"),
        ("why: Nobody says a thing.\noutcome: resolved", "p.yaml:9:3: a step needs “ask”, “say”"),
        (
            "say: Hello.",
            "p.yaml:9:3: this step is a dead end: add “next”, “answers” or “outcome”.",
        ),
        ("ask: Live?\nnext: ask", "p.yaml:9:3: “ask” and “answers” belong together"),
        ("say: x\nanswers: {yes: ask}", "p.yaml:9:3: “ask” and “answers” belong together"),
        ("ask: x\nanswers: {yes: }", "p.yaml:11:15: this answer leads nowhere."),
        (
            "ask: x\nanswers: {yes: nowhere}",
            "p.yaml:11:15: there is no step “nowhere” to lead to.",
        ),
        ("say: x\nnext: nowhere", "p.yaml:11:5: there is no step “nowhere” to lead to."),
        ("say: x\nnext: return", "p.yaml:11:5: there is no step “return” to lead to."),
        ("ask: x\nanswers: {no: ask}\nnext: ask", "p.yaml:12:5: a step with “answers” cannot"),
        ("say: x\nfact: linked\nnext: ask", "p.yaml:11:5: a fact needs “ask” and “answers”."),
        (
            "say: x\noutcome: solved",
            "p.yaml:11:5: “solved” is not known for “outcome”: use resolved, ",
        ),
        ("say: x\noutcome: referred", "p.yaml:9:3: “outcome: referred” and “refer: REASON”"),
        ("say: x\noutcome: waiting\nrefer: mfa", "p.yaml:9:3: “outcome: referred” and “refer:"),
        ("include: x\nsay: y\nnext: ask", "p.yaml:9:3: a step that includes a passage has only"),
        ("say: x\nwait: {from: day}\nnext: ask", "p.yaml:11:5: “wait” needs “business-days”, a"),
        ("say: x\nwait: {business-days: 61}\nnext: ask", "p.yaml:11:5: “wait” needs “business-"),
        ("say: x\nwait: 10\nnext: ask", "p.yaml:11:5: “wait” must hold keys and values."),
        ("say: x\nwait: {days: 1}\nnext: ask", "p.yaml:11:12: “days” is not known here: use b"),
        ("say: [x]\nnext: ask", "p.yaml:10:5: “say” must be text, not a list or a mapping."),
    ],
)
def test_a_fault_in_a_step_says_where(lines: str, message: str) -> None:
    indented = "".join(f"    {line}\n" for line in lines.splitlines())
    said = faults(f"{TOP}steps:\n  ask:\n{indented}")
    assert any(fault.startswith(message) for fault in said), said


@pytest.mark.parametrize(("key", "most"), [("ask", 240), ("say", 240), ("why", 240), ("do", 400)])
def test_a_line_too_long_to_read_out_is_a_fault(key: str, most: int) -> None:
    head = f"{TOP}steps:\n  ask:\n    {key}: "
    message = f"p.yaml:10:5: “{key}” has {most + 1} characters: at most {most}."
    assert message in faults(head + "x" * (most + 1))
    assert not any("characters" in fault for fault in faults(head + "x" * most))


def test_white_space_does_not_count_towards_the_length() -> None:
    lines = "\n".join(f"      {'x' * 119}" for _ in range(2))
    assert faults(TOP + STEPS.replace("say: Good.", f"say: |\n{lines}\n")) == []


def test_a_step_nothing_leads_to_is_a_fault() -> None:
    lost = "  lost:\n    say: Where?\n    next: end\n"
    assert faults(TOP + STEPS + lost) == ["p.yaml:15:3: nothing leads to the step “lost”."]


def test_steps_that_lead_only_to_each_other_are_both_lost() -> None:
    lost = "  ping:\n    say: x\n    next: pong\n  pong:\n    say: x\n    next: ping\n"
    assert [each[:12] for each in faults(TOP + STEPS + lost)] == ["p.yaml:15:3:", "p.yaml:18:3:"]


def test_a_file_that_is_not_yaml_is_a_bad_file() -> None:
    with pytest.raises(BadFile, match=r"p\.yaml:1:8: the “\[” that opens here is not closed"):
        read_playbook("title: [", "one", "p.yaml")


def test_an_empty_file_is_one_fault() -> None:
    assert faults("") == ["p.yaml:1:1: the file must hold keys and values."]


VALUES = st.recursive(
    st.sampled_from(["ask", "end", "yes", "", "not linked", "referred", *OUTCOMES]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["yes", "no", "x"]), inner),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(STEP_KEYS), VALUES))
def test_no_step_makes_the_reader_raise(found: dict[str, object]) -> None:
    read_playbook(f"{TOP}steps: {{ask: {found}, end: {found}}}", "one", "p.yaml")


PASSAGES = """\
clear:
  start: one
  steps:
    one: {say: Clear it., next: two}
    two: {ask: Done?, answers: {yes: return, no: one}}
"""


def test_a_passage_may_lead_back() -> None:
    passages, document = read_passages(PASSAGES, "q.yaml")
    assert (document.faults, passages["clear"].start) == ([], "one")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("start: one", "start: on", "q.yaml:2:3: there is no step “on”."),
        ("start: one", "begin: one", "q.yaml:1:1: “clear” lacks “start”: add it."),
        ("no: one", "no: tow", "q.yaml:5:46: there is no step “tow” to lead to."),
        ("next: two", "next: return", "q.yaml:5:5: nothing leads to the step “two”."),
    ],
)
def test_a_fault_in_a_passage_says_where(old: str, new: str, message: str) -> None:
    _, document = read_passages(PASSAGES.replace(old, new), "q.yaml")
    assert message in map(str, document.faults)
