from __future__ import annotations

import json

import pytest

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from tests.cli.conftest import HOSTILE, Run


@pytest.mark.usefixtures("called")
@pytest.mark.parametrize(
    "words", [("whitf",), ("Whitfeld",), ("555", "0144"), ("T-26-00001",), ()]
)
def test_callers_are_listed_by_any_part_of_anything(run: Run, words: tuple[str, ...]) -> None:
    ran = run("callers", *words)
    assert (ran.status, ran.out.count("\n")) == (0, 3)
    assert "Whitfield, Dana" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.usefixtures("called")
def test_programs_get_one_object_a_line_as_it_is_kept(run: Run) -> None:
    (line,) = run("callers", "whit", "--json").out.splitlines()
    told = json.loads(line)
    assert (told["name"], told["phones"]) == ("Whitfield, Dana", ["2125550144"])
    assert told["firm"] == HOSTILE
    assert told["called_at"] == "2026-06-01T13:14:03Z"


def test_nobody_and_a_ticket_without_a_caller_are_said(run: Run, desk: Desk) -> None:
    assert run("callers").err == "helpdesk: nobody has called yet.\n"
    start_call(desk)
    ran = run("callers", "T-26-00001")
    assert (ran.status, ran.out) == (0, "")
    assert "T-26-00001 has no caller yet" in ran.err


def test_a_list_that_stops_at_fifty_says_of_how_many(run: Run, desk: Desk) -> None:
    record_history(
        desk,
        (
            CallRecord(
                desk.clock.now() - 9_999 + number, "ianb", caller=Caller(0, name="Roe, Ann"),
                phone=f"212555{number:04}", outcome="resolved",
            )
            for number in range(79)
        ),
    )  # fmt: skip
    for words in ((), ("roe",)):
        ran = run("callers", *words, "--json")
        assert ran.out.count("\n") == 50
        assert ran.err == "helpdesk: 50 of 79: more words narrow it\n"
    assert run("callers", "0042").err == ""
