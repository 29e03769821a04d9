"""Plain lines as a clerk reads them: transcripts, refusals, and what must never be said."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk import outbox
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import close_console, open_console
from helpdesk.desk.notes import add_note_to_call, keep_draft
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.domain.calls import Caller
from helpdesk.domain.keys import Keymap
from helpdesk.domain.whens import said_in
from helpdesk.plain.console import LineConsole
from helpdesk.plain.state import KeyState
from tests.cli.conftest import HOSTILE
from tests.plain.conftest import transcript
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.tui.scenes import DANA, DAY, HOUR, LEE, MINUTE, busy_morning, took

LETTER = ("n", "", "pe", "1", "y", "2", "n", "n", "y", "5/28", "h", "w")
"""A call that ends with a letter to wait for; the caller registered on Thursday."""

ROUTINE = """\
ready.
> n
call T-26-00003 started 08:14:03.
caller? a part of the number or the name; enter = unknown caller.
> 0144
1 Whitfield, Dana  212-555-0144  Whitfield & Roe LLP  NCMB
2 new caller "0144"
  enter = 1, or a digit, or other words.
>
Whitfield, Dana   212-555-0144   attorney   bar NC44812   NCMB Greensboro   Whitfield & Roe LLP
1 earlier ticket (C)
symptom? a code, the caller's words, or tab = not sure.
> li
known: Is Middle North Carolina on NextGen? yes
Error while linking, playbook 1. step 2 of about 6:
ask: Log in to PACER and open Manage My Account. Does Account Type say Upgraded PACER Account?
y yes, n no, d don't know.
> yyn
step 5 of about 5:
say: Whoever e-files needs a PACER account of their own. Register one at pacer.uscourts.gov.
h hang up: waiting.
> i Chrome, no pop-ups
Note saved. u takes it back.
> u
Taken back: the note "Chrome, no pop-ups". U does it again.
> h
WRAP 00:00 (talk 00:00). how did it end?
r resolved
w waiting (the playbook)
b callback
e escalated
x referred
d dropped
esc still talking
> b thu 2:30p
Thu 04 Jun 14:30 EDT there = Thu 04 Jun 13:30 CDT here. enter = take it, or another time.
>
T-26-00003 callback. Thu 04 Jun 14:30 EDT there = Thu 04 Jun 13:30 CDT here.
ready.
> q
"""

REPEATED = """\
ready.
> n
call T-26-00002 started 08:14:03.
caller? a part of the number or the name; enter = unknown caller.
> 0144
1 Whitfield, Dana  212-555-0144  Whitfield & Roe LLP  NCMB
  ! 2nd call in 7 days, same symptom? T-26-00001 Thu 09:14 resolved mortiz (c): Error while linking
2 new caller "0144"
  enter = 1, c = 1 and continue that ticket, or a digit, or other words.
>
Whitfield, Dana   212-555-0144   attorney   bar NC44812   NCMB Greensboro   Whitfield & Roe LLP
symptom? a code, the caller's words, or tab = not sure.
  enter = continue T-26-00001  Error while linking  Thu 09:14 mortiz (resolved)
>
Gone on with T-26-00001; the run is taken up where it stopped.
known: Is Middle North Carolina on NextGen? yes
Error while linking, playbook 1. step 2 of about 6:
ask: Log in to PACER and open Manage My Account. Does Account Type say Upgraded PACER Account?
y yes, n no, d don't know.
>
T-26-00001 is parked, the caller is on hold. P goes back to it.
"""

LEFT_BEHIND = """\
left behind: T-26-00001, unknown caller, began 08:14.
  T-26-00001: enter = still talking, the clock runs on; h = it ended.
ready.
> n
call T-26-00002 started 08:24:03.
caller? a part of the number or the name; enter = unknown caller.
> esc
no symptom yet (s).
> p
T-26-00002 is on hold. P goes back to it.
left behind: T-26-00001, unknown caller, began 08:14.
  T-26-00001: enter = still talking, the clock runs on; h = it ended.
parked 00:00: T-26-00002, unknown caller.
ready.
> h
call T-26-00001: WRAP 00:00 (talk 00:00).
WRAP 00:00 (talk 00:00). how did it end?
"""


def shown(text: str) -> str:
    """A transcript, blanks at the ends of lines removed."""
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def test_a_routine_call_reads_like_a_talk(known: Desk) -> None:
    typed = ("n", "0144", "", "li", "yyn", "i Chrome, no pop-ups", "u", "h", "b thu 2:30p", "")
    assert shown(transcript(known, *typed, "q")) == ROUTINE


def test_a_promise_on_a_saturday_is_warned_of_before_it_is_taken(known: Desk) -> None:
    said = transcript(known, "n", "0144", "", "li", "h", "b sat 10", "", "q")
    assert "CDT here ! Saturday. enter = take it, or another time." in said
    assert rows(known, "SELECT kind FROM promise") == [{"kind": "callback"}]


def test_a_repeat_call_goes_on_with_the_old_ticket_and_the_end_of_input_parks_it(
    desk: Desk, clock: StillClock
) -> None:
    took(desk, clock, DANA, 4 * DAY, symptom="linking-error")
    assert shown(transcript(desk, "n", "0144", "", "")) == REPEATED
    assert rows(desk, "SELECT kind FROM call_segment WHERE to_at IS NULL") == [{"kind": "hold"}]


def test_a_call_left_behind_is_told_first_and_never_in_the_way_of_a_ringing_phone(
    home: Path, clock: StillClock
) -> None:
    gone = open_as(home, clock)
    open_console(gone)
    start_call(gone)
    close_console(gone)
    gone.close()
    clock.go_on(10 * MINUTE)
    desk = open_as(home, clock)
    said = shown(transcript(desk, "n", "esc", "p", "h", "d"))
    assert said.startswith(LEFT_BEHIND)
    ended = rows(desk, "SELECT edited, outcome, ended_at - started_at AS s FROM call ORDER BY id")
    assert ended[0] == {"edited": 1, "outcome": "dropped", "s": 0}
    desk.close()


def test_an_empty_line_says_that_a_call_left_behind_is_still_going_on(
    home: Path, clock: StillClock
) -> None:
    gone = open_as(home, clock)
    open_console(gone)
    keep_draft(gone, start_call(gone), "Firewall blocks ")
    close_console(gone)
    gone.close()
    desk = open_as(home, clock)
    said = transcript(desk, "", "", "esc", "i", "")
    assert "A note was left unsaved: i shows it." in said
    assert "  Firewall blocks\nnote? enter = save this one, esc = leave it.\n" in said
    assert rows(desk, "SELECT text FROM note") == [{"text": "Firewall blocks"}]
    desk.close()


def test_what_is_due_is_told_at_ready_and_listed(desk: Desk, clock: StillClock) -> None:
    now = clock.now()
    for who, due_at in ((DANA, now - 5 * MINUTE), (LEE, now + HOUR)):
        took(desk, clock, who, DAY, symptom="linking-error", outcome="callback", due_at=due_at)
    said = transcript(desk, "b", "q")
    assert said.startswith(
        "ready. 2 callbacks due, 1 late.\n> b\nlate, 08:09 call back: T-26-0000"
    )
    took(desk, clock, LEE, 2 * DAY, symptom="linking-error", outcome="waiting", due_at=now + HOUR)
    assert transcript(desk).startswith("ready. 3 promises due, 1 late.\n")


def test_calls_of_others_are_counted_and_my_parked_one_is_gone_back_to_by_its_number(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    other = open_as(home, clock, (1001, "rvance"), "clerk")
    other.read_playbooks = desk.read_playbooks
    parked = busy_morning(desk, other, clock)
    other.close()
    (row,) = rows(desk, "SELECT n FROM ticket t, call_ticket l WHERE l.ticket = t.id"
                        " AND l.call = ?", parked)  # fmt: skip
    said = transcript(desk, f"P {row['n']}", "p", "P 1", "P nonsense")
    assert f"parked 04:00: T-26-0000{row['n']}, Boyle, Sam, No Bankruptcy" in said
    assert "1 other is on a call.\nready. 2 promises due, 1 late.\n" in said
    assert f"call T-26-0000{row['n']}: ON CALL 08:00 hold 04:00.\n" in said
    assert "No call of yours on T-26-00001 goes on.\n" in said


def test_a_late_call_begins_back_then(desk: Desk, clock: StillClock) -> None:
    said = transcript(desk, "N 12m", "esc", "p", "N", "soon", "1h")
    assert "call T-26-00001 started 08:02:03 (edited).\n" in said
    assert "“soon” is not a length of time".replace("“", '"').replace("”", '"') in said
    began = rows(desk, "SELECT started_at - ? AS ago, edited FROM call ORDER BY id", clock.now())
    assert sorted(row["ago"] for row in began) == [-HOUR, -12 * MINUTE]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["yynyn"], '"yn" was not taken.\nThe playbook is at its end: h hangs up, p parks.\n'),
        (["yx"], '"yx" does nothing here: ? says what can be typed.'),
        (["hello there"], "These words do nothing here: ? says what can be typed."),
        (["N 12m"], "These words do nothing here"),
        (["new-call"], "The call goes on: p parks it before a new one.\n"),
        (["q"], "The call goes on: p parks it, quit parks it and leaves.\n"),
        (["hr n"], '"n" was not taken: something else is asked now.\n'),
        (["bksp", "bksp"], "These words do nothing here"),
        (["U"], "There is nothing to do again.\n"),
        (["a", "z"], '"z" is no choice here: ? lists them.\n'),
        (["at"], '"t" was not taken.\nFirst answer whether'),
        (["ao", ""], '"Something else" needs: What was done.\n'),
        (["h", ""], "Give the outcome: ? lists them.\n"),
        (["h", "w", "yesterday"], '"yesterday" is not a time'),
        (["h", "e", ""], "Say to whom: a clerk's login or a role"),
        (["h", "x", "0"], '"0" is no choice here: ? lists them.\n'),
        (["s", "qqqq"], "No playbook fits these words: take fewer, or tab asks some questions.\n"),
        (["w", "0144", "7"], "There are 2 rows: 1 to 2.\n"),
        (["w", "new", "Poe", "nowhere"], 'There is no court "nowhere"; there are: '),
        (["w", "new", "Poe", "nowhere"], "data/courts.yaml; a caller may go without one.\n"),
        (["w", "new", "Poe", "ianb/nowhere"], 'Iowa Northern has no office "nowhere"; it has: '),
        (["w", "new", "Poe", "", "judge"], '"judge" is no role: use attorney'),
        (["i my password is Zebra7!Kilo"], "take it out. Nothing was saved.\n"),
        (["\x1b[A"], "The line holds control signs, perhaps of an arrow key: type it again.\n"),
        (["T-26-09999"], "There is no ticket T-26-09999"),
        (["/ court:nowhere"], 'There is no court "nowhere"'),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_a_refusal_is_one_sentence_and_the_call_goes_on(
    known: Desk, typed: list[str], said: str
) -> None:
    told = transcript(known, "n", "0144", "", "li", *typed)
    assert said in told
    assert "Traceback" not in told


def test_letters_of_a_row_are_taken_in_turn_until_one_is_refused(known: Desk) -> None:
    transcript(known, "n", "0144", "", "li", "yynyn", "hello there")
    answers = rows(known, "SELECT answer FROM answer ORDER BY id")
    assert [row["answer"] for row in answers] == ["yes", "yes", "no"]
    assert rows(known, "SELECT ended_at FROM call ORDER BY id DESC LIMIT 1") == [
        {"ended_at": None}
    ]


def test_the_password_is_said_once_with_a_warning_and_kept_nowhere(
    known: Desk, home: Path
) -> None:
    typed = ("n", "0144", "", "pw", "yy vb ve at", "", "?", "", "k", "h", "?", "r", "3", "q")
    said = transcript(known, *typed)
    found = re.search(r"^password (\S+)  holds until Tue 09:14\.$", said, re.MULTILINE)
    assert found
    assert said.count(found[1]) == 1
    assert "it is said once and kept nowhere" in said[: found.start()]
    known.port.query("SELECT 1")
    for path in home.rglob("*"):
        assert not path.is_file() or found[1].encode() not in path.read_bytes()


def test_a_refused_note_is_not_repeated_and_can_be_saved_with_dots(known: Desk) -> None:
    said = transcript(known, "n", "", "li", "i ssn 078-05-1120", "blank", "i", "078-05-1120", "")
    assert said.count("078-05-1120") == 2  # as it was typed
    assert rows(known, "SELECT text FROM note") == [{"text": "ssn …"}]


def test_text_of_others_cannot_steer_the_terminal(desk: Desk) -> None:
    other = start_call(desk)
    add_caller(desk, other, Caller(0, name=HOSTILE, firm=HOSTILE, court="ianb"), "319-555-0155")
    add_note_to_call(desk, other, f"{HOSTILE}\n\x1b[2Jnext line")
    finish_call(desk, other, "waiting", desk.clock.now() + HOUR)
    typed = ("n", "0155", "1", "li", "i \u202egnirts", "\x9b31m", "C", "p", "1", "/", "b")
    said = transcript(desk, *typed)
    told = "\n".join(line for line in said.splitlines() if not line.startswith("> "))
    assert "Roe\ufffd]52;c;aGk=\ufffd\ufffd [/bold]" in told
    assert not {"\x1b", "\x9b", "\x07", "\u202e", "\r"} & set(told)


def test_a_busy_database_is_said_and_the_call_goes_on(
    home: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "PATIENCE", 0.01)
    desk = open_as(home, clock)
    open_console(desk)
    said: list[str] = []
    console = LineConsole(desk, Keymap(), lambda: None, said.append)
    console.ready()
    with closing(sqlite3.connect(desk.folder.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        console.take("n")
    assert any("their steps are kept in the outbox" in each for each in said)
    assert said[-1].startswith("caller?")
    assert rows(desk, "SELECT count(*) AS calls FROM call") == [{"calls": 0}]
    clock.go_on(outbox.AGAIN_SECONDS)
    console.take("")
    assert any("now saved in the database" in each for each in said)
    assert rows(desk, "SELECT count(*) AS calls FROM call") == [{"calls": 1}]
    desk.close()


def test_not_sure_asks_goes_back_and_opens_by_code(known: Desk) -> None:
    said = transcript(known, "n", "", "tab", "1", "d", "bksp", "z", "li", "h", "r")
    assert '"z" is no answer here: 1 2 3 4 5 6 0 d.\n' in said
    assert "Error while linking, playbook 1. step 2 of about 6:\n" in said
    assert rows(known, "SELECT symptom FROM call ORDER BY id DESC LIMIT 1") == [
        {"symptom": "linking-error"}
    ]


def test_lists_say_how_many_tickets_there_are_and_go_on(desk: Desk, clock: StillClock) -> None:
    for ago in range(25):
        took(desk, clock, DANA, (ago + 1) * HOUR)
    said = transcript(desk, "/", "more", "more", "/ nobody", "view", "view 2", "/ opened:today")
    assert "view 1 open: 0\nview 2 mine: 0\n" in said
    assert "  opened 2026-06-01 " in said
    assert "  20 of 25 tickets. more = the next ones; a number reads one.\n" in said
    assert said.count("T-26-000") == 25 + sum(ago < 8 for ago in range(25))
    assert "> more\nThese words do nothing here" in said
    assert "no ticket matches.\n" in said


def test_moved_keys_and_names_of_commands_work(known: Desk) -> None:
    keymap = Keymap({"new-call": "f2", "note": "z"}, {})
    said = transcript(known, "f2", "", "li", "z a note", "answer-yes", "hang-up", keymap=keymap)
    assert "call T-26-00003 started" in said
    assert "Note saved." in said
    assert "how did it end?" in said


def test_every_command_that_the_help_names_is_done_here(known: Desk) -> None:
    missing: set[str] = set()
    seen: set[str] = set()

    def read() -> str | None:
        state = console.state
        if isinstance(state, KeyState):
            live = {each.replace("-", "_") for each in state.live()}
            missing.update(each for each in live if not hasattr(state, f"do_{each}"))
            seen.add(type(state).__name__)
        return typed.pop(0) if typed else None

    typed = ["n", "0144", "", "li", "y", "?", "h", "?", "r"]
    open_console(known)
    console = LineConsole(known, Keymap(), read, lambda _: None)
    console.run()
    assert missing == set()
    assert seen == {"ReadyState", "PlaybookState", "EndingState"}


def test_a_promise_is_called_back_on_and_a_note_away_from_a_call_is_taken_back(
    known: Desk, clock: StillClock
) -> None:
    took(known, clock, DANA, DAY, outcome="callback", due_at=clock.now() + HOUR)
    said = transcript(
        known, "b", "i 3 the form came", "u", "U", "i", "b 3", "esc", "li", "h", "d", "b 9999"
    )
    assert "09:14 call back: T-26-00003, Whitfield, Dana, mortiz.\n" in said
    assert "Note on T-26-00003 saved. u takes it back.\n" in said
    assert 'Taken back: the note "the form came"' in said
    assert "Name the ticket and the words" in said
    assert "call T-26-00003: WE CALL 00:00.\n" in said
    assert "There is no ticket T-26-09999" in said
    assert rows(known, "SELECT text, struck FROM note") == [{"text": "the form came", "struck": 0}]
    assert rows(known, "SELECT direction, outcome FROM call ORDER BY id DESC LIMIT 1") == [
        {"direction": "out", "outcome": "dropped"}
    ]


def test_the_promise_that_a_playbook_suggests_is_taken_with_an_empty_line(desk: Desk) -> None:
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    said = transcript(desk, *LETTER, "")
    takes = "enter = take Thu 11 Jun 09:00 CDT there: 10 business days from 2026-05-28."
    assert takes in said
    kept = rows(desk, "SELECT due_at FROM promise")
    assert [said_in(row["due_at"], "America/Chicago") for row in kept] == ["Thu 11 Jun 09:00 CDT"]


def test_the_same_symptom_names_its_own_ticket_and_a_late_promise_is_told(
    known: Desk, clock: StillClock
) -> None:
    took(known, clock, DANA, 3 * DAY, symptom="linking-error")
    took(known, clock, DANA, 2 * DAY, outcome="callback", due_at=clock.now() - DAY)
    said = transcript(known, "n", "0144", "", "li", "c")
    assert "same symptom? T-26-00004" in said
    assert "\n! LATE call back since Sun 09:14, T-26-00004 (C)\n" in said
    assert "Gone on with T-26-00003" in said


def test_a_report_is_a_row_a_line_and_a_wrong_one_is_a_sentence(known: Desk) -> None:
    said = transcript(known, "report by-court 2026-04", "report", "report no", "report trend x")
    assert "\nncmb: office greensboro, % 50.0 %, calls 1, handled 1, dropped 0, AHT " in said
    assert "\ntotal: % 100.0 %, calls 2, handled 2, dropped 0, " in said
    assert "rows in range 2 = counted 2 + running 0 + dropped 0 + " in said
    assert "by-clerk  R3 Calls by clerk\n" in said
    assert "There is no report" in said
    assert "is not a period" in said


def test_whom_the_beginning_of_a_name_was_read_as_is_said(known: Desk) -> None:
    said = transcript(known, "n", "0144", "", "li", "h", "e", "sup")
    assert "escalated: supervisor." in said


def test_what_a_step_asked_for_and_was_left_open_is_asked_again_with_f(known: Desk) -> None:
    said = transcript(known, "n", "0144", "", "sc", "n", "", "f", "Declined", "p")
    assert "left open: wording of the message. f fills it in." in said
    assert said.count("this step asks: wording of the message? enter = later.") == 2
    assert "words on the screen: Declined" in said


def test_what_was_given_out_on_the_ticket_before_is_said_before_it_is_given_again(
    known: Desk,
) -> None:
    said = transcript(
        known, "n", "0144", "1", "pw", "yy", "vb", "v", "e", "at", "", "at", "1", "p"
    )
    before = (
        "Already on this ticket: Temporary CM/ECF password issued for linking, 09:14 by mortiz."
    )
    assert said.count(before) == 1
    assert said.index("issued and recorded") < said.index(before)
