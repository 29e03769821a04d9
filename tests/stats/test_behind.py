"""Behind each figure of each report are the tickets that it is made of, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.report_scope import Question
from helpdesk.desk.report_source import source_of
from helpdesk.desk.reports import Answered, tickets_of_cell
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tables import Figure, Table
from helpdesk.errors import GivenUp
from helpdesk.stats.catalogue import CATALOGUE
from helpdesk.stats.reports import REPORTS
from tests.support.clock import START, StillClock
from tests.support.desks import open_as
from tests.support.reports import rows_of

PERIOD = "2026-05-04..2026-05-29"
NOT_OF_ITSELF = {
    "by-clerk": {"expected_s"}, "half-hours": {"in_time", "clerks_needed"},
    "heat-map": {"clerks_needed"}, "playbooks": {"version"},
}  # fmt: skip
"""What is made from other calls too, counts no tickets, or only names the row."""

IN_CHAINS = {"in_range", "repeats", "repeats_any"}
"""What is counted of chains: their other calls are needed to see that they are such."""


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a made-up history, and with calls on a closed day and of an unknown time."""
    desk = open_as(tmp_path_factory.mktemp("behind"), StillClock())
    fill_demo(desk, 200, seed=5, days=45)
    saturday = START - START % 86_400 - 15 * 86_400 + 15 * 3_600
    record_history(desk, [
        CallRecord(saturday, "ianb", talk_s=60, hold_s=0, wrap_s=9),
        CallRecord(saturday - 86_400, "ianb", precision="day"),
    ])  # fmt: skip
    yield desk
    desk.close()


def alone(desk: Desk, answered: Answered, tickets: list[int]) -> Table:
    """The same report of certain tickets."""
    scope = replace(answered.scope, tickets=frozenset(tickets))
    name = answered.question.report
    return REPORTS[name].build(source_of(desk, answered.question, scope))


def cell(table: Table, key: str | None, column: str) -> Figure:
    if key is None:
        return table.total[table.columns.index(column)] if table.total else None
    return rows_of(table)[key][column]


def places(table: Table, *, every: bool) -> list[int]:
    """The rows that are looked at, -1 for the total."""
    many = len(table.rows)
    some = range(many) if every else sorted({0, many - 1} & {*range(many)})
    return [*([-1] if table.total else []), *some]


@pytest.mark.parametrize("name", list(CATALOGUE))
def test_the_tickets_behind_a_figure_alone_make_the_same_figure(busy: Desk, name: str) -> None:
    unit = "week" if name == "trend" else ""
    answered = make_report(busy, Question(name, period=PERIOD, unit=unit))
    table, looked_at = answered.table, 0
    row_is_ticket = bool(table.tickets) and REPORTS[name].behind is None
    for row in places(table, every=name == "summary"):
        key = table.keys[row] if row >= 0 else None
        for column, of in zip(table.columns, table.units, strict=True):
            figure, said = cell(table, key, column), (column, key)
            if of in {"text", "times", "share"} or column in NOT_OF_ITSELF.get(name, ()):
                continue
            if row_is_ticket and row >= 0:
                continue
            found = tickets_of_cell(busy, answered, row, column)
            many = figure.whole if isinstance(figure, Ratio) else figure
            if isinstance(figure, Ratio) or of == "count":
                assert bool(found) == bool(many), said
                assert len(found) <= int(str(many or 0)), said
            assert len(found) == len(set(found))
            assert figure is not None or not found, said
            top = (key or "").startswith("top_")  # alone it is the first of all
            if found and column not in IN_CHAINS and not top:
                assert cell(alone(busy, answered, found), key, column) == figure, said
            looked_at += 1
    assert looked_at or name in {"hand-over", "incidents"}


def test_who_waits_for_the_tickets_behind_a_figure_is_told_how_far_it_is(busy: Desk) -> None:
    answered, told = make_report(busy, Question("by-symptom", period=PERIOD)), list[Ratio]()
    found = tickets_of_cell(
        busy, answered, -1, "started", lambda done, of: told.append(Ratio(done, of))
    )
    assert found
    assert told[-1].part == told[-1].whole > 0

    def give_up(_done: int, _of: int) -> None:
        raise GivenUp("Given up.")

    with pytest.raises(GivenUp):
        tickets_of_cell(busy, answered, -1, "started", give_up)


def test_the_tickets_of_one_row_are_those_of_its_calls_alone(busy: Desk) -> None:
    for name in ("by-symptom", "by-clerk", "by-court", "trend"):
        answered = make_report(
            busy, Question(name, period=PERIOD, unit="week" * (name == "trend"))
        )
        rows = range(len(answered.table.rows))
        apart = [tickets_of_cell(busy, answered, row, "started") for row in rows]
        together = tickets_of_cell(busy, answered, -1, "started")
        assert {each for row in apart for each in row} == {*together}, name
        for found, cells in zip(apart, rows_of(answered.table).values(), strict=True):
            assert len(found) <= int(str(cells["started"]))
            assert bool(found) == bool(cells["started"])
