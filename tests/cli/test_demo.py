from __future__ import annotations

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run
from tests.support.calls import rows

SMALL = ("--tickets", "30", "--days", "20", "--until-day", "2024-06-01")


def test_an_empty_desk_is_filled_and_what_was_made_is_said(run: Run, desk: Desk) -> None:
    ran = run("demo", *SMALL, "--seed", "3")
    calls = rows(desk, "SELECT count(*) AS n FROM call")[0]["n"]
    assert ran.out == (
        f"Made up 30 tickets with {calls} calls from 2024-05-12 to 2024-05-31, seed 3.\n"
    )
    assert (ran.status, ran.err) == (0, "")


def test_a_desk_with_tickets_is_left_alone(run: Run, called: Desk) -> None:
    ran = run("demo", *SMALL)
    assert (ran.status, ran.out) == (1, "")
    assert "goes only into an empty desk" in ran.err
    assert len(rows(called, "SELECT id FROM ticket")) == 1


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        (("--tickets", "0"), 2, "--tickets"),
        (("--until-day", "someday"), 2, "--until-day"),
        (("--until-day", "2999-01-01"), 1, "cannot end after today"),
        (("--days", "100000"), 1, "from 1 to 7320 days"),
    ],
)
def test_numbers_that_make_no_history_are_refused(
    run: Run, said: tuple[str, ...], status: int, why: str
) -> None:
    ran = run("demo", *said)
    assert (ran.status, ran.out) == (status, "")
    assert why in ran.err
