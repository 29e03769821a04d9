"""Pictures of reports: they fit every size, and nothing in them is a colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from helpdesk.domain.tables import Table
from helpdesk.stats.measures import meanings
from helpdesk.tui.charts import draw
from helpdesk.tui.drawings import drawing_of
from helpdesk.tui.report_lines import SHADES, heat_grid

COUNTS = st.lists(st.integers(0, 100_000), max_size=70)


def table_of(counts: list[int]) -> Table:
    whole = sum(counts) or 1
    return Table(
        "Calls", ("title", "started", "cum_percent"),
        tuple(
            (f"symptom {place} 雪", count, 100 * sum(counts[: place + 1]) / whole)
            for place, count in enumerate(counts)
        ),
        meant=meanings("started", cum_percent=("cum %", "share", "so far")),
    )  # fmt: skip


@given(COUNTS, st.integers(1, 200), st.integers(1, 60))
def test_a_picture_fits_where_it_is_drawn_or_says_that_it_does_not(
    counts: list[int], width: int, height: int
) -> None:
    for report in ("by-symptom", "trend"):
        lines = draw(drawing_of(report, table_of(counts)), width, height)
        assert not any("\x1b" in each for each in lines)
        if len(lines) > 1:
            assert len(lines) <= height
            assert max(map(cell_len, lines)) <= width
        else:
            assert "too little room" in lines[0] or "nothing to draw" in lines[0]


@given(st.lists(st.integers(1, 1_000), min_size=1, max_size=70))
def test_a_pareto_names_or_counts_every_row(counts: list[int]) -> None:
    counts = sorted(counts, reverse=True)
    told = "\n".join(draw(drawing_of("by-symptom", table_of(counts)), 80, 16))
    named = sum(f"symptom {place} " in told for place in range(len(counts)))
    hidden = len(counts) - named
    assert hidden == 0 or f"and {hidden} more" in told


def test_halves_go_up_in_a_heat_map() -> None:
    means = {"08:00": 5.5, "08:30": 6.5, "09:00": 6.499, "09:30": 1234.5, "10:00": None}
    table = Table("Heat", ("slot", "mon"), tuple(means.items()))
    cells = [row[1].split()[-1:] for row in heat_grid(table, ("mon",)).rows]
    assert cells == [["6"], ["7"], ["6"], ["1,235"], []]


@given(st.lists(st.none() | st.floats(0, 500), min_size=1, max_size=20))
def test_more_is_never_shaded_lighter_and_closed_is_blank(means: list[float | None]) -> None:
    table = Table(
        "Heat", ("slot", "mon"), tuple((f"{place}", mean) for place, mean in enumerate(means)),
        meant=meanings(mon=("Mon", "number", "mean")),
    )  # fmt: skip
    cells = [row[1] for row in heat_grid(table, ("mon",)).rows]
    assert [not cell for cell in cells] == [mean is None for mean in means]
    pairs = sorted(
        (mean, SHADES.index(cell[:2]))
        for mean, cell in zip(means, cells, strict=True)
        if mean is not None
    )
    assert [shade for _, shade in pairs] == sorted(shade for _, shade in pairs)
