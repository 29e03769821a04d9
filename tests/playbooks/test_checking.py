from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import OUTCOMES
from helpdesk.playbooks.checking import check, overdue
from helpdesk.playbooks.gathering import read_library
from helpdesk.resources import shipped
from tests.playbooks.shown import shipped_playbooks
from tests.playbooks.test_seed_coverage import ITEMS
from tests.playbooks.written import DECLARED, OTHER_TOP, STEPS, TOP, linted, linted_steps, write

SHIPPED = shipped_playbooks()
TOPICS = {topic for item in ITEMS.values() for topic in item.topics}


def shipped_faults() -> list[str]:
    return [str(fault) for fault in check(shipped_playbooks(), ITEMS)]


def test_the_shipped_playbooks_have_no_faults() -> None:
    assert [fault for fault in shipped_faults() if "there is no playbook" not in fault] == []


def test_every_playbook_that_a_shipped_one_points_to_is_there() -> None:
    assert [fault for fault in shipped_faults() if "there is no playbook" in fault] == []


def test_every_topic_of_the_documents_has_a_playbook() -> None:
    assert SHIPPED.library.playbooks.keys() >= TOPICS


@pytest.mark.parametrize("slug", SHIPPED.library.playbooks)
def test_a_shipped_playbook_is_to_be_reviewed_but_not_before_2027(slug: str) -> None:
    review = SHIPPED.library.playbooks[slug].review
    assert date.fromisoformat(review) >= date(2027, 1, 1)


@pytest.mark.parametrize("slug", SHIPPED.raw)
def test_a_shipped_playbook_lies_in_the_folder_of_its_theme(slug: str) -> None:
    raw = SHIPPED.raw[slug]
    expected = shipped("playbooks") / raw.playbook.theme / f"{slug}.yaml"
    assert Path(raw.document.name) == expected


@pytest.mark.parametrize("slug", SHIPPED.library.playbooks)
def test_what_pacer_sends_comes_by_us_mail_or_by_e_mail_and_says_which(slug: str) -> None:
    steps = SHIPPED.library.playbooks[slug].steps.values()
    told = [text for step in steps for text in (step.ask, step.say, step.do, step.why)]
    told += [reason.first for reason in SHIPPED.library.referrals.values()]
    either = r"(?i)(?<!e-)\bmails (you|a|the|it)\b|\bmailed code|(code|activation)\b.* by mail"
    assert [text for text in told if re.search(either, text)] == []


def test_a_folder_without_faults_has_none(tmp_path: Path) -> None:
    assert linted_steps(tmp_path, STEPS) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("codes: [ab]", "codes: [AB]", "5:9: the code “AB” must be two or three small letters."),
        ("codes: [ab]", "codes: [abcd]", "5:9: the code “abcd” must be two or three small"),
        ("codes: [ab]", "codes: [ab, ab]", "5:13: the code “ab” is taken by “one”: choose"),
        ("start: ask", "start: ask\ncovers: [S9-01]", "8:10: there is no seed item “S9-01”."),
        (
            "start: ask",
            "start: ask\nreview: soon",
            "8:1: “soon” is not a date: write it like 2027",
        ),
        ("start: ask", "start: ask\nreview: 2027-02-30", "8:1: “2027-02-30” is not a date"),
        ("start: ask", "start: ask\nreview: '20270501'", "8:1: “20270501” is not a date"),
        ("start: ask", "start: ask\nreview: 2027-W01-1", "8:1: “2027-W01-1” is not a date"),
        (
            "start: ask",
            "start: ask\nnever: [No <court.pin>.]",
            "8:9: there is no variable <court.",
        ),
        ("say: Good.", "say: Call <court.fax>.", "13:5: there is no variable <court.fax>."),
        ("ask: Is it", "ask: <Court.name> is it", "10:5: there is no variable <Court.name>."),
        ("say: Good.", "say: It is 123-45-6789.", "13:5: this looks like a card or social"),
        (
            "say: Good.",
            "say: It is 4111 1111 1111 1111.",
            "13:5: this looks like a card or social",
        ),
        ("say: Good.", "say: x\n    actions: [sent, send]", "14:21: there is no action “send”."),
        ("say: Good.", "say: x\n    see: [one, two]", "14:16: there is no playbook “two”."),
        (
            "resolved",
            "referred\n    refer: mfa",
            "15:5: there is no reason “mfa”; there are: pacer",
        ),
        (
            "say: Good.",
            "say: x\n    wait: {business-days: 3, from: day of it}",
            "14:30: no step asks for it: write <ask: day of it> into one of the texts.",
        ),
        ("live?", "live?\n    fact: linkd", "11:5: there is no fact “linkd” in facts.yaml."),
        ("live?", "live?\n    fact: wants", "12:15: the fact “wants” is one of: file, view,"),
        ("live?", "live?\n    fact: not wants", "12:25: the fact “wants” is one of: file, view"),
        ("live?", "live?\n    fact: later", "12:5: the desk answers this by itself: it must lead"),
    ],
)
def test_a_fault_of_a_playbook_says_where(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert (TOP + STEPS).count(old) == 1
    write(tmp_path, {**DECLARED, "a/one.yaml": (TOP + STEPS).replace(old, new)})
    said = [str(fault) for fault in check(read_library([tmp_path]), ITEMS)]
    assert any(fault.startswith(f"{tmp_path}/a/one.yaml:{message}") for fault in said), said


@pytest.mark.parametrize(("fact", "lacking"), [("live", ["no"]), ("later", ["dont-know", "no"])])
def test_what_the_desk_answers_by_itself_leads_on_whatever_it_knows(
    tmp_path: Path, fact: str, lacking: list[str]
) -> None:
    steps = STEPS.replace("live?", f"live?\n    fact: {fact}").replace(", no: end", "")
    text = "a/one.yaml:12:5: the desk answers this by itself: it must lead somewhere on “{}” too."
    assert linted_steps(tmp_path, steps) == [text.format(each) for each in lacking]


def test_more_named_answers_than_digit_keys_are_a_fault(tmp_path: Path) -> None:
    answers = ", ".join(f"case {n}: end" for n in range(10))
    steps = STEPS.replace("yes: end, no: end", answers)
    assert linted_steps(tmp_path, steps) == [
        "a/one.yaml:11:5: more than nine named answers: there are nine digits."
    ]


def test_a_code_can_belong_to_one_playbook_only(tmp_path: Path) -> None:
    other = (OTHER_TOP + STEPS).replace("[cd]", "[cd, ab]")
    assert linted(tmp_path, {"a/one.yaml": TOP + STEPS, "b/two.yaml": other}) == [
        "b/two.yaml:5:13: the code “ab” is taken by “one”: choose another."
    ]


def test_a_file_name_is_small_words(tmp_path: Path) -> None:
    assert linted(tmp_path, {"a/One_Two.yaml": TOP + STEPS}) == [
        "a/One_Two.yaml:1:1: the file's name “One_Two” must be small words joined by hyphens."
    ]


def test_two_files_of_one_name_are_a_fault(tmp_path: Path) -> None:
    files = {"a/one.yaml": TOP + STEPS, "b/one.yaml": TOP + STEPS}
    assert linted(tmp_path, files) == [
        f"b/one.yaml:1:1: {tmp_path}/a/one.yaml has the same name: rename one of the two."
    ]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "facts.yaml",
            "a:\n  text: x\n  from: court.open\n",
            ":3:3: the desk knows no “court.open”",
        ),
        ("facts.yaml", "a: {text: x}\nb: {text: x}\n", ":2:5: “a” says the same: join them"),
        ("facts.yaml", "a: {txt: x}\n", ":1:1: “a” lacks “text”: add it."),
        (
            "actions.yaml",
            "a: {key: e, text: x, told: <psc.fon>}",
            ":1:22: there is no variable <psc",
        ),
        ("actions.yaml", "a: {key: ee, text: x}", ":1:5: “key” must be one character."),
        (
            "actions.yaml",
            "a: {key: e, text: x}\nb: {key: e, text: y}",
            ":2:5: the key “e” is taken",
        ),
        (
            "actions.yaml",
            "a: {key: e, text: x, strong: maybe}",
            ":1:22: “maybe” is not known for “strong”",
        ),
        (
            "referrals.yaml",
            "a: {text: x, to: <psc.fon>}",
            ":1:14: there is no variable <psc.fon>.",
        ),
        ("referrals.yaml", "a: {text: x, to: y, first: <x>}", ":1:21: there is no variable <x>."),
        ("passages.yaml", "a: {start: b}", ":1:1: “a” lacks “steps”: add it."),
        ("facts.yaml", "a: [", ":1:4: the “[” that opens here is not closed"),
    ],
)
def test_a_fault_of_what_playbooks_refer_to_says_where(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    said = linted(tmp_path, {file: text})
    assert any(fault.startswith(f"{file}{message}") for fault in said), said


def test_a_tenth_reason_to_refer_has_no_key(tmp_path: Path) -> None:
    text = "".join(f"r{n}: {{text: t, to: x}}\n" for n in range(10))
    assert linted(tmp_path, {"referrals.yaml": text}) == [
        "referrals.yaml:10:1: there are nine digit keys: join two reasons into one."
    ]


def test_five_faults_of_one_file_are_all_told(tmp_path: Path) -> None:
    text = (TOP + STEPS).replace("court\n", "me\n").replace("[ab]", "[a]")
    text = text.replace("live?", "live?\n    fact: linkd").replace("Good.", "<court.fax>")
    assert linted(tmp_path, {"a/one.yaml": text.replace("resolved", "done")}) == [
        "a/one.yaml:3:1: “me” is not known for “owner”: use court, psc, other-court, filer.",
        "a/one.yaml:5:9: the code “a” must be two or three small letters.",
        "a/one.yaml:11:5: there is no fact “linkd” in facts.yaml.",
        "a/one.yaml:14:5: there is no variable <court.fax>.",
        f"a/one.yaml:15:5: “done” is not known for “outcome”: use {', '.join(OUTCOMES)}.",
    ]


def test_one_unreadable_file_does_not_hide_the_faults_of_the_others(tmp_path: Path) -> None:
    files = {"a/one.yaml": "title: [", "a/two.yaml": TOP + STEPS.replace("Good.", "<court.fax>")}
    assert [fault.partition(" ")[0] for fault in linted(tmp_path, files)] == [
        "a/one.yaml:1:8:",
        "a/two.yaml:13:5:",
    ]


def test_a_playbook_is_overdue_on_the_day_after_its_review(tmp_path: Path) -> None:
    text = TOP + "review: 2027-05-01\n" + STEPS
    library = read_library([write(tmp_path, {"a/one.yaml": text})]).library
    assert [each.slug for each in overdue(library, date(2027, 5, 2))] == ["one"]
    assert list(overdue(library, date(2027, 5, 1))) == []


def test_a_playbook_without_a_review_is_never_overdue(tmp_path: Path) -> None:
    library = read_library([write(tmp_path, {"a/one.yaml": TOP + STEPS})]).library
    assert list(overdue(library, date.max)) == []


@given(
    st.lists(st.sampled_from([*(TOP + STEPS + "".join(DECLARED.values())).splitlines(), "- x"]))
)
def test_the_linter_never_falls_over_shuffled_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    names = (*DECLARED, "passages.yaml", "a/one.yaml")
    folder = write(tmp_path_factory.mktemp("desk"), dict.fromkeys(names, "\n".join(lines)))
    check(read_library([folder]))
