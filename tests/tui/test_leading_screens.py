"""What finding and leading look like, kept as text: read the files in ``__snapshots__``."""

from __future__ import annotations

from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from helpdesk.desk.desk import Desk
from tests.support.changed import change_playbook
from tests.support.clock import StillClock
from tests.support.screens import (
    NARROW,
    WIDE,
    Console,
    app_of,
    echo,
    press,
    running,
    settled,
    text,
)
from tests.tui.scenes import DAY

SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])


async def seen(console: Console) -> str:
    """The screen when it has heard of everything written; else it hears within a second."""
    await app_of(console)._others_wrote()
    await settled(console)
    return text(console)


async def look(console: Console, kept: SnapshotAssertion, *steps: tuple[str, str]) -> None:
    """Press keys, and compare the screen after each group of them."""
    for name, said in steps:
        await press(console, said)
        assert await seen(console) == kept(name=name)


@SIZES
async def test_not_sure(
    known: Desk, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    async with running(known, size) as console:
        await look(
            console,
            text_screen,
            ("first-question", "n 0144 ⏎ ⇥"),
            ("one-on", "1"),
            ("no-more-questions", "1"),
            ("back-at-the-first", "⌫⌫"),
            ("nothing-fits", "0"),
        )


@SIZES
async def test_another_playbook_in_between(
    known: Desk, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    async with running(known, size) as console:
        await look(
            console,
            text_screen,
            ("about-to-hand-over", "n 0144 ⏎ pd ⏎ n"),
            ("handed-over", "␣"),
            ("about-to-come-back", "y"),
            ("back", "␣"),
        )


async def test_a_prompt_and_the_steps_in_writing(
    console: Console, text_screen: SnapshotAssertion
) -> None:
    await look(
        console,
        text_screen,
        ("prompt", "n 0144 ⏎ sc ⏎ n"),
        ("left-open", "⎋"),
        ("filled-in", "⌫ n Card␣declined,␣code␣51 ⏎"),
        ("in-writing", "s li ⏎ yyyn e"),
        ("in-writing-further", "⇟"),
        ("put-into-the-note", "n"),
    )


async def test_an_old_answer_and_a_changed_one(
    desk: Desk, clock: StillClock, text_screen: SnapshotAssertion
) -> None:
    async with running(desk) as console:
        await press(console, "n 0144 ⏎ Whitfield,␣Dana ⇥ ncmb ⏎ li ⏎ yy hd")
        clock.go_on(DAY)
        await look(
            console,
            text_screen,
            ("old-answer", "n 0144 ⏎ li ⏎"),
            ("taken", "⏎"),
            ("an-earlier-step", "yyn ⌫⌫⌫⌫"),
            ("changed", "n"),
        )


async def test_enter_behind_a_refused_key_takes_no_old_answer_over(
    desk: Desk, clock: StillClock
) -> None:
    answers = "SELECT count(*) FROM answer"
    async with running(desk) as console:
        await press(console, "n 0144 ⏎ Whitfield,␣Dana ⇥ ncmb ⏎ li ⏎ yy hd")
        clock.go_on(DAY)
        await press(console, "n 0144 ⏎ li ⏎")
        before = desk.port.query(answers).value()
        await press(console, "a t")
        assert echo(console).startswith("!")
        await press(console, "⏎")
        assert desk.port.query(answers).value() == before
        assert echo(console) == "+ Enter once more takes the old answer over."
        await press(console, "⏎")
        assert desk.port.query(answers).value() == before + 1


async def test_a_ticket_whose_playbook_was_changed(
    known: Desk, clock: StillClock, text_screen: SnapshotAssertion
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ yy hd")
        clock.go_on(DAY)
        book = known.library.playbooks["linking-error"]
        step = replace(book.steps["cmecf"], ask="Do you e-file at this court already?")
        change_playbook(known, replace(book, steps={**book.steps, "cmecf": step}))
        await look(
            console, text_screen, ("asked", "n 0144 ⏎ ⏎"), ("taken", "2"), ("taken-back", "u")
        )


async def test_a_playbook_tried(console: Console, text_screen: SnapshotAssertion) -> None:
    await look(
        console,
        text_screen,
        ("first-step", "gp li ⏎ t"),
        ("further", "yyyn"),
        ("e-mail", "e"),
        ("refused", "x"),
        ("at-its-end", "␣ y"),
    )
