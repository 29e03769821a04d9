"""What must not be kept is taken out by keys, and what is held is said on the ticket."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.desk.ticket_notes import add_note_to_ticket
from tests.support.bytes import found_in
from tests.support.calls import rows
from tests.support.screens import Console, echo, press, settled, words

WORDS = "zwitscherkasten"


async def test_a_supervisor_takes_words_out_of_a_ticket_for_good(
    known: Desk, console: Console
) -> None:
    newest = rows(known, "SELECT id FROM ticket ORDER BY n DESC LIMIT 1")[0]["id"]
    add_note_to_ticket(known, newest, f"He says {WORDS}.")
    await press(console, f"gt⏎ aRw {WORDS} ⏎ a␣name ⏎")
    await settled(console)
    assert "note text" in words(console)
    assert "y take it out: it cannot be undone" in words(console)
    await press(console, "y")
    await settled(console)
    assert "Taken out 2 times for good." in echo(console)
    assert found_in(WORDS, known.folder.home) == []


async def test_a_hold_stands_on_the_ticket_and_keeps_it_whole(
    known: Desk, console: Console
) -> None:
    del known
    await press(console, "gt⏎ aH Roe␣v.␣Roe ⏎")
    assert "Held T-26-00002: Roe v. Roe" in words(console)
    await press(console, "aRw Lee ⏎ a␣name ⏎ y")
    assert "is held since" in words(console)


async def test_a_clerk_takes_out_on_a_call_what_slipped_in(known: Desk, console: Console) -> None:
    await press(console, f"n 0144 ⏎ li ⏎ i the␣{WORDS} ⏎ R {WORDS} ⏎ a␣name ⏎ y")
    await settled(console)
    assert "Taken out" in echo(console)
    assert found_in(WORDS, known.folder.home) == []
