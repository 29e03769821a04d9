from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.iso_times import moment_texts
from helpdesk.domain.report_about import About, file_name
from helpdesk.domain.whens import iso_local, iso_utc

MAY = About(
    "by-symptom", "", date(2026, 5, 1), date(2026, 5, 31), 0, 0, "America/New_York",
    1_780_318_800, 2, "mortiz", 0, "", "nysb",
)  # fmt: skip


def test_a_file_is_named_after_report_month_court_and_moment() -> None:
    named = "calls_by-symptom_2026-05_NYSB_asof-20260601T0900-0400.csv"
    assert file_name(MAY, ".csv") == named


def test_a_file_is_named_after_what_narrows_the_report_down() -> None:
    asked = (("clerk", "akim"), ("by", "phone"), ("tickets", "status:open"))
    name = file_name(replace(MAY, filters=asked), ".csv")
    assert re.search(r"_NYSB_clerk-akim_by-phone_tickets-status-open-[0-9a-f]{6}_asof-", name)


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2, unique=True))
def test_reports_of_two_queries_have_two_names(queries: list[str]) -> None:
    names = {file_name(replace(MAY, filters=(("tickets", each),)), ".csv") for each in queries}
    assert len(names) == len(queries)
    for name in names:
        assert re.fullmatch(r"[A-Za-z0-9_.-]{,150}", name)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 5, 3), date(2026, 5, 3), "2026-05-03"),
        (date(2026, 2, 1), date(2026, 2, 28), "2026-02"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 5, 1), date(2026, 5, 30), "2026-05-01--2026-05-30"),
        (date(2026, 5, 1), date(2026, 6, 30), "2026-05-01--2026-06-30"),
    ],
)
def test_days_are_named_as_short_as_they_are_told_apart(
    first: date, last: date, said: str
) -> None:
    assert f"_{said}_NYSB_" in file_name(replace(MAY, first=first, last=last), ".csv")


@given(st.text(), st.text())
def test_no_name_leads_out_of_the_folder(report: str, court: str) -> None:
    name = file_name(replace(MAY, report=report, court=court), ".csv")
    assert not set(name) & set("/\\\0 \n")
    assert not name.startswith(".")


@given(
    st.integers(0, 4_102_444_800),
    st.sampled_from(
        ["America/New_York", "America/Phoenix", "Pacific/Guam", "America/Puerto_Rico"]
    ),
)
def test_moments_of_exports_are_those_of_everything_else(moment: int, zone: str) -> None:
    utc, there, offset = moment_texts(moment, zone)
    assert (utc, there) == (iso_utc(moment), iso_local(moment, zone))
    assert there.endswith(offset)
