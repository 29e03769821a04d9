from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Clerk, Desk
from helpdesk.desk.notes import add_note_to_call, keep_draft
from helpdesk.desk.view import call_view
from helpdesk.errors import SecretFound
from tests.support.bytes import found_in
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.sayings import ORDINARY, SECRETS


def test_a_note_is_kept_with_its_lines(desk: Desk, clock: StillClock) -> None:
    call = start_call(desk)
    assert add_note_to_call(desk, call, "  Chrome\nfirewall \N{PILE OF POO}\n ")
    (note,) = call_view(desk, call).notes
    assert note.text == "Chrome\nfirewall \N{PILE OF POO}"
    assert (note.at, note.clerk, note.struck) == (clock.at, "mortiz", False)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\n"])
def test_an_empty_note_is_none_and_empties_the_box(desk: Desk, text: str) -> None:
    call = start_call(desk)
    keep_draft(desk, call, "half a thought ")
    assert not add_note_to_call(desk, call, text)
    view = call_view(desk, call)
    assert (view.notes, view.draft) == ((), "")


def test_a_note_that_is_kept_empties_the_box(desk: Desk) -> None:
    call = start_call(desk)
    keep_draft(desk, call, "half a thought ")
    add_note_to_call(desk, call, "a whole thought")
    assert call_view(desk, call).draft == ""


@pytest.mark.parametrize(("text", "secret"), SECRETS[::6])
def test_a_note_with_a_secret_is_refused_without_repeating_it(
    desk: Desk, text: str, secret: str
) -> None:
    call = start_call(desk)
    keep_draft(desk, call, "Chrome, firewall ")
    with pytest.raises(SecretFound, match="Nothing was saved") as refused:
        add_note_to_call(desk, call, f"Chrome, firewall. {text}")
    assert secret not in str(refused.value)
    view = call_view(desk, call)
    assert (view.notes, view.draft) == ((), "Chrome, firewall ")


def test_every_ordinary_note_is_kept_as_it_was_typed(desk: Desk) -> None:
    call = start_call(desk)
    for text in ORDINARY:
        add_note_to_call(desk, call, text)
    assert [note.text for note in call_view(desk, call).notes] == list(ORDINARY)


def test_a_draft_is_kept_up_to_the_last_finished_word(desk: Desk) -> None:
    call = start_call(desk)
    keep_draft(desk, call, "Chrome, firewall bl")
    assert call_view(desk, call).draft == "Chrome, firewall "
    keep_draft(desk, call, "Chrome ")
    assert call_view(desk, call).draft == "Chrome "
    keep_draft(desk, call, "")
    assert call_view(desk, call).draft == ""


def test_a_draft_is_no_entry_of_the_journal(desk: Desk) -> None:
    call = start_call(desk)
    before = desk.port.head()
    keep_draft(desk, call, "Chrome ")
    assert desk.port.head() == before


def test_a_draft_of_somebody_who_may_not_write_is_silently_not_kept(desk: Desk) -> None:
    call = start_call(desk)
    desk.clerk = Clerk(desk.clerk.id, "guest", "auditor")
    keep_draft(desk, call, "Chrome ")
    assert rows(desk, "SELECT * FROM draft") == []


@pytest.mark.parametrize(
    ("typed", "secret"),
    [
        ("Chrome, password is Kx49mmRtQq7 and then ", "Kx49mm"),
        ("ssn 219-09-9999 on the form ", "219-09"),
        ("number 219 09 9999 on the form ", "219 09"),
        ("card 4111 1111 1111 1111 refused ", "4111 1111"),
        ("dob 5/3/1970 he said ", "5/3/1970"),
        ("e-filing login dwhitfield77 works ", "dwhitfield77"),
    ],
)
def test_no_letter_of_a_secret_reaches_a_file_while_it_is_typed(
    desk: Desk, home: Path, typed: str, secret: str
) -> None:
    call = start_call(desk)
    for end in range(len(typed) + 1):
        keep_draft(desk, call, typed[:end])
    assert found_in(secret, home) == []
    with pytest.raises(SecretFound):
        add_note_to_call(desk, call, typed)
    assert found_in(secret, home) == []
    desk.close()
    assert found_in(secret, home) == []
