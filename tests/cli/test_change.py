from __future__ import annotations

import re

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.undo import undo_entry
from helpdesk.domain.undoing import REVERSIBLE
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("called")


def test_a_change_is_said_first_and_done_with_yes(run: Run) -> None:
    said = run("change", "tags=urgent", "court:ianb")
    assert "will change 1, will refuse 0" in said.out
    assert "nothing was changed yet" in said.err
    assert run("change", "tags=urgent", "court:ianb", "--yes").out == "changed 1, refused 0\n"
    assert "T-26-00001" in run("tickets", "tag:urgent").out


def test_a_change_ends_with_where_all_of_it_is_taken_back(run: Run, called: Desk) -> None:
    finish_call(called, start_call(called), "resolved")
    done = run("change", "tags=urgent", "court:ianb", "--yes")
    (number,) = re.findall(r"open (\S+) in the console, press a, then u", done.err)
    history = show_ticket(called, number)
    (change,) = (each for each in history.journal if each.act == "bulk_change")
    assert done.out == "changed 2, refused 0\n"
    assert REVERSIBLE[change.act].strip(",") in done.err
    assert "2 of them" in undo_entry(called, number, change.seq)
    assert run("tickets", "tag:urgent").out == ""
    assert "take all of it back" not in run("change", "tags=urgent", "court:ianb").err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("tags=urgent",), 2, "QUERY"),
        (("colour=red", "court:ianb"), 1, "write status=resolved"),
        (("status=closed", "court:ianb"), 1, "Say why"),
        (("status=resolved", "court:nowhere"), 1, "nowhere"),
        (("tags=urgent", ""), 1, "A part of QUERY is empty"),
        (("tags=urgent", " \t "), 1, "A part of QUERY is empty"),
        (("tags=urgent", "", "court:ianb"), 1, "A part of QUERY is empty"),
        (("tags=urgent", "sort:oldest"), 1, "would be every ticket"),
        (("tags=urgent", "zebra"), 1, "No ticket fits the query: helpdesk tickets QUERY lists"),
    ],
)
def test_what_cannot_be_changed_is_refused_in_words(
    run: Run, arguments: tuple[str, ...], status: int, said: str
) -> None:
    ran = run("change", *arguments, "--yes")
    assert ran.status == status
    assert said in ran.err
    assert run("tickets", "tag:urgent").out == ""
