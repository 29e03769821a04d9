"""A playbook as an e-mail and as a note: what a caller reads, and what a colleague does."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Playbook, Step
from helpdesk.domain.run import Given, Known, Run, StepKey
from helpdesk.domain.walk import walk
from helpdesk.playbooks.letters import Letter, letter, note, spoken
from helpdesk.playbooks.templates import Circumstances, rendered
from helpdesk.playbooks.templates import written as in_writing
from tests.playbooks.shown import COURTS, NOW, SHIPPED, shipped_playbooks
from tests.support.small_books import INNER, OUTER, small_book, yes_no

BOOKS: Final = shipped_playbooks().library.playbooks
IANB, NCMB = COURTS["ianb"], COURTS["ncmb"]
HERE: Final = Circumstances(
    NOW, IANB, IANB.offices[0], SHIPPED.center, "Whitfield, Dana", "ortiz", "T-26-00001"
)
STEPS: Final = [step for book in BOOKS.values() for step in book.steps.values()]
SAID: Final = {step.say for step in STEPS if not step.aloud}


@st.composite
def runs(draw: st.DrawFn) -> Run:
    """A shipped playbook walked some way, into those it hands over to as well."""
    book = BOOKS[draw(st.sampled_from(sorted(BOOKS)))]
    given_so_far: dict[StepKey, Given] = {}
    run = walk(book, given_so_far, {})
    for at in range(draw(st.integers(0, 20))):
        step, key = run.current, run.current_key
        if step is None or key is None or key in given_so_far:
            break
        keys = [each.key for each in step.answers] or [DONE]
        opened = BOOKS.get(step.hand_over)
        given_so_far[key] = Given(draw(st.sampled_from(keys)), at, opened)
        run = walk(book, given_so_far, {})
    return run


def points(written: Letter) -> list[str]:
    """The numbered part of an e-mail."""
    return written.body.rstrip("\n").split("\n\n")[2:-1]


@given(runs(), st.sampled_from(sorted(COURTS)))
def test_an_email_holds_nothing_but_what_is_said_to_callers(run: Run, court: str) -> None:
    here = replace(HERE, court=COURTS[court], office=COURTS[court].offices[0])
    said = {in_writing(text, here) for text in SAID}
    written = letter(run, here)
    assert "‹" not in written.body or written.lacks
    assert {each.partition(". ")[2] for each in points(written)} <= said
    assert written.tells is bool(points(written))
    hello, about, *_, ending = written.body.rstrip("\n").split("\n\n")
    assert hello == "Hello Dana Whitfield,"
    assert about.startswith(f"you called {COURTS[court].short}")
    assert ending.startswith(f"Questions? {COURTS[court].name}")
    assert "‹" not in ending


@given(runs())
def test_the_points_of_an_email_are_numbered_from_one_and_none_stands_twice(run: Run) -> None:
    told = [each.partition(". ") for each in points(letter(run, HERE))]
    assert [number for number, _, _ in told] == [str(n) for n in range(1, len(told) + 1)]
    assert len({text for _, _, text in told}) == len(told)


@given(runs())
def test_everything_that_was_said_on_the_way_is_in_the_email_in_that_order(run: Run) -> None:
    told = [each.partition(". ")[2] for each in points(letter(run, HERE))]
    said = dict.fromkeys(
        rendered(each.step.say, HERE)
        for each in run.passed
        if each.step.say and not each.step.aloud
    )
    assert told[: len(said)] == list(said)


@given(st.text(), st.text(), st.text(min_size=1))
def test_a_mailto_address_says_the_whole_email_again(to: str, subject: str, body: str) -> None:
    parts = urlsplit(Letter(to, subject, body).mailto)
    assert (parts.scheme, unquote(parts.path), parts.fragment) == ("mailto", to, "")
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    assert fields == {"subject": [subject], "body": [body]}


TRICKY: Final = small_book(
    "tricky",
    Step("hid", do="DO one", why="WHY one", next="ready"),
    yes_no("ready", "ASK ready?", "tell", "no"),
    Step("tell", say="Type <ask: the words>.", do="DO two", why="WHY two", next="same"),
    Step("same", say="Type <ask: the words>.", next="later"),
    yes_no("later", "ASK later?", "end", "end"),
    Step("end", say="All done.", outcome="resolved"),
    Step("no", say="Off the way.", outcome="resolved"),
    title="Tricky: what now?",
)
SECRET: Final = replace(TRICKY, never=("NEVER say this",))


def at(book: Playbook, **answers: str) -> Run:
    given_so_far = {
        (book.slug, step): Given(answer, n) for n, (step, answer) in enumerate(answers.items())
    }
    return walk(book, given_so_far, {})


def test_what_the_clerk_does_and_why_and_what_is_never_said_stay_out_of_an_email() -> None:
    written = letter(at(SECRET, hid=DONE, ready=YES, tell=DONE), HERE, "dana@whitfieldroe.example")
    for word in ("DO ", "WHY ", "NEVER ", "ASK "):
        assert word not in written.text
        assert word not in unquote(written.mailto)
    assert written.to == "dana@whitfieldroe.example"


def test_what_was_filled_in_stands_in_the_email_and_a_text_said_twice_stands_once() -> None:
    here = replace(HERE, asked={"the words": "no menus"})
    assert points(letter(at(TRICKY, hid=DONE, ready=YES), here)) == ["1. Type no menus."]


def test_what_comes_after_the_next_question_is_not_told_yet() -> None:
    told = points(letter(at(TRICKY, hid=DONE, ready=YES, tell=DONE, same=DONE), HERE))
    assert "1. All done." not in told
    ended = at(TRICKY, hid=DONE, ready=YES, tell=DONE, same=DONE, later=YES)
    assert points(letter(ended, HERE))[-1] == "2. All done."


def test_what_was_said_on_a_way_that_was_left_is_not_in_the_email() -> None:
    left = at(TRICKY, hid=DONE, ready=YES, no=DONE, tell=DONE)
    assert all("Off the way" not in each for each in points(letter(left, HERE)))


def test_what_is_for_the_phone_alone_is_said_and_not_written() -> None:
    phone = replace(TRICKY.steps["tell"], say="One moment, please.", aloud=True, next="end")
    book = replace(TRICKY, steps={**TRICKY.steps, "tell": phone})
    run = at(book, hid=DONE, ready=YES, tell=DONE)
    assert points(letter(run, HERE)) == ["1. All done."]
    assert "One moment, please." in spoken(book, HERE)
    alone = replace(book, steps={**book.steps, "tell": replace(phone, next="", hand_over="x")})
    assert not letter(at(alone, hid=DONE, ready=YES, tell=DONE), HERE).tells


def test_before_anything_was_said_the_email_is_the_main_line() -> None:
    assert points(letter(at(TRICKY), HERE)) == ["1. Type ‹the words?›.", "2. All done."]


def test_an_email_tells_what_was_said_in_every_playbook_of_the_run() -> None:
    answers = {
        ("outer", "ready"): Given(YES, 1),
        ("outer", "over"): Given(DONE, 2, INNER),
        ("inner", "told"): Given(DONE, 3),
    }
    run = walk(OUTER, answers, {"linked-here": Known(YES, "ticket")})
    assert points(letter(run, HERE)) == [
        "1. We go on elsewhere.", "2. That was the inner one.", "3. And again.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("caller", "hello"),
    [("", "Hello,"), ("Roe", "Hello Roe,"), ("Whitfield, Dana", "Hello Dana Whitfield,")],
)
def test_a_caller_is_greeted_by_name_where_it_is_known(caller: str, hello: str) -> None:
    assert letter(at(TRICKY), replace(HERE, caller=caller)).body.startswith(f"{hello}\n\n")


@pytest.mark.parametrize("owner", ["court", "psc", "other-court", "filer"])
def test_the_service_center_is_named_only_where_the_trouble_is_its_own(owner: str) -> None:
    written = letter(at(replace(TRICKY, owner=owner)), HERE)
    assert ("PACER Service Center: (800) 676-6856" in written.body) is (owner == "psc")


def test_a_number_that_nobody_recorded_is_left_out_of_the_last_line() -> None:
    written = letter(at(TRICKY), replace(HERE, court=NCMB, office=NCMB.offices[0]))
    assert written.body.endswith(f"Questions? {NCMB.name}, {NCMB.web}\n")


@pytest.mark.parametrize("name", ["phone", "phones"])
def test_a_number_that_nobody_recorded_is_the_one_that_was_called(name: str) -> None:
    end = replace(TRICKY.steps["end"], say=f"If it stops, call us at <court.{name}>.")
    book = replace(TRICKY, steps={**TRICKY.steps, "end": end}, start="end")
    here = replace(HERE, court=NCMB, office=NCMB.offices[0])
    written = letter(at(book), here)
    assert points(written) == ["1. If it stops, call us at the number you called."]
    assert written.lacks == ()
    assert rendered(end.say, here) == f"If it stops, call us at ‹court {name}?›."  # on the screen


def test_a_letter_knows_what_would_be_a_hole_in_it() -> None:
    said = "Live since <court.go-live>. You said <ask: the day>. <court.name>, <caller.name>"
    book = replace(TRICKY, steps={"end": Step("end", say=said)}, start="end")
    here = replace(HERE, court=NCMB._replace(go_live=None), caller="")
    assert letter(at(book), here).lacks == ("<court.go-live>", "<ask: the day>", "<caller.name>")
    assert letter(at(book), replace(HERE, asked={"the day": "Monday"})).lacks == ()


def test_the_subject_says_court_and_ticket() -> None:
    written = letter(at(TRICKY), HERE)
    assert written.subject == "Your call to Iowa Northern (T-26-00001)"
    assert written.text == f"Subject: {written.subject}\n\n{written.body}"
    assert letter(at(TRICKY), replace(HERE, ticket="")).subject == "Your call to Iowa Northern"


def test_a_note_says_what_was_found_by_whom_and_what_comes_next() -> None:
    book = replace(TRICKY, steps={**TRICKY.steps, "ready": yes_no(
        "ready", "Ready at <court.short>?", "later", "no", "linked"
    )})  # fmt: skip
    given_so_far = {("tricky", "hid"): Given(DONE, 1)}
    run = walk(book, given_so_far, {"linked": Known(YES, "ticket")})
    assert note(run, HERE) == (
        "Tricky: what now? Ready at Iowa Northern? yes (known). Next: ASK later?"
    )


@given(runs())
def test_a_note_holds_every_answer_and_no_reason(run: Run) -> None:
    said = note(run, HERE)
    words = {DONT_KNOW: "not known"}
    for each in run.passed:
        if each.step.answers:
            asked = rendered(each.step.ask, HERE)
            assert f"{asked} {words.get(each.answer, each.answer)}" in said
        why = rendered(each.step.why, HERE)
        assert not why or why not in said


def test_said_on_the_phone_is_what_is_read_out_and_asked_on_the_main_line() -> None:
    assert spoken(TRICKY, HERE) == (
        "ASK ready?", "Type ‹the words?›.", "Type ‹the words?›.", "ASK later?", "All done.",
    )  # fmt: skip
    assert NO not in spoken(TRICKY, HERE)
