"""A playbook tried in the console: walked with a made-up caller, and nothing written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.domain.playbook import Step
from helpdesk.tui.screens.playbooks import PlaybookScreen
from helpdesk.tui.screens.preview import PreviewScreen
from tests.support.changed import change_library, change_playbook, retitled
from tests.support.screens import Console, app_of, echo, press, resize, running, words
from tests.support.tables import tables_of

TO_THE_PREVIEW = "gp li ⏎ t"


async def test_t_walks_a_playbook_to_its_end_and_writes_nothing_down(known: Desk) -> None:
    before = tables_of(known)
    async with running(known) as console:
        await press(console, TO_THE_PREVIEW)
        assert "READY | preview" in words(console)
        assert "Error while linking step 2 of about 6" in words(console)
        await press(console, "yyyn␣y")
        assert "You are linked." in words(console)
        assert "made-up caller, Roe, Pat" in words(console)
        await press(console, "⎋⎋⎋")
        assert tables_of(known) == before


async def test_backspace_takes_back_the_last_answer_and_no_more_than_were_given(
    console: Console,
) -> None:
    await press(console, f"{TO_THE_PREVIEW} yn")
    assert "Whoever e-files needs a PACER account" in words(console)
    await press(console, "⌫⌫")
    assert "step 2 of about 6" in words(console)
    await press(console, "⌫")
    assert echo(console) == "! This is the first step."
    await press(console, "y")
    assert echo(console) == ""


@pytest.mark.parametrize("key", ["1", "␣", "x", "9", "0"])
async def test_a_key_that_answers_nothing_is_refused_and_answers_nothing(
    console: Console, key: str
) -> None:
    await press(console, f"{TO_THE_PREVIEW} {key}")
    assert echo(console).endswith("answers nothing here: take a key that is shown.")
    assert "step 2 of about 6" in words(console)


async def test_digits_choose_named_answers(console: Console) -> None:
    await press(console, f"{TO_THE_PREVIEW} yyyn␣n 2")
    assert "Pass it to the CM/ECF administrator" in words(console)


async def test_it_goes_through_another_playbook_and_back(console: Console) -> None:
    await press(console, "gp pd ⏎ t n ␣")
    assert "Clear the cache, refresh, other browser (out of: PDF" in words(console)
    await press(console, "y ␣")
    assert "PDF rejected step 5 of about 5" in words(console)


async def test_e_shows_the_e_mail_and_e_again_the_step(console: Console) -> None:
    await press(console, f"{TO_THE_PREVIEW} yyyn e")
    assert "Subject: " in words(console)
    assert "Hello Pat Roe, you called Iowa Northern" in words(console)
    assert "e goes back to the playbook" in words(console)
    await press(console, "e")
    assert "Subject:" not in words(console)
    assert "step 6 of about" in words(console)


async def test_an_e_mail_that_is_cut_off_says_so(desk: Desk) -> None:
    said = "Turn it off and on again, wait, and try it once more. " * 3
    steps = {
        f"s{place}": Step(f"s{place}", say=f"{place} {said}", next=f"s{place + 1}")
        for place in range(9)
    }
    book = replace(desk.library.playbooks["linking-error"], steps=steps, start="s0")
    change_playbook(desk, book)
    async with running(desk) as console:
        await press(console, f"{TO_THE_PREVIEW} ␣␣␣␣␣␣␣␣ e")
        assert "and so on; helpdesk playbooks show --as e-mail prints all of it" in words(console)
        await resize(console, (80, 60))
        assert "and so on" not in words(console)
        assert "Questions?" in words(console)


async def test_a_walk_stays_on_the_playbook_it_began_with(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_PREVIEW} y")
        change_playbook(known, retitled(known, "linking-error"))
        await press(console, "y")
        assert "Error while linking step 4" in words(console)
        await press(console, "⎋ t")
        assert "Newer" in words(console)


async def test_a_playbook_that_went_while_it_was_read_is_refused(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "gp li ⏎")
        library = known.library
        books = {slug: book for slug, book in library.playbooks.items() if slug != "linking-error"}
        change_library(known, replace(library, playbooks=books))
        await press(console, "t")
        assert "There is no playbook “linking-error”" in echo(console)
        assert isinstance(app_of(console).screen, PlaybookScreen)


async def test_a_playbook_is_tried_over_a_call_and_the_call_goes_on(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ yy gp mf ⏎ t n")
        assert isinstance(app_of(console).screen, PreviewScreen)
        assert "ON CALL" in words(console)
        await press(console, "⎋⎋⎋⎋ y")
        assert "Error while linking v1 step 5" in words(console)
        assert known.port.query("SELECT count(*) FROM answer").value() == 3
