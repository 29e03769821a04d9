from __future__ import annotations

import json

import pytest

from helpdesk.desk.access import keep_access
from helpdesk.desk.desk import Desk
from helpdesk.desk.one_ticket import show_ticket
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as

JDOE = (1002, "jdoe")
HEAD = ["when", "clerk", "did", "what"]


@pytest.fixture
def looked(called: Desk, clock: StillClock) -> Desk:
    """A desk at which two clerks read a ticket of mortiz, one on each of two days."""
    for days, who in ((0, RVANCE), (1, JDOE)):
        clock.go_on(days * 86_400)
        colleague = open_as(called.folder.home, clock, who, "clerk")
        show_ticket(colleague, "1")
        keep_access(colleague)
        colleague.close()
    return called


def clerks(out: str) -> list[str]:
    """Who looked, line by line, of what stands under the head."""
    head, _, *rows = out.splitlines()
    assert head.split() == HEAD
    return [row.split()[2] for row in rows]


@pytest.mark.usefixtures("looked")
def test_looks_are_listed_newest_first_and_narrowed_by_day_clerk_and_ticket(run: Run) -> None:
    told = run("access", "--to", "2026-06-02")
    assert clerks(told.out) == ["jdoe", "rvance"]
    assert "2026-06-01 08:18  rvance  read a colleague's ticket  T-26-00001" in told.out
    assert clerks(run("access", "--to", "2026-06-01").out) == ["rvance"]
    days = ("--from", "2026-06-02", "--to", "2026-06-02")
    assert clerks(run("access", *days, "--ticket", "1").out) == ["jdoe"]
    assert clerks(run("access", "--clerk", "rvance", "--ticket", "T-26-00001").out) == ["rvance"]


@pytest.mark.usefixtures("looked")
def test_each_look_is_one_object_for_a_program(run: Run) -> None:
    (told,) = run("access", "--clerk", "rvance", "--json").out.splitlines()
    assert json.loads(told) == {
        "at": "2026-06-01T13:18:13Z",
        "clerk": "rvance",
        "did": "read a colleague's ticket",
        "what": "T-26-00001",
    }


@pytest.mark.usefixtures("looked")
@pytest.mark.parametrize(
    ("option", "value", "named"),
    [("--clerk", "nobody", "staff list"), ("--ticket", "77", "77"), ("--from", "then", "then")],
)
def test_who_and_what_is_not_there_is_named(run: Run, option: str, value: str, named: str) -> None:
    told = run("access", option, value)
    assert (told.status, told.out) == (1, "")
    assert named in told.err


@pytest.mark.usefixtures("called")
def test_a_look_of_a_command_is_in_the_journal_when_the_command_is_over(run: Run) -> None:
    assert "nobody looked" in run("access").err
    run("callers", "whitf")
    assert "looked up a caller" in run("access").out
