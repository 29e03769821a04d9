from __future__ import annotations

import json
import re

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("called")


def test_everything_of_a_ticket_is_shown(run: Run) -> None:
    out = run("show", "T-26-00001").out
    for said in (
        "Ticket T-26-00001",
        "(forgot-cmecf-before-link)",
        "Iowa Northern",
        "Whitfield, Dana",
        "212-555-0144",
        "2026-06-01 08:14:03 CDT",
        "talk 4:10",
        "CM/ECF",
        "> yes",
        "Called back",
        "Chrome, the firewall",
        "[struck]",
        "callback  due Mon 01 Jun 09:18 CDT",
        "start_call",
        "undo (takes back",
    ):
        assert said in out, said


def test_the_parts_come_in_order_and_the_journal_last(run: Run) -> None:
    heads = re.findall(r"^[A-Z][a-z]+$", run("show", "T-26-00001").out, re.MULTILINE)
    assert heads == ["Calls", "Answers", "Actions", "Notes", "Promises", "Journal"]


def test_a_note_of_two_lines_stays_one_note(run: Run) -> None:
    out = run("show", "T-26-00001").out
    assert re.search(r"Chrome, the firewall\n {6}blocks pop-ups\n", out)


def test_what_was_taken_back_is_struck(run: Run) -> None:
    out = run("show", "T-26-00001").out
    assert re.search(r"\[struck\] .*wrong caller", out)
    assert not re.search(r"\[struck\] .*Chrome", out)


def test_json_has_the_shared_names(run: Run) -> None:
    shown = json.loads(run("show", "T-26-00001", "--json").out)
    assert shown["number"] == "T-26-00001"
    assert shown["caller"]["name"] == "Whitfield, Dana"
    assert set(shown["caller"]) == {"name", "firm", "phone", "email"}
    assert shown["opened_at"] == "2026-06-01T13:14:03Z"
    assert shown["resolved_at"] is None
    (call,) = shown["calls"]
    assert call["talk_s"] == 250
    assert (call["hold_s"], call["wrap_s"]) == (0, 0)
    assert call["ended_at"] == "2026-06-01T13:18:13Z"
    assert call["outcome"] == "callback"
    (answer,) = shown["answers"]
    assert (answer["step"], answer["answer"], answer["version"]) == ("cmecf", "yes", 1)
    assert [action["kind"] for action in shown["actions"]] == ["called-back"]
    assert [note["struck"] for note in shown["notes"]] == [False, True]


def test_json_is_pure_ascii(run: Run) -> None:
    assert run("show", "T-26-00001", "--json").out.isascii()


def test_neither_form_can_steer_the_terminal(run: Run) -> None:
    for form in ((), ("--json",)):
        assert not {"\x1b", "\x07", "\u202e"} & set(run("show", "T-26-00001", *form).out)


def test_a_number_that_is_none_and_a_ticket_that_is_not_there_are_refused(run: Run) -> None:
    assert "T-26-04817" in run("show", "nonsense").err
    missing = run("show", "T-26-00099")
    assert missing.status == 1
    assert "T-26-00099" in missing.err
