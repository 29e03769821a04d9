"""In plain lines, what a colleague makes of the ticket of a call that goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from helpdesk.desk.corrections import correct_ticket
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.statuses import change_status
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.domain.keys import Keymap
from helpdesk.plain.console import LineConsole
from tests.plain.conftest import transcript
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


def ids(desk: Desk) -> dict[int, int]:
    """The tickets by their place in the series."""
    return {row["n"]: row["id"] for row in rows(desk, "SELECT n, id FROM ticket")}


@pytest.fixture
def colleague(known: Desk, clock: StillClock) -> Iterator[Desk]:
    """The same desk as rvance has it open."""
    other = open_as(known.folder.home, clock, RVANCE, "supervisor")
    yield other
    other.close()


def interrupted(desk: Desk, before: list[str], done: Callable[[], None], after: list[str]) -> str:
    """What is said behind an act that a colleague does between two lines."""
    said, left = list[str](), [*before, *after]

    def read() -> str | None:
        if len(left) == len(after):  # all that comes before was taken
            said.clear()
            done()
        return f"{left.pop(0)}\n" if left else None

    open_console(desk)
    LineConsole(desk, Keymap(), read, said.append).run()
    return "".join(said)


def test_a_void_ticket_is_told_with_the_next_line_and_nothing_is_promised_on_it(
    known: Desk, colleague: Desk
) -> None:
    said = interrupted(
        known,
        ["n", "0144", "", "li"],
        lambda: change_status(colleague, ids(colleague)[3], "void", "typed twice"),
        ["y", "h", "b thu 2:30p", "", "esc", "r", "q"],
    )
    assert said.count("! T-26-00003 was made void meanwhile\n") == 1
    assert "T-26-00003 was made void meanwhile: nothing can be promised on it." in said
    assert "T-26-00003 was made void meanwhile and stays so; the call ended resolved." in said
    assert rows(known, "SELECT kind FROM promise") == []


def test_a_merged_ticket_is_told_when_the_call_is_shown_anew_and_at_its_end(
    known: Desk, colleague: Desk
) -> None:
    transcript(known, "n", "0144", "", "li", "p")
    number = ids(colleague)
    merge_tickets(colleague, number[3], number[2])
    said = transcript(known, "P", "h", "r", "q")
    assert said.count("! T-26-00003 went on in T-26-00002 meanwhile\n") == 1
    assert "T-26-00003 went on in T-26-00002: that is resolved." in said


def test_a_symptom_that_a_colleague_corrects_is_told_with_the_next_line(
    known: Desk, colleague: Desk
) -> None:
    said = interrupted(
        known,
        ["n", "0144", "", "li"],
        lambda: correct_ticket(colleague, ids(colleague)[3], "symptom", "store-card"),
        ["i Chrome", "s", "li", "q"],
    )
    title = symptom_title(known, "store-card")
    assert said.count(f"! The symptom is now {title}: RVANCE changed it.") == 1
    assert said.count("changed it") == 1
