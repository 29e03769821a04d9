"""Typing: fast or slow, pasted, left with Escape, refused by the guard; nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from helpdesk.desk.calls import park_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.view import call_view
from helpdesk.tui.pasting import plain_key
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.widgets.boxes import LineBox, NoteBox
from helpdesk.tui.widgets.row_list import RowList
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import (
    Console,
    app_of,
    burst,
    echo,
    paste,
    press,
    running,
    send,
    settled,
    until,
    words,
)
from tests.tui.scenes import known_callers, small_library

TO_THE_PLAYBOOK = "n 0144 ⏎ li ⏎"
SECRET = "ssn␣123-45-6789"

ROWS_OF_A_CALL = (
    "SELECT symptom, status, outcome, reopened FROM ticket ORDER BY n",
    "SELECT matched, symptom, typed, outcome, reason, court, phone FROM call ORDER BY id",
    "SELECT step, answer, fact, value FROM answer ORDER BY id",
    "SELECT kind, fields, struck FROM action ORDER BY id",
    "SELECT text, struck FROM note ORDER BY id",
    "SELECT kind, due_at FROM promise ORDER BY id",
    "SELECT name, firm, role, court FROM caller ORDER BY id",
    "SELECT kind FROM call_segment ORDER BY id",
    "SELECT who, act FROM journal ORDER BY id",
)


def kept(desk: Desk) -> list[list[tuple[object, ...]]]:
    """What is kept of all calls, but for ids."""
    return [list(desk.port.query(sql).rows) for sql in ROWS_OF_A_CALL]


def bytes_of(folder: Path) -> bytes:
    """Every byte of every file of a desk."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def note_of(console: Console) -> str:
    return console.app.screen.query_one(NoteBox).content


@pytest.mark.parametrize(
    "said",
    [
        "n 0144 ⏎ li ⏎ yyyn ae hr",
        "n 2125550199 ⏎ Roe,Pat ⇥ ncmb ⇥ a ⏎ li ⏎ yyyn ae hr",
        "n 0144 ⏎ pw ⏎ yy vb ve at ⏎ hw tom␣9 ⏎",
        "n 0144 ⏎ qu ⏎ yn hx 1 ⏎",
        "n whit ↓ ⏎ bc ⏎ y i fire␣wall ⏎ u hr n ↑ ⏎ ⏎ li ⏎ hd",
        "n 0 ⎋ s ⏎ y p n 0155 ⏎ ⏎ hd P y hr",
        "n zz ⏎ ⎋ ⎋ s link ↓ ⏎ n hb thu␣2:30p ⏎",
    ],
)
async def test_typing_fast_leaves_the_same_rows_as_typing_slowly(
    known: Desk, tmp_path: Path, clock: StillClock, said: str
) -> None:
    async with running(known) as console:
        await press(console, said)
        slow = kept(known)
    again = open_as(tmp_path / "again", clock)
    again.read_playbooks = small_library
    known_callers(again, clock)
    async with running(again) as console:
        await burst(console, said)
        assert kept(again) == slow


async def test_opening_and_leaving_screens_fast_ends_where_it_began(known: Desk) -> None:
    async with running(known) as console:
        await burst(console, "gt⎋" * 5 + "gp⎋⎋" * 3 + "?⎋:⎋" * 3 + "/whit⏎⎋" * 3)
        assert "READY | home" in words(console)
        await burst(console, TO_THE_PLAYBOOK + "gt⎋" * 4 + "y gp⎋⎋ ?⎋ hr n")
        assert "T-26-00004" in words(console)
        assert "Who calls?" in words(console)


async def test_enter_on_home_right_after_a_call_ended_is_no_fault(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} p")
        await burst(console, "P h d ⏎")
        await settled(console)
        assert app_of(console).return_code is None


@pytest.mark.parametrize("pasted", ["hr", "hr\nhr\n", "y", "aehr"])
async def test_a_paste_on_a_call_runs_no_command(known: Desk, pasted: str) -> None:
    async with running(known) as console:
        await press(console, TO_THE_PLAYBOOK)
        before = kept(known)
        await paste(console, pasted)
        assert "A paste runs no keys" in echo(console)
        assert kept(known) == before


async def test_pasted_lines_stay_lines_in_a_note(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} i")
        await paste(console, "first\nsecond\n\nfourth")
        assert note_of(console) == "first\nsecond\n\nfourth"
        await press(console, "⏎")
        (note,) = known.port.query("SELECT text FROM note").rows
    assert note == ("first\nsecond\n\nfourth",)


async def test_pasted_lines_are_joined_in_a_box_of_one_line(console: Console) -> None:
    await press(console, "n")
    await paste(console, "Whitfield,\nDana\n")
    assert console.app.screen.query_one("#caller-box", LineBox).content == "Whitfield, Dana"


async def test_a_paste_behind_what_was_typed_stays_apart_from_it(console: Console) -> None:
    await press(console, "n Hallam")
    await paste(console, " Zora ")
    await paste(console, "-May")
    assert console.app.screen.query_one("#caller-box", LineBox).content == "Hallam Zora-May"


@pytest.mark.parametrize(
    ("key", "plain"),
    [("alt+h", "h"), ("alt+shift+h", "H"), ("alt+H", "H"), ("alt+enter", "enter")],
)
def test_a_key_with_alt_is_that_key_after_escape(key: str, plain: str) -> None:
    assert plain_key(events.Key(key, None)).key == plain


async def test_alt_and_a_key_in_a_note_saves_it_and_does_the_key(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} i firewall")
        await send(console, events.Key("alt+h", None), events.Key("r", "r"))
        assert "READY | home" in words(console)
        (note,) = known.port.query("SELECT text FROM note").rows
        (call,) = known.port.query("SELECT outcome FROM call ORDER BY id DESC LIMIT 1").rows
    assert (note, call) == (("firewall",), ("resolved",))


@pytest.mark.parametrize(
    ("opened", "box", "typed"),
    [
        ("n", "#caller-box", "whit"),
        ("n ⏎", "#symptom-box", "link"),
        ("gp", "#find", "link"),
        ("/", "#find", "whitm"),
    ],
)
async def test_backspace_narrows_and_widens_a_list(
    console: Console, opened: str, box: str, typed: str
) -> None:
    await press(console, opened)
    listed = [rows_of(console)]
    for sign in typed:
        await press(console, sign)
        listed.append(rows_of(console))
    assert len(listed[-1]) < len(listed[0]) or "new caller" in listed[-1][-1]
    for before in reversed(listed[:-1]):
        await press(console, "⌫")
        assert rows_of(console) == before
    assert console.app.screen.query_one(box, LineBox).content == ""


def rows_of(console: Console) -> list[str]:
    lists = [each for each in console.app.screen.query(RowList) if each.display]
    return [row.text for row in lists[0].rows]


async def test_an_exact_code_is_always_the_first_row(console: Console) -> None:
    await press(console, "n ⏎")
    for code in ("li", "pw", "nm", "qu", "bc"):
        await press(console, code)
        assert rows_of(console)[0].startswith(code)
        await press(console, "⌫⌫")


@pytest.mark.parametrize(
    ("opened", "typed", "left", "again", "box"),
    [
        ("n", "Roe", "⎋", "w", "#caller-box"),
        ("n ⏎", "not␣known", "⎋", "s", "#symptom-box"),
        ("n ↑ ⏎", "Roe,␣Pat", "⎋", "↑ ⏎", "#new-name"),
        ("n ⏎ ⏎ ao", "rang␣the␣court", "⎋", "ao", "#menu-box"),
        ("n ⏎ ⏎ hw", "tom␣9", "⎋", "w", "#menu-box"),
        ("n ⏎ ⏎ he", "rvance", "⎋", "e", "#menu-box"),
        ("/", "whit", "⎋", "/", "#find"),
        ("gp", "link", "⎋", "/", "#find"),
    ],
)
async def test_escape_leaves_a_box_without_losing_its_text(
    console: Console, opened: str, typed: str, left: str, again: str, box: str
) -> None:
    await press(console, f"{opened} {typed}")
    await press(console, f"{left} {again}")
    found = console.app.screen.query_one(box, LineBox)
    assert found.content == typed.replace("␣", " ")


async def test_what_was_taken_does_not_come_back_into_the_box(console: Console) -> None:
    await press(console, f"{TO_THE_PLAYBOOK} w")
    assert console.app.screen.query_one("#caller-box", LineBox).content == ""
    await press(console, "⎋ s")
    assert console.app.screen.query_one("#symptom-box", LineBox).content == ""


@pytest.mark.parametrize("leave", ["⏎", "⎋"])
async def test_a_refused_note_stays_in_its_box_and_reaches_no_file(
    known: Desk, home: Path, leave: str
) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} i Dana␣says␣{SECRET} {leave}")
        assert "social security number" in echo(console)
        assert "6789" not in echo(console)
        assert note_of(console) == "Dana says ssn 123-45-6789"
        await console.pause(0.5)  # longer than a draft waits
        await press(console, "⎋⎋" if leave == "⏎" else "⎋")
        assert "h HANG UP" in words(console)
        assert note_of(console) == "Dana says ssn 123-45-6789"
        await press(console, "hr")
    assert b"123-45" not in bytes_of(home)


async def test_a_secret_in_the_caller_box_is_refused_and_ends_nothing(
    known: Desk, home: Path
) -> None:
    async with running(known) as console:
        await burst(console, "n 123-45-6789")
        assert "social security number" in echo(console)
        await press(console, "⏎")
        assert console.app.screen.query_one("#caller-box", LineBox).content == "123-45-6789"
        await press(console, f"⎋ s {SECRET}")
        assert "social security number" in echo(console)
        await press(console, "⎋ w")
        assert "Who calls?" in words(console)
    assert b"123-45" not in bytes_of(home)


async def test_a_draft_is_kept_without_a_key(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} i firewall␣blocks␣pop-ups␣")
        screen = console.app.screen
        assert isinstance(screen, CallScreen)
        call = screen.call
        kept = "firewall blocks pop-ups "
        assert await until(lambda: call_view(known, call).draft == kept)


@pytest.mark.parametrize("leave", ["ctrl+q", "ctrl+c"])
async def test_leaving_in_the_middle_of_a_note_keeps_its_words_and_parks_the_call(
    known: Desk, home: Path, clock: StillClock, leave: str
) -> None:
    async with running(known) as console:
        await burst(console, f"{TO_THE_PLAYBOOK} i firewall␣blocks␣pop-ups␣")
        await console.press(leave)
    again = open_as(home, clock)
    again.read_playbooks = small_library
    async with running(again) as console:
        assert "PARKED" in words(console)
        await press(console, "P")
        assert note_of(console) == "firewall blocks pop-ups "


async def test_a_saved_note_leaves_no_draft_behind(known: Desk) -> None:
    async with running(known) as console:
        await burst(console, f"{TO_THE_PLAYBOOK} i firewall␣ ⏎")
        await console.pause(0.5)
        assert known.port.query("SELECT text FROM draft WHERE text != ''").rows == []
        assert note_of(console) == ""


async def test_a_note_of_ten_thousand_characters_is_kept_whole(known: Desk) -> None:
    long = "word " * 2_000
    async with running(known) as console:
        await press(console, f"{TO_THE_PLAYBOOK} i")
        await paste(console, long)
        await press(console, "⏎")
        (note,) = known.port.query("SELECT text FROM note").rows
    assert note == (long.strip(),)


async def test_parking_from_another_console_is_shown_on_this_one(
    known: Desk, home: Path, clock: StillClock
) -> None:
    other = open_as(home, clock)
    async with running(known) as console:
        await press(console, TO_THE_PLAYBOOK)
        screen = console.app.screen
        assert isinstance(screen, CallScreen)
        park_call(other, screen.call)
        assert await until(lambda: "PARKED" in words(console))
    other.close()


async def test_a_code_typed_among_the_playbooks_chooses_the_playbook_it_names(
    console: Console,
) -> None:
    await press(console, "gp li ⏎")
    assert "Error while linking (linking-error)" in words(console)
