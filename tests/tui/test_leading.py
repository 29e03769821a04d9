"""Leading through a call: prompts, old answers, other playbooks, changed answers, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import CallView
from helpdesk.domain.playbook import Playbook, Step
from helpdesk.tui.widgets.boxes import LineBox
from tests.support.changed import change_playbook
from tests.support.clock import StillClock
from tests.support.screens import (
    Console,
    app_of,
    echo,
    lines,
    press,
    running,
    segments,
    words,
)
from tests.tui.scenes import DANA, DAY, took

TO_THE_PROMPT = "n 0144 ⏎ sc ⏎ n"
TO_THE_HAND_OVER = "n 0144 ⏎ pd ⏎ n"
MISSING = "‹wording of the message?›"


def view_of(console: Console) -> CallView:
    view = app_of(console).view
    assert view is not None
    return view


def passed(console: Console) -> list[tuple[str, str]]:
    """The steps behind, with their answers."""
    run = view_of(console).run
    assert run is not None
    return [(each.step.id, each.answer) for each in run.passed]


def off_the_way(console: Console) -> list[tuple[str, str]]:
    run = view_of(console).run
    assert run is not None
    return [(each.step.id, each.answer) for each in run.off_path]


def colours(console: Console, part: str) -> list[set[object]]:
    """The colours of the letters of each line that has a part."""
    return [
        {each.style.color for each in pieces if each.style and each.text.strip()}
        for line, pieces in zip(lines(console), segments(console), strict=True)
        if part in line
    ]


def stored(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    return list(desk.port.query(sql).rows)


async def test_a_prompt_opens_by_itself_and_the_step_then_says_what_was_typed(
    console: Console,
) -> None:
    await press(console, TO_THE_PROMPT)
    assert "This step asks: wording of the message?" in words(console)
    assert f"words on the screen: {MISSING}" in words(console)
    await press(console, "Declined,␣hr ⏎")
    assert "words on the screen: Declined, hr" in words(console)
    assert MISSING not in words(console)
    assert view_of(console).ended_at is None


async def test_a_prompt_is_asked_once_a_call_and_again_on_the_next(console: Console) -> None:
    await press(console, f"{TO_THE_PROMPT} Declined ⏎ ⌫ n")
    assert "words on the screen: Declined" in words(console)
    await press(console, "s li ⏎ s sc ⏎")
    assert "words on the screen: Declined" in words(console)
    await press(console, f"hd {TO_THE_PROMPT}")
    assert "This step asks: wording of the message?" in words(console)
    assert f"words on the screen: {MISSING}" in words(console)


async def test_a_prompt_left_with_escape_keeps_what_was_typed_and_asks_on_the_way_back(
    console: Console,
) -> None:
    await press(console, f"{TO_THE_PROMPT} Decl ⎋")
    assert f"words on the screen: {MISSING}" in words(console)
    await press(console, "k ⎋")
    assert "This step asks" not in words(console)
    await press(console, "⌫ n")
    assert "This step asks: wording of the message?" in words(console)
    assert console.app.screen.query_one("#menu-box", LineBox).content == "Decl"
    await press(console, "ined ⏎")
    assert "words on the screen: Declined" in words(console)


async def test_a_prompt_left_with_escape_is_asked_again_with_the_key_that_the_footer_names(
    console: Console,
) -> None:
    await press(console, f"{TO_THE_PROMPT} Decl ⎋")
    assert "Left open: wording of the message. f fills it in." in echo(console)
    assert lines(console)[-1].split("  ")[0].strip() == "f fill in"
    await press(console, "f")
    assert "This step asks: wording of the message?" in words(console)
    assert console.app.screen.query_one("#menu-box", LineBox).content == "Decl"
    await press(console, "ined ⏎")
    assert "words on the screen: Declined" in words(console)
    assert "f fill in" not in lines(console)[-1]


async def test_a_prompt_taken_back_is_asked_at_once(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PROMPT} Wrong ⏎ u")
        assert echo(console).startswith("+ Taken back: ")
        assert "This step asks: wording of the message?" in words(console)
        await press(console, "Right ⏎")
        assert "words on the screen: Right" in words(console)
        assert stored(known, "SELECT text, struck FROM prompt ORDER BY id") == [
            ("Wrong", 1), ("Right", 0),
        ]  # fmt: skip


async def test_a_secret_in_a_prompt_is_refused_and_nothing_of_it_is_kept(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PROMPT} ssn␣123-45-6789 ⏎")
        assert "This looks like a social security number" in echo(console)
        assert "This step asks" in words(console)
        await press(console, "⎋ e n ⎋")
        assert stored(known, "SELECT text FROM prompt") == []
        assert "6789" not in words(console)


async def test_an_answer_of_an_earlier_ticket_is_offered_as_old_and_taken_with_enter(
    desk: Desk, clock: StillClock
) -> None:
    took(desk, clock, DANA, 40 * DAY)
    async with running(desk) as console:
        clock.go_on(-3 * DAY)
        await press(console, "n 0144 ⏎ li ⏎ n hd")
        clock.go_on(3 * DAY)
        await press(console, "n 0144 ⏎ ↓ ⏎ s li ⏎")
        assert "[enter] no: OLD answer of Fri 29 May 09:14 EDT, T-26-00002" in words(console)
        await press(console, "⏎")
        assert passed(console)[-1] == ("upgraded", "no")
        given = stored(desk, "SELECT answer, at FROM answer ORDER BY id DESC LIMIT 1")
        assert given == [("no", clock.now())]


async def test_without_an_earlier_answer_enter_answers_nothing(console: Console) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    before = passed(console)
    await press(console, "⏎")
    assert passed(console) == before
    assert "OLD answer" not in words(console)


async def test_a_step_hands_over_to_another_playbook_and_it_comes_back(console: Console) -> None:
    await press(console, TO_THE_HAND_OVER)
    assert "[space] go on in: Clear the cache, refresh, other browser [bc]" in words(console)
    await press(console, "␣")
    assert "Clear the cache, refresh, other browser (out of: PDF" in words(console)
    await press(console, "y")
    assert "[space] done here, back to where it came from" in words(console)
    await press(console, "␣")
    assert "PDF rejected v1 step 5 of about 5" in words(console)
    assert passed(console) == [
        ("first", "no"), ("further", "done"), ("first", "yes"), ("settled", "done"),
    ]  # fmt: skip
    await press(console, "h")
    assert "resolved settled on this call <- the playbook" in words(console)


async def test_going_back_over_a_hand_over_leads_on_again_and_keeps_the_answers(
    console: Console,
) -> None:
    await press(console, f"{TO_THE_HAND_OVER} ␣ y ␣")
    there = passed(console)
    for steps_back in (1, 2, 3, 4):
        await press(console, "⌫" * steps_back)
        assert "an earlier step again" in words(console)
        await press(console, {1: "␣", 2: "y", 3: "␣", 4: "n"}[steps_back])
        assert passed(console) == there
        assert "step 5 of about 5" in words(console)


async def test_a_changed_answer_greys_what_is_off_the_way_and_keeps_it(console: Console) -> None:
    await press(console, "n 0144 ⏎ li ⏎ yyy")
    before = passed(console)
    await press(console, "⌫⌫⌫")
    assert "an earlier step again, was: yes" in words(console)
    await press(console, "n")
    assert off_the_way(console) == [("cmecf", "yes"), ("individual", "yes")]
    assert "individual" not in dict(passed(console))
    off, current = colours(console, "(off the way)"), colours(console, "  > SAY")
    assert len(off) == 2
    assert off[0] == off[1] == colours(console, "  + ")[0]
    assert off[0].isdisjoint(current[0])
    await press(console, "⌫ y")
    assert passed(console) == before
    assert off_the_way(console) == []


def changed_step(desk: Desk, slug: str, step: str, ask: str) -> Playbook:
    """A playbook whose file has another question in one step."""
    book = desk.library.playbooks[slug]
    steps: dict[str, Step] = {**book.steps, step: replace(book.steps[step], ask=ask)}
    return replace(book, steps=steps)


async def test_a_call_stays_on_the_version_it_began_with(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ y")
        change_playbook(known, changed_step(known, "linking-error", "individual", "New words?"))
        await press(console, "p P")
        assert "Is it your own account" in words(console)
        await press(console, "y hd n 0144 ⏎ li ⏎ y")
        assert "New words?" in words(console)
        assert "Error while linking v2" in words(console)


@pytest.fixture
def left_off(known: Desk, clock: StillClock) -> Desk:
    """Dana's call about linking ended three days ago; its playbook was changed since."""
    took(known, clock, DANA, 3 * DAY, symptom="linking-error", outcome="dropped")
    change_playbook(known, changed_step(known, "linking-error", "upgraded", "New words?"))
    return known


@pytest.mark.parametrize(
    ("key", "version", "asked"),
    [
        ("1", "v1", "Log in to PACER"),
        ("⏎", "v1", "Log in to PACER"),
        ("⎋", "v1", "Log in to PACER"),
        ("2", "v2", "New words?"),
        ("↓⏎", "v2", "New words?"),
    ],
    ids=["the old one", "enter", "escape", "the new one", "down and enter"],
)
async def test_a_ticket_taken_up_again_asks_which_version_it_goes_on_with(
    left_off: Desk, key: str, version: str, asked: str
) -> None:
    async with running(left_off) as console:
        await press(console, "n 0144 ⏎ ⏎")
        assert "This playbook was changed since the ticket began" in words(console)
        assert "go on with version 1, as it was begun" in words(console)
        await press(console, "3")
        assert echo(console) == "! “3” is no choice here: 1 or 2."
        await press(console, key)
        assert f"Error while linking {version} step 2" in words(console)
        assert asked in words(console)


async def test_the_new_version_keeps_the_answers_and_undo_goes_back_to_the_old(
    known: Desk, clock: StillClock
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ yy hd")
        clock.go_on(DAY)
        change_playbook(known, changed_step(known, "linking-error", "cmecf", "New words?"))
        await press(console, "n 0144 ⏎ ⎋ c 2")
        assert [answer for _, answer in passed(console)] == ["yes", "yes", "yes"]
        assert "New words?" in words(console)
        await press(console, "u")
        assert "Do you have a CM/ECF e-filing account" in words(console)
        assert [answer for _, answer in passed(console)] == ["yes", "yes", "yes"]


async def test_an_unchanged_playbook_is_gone_on_with_without_a_question(
    known: Desk, clock: StillClock
) -> None:
    took(known, clock, DANA, 3 * DAY, symptom="linking-error", outcome="dropped")
    async with running(known) as console:
        await press(console, "n 0144 ⏎ ⏎")
        assert "Error while linking v1 step 2" in words(console)
