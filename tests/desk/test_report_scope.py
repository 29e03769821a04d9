from __future__ import annotations

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import period_of_report
from helpdesk.desk.history import record_history
from helpdesk.domain.records import CallRecord
from helpdesk.errors import BadInput, NotFound
from tests.support.clock import START
from tests.support.reports import report


def test_both_days_of_a_range_are_in_it(desk: Desk) -> None:
    may = period_of_report(desk, "2026-05-01", "2026-05-31", "ncmb")
    assert str(may) == "2026-05-01 00:00 EDT … 2026-06-01 00:00 EDT"
    assert may == period_of_report(desk, "2026-05", "2026-05", "ncmb")


def test_the_days_when_clocks_are_set_have_their_own_offsets(desk: Desk) -> None:
    spring = period_of_report(desk, "2026-03-08", "2026-03-08", "ncmb")
    assert str(spring) == "2026-03-08 00:00 EST … 2026-03-09 00:00 EDT"
    assert spring.end - spring.start == 23 * 3_600


def test_without_days_a_report_covers_all_there_is(desk: Desk) -> None:
    empty = period_of_report(desk)
    assert str(empty) == "2026-06-01 00:00 CDT … 2026-06-02 00:00 CDT"
    record_history(desk, [CallRecord(START - 40 * 86_400, "ianb")])
    assert str(period_of_report(desk)) == "2026-04-22 00:00 CDT … 2026-06-02 00:00 CDT"
    early = period_of_report(desk, last="2026-01-31")
    assert str(early) == "2026-01-31 00:00 CST … 2026-02-01 00:00 CST"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-05-32", None, "--from: “2026-05-32” is not a period"),
        (None, "tomorrow-ish", "--to: “tomorrow-ish” is not a period"),
        ("2026-05-02", "2026-05-01", "“2026-05-01” lies before --from “2026-05-02”"),
        ("2027-01-01", None, "^--from: “2027-01-01” lies ahead: "),
        ("2026-05-01..2026-05-02", None, "is two days"),
        (None, "9999-12-31", "--to: “9999-12-31”"),
    ],
)
def test_days_that_make_no_range_are_refused_by_their_option(
    desk: Desk, first: str | None, last: str | None, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        period_of_report(desk, first, last)


def test_a_court_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no court “zz”"):
        report(desk, court="zz")


@pytest.mark.parametrize("court", ["IANB", " ianb ", "ianb/Sioux-City", "IANB/SIOUX-CITY"])
def test_a_court_is_meant_in_whatever_letters(desk: Desk, court: str) -> None:
    record_history(desk, [CallRecord(START - 900, "ianb", office="sioux-city")])
    assert report(desk, court=court).footer[0].startswith("rows in range 1 =")


def test_a_week_is_seven_days(desk: Desk) -> None:
    week = report(desk, period="2026-W20").header[1]
    assert week.startswith("2026-05-11 00:00 CDT … 2026-05-18 00:00 CDT")


@pytest.mark.parametrize("period", ["0001", "0001-01", "9999", "2026-W60", "20260501"])
def test_what_is_no_day_of_this_age_is_refused(desk: Desk, period: str) -> None:
    with pytest.raises(BadInput, match=f"--period: “{period.lower()}”"):
        report(desk, period=period)
