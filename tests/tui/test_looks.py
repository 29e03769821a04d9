"""Colours: readable in every look, and never the only sign of anything."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from rich.color import Color as RichColor
from textual.color import Color

from helpdesk.desk.desk import Desk
from helpdesk.tui.looks import LOOKS, look_of
from helpdesk.tui.widgets.plain_lines import PlainLines
from tests.support.clock import StillClock
from tests.support.screens import (
    NARROW,
    WIDE,
    Console,
    app_of,
    lines,
    press,
    resize,
    running,
    segments,
    settled,
    words,
)
from tests.tui.scenes import busy_morning
from tests.tui.walks import walk

LEAST: Final = {"dark": 4.5, "light": 4.5, "contrast": 7.0}
"""The least contrast between a text and what is behind it (WCAG AA and AAA)."""

COLOURED: Final = (
    "home", "going", "late call", "finding tickets", "one playbook", "help", "palette",
    "caller box", "new caller", "symptom box", "a question", "action menu", "password shown",
    "note", "a note refused", "ending", "until",
)  # fmt: skip

FRAMES: Final = set("─│╭╮╰╯═║┌┐└┘▁▂▃▄▅▆▇█▔▏▕▎▊▌▐▀")
"""What only divides; it says nothing."""


def pairs(console: Console) -> dict[tuple[str, str], str]:
    """Every pair of a text's colour and the colour behind it, with a text that has it."""
    found: dict[tuple[str, str], str] = {}
    for line in segments(console):
        for segment in line:
            style, text = segment.style, segment.text.strip()
            if style is None or not set(text) - FRAMES - {" "}:
                continue
            front, behind = style.color, style.bgcolor
            if front is None or behind is None:
                continue
            if style.reverse:
                front, behind = behind, front
            found.setdefault((hexed(front), hexed(behind)), text)
    return found


def hexed(color: RichColor) -> str:
    return color.get_truecolor().hex


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(Color.parse(each)) for each in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (color.r, color.g, color.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def looked_at(console: Console) -> dict[tuple[str, str], str]:
    """The pairs of every state, in one column and in two."""
    found: dict[tuple[str, str], str] = {}
    for state in COLOURED:
        await walk(console, state)
        found |= pairs(console)
    await resize(console, WIDE)
    return found | pairs(console)


@pytest.mark.parametrize("look", LOOKS)
async def test_every_text_stands_out_from_what_is_behind_it(
    desk: Desk, other: Desk, clock: StillClock, look: str
) -> None:
    busy_morning(desk, other, clock)
    async with running(desk) as console:
        app_of(console).theme = look_of(look)
        await settled(console)
        found = await looked_at(console)
        await resize(console, NARROW)
        found |= pairs(console)
    assert len(found) >= 5
    weak = {
        f"{front} on {behind}: {contrast(front, behind):.1f}, “{text[:40]}”"
        for (front, behind), text in found.items()
        if contrast(front, behind) < LEAST[look]
    }
    assert not weak


@pytest.mark.parametrize("look", LOOKS)
def test_the_setting_chooses_the_look(look: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert look_of(look) == LOOKS[look].name


async def test_with_no_color_only_the_terminals_own_colours_are_used(
    known: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(known) as console:
        for state in ("home", "caller box", "a question", "password shown", "action menu"):
            await walk(console, state)
            colours = {
                colour
                for line in segments(console)
                for segment in line
                if segment.style
                for colour in (segment.style.color, segment.style.bgcolor)
                if colour is not None
            }
            assert all(colour.is_default for colour in colours), state


@pytest.mark.parametrize("state", ["caller box", "symptom box", "note", "until"])
async def test_without_colour_the_cursor_is_still_seen(
    known: Desk, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(known) as console:
        await walk(console, state)
        box = app_of(console).screen.focused
        assert box is not None
        row = box.region.y
        assert any(segment.style and segment.style.reverse for segment in segments(console)[row])


async def test_what_colour_says_a_sign_says_too(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    busy_morning(desk, other, clock)
    async with running(desk) as console:
        home = "\n".join(lines(console))
        assert "! LATE" in home
        assert "> 1 ! LATE" in home, "the cursor is a sign, not only a colour"
        assert "+ T-26-00003" in home, "a status is a sign"
        await press(console, "n 0144 ⏎")
        assert "! 2nd call in 7 days" in words(console)
        await press(console, "li ⏎ y z")
        assert "> ASK" in words(console), "the current step"
        assert "+ Log in to PACER" in words(console), "a passed step"
        assert "! “z” does nothing here" in words(console), "a refusal"
        await press(console, "ae u")
        assert "struck, in error: Instructions sent" in words(console)


async def test_keys_in_the_footer_differ_from_their_labels_without_colour(
    console: Console,
) -> None:
    last = segments(console)[-1]
    keys = [segment.text for segment in last if segment.style and segment.style.underline]
    assert keys[:2] == ["n", "N"]


async def test_the_lines_of_a_list_take_another_look_at_once(desk: Desk) -> None:
    async with running(desk) as console:
        await press(console, "gt")
        shown = [*console.app.screen.query(PlainLines)]
        before = [list(each.looks) for each in shown]
        app_of(console).theme = look_of("light")
        await settled(console)
        assert shown
        for each, looks in zip(shown, before, strict=True):
            assert not set(each.looks) & set(looks)


def test_the_style_sheets_name_colours_only_by_the_theme() -> None:
    sheets = Path(__file__).parents[2].joinpath("helpdesk", "tui").rglob("*.tcss")
    texts = [sheet.read_text(encoding="utf-8") for sheet in sheets]
    assert len(texts) >= 2
    for text in texts:
        for line in text.splitlines():
            if "color:" in line or "background:" in line:
                assert "#" not in line.partition("color:")[2].partition(";")[0]
