"""Not sure: a few questions narrow the playbooks on the screen, and are kept on the ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.domain.run import Passed
from helpdesk.tui.widgets.row_list import RowList
from tests.support.changed import change_library
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import Console, app_of, echo, press, running, words
from tests.tui.scenes import known_callers

TO_THE_QUESTIONS = "n 0144 ⏎ ⇥"
LINKING, MENUS = "1", "3"  # of the first question there is among the small playbooks
FILE, THE_ACCOUNT = "1", "5"  # of their second


@pytest.fixture
def shipped(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A desk that knows Dana Whitfield and has the playbooks that are shipped."""
    desk = open_as(home, clock)
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    known_callers(desk, clock)
    yield desk
    desk.close()


def menu(console: Console) -> RowList:
    return console.app.screen.query_one("#menu-rows", RowList)


def listed(console: Console) -> list[str]:
    """The playbooks that are listed, in their order."""
    return [row.key for row in menu(console).rows if row.key]


def told(console: Console) -> str:
    """What stands above the playbooks: what is settled, and the question."""
    return " ".join(" ".join(row.text for row in menu(console).rows if not row.key).split())


def passed(console: Console) -> tuple[Passed, ...]:
    """The steps of the call's playbook that are behind."""
    view = app_of(console).view
    assert view is not None
    assert view.run is not None
    return view.run.passed


def answers(desk: Desk) -> list[tuple[Any, ...]]:
    sql = "SELECT step, answer FROM answer WHERE playbook = 'not-sure' AND struck = 0 ORDER BY id"
    return desk.port.query(sql).rows


async def test_each_answer_narrows_the_list_and_is_said(console: Console) -> None:
    await press(console, TO_THE_QUESTIONS)
    assert len(listed(console)) == 9
    assert told(console).startswith("so far live: yes (known) ASK What happens when the caller")
    await press(console, LINKING)
    assert set(listed(console)) == {
        "linking-error", "forgot-cmecf-before-link", "query-error-not-activated", "store-card",
    }  # fmt: skip
    assert "filing: linking ASK What does the caller want to do?" in told(console)
    await press(console, FILE)
    assert set(listed(console)) == {"linking-error", "forgot-cmecf-before-link"}
    assert "filing: linking, about: file" in told(console)


async def test_dont_know_narrows_nothing_and_asks_something_else(console: Console) -> None:
    await press(console, TO_THE_QUESTIONS)
    before, asked = listed(console), told(console)
    await press(console, "d")
    assert sorted(listed(console)) == sorted(before)
    assert "filing: don't know" in told(console)
    assert told(console).partition("ASK")[2] != asked.partition("ASK")[2]


async def test_when_no_question_is_left_a_digit_opens_its_row(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_QUESTIONS} {LINKING} {FILE}")
        second = listed(console)[1]
        assert "ASK" not in told(console)
        await press(console, "2")
        assert app_of(console).view is not None
        assert known.port.query("SELECT symptom FROM ticket WHERE n = 3").value() == second
        assert "step" in words(console)


async def test_enter_opens_the_marked_row_at_any_question(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_QUESTIONS} {LINKING} ↓")
        second = listed(console)[1]
        await press(console, "⏎")
        assert known.port.query("SELECT symptom FROM ticket WHERE n = 3").value() == second


async def test_going_back_changes_one_answer_and_keeps_the_others(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_QUESTIONS} {LINKING} {FILE} ⌫⌫")
        assert "wants to file? (was: linking)" in told(console)
        await press(console, MENUS)
        assert "filing: menus missing or empty, about: file" in told(console)
        assert set(listed(console)) == {"browser-cache", "no-menus-after-link"}
        assert answers(known) == [
            ("filing", "linking"), ("about", "file"), ("filing", "menus missing or empty"),
        ]  # fmt: skip


async def test_an_answer_that_hung_on_a_changed_one_excludes_nothing_until_it_counts_again(
    shipped: Desk,
) -> None:
    async with running(shipped) as console:
        await press(console, f"{TO_THE_QUESTIONS} {FILE} {LINKING}")
        linking = listed(console)
        assert "forgot-pacer" not in linking
        await press(console, f"⌫⌫ {THE_ACCOUNT}")
        assert "forgot-pacer" in listed(console)
        assert "filing" not in told(console)
        await press(console, f"⌫ {FILE}")
        assert listed(console) == linking
        assert "filing: linking" in told(console)


async def test_there_is_nothing_before_the_first_question(console: Console) -> None:
    await press(console, f"{TO_THE_QUESTIONS} {LINKING} ⌫⌫")
    assert echo(console) == "! This is the first question."
    assert "(was: linking)" in told(console)


async def test_escape_goes_to_the_words_and_tab_goes_on_at_the_same_question(
    console: Console,
) -> None:
    await press(console, f"{TO_THE_QUESTIONS} {LINKING}")
    before = told(console)
    await press(console, "⎋ link")
    assert "What is wrong?" in words(console)
    await press(console, "⇥")
    assert told(console) == before


async def test_a_key_that_answers_nothing_is_refused_until_the_next_one(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_QUESTIONS} 9")
        assert echo(console) == "! “9” is no answer here: 1 2 3 4 5 6 7 8 0 d."
        assert answers(known) == []
        await press(console, LINKING)
        assert echo(console) == ""


async def test_when_nothing_fits_the_way_back_is_said(console: Console) -> None:
    await press(console, f"{TO_THE_QUESTIONS} {LINKING} 0")
    assert listed(console) == []
    assert "0 playbooks fit" in words(console)
    assert "bksp changes one" in words(console)
    await press(console, f"⏎ ⌫ {FILE}")
    assert "linking-error" in listed(console)


async def test_only_nine_rows_show_a_digit_and_every_digit_is_a_row(shipped: Desk) -> None:
    async with running(shipped) as console:
        await press(console, f"{TO_THE_QUESTIONS} {'d' * 30}")
        rows = [row for row in menu(console).rows if row.key]
        assert "No question narrows it further" in echo(console)
        assert len(rows) > 50
        assert [row.text[:3] for row in rows[:9]] == [f"[{digit}]" for digit in range(1, 10)]
        assert not [row for row in rows[9:] if row.text.startswith("[")]


async def test_what_the_questions_settle_is_not_asked_by_the_playbook(shipped: Desk) -> None:
    async with running(shipped) as console:
        await press(console, f"{TO_THE_QUESTIONS} {FILE} {LINKING} d n")
        assert "linked: no" in told(console)
        await press(console, "⎋ li ⏎ yyy")
        (linked,) = [each for each in passed(console) if each.step.id == "linked"]
        assert (linked.answer, linked.source) == ("no", "ticket")
        assert "Has this CM/ECF account been linked" in words(console)
        assert "no (known)" in words(console)


async def test_the_words_that_did_not_find_it_are_kept_with_what_was_chosen(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ zebra")
        await press(console, f"⇥ {LINKING} {FILE} 1 s")
        kept = known.port.query("SELECT text, first, chosen FROM phrase ORDER BY id").rows
        assert ("zebra", None, "linking-error") in kept
        assert "zebra" not in words(console)


async def test_a_secret_among_the_words_is_neither_kept_nor_in_the_way(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ ssn␣123-45-6789")
        await press(console, f"⇥ {LINKING} {FILE} 1")
        assert "step 2" in words(console)
        assert known.port.query("SELECT typed FROM call WHERE typed <> ''").rows == []
        assert known.port.query("SELECT text FROM phrase").rows == [("ssn",)]


async def test_undo_takes_back_the_playbook_and_then_the_answers(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_QUESTIONS} {LINKING} {FILE} 1 u")
        assert echo(console).startswith("+ Taken back: the symptom")
        await press(console, "u s ⇥")
        assert answers(known) == [("filing", "linking")]
        assert "ASK What does the caller want to do?" in told(console)


async def test_a_playbook_that_went_while_it_was_listed_is_refused(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_QUESTIONS} {LINKING} {FILE}")
        first, *_ = listed(console)
        books = {slug: book for slug, book in known.library.playbooks.items() if slug != first}
        change_library(known, replace(known.library, playbooks=books))
        await press(console, "1")
        assert f"There is no playbook “{first}”" in echo(console)
        await press(console, f"⌫ {FILE}")
        assert first not in listed(console)
