from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import OUTCOMES
from helpdesk.domain.tickets import (
    STATUSES,
    number_meant,
    number_said,
    required_number,
    status_after,
    status_now,
)
from helpdesk.errors import BadInput

YEARS = st.integers(2000, 2099)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("made_here", [True, False])
@pytest.mark.parametrize(
    ("outcome", "leads_to"),
    [
        ("resolved", "resolved"),
        ("waiting", "waiting"),
        ("callback", "waiting"),
        ("escalated", "escalated"),
        ("referred", "closed"),
    ],
)
def test_an_outcome_leads_to_its_status_whatever_the_ticket_was_before(
    outcome: str, leads_to: str, status: str, *, made_here: bool
) -> None:
    assert status_after(outcome, status, made_here=made_here) == leads_to


@pytest.mark.parametrize("status", STATUSES)
def test_a_dropped_call_closes_only_the_ticket_it_made(status: str) -> None:
    assert status_after("dropped", status, made_here=True) == "closed"
    assert status_after("dropped", status, made_here=False) == status


def test_every_outcome_leads_somewhere() -> None:
    assert {status_after(each, "open", made_here=True) for each in OUTCOMES} <= set(STATUSES)


@given(st.sampled_from(STATUSES), st.none() | st.integers(0, 100), st.integers(0, 100))
def test_only_what_waits_or_nobody_took_over_wakes_and_only_once_its_time_has_come(
    status: str, wakes_at: int | None, now: int
) -> None:
    wakes = status in {"waiting", "escalated"} and wakes_at is not None and wakes_at <= now
    assert status_now(status, wakes_at, now) == ("open" if wakes else status)


@given(YEARS, YEARS, st.integers(1, 999_999_999))
def test_a_number_is_read_back_as_it_was_said(year: int, now: int, n: int) -> None:
    assert number_meant(number_said(year, n), now) == (year, n)


@given(YEARS, st.integers(1, 999_999_999), st.sampled_from(["  {} ", "t-{}", "{}", "T{}"]))
def test_a_number_is_read_in_the_short_forms_that_people_type(
    year: int, n: int, form: str
) -> None:
    assert number_meant(form.format(n), year) == (year, n)
    assert number_meant(form.format(f"{year % 100:02}-{n}"), year) == (year, n)


def test_a_number_has_at_least_five_digits() -> None:
    assert number_said(2026, 17) == "T-26-00017"
    assert number_said(2026, 1_234_567) == "T-26-1234567"


@pytest.mark.parametrize(
    "text", ["", " ", "T-", "26-", "T-2026-1", "26-01234-als7", "1:26-bk-01234", "x", "-5", "1.5"]
)
def test_what_is_no_number_is_refused_in_a_sentence(text: str) -> None:
    assert number_meant(text, 2026) is None
    with pytest.raises(BadInput, match="write it like T-26-04817"):
        required_number(text, 2026)


@given(st.text())
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    meant = number_meant(text, 2026)
    assert meant is None or (2000 <= meant[0] <= 2099 and meant[1] >= 0)
