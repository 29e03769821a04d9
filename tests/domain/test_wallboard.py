from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.wallboard import DayPart, Today, chart_of

HALF = 1_800
EIGHT_TO_FIVE = (8 * 60, 17 * 60)


def day(came: dict[str, int], usual: dict[str, float] | None = None) -> Today:
    """A day without a change of the clocks, that began at 0 seconds."""
    clocks = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 24 * 60, 30)]
    parts = tuple(
        DayPart(each, "EST", place * HALF, (place + 1) * HALF, came.get(each, 0),
                None if usual is None else usual.get(each, 0.0))
        for place, each in enumerate(clocks)
    )  # fmt: skip
    return Today(parts, "Monday", 0 if usual is None else 8, None)


def at(clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return hour * 3_600 + minute * 60


def test_the_hours_of_the_office_are_drawn_and_the_rest_is_counted() -> None:
    chart = chart_of(day({"07:30": 2, "09:00": 5, "17:00": 1}), at("09:10"), EIGHT_TO_FIVE, 24)
    assert [chart.parts[0].clock, chart.parts[-1].clock] == ["08:00", "16:30"]
    assert (chart.before, chart.after, chart.hourly) == (2, 1, False)


def test_an_hour_that_usually_has_calls_is_drawn_although_the_office_is_closed() -> None:
    chart = chart_of(day({}, {"06:30": 0.6, "05:00": 0.4}), at("09:10"), EIGHT_TO_FIVE, 24)
    assert chart.parts[0].clock == "06:30"


def test_the_half_hour_that_runs_is_drawn_late_at_night_too() -> None:
    chart = chart_of(day({}), at("19:10"), EIGHT_TO_FIVE, 24)
    assert chart.parts[-1].clock == "19:00"


@given(
    st.lists(st.tuples(st.integers(0, 300), st.floats(0, 300)), min_size=48, max_size=48),
    st.integers(0, 86_399),
    st.integers(24, 60),
)
def test_every_call_of_today_is_drawn_or_counted_outside(
    halves: list[tuple[int, float]], now: int, most: int
) -> None:
    clocks = [part.clock for part in day({}).parts]
    came = dict(zip(clocks, (many for many, _ in halves), strict=True))
    usual = dict(zip(clocks, (mean for _, mean in halves), strict=True))
    today = day(came, usual)
    chart = chart_of(today, now, EIGHT_TO_FIVE, most)
    assert sum(part.came for part in chart.parts) + chart.before + chart.after == today.came
    assert len(chart.parts) <= most
    assert any(part.start <= now < part.end for part in chart.parts)
    assert all(one.end == other.start for one, other in pairwise(chart.parts))
