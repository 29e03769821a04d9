from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report, source_of
from helpdesk.desk.report_scope import Question
from helpdesk.desk.rollups import keep_rollups
from helpdesk.desk.tags import tag_ticket
from helpdesk.domain.periods import period_of_days
from helpdesk.domain.tables import Table
from helpdesk.errors import HelpdeskError
from helpdesk.stats.reports import REPORTS
from helpdesk.stats.rollups import days_that_hold
from tests.stats.test_as_of import Supervisor
from tests.support.clock import StillClock
from tests.support.reports import text

_TICKETS = "SELECT id FROM ticket"
_SUMS = [name for name, report in REPORTS.items() if report.sums]
DAYS = 50


def _raw(desk: Desk, name: str) -> str:
    """The same report from the rows alone."""
    source = source_of(desk, Question(name))
    every = frozenset(row[0] for row in desk.port.query(_TICKETS).rows)
    return _body(REPORTS[name].build(replace(source, scope=replace(source.scope, tickets=every))))


def _body(table: Table) -> str:
    return text(replace(table, header=(), footer=table.footer[:1]))


@pytest.mark.parametrize("seed", range(2))
def test_kept_sums_say_what_the_rows_say_whatever_was_done_since(
    desk: Desk, clock: StillClock, seed: int
) -> None:
    fill_demo(desk, 60, days=DAYS)
    tickets = [row[0] for row in desk.port.query(f"{_TICKETS} ORDER BY id").rows]
    editor = Supervisor(desk, tickets[::4], random.Random(seed))  # noqa: S311 - chance, no secret
    for turn in range(61):
        clock.go_on(61)
        if turn % 30 == 0:
            for name in _SUMS:
                assert _body(make_report(desk, Question(name)).table) == _raw(desk, name), name
        try:
            editor.edit(turn)
        except HelpdeskError:
            continue
    assert editor.done > 15


def test_days_that_nobody_touched_are_summed_up_once(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    today = date(2026, 6, 1)
    period = period_of_days(today - timedelta(days=60), today, desk.home_office.zone)
    first = keep_rollups(desk, period)
    assert first > 40
    assert keep_rollups(desk, period) == 0
    held = days_that_hold(desk.port, date(2026, 4, 1), today, desk.home_office.zone)
    assert "2026-05" in held  # the whole month is added up too


def test_a_change_of_a_ticket_touches_its_days_and_its_month_only(desk: Desk) -> None:
    fill_demo(desk, 60, days=DAYS)
    today = date(2026, 6, 1)
    zone = desk.home_office.zone
    keep_rollups(desk, period_of_days(today - timedelta(days=60), today, zone))
    before = days_that_hold(desk.port, date(2026, 4, 1), today, zone)
    tag_ticket(desk, desk.port.query("SELECT max(id) FROM ticket").value(), ["test"], [])
    after = days_that_hold(desk.port, date(2026, 4, 1), today, zone)
    assert {day for day in before - after if day < "2026-05"} == set()
    assert "2026-05" in before - after
    assert 0 < len(before - after) < len(before) / 2
