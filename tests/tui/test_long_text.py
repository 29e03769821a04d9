"""A long text: whole, and only what is seen of it is drawn."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.tickets import list_tickets
from helpdesk.domain.queries import Query
from helpdesk.tui.widgets.long_text import LongText
from tests.support.screens import (
    NARROW,
    WIDE,
    app_of,
    lines,
    press,
    resize,
    running,
    settled,
    text,
)

WORDS = [f"word{number:05}" for number in range(5_000)]


@pytest.mark.parametrize("between", [" ", "\n"])
async def test_a_note_of_50000_characters_is_whole_and_drawn_where_it_is_seen(
    known: Desk, between: str
) -> None:
    ticket, *_ = list_tickets(known, Query(), 1)
    add_note_to_ticket(known, ticket.id, between.join(WORDS))
    async with running(known) as console:
        await press(console, "1")
        shown = app_of(console).screen.query_one(LongText)
        assert len(shown._strips) <= NARROW[1]
        # Once among the notes, once in the journal.
        plain = " ".join(str(each) for each in shown._lines)
        assert [each for each in plain.split() if each.startswith("word")] == 2 * WORDS
        await press(console, "⇟")
        assert "word00000" not in text(console)
        await console.press("end")
        await settled(console)
        assert WORDS[-1] in text(console)
        await press(console, "k")
        await resize(console, WIDE)
        assert all(len(str(each)) <= WIDE[0] for each in shown._lines)


async def test_the_mouse_marks_what_it_points_at_and_no_place_is_a_look_of_its_own(
    known: Desk,
) -> None:
    ticket, *_ = list_tickets(known, Query(), 1)
    add_note_to_ticket(known, ticket.id, "first words\nof two lines")
    async with running(known) as console:
        await app_of(console).ready_call.prepare()  # its boxes, new, take back what is marked
        await press(console, "1")
        shown = lines(console)
        top = next(y for y, said in enumerate(shown) if "first words" in said)
        x, below = shown[top].index("words"), shown[top + 1].index("two") + len("two")
        await console.mouse_down(offset=(x, top))
        await console.hover(offset=(below, top + 1))
        await console.mouse_up(offset=(below, top + 1))
        marked = console.app.screen.get_selected_text()
        assert marked is not None
        assert marked.split() == ["words", "of", "two"]
        text_shown = console.app.screen.query_one(LongText)
        drawn = text_shown.render_lines(Region(0, 0, *text_shown.size))
        looks = {segment.style for strip in drawn for segment in strip if segment.style}
        assert looks
        assert not any("offset" in look.meta for look in looks)


async def test_a_long_text_is_broken_at_once_only_where_it_is_seen_and_then_whole(
    known: Desk,
) -> None:
    ticket, *_ = list_tickets(known, Query(), 1)
    for _ in range(4):
        add_note_to_ticket(known, ticket.id, " ".join(WORDS))
    async with running(known) as console:
        await press(console, "1")
        shown = app_of(console).screen.query_one(LongText)
        whole = [str(each) for each in shown._lines]
        assert " ".join(whole).count(WORDS[0]) == 2 * 4
        shown.show(shown._given, shown._styled)
        assert len(shown._lines) < len(whole) / 8
        await console.press("end")
        await settled(console)  # not at the last line that there was then
        assert WORDS[-1] in text(console)
        assert [str(each) for each in shown._lines] == whole
        shown.show(shown._given, shown._styled)
        assert WORDS[-1] in "".join(str(each) for each in shown._lines[-600:])
        assert len(shown._lines) == len(whole)  # the place stays, with all before it
