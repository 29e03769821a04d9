from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpdesk.domain.playbook import Playbook, Step
from helpdesk.domain.run import Passed, Run
from helpdesk.domain.waiting import suggested_wait
from helpdesk.domain.whens import said_in

CHICAGO = "America/Chicago"
NOW = 1_780_319_643  # Monday 2026-06-01 08:14 in Chicago
STEP = Step("wait", say="Wait for it.", wait_days=10, wait_from="day of registering")
BOOK = Playbook("sample", "Sample", "t", "psc", "both", (), (), "wait", {"wait": STEP})


def said(run: Run | None, asked: dict[str, str], closed: tuple[date, ...] = ()) -> tuple[str, str]:
    found = suggested_wait(run, asked, NOW, CHICAGO, closed)
    assert found is not None
    return (said_in(found.due_at, CHICAGO) if found.due_at else "", found.said)


@pytest.mark.parametrize(
    ("typed", "due", "why"),
    [
        (None, "Mon 15 Jun 09:00 CDT", "today (day of registering not known)"),
        ("May 28", "Thu 11 Jun 09:00 CDT", "2026-05-28"),
        ("some day", "Mon 15 Jun 09:00 CDT", "today (“some day” is no day that I can read)"),
        ("5/18", "Tue 02 Jun 09:00 CDT", "2026-05-18"),
        ("5/15", "Mon 01 Jun 09:00 CDT", "2026-05-15"),
    ],
)
def test_ten_business_days_are_counted_from_the_day_that_was_asked_for(
    typed: str | None, due: str, why: str
) -> None:
    asked = {"day of registering": typed} if typed else {}
    assert said(Run(BOOK, current=STEP), asked) == (due, f"10 business days from {why}")


def test_what_was_over_before_is_no_suggestion() -> None:
    found = suggested_wait(Run(BOOK, current=STEP), {STEP.wait_from: "5/1"}, NOW, CHICAGO)
    assert found is not None
    assert (found.due_at, found.said) == (
        None, "10 business days from 2026-05-01 were over on 2026-05-15",
    )  # fmt: skip


def test_the_last_step_that_says_how_long_counts() -> None:
    short, other = replace(STEP, wait_days=2, wait_from=""), Step("end", say="Bye.")
    passed = tuple(Passed(BOOK, step, "done") for step in (STEP, short))
    assert said(Run(BOOK, passed, other), {})[1] == "2 business days from today"
    assert suggested_wait(Run(BOOK, current=other), {}, NOW, CHICAGO) is None
    assert suggested_wait(None, {}, NOW, CHICAGO) is None


def test_the_courts_own_closures_are_no_business_days() -> None:
    assert said(Run(BOOK, current=STEP), {}, (date(2026, 6, 8),))[0] == "Tue 16 Jun 09:00 CDT"
