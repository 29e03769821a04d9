from __future__ import annotations

import stat
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from helpdesk.desk.actions import issue_password
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.letters import letter_of_call, note_of_call, write_letter
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.errors import NotAllowed
from helpdesk.playbooks.letters import Letter
from tests.playbooks.written import ONE
from tests.playbooks.written import write as write_files
from tests.support.calls import call_for_password, call_of_dana
from tests.support.clock import StillClock
from tests.support.desks import open_as

NUMBER = "T-26-00001"


def read(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def body(message: EmailMessage) -> str:
    text = message.get_content()
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk that letters are written at."""
    return open_as(tmp_path_factory.mktemp("shift"), StillClock())


def test_a_letter_goes_to_the_address_on_record_and_reads_in_a_mail_program_as_it_was_written(
    desk: Desk,
) -> None:
    call = call_of_dana(desk)
    choose_symptom(desk, call, "linking-error")
    written = letter_of_call(desk, call_view(desk, call))
    message = read(write_letter(desk, written, NUMBER))
    assert message["To"] == "dana@whitfieldroe.example"
    assert message["Subject"] == written.subject == f"Your call to Iowa Northern ({NUMBER})"
    assert message["X-Unsent"] == "1"  # a draft, not a mail that came
    assert body(message) == written.body
    assert "Hello Dana Whitfield," in written.body


def test_a_letter_lies_where_nobody_else_reads_it(desk: Desk, tmp_path: Path) -> None:
    path = write_letter(desk, Letter("", "Steps", "One.\n"), NUMBER)
    assert path.parent == tmp_path / "state" / "helpdesk" / "letters"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.name.startswith(NUMBER)
    assert path.suffix == ".eml"


def test_no_temporary_password_is_in_a_letter_a_note_or_a_file(desk: Desk) -> None:
    call = call_for_password(desk)
    password = issue_password(desk, call, {"delivery": "called back"}).password
    answer_step(desk, call, "verify", "done")
    view = call_view(desk, call)
    written = letter_of_call(desk, view)
    path = write_letter(desk, written, NUMBER)
    said = (written.text, written.mailto, note_of_call(desk, view), path.read_text())
    assert len(password) >= 8
    assert all(password not in each for each in said)


def test_before_the_symptom_there_is_nothing_to_write(desk: Desk) -> None:
    view = call_view(desk, start_call(desk))
    for write in (letter_of_call, note_of_call):
        with pytest.raises(NotAllowed, match=r"symptom first \(s\)"):
            write(desk, view)


@pytest.mark.parametrize(
    "email",
    ["", "none", "a@[", '"', "dana@", "dana at x.example", "a@x.example, b@y.example",
     "a..b@x.example", "dana@x.example\r\nBcc: all@x.example", "ü@x.example",
     "\x1b]52;c;aGk=\x07@x.example"],
)  # fmt: skip
def test_what_is_no_address_is_left_out_for_the_clerk_to_fill_in(desk: Desk, email: str) -> None:
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Lane, Kim", email=email))
    choose_symptom(desk, call, "linking-error")
    message = read(write_letter(desk, letter_of_call(desk, call_view(desk, call)), NUMBER))
    assert {"To", "Bcc", "Cc"} & set(message.keys()) == set()
    assert "Hello Kim Lane," in body(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("'You said <ask: the day>.'", r"a hole at <ask: the day>: fill it in first \(f\)\."),
        ("Since <court.go-live>.", r"a hole at <court.go-live>: ianb in courts.yaml does not say"),
        ("You are <caller.name>.", r"a hole at <caller.name>: choose the caller first \(w\)\."),
    ],
)
def test_a_letter_with_a_hole_is_not_written_and_says_what_is_missing(
    home: Path, clock: StillClock, text: str, message: str
) -> None:
    playbook = ONE.replace("Good.", text)
    court = "{name: N, short: S, kind: bankruptcy, web: w.example, offices: {}}"
    courts = f"courts:\n  ianb: {court}\n".replace("{}", "{x: {name: X, zone: UTC}}")
    write_files(home, {"playbooks/a/one.yaml": playbook, "data/courts.yaml": courts})
    desk = open_as(home, clock)
    call = start_call(desk)
    choose_symptom(desk, call, "one")
    with pytest.raises(NotAllowed, match=message):
        letter_of_call(desk, call_view(desk, call))
    desk.close()


ANY = st.text(st.characters(exclude_characters="\r"), max_size=200)
PLAIN = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=200)


@examples(max_examples=80)
@given(to=ANY, subject=ANY, text=ANY)
@example(to="\ud800@x.example", subject="a\nBcc: all@x.example", text="\ud800\0")
def test_no_text_makes_a_letter_fail_or_gets_into_its_head(
    shift: Desk, to: str, subject: str, text: str
) -> None:
    message = read(write_letter(shift, Letter(to, subject, text), NUMBER))
    heads = {"Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"}
    assert set(message.keys()) - {"To"} == heads


@examples(max_examples=80)
@given(subject=PLAIN, text=PLAIN)
def test_plain_words_of_any_script_read_as_they_were_written(
    shift: Desk, subject: str, text: str
) -> None:
    message = read(write_letter(shift, Letter("kim@lane.example", subject, text), NUMBER))
    assert str(message["Subject"]).split() == subject.split()
    assert body(message).rstrip("\n") == text.rstrip("\n")


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "helpdesk").write_text("in the way")
    with pytest.raises(NotAllowed, match=r"letters/.*\.eml cannot be written: "):
        write_letter(desk, Letter("", "Steps", "One.\n"), NUMBER)
