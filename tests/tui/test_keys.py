"""The table of commands, the footer that is made from it, and keys that a desk has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
import pytest_asyncio
from textual import events

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import close_console, open_console
from helpdesk.domain.commands import COMMANDS
from helpdesk.domain.keys import Keymap
from helpdesk.errors import BadFile
from helpdesk.settings import read_settings
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.widgets.long_text import LongText, _plain
from helpdesk.tui.widgets.row_list import RowList
from tests.support.clock import StillClock
from tests.support.screens import (
    NARROW,
    WIDEST,
    Console,
    app_of,
    echo,
    lines,
    press,
    running,
    segments,
    send,
    words,
)
from tests.tui.scenes import LEE, took
from tests.tui.walks import STATES, walk

BY_ID = {command.id: command for command in COMMANDS}


def footer(console: Console) -> list[str]:
    """The keys that the last line shows, each with its label."""
    last = [line for line in lines(console) if line.strip()][-1]
    return [each.strip() for each in last.split("  ") if each.strip()]


async def press_command(console: Console, command: str) -> None:
    """Press the key of a command."""
    key = app_of(console).keymap._keys[command]
    await send(console, events.Key(key, key if len(key) == 1 else None))


def labelled(console: Console, screen: DeskScreen) -> list[str]:
    """The commands that are live and have a label."""
    return [each.id for each in app_of(console).keymap.described(screen.live()) if each.label]


def doer(console: Console, screen: DeskScreen, command: str) -> str:
    """Which method does a command in this state; empty when none does."""
    name = f"do_{command.replace('-', '_')}"
    for owner in (*screen.owners(), console.app):
        if method := getattr(owner, name, None):
            return str(method.__qualname__)
    return ""


def taker(screen: DeskScreen) -> str:
    """Who sees a key before it is looked up."""
    state = screen.state if isinstance(screen, CallScreen) else screen
    return f"{type(state).__name__}.{type(state).take_key.__qualname__}"


def test_every_command_says_what_it_does() -> None:
    assert len(BY_ID) == len(COMMANDS), "two commands have one name"
    for command in COMMANDS:
        assert command.what[0].isupper(), command
        assert not command.what.endswith("."), command
        assert len(command.label.split()) <= 3, command


@dataclass(frozen=True)
class Seen:
    """One state as a clerk meets it."""

    live: tuple[str, ...]
    doers: tuple[str, ...]
    labels: tuple[str, ...]
    footer: tuple[str, ...]


SEEN: dict[str, Seen] = {}
"""Every state, walked to once in a process: many claims are about the same walk."""


@pytest_asyncio.fixture
async def seen(known: Desk) -> dict[str, Seen]:
    if not SEEN:
        async with running(known, (200, 24)) as console:
            for state in STATES:
                screen = await walk(console, state)
                live, keymap = screen.live(), app_of(console).keymap
                SEEN[state] = Seen(
                    live,
                    tuple(doer(console, screen, each) for each in live),
                    tuple(
                        f"{keymap.key(each)} {BY_ID[each].label}"
                        for each in labelled(console, screen)
                    ),
                    tuple(footer(console)),
                )
    return SEEN


def test_every_live_command_is_done_by_somebody(seen: dict[str, Seen]) -> None:
    for state, each in seen.items():
        undone = [name for name, who in zip(each.live, each.doers, strict=True) if not who]
        assert not undone, f"nobody does {undone} in “{state}”"


def test_every_command_is_live_somewhere(seen: dict[str, Seen]) -> None:
    live = {command for each in seen.values() for command in each.live}
    # These have tests of their own, the last ones where incidents and callers are tested.
    own = {"unpark", "hung-up", "end-incident"}
    own |= {"merge-callers", "keep-apart"}
    assert set(BY_ID) - live == own


def test_the_footer_shows_exactly_what_is_live(seen: dict[str, Seen]) -> None:
    for state, each in seen.items():
        assert sorted(each.footer) == sorted(each.labels), state


def test_no_two_commands_that_are_live_together_can_share_a_key(seen: dict[str, Seen]) -> None:
    shipped = Keymap()
    pairs = {pair for each in seen.values() for pair in combinations(sorted(set(each.live)), 2)}
    for one, other in pairs:
        assert BY_ID[one].key != BY_ID[other].key, f"{one} and {other} share a key as shipped"
        if other == "fill-in":  # which gives way
            moved = Keymap({one: shipped.key(other)})
            assert moved.key(one) != moved.key(other)
            continue
        with pytest.raises(BadFile):
            Keymap({one: shipped.key(other)})


async def test_a_parked_call_a_call_left_behind_and_a_repeat_call_have_their_keys(
    desk: Desk, clock: StillClock
) -> None:
    open_console(desk)
    took(desk, clock, LEE, 600, symptom="mfa-required", outcome="")
    close_console(desk)
    async with running(desk, WIDEST) as console:
        assert "h it ended" in footer(console)
        await press(console, "⏎ p")
        assert "P back to parked" in footer(console)
        await press(console, "P hd n 0155 ⏎ ⎋")
        assert "c continue" in footer(console)


async def test_undo_is_shown_away_from_a_call_once_something_can_be_taken_back(
    known: Desk,
) -> None:
    async with running(known, WIDEST) as console:
        await press(console, "gt⏎")
        assert "u undo" not in footer(console)
        await press(console, "at vip ⏎")
        assert "u undo" in footer(console)
        await press(console, "u")
        assert "u undo" not in footer(console)


async def test_at_80_columns_the_footer_begins_with_the_first_commands_and_ends_with_help(
    console: Console,
) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    assert footer(console)[:5] == ["h HANG UP", "a action", "v verify", "i note", "p park"]
    assert footer(console)[-1] == "? help"


async def test_on_a_fresh_desk_the_footer_offers_nothing_to_open(desk: Desk) -> None:
    async with running(desk) as console:
        assert "enter open" not in footer(console)
        assert footer(console)[0] == "n NEW CALL"


async def test_every_key_of_every_footer_does_something_and_is_never_refused(known: Desk) -> None:
    tried: set[str] = set()
    async with running(known) as console:
        for state in STATES:
            screen = await walk(console, state)
            untried = {way: each for way, each in ways(console, screen) if way not in tried}
            for place, (way, command) in enumerate(untried.items()):
                if place:  # the key before led elsewhere
                    screen = await walk(console, state)
                assert command in screen.live(), f"{state}: {command} was live a moment ago"
                await try_key(console, state, command)
                tried.add(way)
    assert len(tried) > 60


def ways(console: Console, screen: DeskScreen) -> Iterator[tuple[str, str]]:
    """Each key of the footer, with what tells it from those of other states."""
    for command in labelled(console, screen):
        if command != "leave":  # leaving has tests of its own
            seen_by = taker(screen) if command == "palette" else ""
            yield f"{doer(console, screen, command)} {seen_by}", command


async def try_key(console: Console, state: str, command: str) -> None:
    """Press a key; the screen changes, and nothing is refused."""
    before = segments(console)
    await press_command(console, command)
    assert segments(console) != before, f"“{command}” does nothing in “{state}”"
    if not refusal_is_right(state, command):
        said = echo(console)
        assert not said.startswith("!"), f"{state}, {command}: {said}"


def refusal_is_right(state: str, command: str) -> bool:
    """Enter on a box that needs text, an undo or blanking of nothing, a second sheet at once."""
    needs_text = {
        "late call", "a note for the shift", "whose it is to be", "until when it waits",
        "a field to type", "until", "escalating",
    }  # fmt: skip
    return (command == "accept" and state in needs_text) or command in {
        "undo", "blank", "make-sheet",
    }  # fmt: skip


@pytest.mark.parametrize("command", ["leave", "quit", "quit-too"])
async def test_leaving_ends_the_console_with_status_0(known: Desk, command: str) -> None:
    async with running(known) as console:
        await console.press(Keymap()._keys[command])
        assert console.app.return_value == 0


async def test_a_moved_key_works_and_is_shown_everywhere(known: Desk) -> None:
    keymap = Keymap({"new-call": "f2", "hang-up": "x", "resolved": "f3"})
    async with running(known, keymap=keymap) as console:
        assert footer(console)[0] == "f2 NEW CALL"
        await press_command(console, "new-call")
        await press(console, "⏎ li ⏎")
        assert footer(console)[0] == "x HANG UP"
        await press(console, "h")
        assert "“h” does nothing here" in echo(console)
        await press(console, "x")
        assert footer(console)[0] == "f3 resolved"
        await press_command(console, "resolved")
        assert "READY | home" in words(console)
        await press(console, "n")
        assert "READY | home" in words(console)


def test_two_commands_may_change_places() -> None:
    keymap = Keymap({"park": "i", "note": "p"})
    assert (keymap.key("park"), keymap.key("note")) == ("i", "p")


def test_a_younger_command_gives_way_to_a_key_that_a_desk_has_moved() -> None:
    assert Keymap().key("fill-in") == "f"
    keymap = Keymap({"hang-up": "f"})
    assert (keymap.key("hang-up"), keymap.key("fill-in")) == ("f", "f9")
    assert Keymap({"hang-up": "f", "fill-in": "z"}).key("fill-in") == "z"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("nwe-call: f2", "there is no command “nwe-call”"),
        ("new-call: ctrl+b", "“ctrl+b” is not a key"),
        ("new-call: f1", "“f1” is not a key"),
        ("new-call: banana", "“banana” is not a key"),
        ("new-call: '5'", "“5” is not a key"),
        ("new-call: '-'", "“-” is not a key"),
        ("new-call: g", "taken by “go”"),
        ("new-call: '?'", "taken by “help”"),
        ("help: n", "taken by “new-call”"),
        ("resolved: i", "taken by “note”"),
        ("menu-accept: down", "taken by “box-down”"),
        ("accept: x", "types a sign"),
        ("box-leave: space", "types a sign"),
        ("quit: q", "types a sign"),
    ],
)
def test_a_key_that_cannot_be_is_refused_with_its_place(keys: str, said: str) -> None:
    settings = read_settings(f"theme: dark\nkeys:\n  {keys}\n", "data/desk.yaml")
    with pytest.raises(BadFile) as refused:
        Keymap(settings.keys, settings.key_places)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line) == ("data/desk.yaml", 3)
    assert fault.column > 2
    assert said in str(fault)


def test_all_wrong_keys_are_told_at_once() -> None:
    settings = read_settings("keys:\n  park: g\n  nonsense: f2\n  undo: f99\n", "desk.yaml")
    with pytest.raises(BadFile) as refused:
        Keymap(settings.keys, settings.key_places)
    assert [fault.line for fault in refused.value.faults] == [2, 3, 4]


async def test_the_palette_does_what_it_lists_and_says_why_not(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ : hung ⏎")
        assert "how did it end?" in words(console)
        await press(console, "⎋ : take ␣ back ⏎")
        assert echo(console).startswith("+ Taken back: the symptom")
        await press(console, ": again ⏎ : take ␣ back ⏎ : take ␣ back ⏎ : take ␣ back ⏎")
        assert echo(console) == "! There is nothing of yours on this call to take back."


async def test_the_palette_says_when_nothing_fits_and_stays(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ : qwx")
        assert echo(console) == "! Nothing fits what was typed: take fewer letters."
        await press(console, "⏎")
        assert echo(console) == "! Nothing fits what was typed: take fewer letters."
        await press(console, "⌫⌫⌫ hung ⏎")
        assert "how did it end?" in words(console)


@pytest.mark.parametrize(
    ("typed", "first"),
    [("park", "park"), ("hang", "hang-up"), ("hung", "hang-up"), ("leave", "quit")],
)
async def test_the_palette_begins_with_what_the_words_begin_and_leaves_the_console_last(
    known: Desk, typed: str, first: str
) -> None:
    async with running(known) as console:
        await press(console, f"n 0144 ⏎ li ⏎ : {typed}")
        rows = console.app.screen.query_one(RowList).rows
        assert rows[0].key == first
        assert not any(row.key.startswith("quit") for row in rows[:-2]) or typed == "leave"


@pytest.mark.parametrize("size", [NARROW, WIDEST], ids=["narrow", "widest"])
async def test_the_help_says_of_each_command_all_that_it_does_and_its_whole_name(
    known: Desk, size: tuple[int, int]
) -> None:
    async with running(known, size) as console:
        await press(console, "?")
        told = [
            each.rstrip() for each in map(_plain, console.app.screen.query_one(LongText)._lines)
        ]
        assert not any(each.endswith("…") or "… " in each for each in told)
        for command in COMMANDS:
            key = re.escape(app_of(console).keymap.key(command.id))
            shown = re.compile(rf"  {key} +{command.what.split()[0]}.* {command.id}")
            assert any(map(shown.fullmatch, told)), command.id
