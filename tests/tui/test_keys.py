"""The table of commands, the footer that is made from it, and keys that a desk has moved."""

from __future__ import annotations

import string
from itertools import combinations

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.errors import BadFile
from helpdesk.settings import read_settings
from helpdesk.tui.keys import COMMANDS, Keymap
from helpdesk.tui.screens.base import DeskScreen
from tests.support.screens import (
    WIDEST,
    Console,
    echo,
    keys,
    press,
    running,
    text,
    words,
)
from tests.tui.walks import STATES

BY_ID = {command.id: command for command in COMMANDS}

ONLY_SAID = {"go", "go-on-call"}
"""Commands whose effect is a question."""


def screen_of(console: Console) -> DeskScreen:
    screen = console.app.screen
    assert isinstance(screen, DeskScreen)
    return screen


def footer(console: Console) -> str:
    return text(console).splitlines()[-1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_says_what_it_does(command: object) -> None:
    found = BY_ID[getattr(command, "id")]
    assert found.what[0].isupper()
    assert not found.what.endswith(".")
    assert len(found.label.split()) <= 3
    assert len([each for each in COMMANDS if each.id == found.id]) == 1


async def test_every_command_is_live_somewhere_and_done_by_somebody(known: Desk) -> None:
    live_somewhere: set[str] = set()
    async with running(known) as console:
        for name, walk in STATES.items():
            await home(console)
            await press(console, walk)
            screen = screen_of(console)
            for command in screen.live():
                method = f"do_{command.replace('-', '_')}"
                owners = (*screen.owners(), console.app)
                assert any(callable(getattr(owner, method, None)) for owner in owners), (
                    f"nobody does “{command}”, which is live in “{name}”"
                )
            live_somewhere |= set(screen.live())
    assert live_somewhere >= set(BY_ID) - {"unpark", "hung-up"}  # these need calls set aside


async def test_no_two_commands_that_are_live_together_can_share_a_key(known: Desk) -> None:
    together: set[tuple[str, str]] = set()
    async with running(known) as console:
        for walk in STATES.values():
            await home(console)
            await press(console, walk)
            together |= set(combinations(screen_of(console).live(), 2))
    for one, other in together:
        assert BY_ID[one].key != BY_ID[other].key, f"{one} and {other} share a key as shipped"
        key = Keymap().key(other)
        with pytest.raises(BadFile):
            Keymap({one: key, other: key})


async def test_the_footer_shows_exactly_the_commands_that_are_live(known: Desk) -> None:
    async with running(known, WIDEST) as console:
        for name, walk in STATES.items():
            await home(console)
            await press(console, walk)
            keymap = console.app.keymap
            said = [
                f"{keymap.key(command.id)} {command.label}"
                for command in keymap.described(screen_of(console).live())
                if command.label
            ]
            assert sorted(footer(console).split("  ")) == sorted(f" {each}".strip() for each in said), name


async def test_at_80_columns_the_footer_begins_with_the_first_commands_and_ends_with_help(
    console: Console,
) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    assert footer(console).startswith(" h HANG UP  a action  v verify  i note")
    assert footer(console).endswith("? help")


@pytest.mark.parametrize("state", STATES)
async def test_every_key_of_the_footer_does_something(known: Desk, state: str) -> None:
    async with running(known) as console:
        await press(console, STATES[state])
        commands = [each.id for each in console.app.keymap.described(screen_of(console).live()) if each.label]
        for command in commands:
            if command in {"leave"}:  # ends the console: a test of its own
                continue
            await home(console)
            await press(console, STATES[state])
            before = text(console)
            await console.press(console.app.keymap._keys[command])
            await press(console, "")
            assert text(console) != before, f"“{command}” does nothing in “{state}”"
            assert "does nothing here" not in echo(console)


async def home(console: Console) -> None:
    """Go back to the home screen, whatever goes on."""
    app = console.app
    if app.view is not None:
        await console.app.thread.do(__import__("x"))
