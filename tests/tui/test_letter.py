"""The steps in writing: copied, written to a file, put into the note; nothing of the clerk's."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.desk.speaking import circumstances
from helpdesk.domain.guard import find_secret
from helpdesk.domain.playbook import Playbook, Step
from helpdesk.domain.run import Passed, Run
from helpdesk.playbooks.letters import note
from helpdesk.tui.widgets.boxes import NoteBox
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import Console, app_of, echo, press, running, words

TO_THE_LETTER = "n 0144 ⏎ li ⏎ yyyn e"
SAID = "Open the court's website, E-Filing (CM/ECF)"
NOTE = "Has this CM/ECF account been linked to a PACER account before? no."


def stored(home: Path, clock: StillClock, sql: str) -> list[tuple[Any, ...]]:
    """What a desk holds after its console was left."""
    desk = open_as(home, clock)
    try:
        return list(desk.port.query(sql).rows)
    finally:
        desk.close()


def note_of(console: Console) -> str:
    return console.app.screen.query_one(NoteBox).content


async def test_c_copies_the_e_mail_and_says_what_records_it(console: Console) -> None:
    await press(console, f"{TO_THE_LETTER} c")
    copied = console.app.clipboard
    subject, greeting, _ = copied.split("\n\n", 2)
    assert subject.startswith("Subject: ")
    assert subject.endswith(" (T-26-00003)")
    assert greeting == "Hello Dana Whitfield,"
    assert f"1. {SAID}" in copied
    assert "a e records" in echo(console)
    await press(console, "ae")
    assert "Instructions" in words(console)


async def test_m_copies_an_address_that_says_the_same(console: Console) -> None:
    await press(console, f"{TO_THE_LETTER} c")
    text = console.app.clipboard
    await press(console, "e m")
    address = urlsplit(console.app.clipboard)
    told = parse_qs(address.query, strict_parsing=True)
    assert (address.scheme, address.path) == ("mailto", "dana@whitfieldroe.example")
    written = f"Subject: {told['subject'][0]}\n\n{told['body'][0]}"
    assert written.replace("\r\n", "\n") == text


async def test_f_writes_a_draft_that_only_the_clerk_can_read(
    console: Console, tmp_path: Path
) -> None:
    await press(console, f"{TO_THE_LETTER} f")
    (path,) = (tmp_path / "state").rglob("*.eml")
    assert str(path) in echo(console).replace("\n", "").replace(" ", "")
    assert path.stat().st_mode & 0o777 == 0o600
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    assert read["To"] == "dana@whitfieldroe.example"
    assert SAID in read.get_content()


async def test_n_puts_what_was_found_below_what_stands_in_the_note_box(console: Console) -> None:
    await press(console, "n 0144 ⏎ li ⏎ yyyn i Chrome ⎋ u")
    await press(console, "i Firefox ⎋ e n")
    assert NOTE in note_of(console)
    await press(console, "⏎")
    assert "note: Error while linking. Is Middle" in words(console)


async def test_what_n_put_into_the_note_is_a_draft_that_outlives_the_console(
    known: Desk, home: Path, clock: StillClock
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ yyyn i Chrome␣ u")
        await press(console, "⎋ e n")
        await press(console, "tried␣twice")
    ((draft,),) = stored(home, clock, "SELECT text FROM draft")
    assert NOTE in draft
    assert "tried twice" in draft


async def test_escape_hands_nothing_on(console: Console) -> None:
    await press(console, f"{TO_THE_LETTER} x")
    assert echo(console) == "! “x” is not in this menu; esc closes it."
    await press(console, "⎋")
    assert console.app.clipboard == ""
    assert note_of(console) == ""
    assert "step 6" in words(console)


async def test_the_whole_e_mail_can_be_read_at_80_columns(console: Console) -> None:
    await press(console, TO_THE_LETTER)
    seen = words(console)
    for _ in range(6):
        await press(console, "⇟")
        seen += words(console)
    await press(console, "⏎")
    assert "Press c, m, f or n" in echo(console)
    await press(console, "c")
    written = " ".join(console.app.clipboard.split())
    for part in written.split(". "):
        for some in part.split(", "):
            assert all(word in seen for word in some.split()), some
    assert "CM/ECF account to my PACER account" in written


async def test_before_anything_was_said_only_the_note_is_offered(console: Console) -> None:
    await press(console, "n 0144 ⏎ sc ⏎ n ⎋ e")
    assert "> n put what was found into the note" in words(console)
    assert "Nothing was said yet" in words(console)
    await press(console, "c")
    assert "Nothing was said yet" in echo(console)
    assert console.app.clipboard == ""
    await press(console, "n")
    assert note_of(console).startswith("Store a card for filing fees. Is the card stored")


async def test_without_a_playbook_there_is_nothing_to_write(console: Console) -> None:
    await press(console, "n 0144 ⏎ ⎋ e")
    assert "“e” does nothing here" in echo(console)


async def test_nothing_that_is_for_the_clerk_alone_is_handed_on(shipped: Desk) -> None:
    async with running(shipped) as console:
        await press(console, "n ⏎ li ⏎ yyyyn e c")
        view = app_of(console).view
        assert view is not None
        assert view.run is not None
        written = console.app.clipboard
        steps = [each.step for each in view.run.passed]
        assert any(step.why for step in steps)
        for text in (*(step.why for step in steps), *view.run.playbook.never):
            assert not text or text not in written


@pytest.fixture
def shipped(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A desk with the playbooks that are shipped."""
    desk = open_as(home, clock)
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    yield desk
    desk.close()


def test_no_note_that_a_shipped_playbook_makes_is_taken_for_a_secret(shipped: Desk) -> None:
    here = circumstances(shipped)
    made = [
        note(run, here)
        for book in shipped.library.playbooks.values()
        for step in book.steps.values()
        for run in runs_over(book, step)
    ]
    assert len(made) > 1_000
    assert {text: find_secret(text) for text in made if find_secret(text)} == {}


def runs_over(book: Playbook, step: Step) -> Iterator[Run]:
    """A run that stands at a step, and one past it for each of its answers."""
    yield Run(book, (), step)
    for answer in step.answers:
        yield Run(book, (Passed(book, step, answer.key, 1),), book.steps.get(answer.leads_to))
