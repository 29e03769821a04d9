from __future__ import annotations

import json

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.incidents import read_incident
from tests.cli.conftest import HOSTILE, Run

DECLARE = ("incidents", "declare", "--court", "ianb", "--symptom", "linking-error", "--line")


def test_an_incident_is_declared_listed_and_ended(run: Run, desk: Desk) -> None:
    assert run(*DECLARE, "Linking is out.").out == "1\n"
    table = run("incidents", "list").out
    assert table.splitlines()[2].split()[:3] == ["1", "ianb", "linking-error"]
    assert "runs" in table
    assert "Linking is out." in table
    ended = run("incidents", "end", "1", "--note", "restarted")
    assert ended.out == "Incident 1 is over; 0 to be called back.\n"
    assert read_incident(desk, 1)[0].note == "restarted"
    assert run("incidents", "end", "1").status == 1


@pytest.mark.usefixtures("desk")
def test_programs_read_the_same(run: Run) -> None:
    told = json.loads(run(*DECLARE, "Linking is out.", "--json").out)
    assert (told["number"], told["ended_at"], told["promised"]) == (1, None, 0)
    assert json.loads(run("incidents", "list", "--json").out) == [told]
    ended = json.loads(run("incidents", "end", "1", "--json").out)
    assert (ended["ended_at"][-1], ended["ended_by"] is not None) == ("Z", True)


@pytest.mark.usefixtures("desk")
def test_a_line_cannot_steer_the_terminal_and_none_is_said_to_be_missing(run: Run) -> None:
    assert run("incidents", "list").err == "helpdesk: no incident was ever declared.\n"
    run(*DECLARE, HOSTILE)
    assert "\x1b" not in run("incidents", "list").out
    many = run(*DECLARE[:-2], "pdf-rejected", "--line", "x")
    assert (many.status, many.out) == (1, "")


@pytest.mark.usefixtures("desk")
def test_what_is_not_listed_is_counted(run: Run) -> None:
    for symptom in ("linking-error", "forgot-pacer"):
        run(*DECLARE[:-2], symptom, "--line", "It is out.")
    assert "1 of 2" in run("incidents", "list", "--limit", "1").err
