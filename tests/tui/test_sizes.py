"""Every terminal size: nothing fails, nothing typed is lost, the playbook keeps its room."""

from __future__ import annotations

from typing import Final

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.widgets.boxes import LineBox, NoteBox
from tests.support.screens import (
    NARROW,
    WIDE,
    WIDEST,
    Console,
    app_of,
    lines,
    press,
    resize,
    running,
    settled,
    words,
)
from tests.tui.walks import STATES, walk

WIDTHS: Final = (1, 2, 5, 13, 40, 79, 80, 109, 110, 179, 180, 300)
HEIGHTS: Final = (1, 2, 3, 8, 23, 24, 35, 36, 49, 50, 100)

LOOKED_AT: Final = (
    "late call", "finding tickets", "one ticket", "playbooks", "one playbook", "help",
    "palette", "caller box", "new caller", "symptom box", "named answers", "the whole step",
    "action menu", "password shown", "note", "until", "reasons", "not sure, one question on",
    "no more questions", "in writing", "a prompt", "in another playbook", "a playbook tried",
)  # fmt: skip
"""States that are drawn differently."""


def sizes(step: int) -> list[tuple[int, int]]:
    """A path through the grid in which widths and heights change at once."""
    grid = [(width, height) for width in WIDTHS for height in HEIGHTS]
    return [grid[(place * 37) % len(grid)] for place in range(0, len(grid), step)]


async def redraw(console: Console, size: tuple[int, int]) -> None:
    """Make the terminal another size and draw it."""
    await resize(console, size)
    assert len(lines(console)) == size[1]


@pytest.mark.parametrize("state", ["home", "a question"])
async def test_no_size_from_1x1_to_300x100_is_a_fault(known: Desk, state: str) -> None:
    async with running(known) as console:
        await walk(console, state)
        for size in sizes(4):
            await redraw(console, size)


async def test_no_state_is_faulty_at_a_few_sizes(known: Desk) -> None:
    few = ((1, 1), (180, 24))
    async with running(known) as console:
        for state in LOOKED_AT:
            await walk(console, state)
            for size in few:
                await redraw(console, size)
            await resize(console, NARROW)


async def test_from_80x24_on_every_part_of_a_call_has_its_rows(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ yy")
        for width in (80, 109, 110, 180):
            for height in (24, 35, 36, 60):
                await redraw(console, (width, height))
                rows = {
                    part: console.app.screen.query_one(f"#{part}").size.height
                    for part in ("caller", "symptom", "playbook", "note-box", "done")
                }
                assert rows["playbook"] >= 9, (width, height, rows)
                assert rows["caller"] == 3, (width, height, rows)
                assert min(rows.values()) >= 1, (width, height, rows)


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10), (20, 3)])
async def test_below_80x24_the_notice_names_both_sizes_and_the_way_out(
    console: Console, size: tuple[int, int]
) -> None:
    await press(console, "n 0144 ⏎ li ⏎")
    await resize(console, size)
    if size[1] > 3:
        said = words(console)
        assert "80 columns" in said
        assert "24 rows" in said
        assert f"{size[0]} by {size[1]}" in said.replace("not ", "")
        assert "enlarge the terminal" in said
    assert "HANG UP" not in words(console)
    await resize(console, NARROW)
    assert "HANG UP" in words(console)


@pytest.mark.parametrize(
    ("opened", "box", "typed"),
    [
        ("n", "#caller-box", "Whitfie"),
        ("n ⏎", "#symptom-box", "not␣all␣typ"),
        ("n ↑ ⏎", "#new-name", "Roe,␣Pa"),
        ("n ⏎ li ⏎ i", "#note-box", "firewall␣blo"),
        ("n ⏎ li ⏎ hw", "#menu-box", "thu␣2:3"),
        ("n ⏎ sc ⏎ n", "#menu-box", "card␣decli"),
        ("/", "#find", "whitfie"),
    ],
)
async def test_focus_and_half_typed_text_survive_every_layout(
    known: Desk, opened: str, box: str, typed: str
) -> None:
    async with running(known, WIDEST) as console:
        await press(console, f"{opened} {typed}")
        said = typed.replace("␣", " ")
        for size in (NARROW, WIDE, (40, 10), NARROW, WIDEST):
            await resize(console, size)
            found = console.app.screen.query_one(box)
            assert isinstance(found, LineBox | NoteBox)
            assert found.content == said
            if size >= NARROW:
                assert console.app.screen.focused is found, size
                await press(console, "x")
                said += "x"
                assert found.content == said


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        ("n 0144 ⏎ ⇥", "[6] no permission yet [7] somebody else files"),
        ("n 0144 ⏎ li ⏎ yyyn e ⇟⇟", "then Link a CM/ECF account to my PACER account."),
        ("n 0144 ⏎ li ⏎ yyyn k", "then Link a CM/ECF account to my PACER account."),
        ("n 0144 ⏎ sc ⏎ n", "Pass it on with the words on the screen: ‹wording of the message?›"),
    ],
    ids=["not sure", "in writing", "the whole step", "a prompt"],
)
async def test_what_was_laid_out_for_a_wide_terminal_is_whole_in_a_narrow_one(
    known: Desk, opened: str, said: str
) -> None:
    async with running(known, (300, 60)) as console:
        await press(console, opened)
        await resize(console, NARROW)
        assert said in (words(console) if "⇟" not in opened else await further(console))


async def further(console: Console) -> str:
    """What stands on the screen, and on the two pages after it."""
    seen = words(console)
    for _ in range(2):
        await press(console, "⇟")
        seen += words(console)
    return seen


async def test_a_call_begun_in_a_terminal_that_is_too_small_is_there_when_it_grows(
    known: Desk,
) -> None:
    async with running(known, (40, 10)) as console:
        await press(console, "n 0144 ⏎ li ⏎ y")
        await resize(console, WIDE)
        assert isinstance(app_of(console).screen, CallScreen)
        assert "step 3 of about" in words(console)


async def test_a_size_that_comes_while_the_screen_is_taken_down_is_no_fault(known: Desk) -> None:
    async with running(known) as console:
        await app_of(console).screen.query("#too-small").remove()
        await resize(console, WIDE)


def test_the_states_looked_at_are_states() -> None:
    assert set(LOOKED_AT) <= set(STATES)


async def test_what_takes_more_than_one_line_goes_on_under_its_words(desk: Desk) -> None:
    async with running(desk) as console:
        screen = app_of(console).on_top
        assert screen is not None
        screen.say("word " * 40, refused=True)
        await settled(console)
        *_, first, second, third, _keys = lines(console)
        assert first.startswith(" ! word word")
        assert second.startswith("   word word")
        assert third.startswith("   word word")
