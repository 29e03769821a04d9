from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.import_dates import PRECISIONS, DateColumn, moment_there, proof, read_date
from helpdesk.errors import BadInput

FIRST, LAST = (datetime.fromisoformat(day) for day in ("2000-01-01", "2099-12-31"))
WALLS = st.datetimes(FIRST, LAST).map(lambda each: each.replace(microsecond=0))
FORMS = {
    "%m/%d/%Y %I:%M:%S %p": "mdy",
    "%a %m-%d-%Y, %H:%M:%S": "mdy",
    "%d.%m.%Y %H:%M:%S": "dmy",
    "%d/%m/%y %I:%M:%S%p": "dmy",
    "%Y-%m-%dT%H:%M:%S": "mdy",
    "%d %b %Y %H:%M:%S": "mdy",
    "%B %d, %Y at %I:%M:%S %p": "dmy",
}


def column(*values: str) -> DateColumn:
    found = DateColumn("Start")
    for line, value in enumerate(values, 2):
        found.see(line, value)
    return found


@given(WALLS, st.sampled_from(sorted(FORMS)))
def test_every_moment_is_read_back_in_every_way_it_is_written(wall: datetime, form: str) -> None:
    assert read_date(wall.strftime(form), FORMS[form]).at == wall


@given(st.lists(WALLS, min_size=1, max_size=20), st.sampled_from(["%m/%d/%Y", "%d/%m/%Y"]))
def test_a_column_is_read_in_its_order_or_refused_and_never_otherwise(
    walls: list[datetime], form: str
) -> None:
    order = "mdy" if form.startswith("%m") else "dmy"
    values = [wall.strftime(form) for wall in walls]
    try:
        meant = column(*values).order()
    except BadInput:
        assert all(wall.day <= 12 for wall in walls)
    else:
        assert [read_date(each, meant) for each in values] == [
            read_date(each, order) for each in values
        ]


def test_what_can_be_both_is_refused_with_the_way_out() -> None:
    with pytest.raises(BadInput, match=r"line 3 says 03/04/2025.*--dates mdy"):
        column("05/05/2025", "03/04/2025").order()
    assert column("03/04/2025").order("dmy") == "dmy"


def test_two_orders_in_one_column_are_refused_with_a_line_of_each() -> None:
    with pytest.raises(BadInput, match=r"line 2 \(03/14/2025\).*line 3 \(14/03/2025\)"):
        column("03/14/2025", "14/03/2025").order()


@pytest.mark.parametrize(
    ("values", "known"),
    [
        (["3/14/2025", "3/15/2025 00:00:00"], "day"),
        (["3/14/2025 14:15:00", "3/14/2025 9:00:00"], "minute"),
        (["3/14/2025 14:15:00", "3/14/2025 9:00:07"], "second"),
        (["3/14/2025 2:15 PM"], "minute"),
    ],
)
def test_what_no_row_says_is_not_known(values: list[str], known: str) -> None:
    found = column(*values)
    assert found.precision(read_date(values[0], "mdy")) in {known, "day"}
    assert found.precision(read_date(values[-1], "mdy")) == known


@pytest.mark.parametrize(
    ("text", "shown", "said"),
    [
        ("03/04/2025 2:15 PM", "Tue 2025-03-04 14:15 EST", ""),
        ("03/08/2026 2:30 AM", "Sun 2026-03-08 03:30 EDT", "shifted"),
        ("11/01/2026 1:30 AM", "Sun 2026-11-01 01:30 EDT", "doubled"),
        ("2026-11-01T01:30:00-05:00", "Sun 2026-11-01 01:30 EST", ""),
        ("11/01/2026 1:30 AM EST", "Sun 2026-11-01 01:30 EST", ""),
        ("2026-11-01 06:30Z", "Sun 2026-11-01 01:30 EST", ""),
    ],
)
def test_hours_that_came_never_or_twice_are_said(text: str, shown: str, said: str) -> None:
    at, found = moment_there(read_date(text, "mdy").at, "America/New_York")
    assert found == said
    assert proof(text, at, "America/New_York", "minute") == f"{text} -> {shown}"


@pytest.mark.parametrize(
    "text", ["02/30/2025", "13/13/2025", "25:00", "noon", "3/4/2025 13:00 PM", "3/4/2025 9", ""]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no date"):
        read_date(text, "mdy")


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadInput):
        assert read_date(text, column(text).order()).precision in PRECISIONS
