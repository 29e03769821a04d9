"""What slipped in is taken out by the same key as on the screen."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from tests.plain.conftest import transcript
from tests.support.bytes import found_in


def test_words_of_ones_own_note_are_taken_out_on_the_call(desk: Desk) -> None:
    typed = ("n", "", "li", "i the zwitscherkasten broke", "R", "zwitscherkasten", "a name", "y")
    said = transcript(desk, *typed)
    assert "take which words out of what you wrote on this call?" in said
    assert "type y to take it out: it cannot be undone" in said
    assert "taken out 2 times; nothing brings it back." in said
    assert found_in("zwitscherkasten", desk.folder.home) == []


def test_whoever_does_not_mean_it_leaves_everything_as_it_was(desk: Desk) -> None:
    typed = ("n", "", "li", "i the zwitscherkasten broke", "R", "zwitscherkasten", "a name", "n")
    assert "nothing was taken out." in transcript(desk, *typed)
    assert found_in("zwitscherkasten", desk.folder.home)
