"""What the screens say, kept as text: read the files in ``__snapshots__`` like a clerk would."""

from __future__ import annotations

import gc
import re
from weakref import ref

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.strip import Strip

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import close_console, open_console
from helpdesk.domain.calls import Caller
from helpdesk.tui.widgets.boxes import NoteBox
from helpdesk.tui.widgets.lines import HeadLine
from helpdesk.tui.widgets.row_list import RowList
from tests.support.clock import StillClock
from tests.support.screens import (
    NARROW,
    WIDE,
    WIDEST,
    Console,
    app_of,
    paste,
    press,
    resize,
    running,
    settled,
    text,
    until,
)
from tests.tui.scenes import busy_morning, took

TO_THE_PLAYBOOK = "n 0144 ⏎ li ⏎"
TO_THE_PASSWORD = "n 0144 ⏎ pw ⏎ yy vb ve"


async def seen(console: Console) -> str:
    """The screen when it has heard of everything written; else it hears within a second."""
    await app_of(console)._others_wrote()
    await settled(console)
    return text(console)


async def test_a_fresh_desk_says_which_key_is_first(
    desk: Desk, text_screen: SnapshotAssertion
) -> None:
    async with running(desk) as console:
        assert await seen(console) == text_screen


@pytest.mark.parametrize("size", [NARROW, WIDE, WIDEST], ids=["narrow", "wide", "widest"])
async def test_home_shows_calls_going_on_promises_and_the_newest_tickets(
    desk: Desk,
    other: Desk,
    clock: StillClock,
    size: tuple[int, int],
    text_screen: SnapshotAssertion,
) -> None:
    busy_morning(desk, other, clock)
    async with running(desk, size) as console:
        assert await seen(console) == text_screen


async def test_home_begins_with_what_was_left_behind(
    desk: Desk, clock: StillClock, text_screen: SnapshotAssertion
) -> None:
    open_console(desk)
    sands = Caller(id=0, name="Sands, Pat", court="ianb")
    took(desk, clock, sands, 600, symptom="mfa-required", outcome="")
    start_call(desk)
    clock.go_on(240)
    close_console(desk)
    async with running(desk) as console:
        assert await seen(console) == text_screen


async def test_the_whole_of_a_call(console: Console, text_screen: SnapshotAssertion) -> None:
    for name, said in (
        ("caller", "n whit"),
        ("nobody-known", "⌫⌫⌫⌫ 0199"),
        ("new-caller", "⏎"),
        ("new-caller-filled", "Roe, ␣ Pat ⇥ ncmb ⇥ a"),
        ("symptom", "⏎ link"),
        ("playbook", "⌫⌫⌫⌫ li ⏎"),
        ("answered", "yyy"),
        ("went-back", "⌫⌫"),
        ("named-answers", "y y n ␣ n"),
        ("whole-step", "k"),
        ("actions", "a"),
        ("recorded", "e"),
        ("verifying", "v"),
        ("verified", "r"),
        ("note", "i firewall ␣ blocks ␣ pop-ups"),
        ("noted", "⏎"),
        ("taken-back", "u"),
        ("history", "C"),
        ("where-to", "⎋ g"),
        ("ending", "⎋ h"),
        ("escalating", "e"),
        ("reasons", "⎋ x"),
        ("reason-chosen", "2"),
        ("until", "⎋ w tom ␣ 9"),
        ("finished", "⏎"),
    ):
        await press(console, said)
        assert await seen(console) == text_screen(name=name)


async def test_a_temporary_password_is_shown_with_how_it_is_given(
    console: Console, text_screen: SnapshotAssertion
) -> None:
    await press(console, f"{TO_THE_PASSWORD} at")
    assert await seen(console) == text_screen(name="delivery")
    await press(console, "⏎")
    shown = re.sub(r"(?<=TEMPORARY PASSWORD   )\w{12}", "Xk49mmRtaaaa", text(console))
    assert shown == text_screen(name="shown")


@pytest.mark.parametrize("size", [WIDE, WIDEST], ids=["wide", "widest"])
async def test_wide_terminals_show_more_of_the_desk(
    desk: Desk,
    other: Desk,
    clock: StillClock,
    size: tuple[int, int],
    text_screen: SnapshotAssertion,
) -> None:
    busy_morning(desk, other, clock)
    async with running(desk, size) as console:
        await press(console, f"{TO_THE_PLAYBOOK} yyy vb i firewall ⏎")
        assert await seen(console) == text_screen


async def test_lists_and_what_they_open(
    desk: Desk, other: Desk, clock: StillClock, text_screen: SnapshotAssertion
) -> None:
    busy_morning(desk, other, clock)
    async with running(desk) as console:
        for name, said in (
            ("tickets", "gt"),
            ("tickets-found", "/ whit"),
            ("no-ticket-found", "zzz"),
            ("ticket", "⎋ gt ↓↓ ⏎"),
            ("ticket-further", "⇟"),
            ("playbooks", "⎋⎋ gp"),
            ("playbooks-found", "cannot ␣ link"),
            ("playbook", "⏎"),
            ("late-call", "⎋⎋⎋ N 12m"),
            ("help", "⎋ ?"),
            ("palette", "⎋ : call"),
        ):
            await press(console, said)
            assert await seen(console) == text_screen(name=name)


async def test_help_on_a_call_begins_with_what_works_there(
    console: Console, text_screen: SnapshotAssertion
) -> None:
    await press(console, f"{TO_THE_PLAYBOOK} ?")
    assert await seen(console) == text_screen


async def test_a_terminal_that_is_too_small_is_told_so(
    console: Console, text_screen: SnapshotAssertion
) -> None:
    await press(console, TO_THE_PLAYBOOK)
    await resize(console, (40, 10))
    assert await seen(console) == text_screen


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_without_lines_nothing_is_drawn_around_the_parts(
    known: Desk, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    known.settings = known.settings._replace(lines=False)
    async with running(known, size) as console:
        await press(console, TO_THE_PLAYBOOK)
        assert await seen(console) == text_screen


async def test_what_was_drawn_of_a_screen_is_let_go_with_it(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "gt")
        drawn = ref(app_of(console).screen.query_one(RowList)._styles_cache)
        await press(console, "⎋")
        await console._wait_for_screen()  # each takes a message: its last one keeps who sent it
        gc.collect()
        assert drawn() is None


async def test_no_line_that_was_painted_keeps_itself(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "gt jjk ⎋ n ⎋")
        await settled(console)
        lines = [each for each in gc.get_objects() if type(each) is Strip]
        kept = ((each, each._divide_cache._cache.values()) for each in lines)
        assert lines
        assert not any(piece is line for line, cut in kept for pieces in cut for piece in pieces)


async def test_a_screen_that_is_left_lets_go_of_what_was_drawn_before_it_is_swept(
    known: Desk,
) -> None:
    async with running(known) as console:
        await press(console, "gt")
        head = app_of(console).screen.query_one(HeadLine)
        assert head._styles_cache._cache
        await press(console, "⎋")
        await settled(console)
        assert not head._styles_cache._cache


async def test_the_end_of_a_paste_that_is_longer_than_its_box_is_seen(console: Console) -> None:
    await press(console, "n")
    await paste(console, "".join(f"number{each:03} " for each in range(12)))
    assert "number011" in text(console)


async def test_the_note_box_of_a_ticket_is_let_go_with_its_screen(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "1 ix")
        box = ref(app_of(console).screen.query_one(NoteBox))
        await press(console, "⏎ ⎋")
        assert await until(lambda: gc.collect() >= 0 and box() is None)
