from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from helpdesk.desk.caller_merging import merge_callers, unmerge_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.corrections import correct_call, correct_ticket
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.history import record_history
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import reports, tickets_of_cell
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.statuses import change_status
from helpdesk.domain.records import CallRecord
from helpdesk.domain.whens import iso_utc
from helpdesk.errors import HelpdeskError
from tests.support.clock import START, StillClock
from tests.support.editing import Editor
from tests.support.golden import CARD, LINKING, PASSWORD, QUERY, fill_golden
from tests.support.reports import figure, report, rows_of, text, total_of

_TICKETS = "SELECT id FROM ticket ORDER BY id"
_CALLS = "SELECT id FROM call WHERE ended_at IS NOT NULL ORDER BY id"
_CALLERS = "SELECT id FROM caller ORDER BY id"


class Supervisor(Editor):
    """Changes everything that a figure may be made of."""

    def acts(self) -> list[Callable[[], object]]:
        desk, ticket, choose = self.desk, self.ticket(), self.chance.choice
        calls = [row[0] for row in desk.port.query(_CALLS).rows]
        callers = [row[0] for row in desk.port.query(_CALLERS).rows]
        now = desk.clock.now()
        return [
            *super().acts(),
            lambda: change_status(desk, ticket, "void", "a mistake"),
            lambda: correct_ticket(desk, ticket, "symptom", choose((LINKING, PASSWORD, CARD))),
            lambda: correct_call(desk, choose(calls), ended=iso_utc(now - 30)),
            lambda: merge_callers(desk, choose(callers), choose(callers)),
            lambda: unmerge_caller(desk, choose(callers)),
            lambda: self.late(now),
            self.begin,
            self.finish,
        ]

    def late(self, now: int) -> None:
        """Write down a call that was weeks ago, on a ticket or a new one."""
        older = self.chance.choice((None, self.ticket()))
        at = now - self.chance.randrange(20) * 86_400 - 900
        known = CallRecord(at, "ianb", symptom=QUERY, talk_s=100, hold_s=0, wrap_s=9)
        record_history(self.desk, [CallRecord(at, "ianb", talk_s=9, continues=older)])
        record_history(self.desk, [known])

    def begin(self) -> None:
        """Take a call, and leave it running."""
        call = start_call(self.desk)
        choose_symptom(self.desk, call, self.chance.choice((LINKING, PASSWORD)))
        add_note_to_call(self.desk, call, "the line is bad")

    def finish(self) -> None:
        """End a call that runs."""
        running = "SELECT id FROM call WHERE outcome IS NULL LIMIT 1"
        if call := self.desk.port.query(running).value():
            finish_call(self.desk, call, "resolved")


@pytest.mark.parametrize("seed", range(2))
def test_a_report_as_of_a_moment_stays_the_same_whatever_is_done_later(
    desk: Desk, clock: StillClock, seed: int
) -> None:
    fill_demo(desk, 40, days=20)
    tickets = [row[0] for row in desk.port.query(_TICKETS).rows]
    editor = Supervisor(desk, tickets[:12], random.Random(seed))  # noqa: S311 - chance, no secret
    kept = {}
    for turn in range(240):
        clock.go_on(61)
        if turn % 60 == 30:
            kept[iso_utc(clock.at)] = _all(desk, iso_utc(clock.at))
            clock.go_on(60)
        try:
            editor.edit(turn)
        except HelpdeskError:
            continue
    clock.go_on(60)
    assert editor.done > 60
    for moment, before in kept.items():
        after = _all(desk, moment)
        assert {name for name in before if before[name] != after[name]} == set()


def test_what_was_known_then_is_what_the_report_of_then_said(
    desk: Desk, clock: StillClock
) -> None:
    fill_golden(desk, clock)
    before = figure(desk, "started", court="ncmb"), figure(desk, "running", court="ncmb")
    moment = iso_utc(clock.at)
    clock.go_on(60)
    running = desk.port.query("SELECT id FROM call WHERE outcome IS NULL").value()
    finish_call(desk, running, "resolved")
    assert figure(desk, "running", court="ncmb") == 0
    then = (
        figure(desk, "started", court="ncmb", as_of=moment),
        figure(desk, "running", court="ncmb", as_of=moment),
    )
    assert then == before == (11, 1)


def test_the_backlog_of_a_period_that_had_not_begun_is_that_of_as_of(
    desk: Desk, clock: StillClock
) -> None:
    fill_golden(desk, clock)
    line = "as of then the period had not begun"
    for period, begun in (("2026-06", True), ("2026-06-10", False)):
        said = {"court": "ncmb", "period": period, "as_of": "2026-06-09"}
        found = report(desk, "summary", **said)
        assert rows_of(found)["backlog"]["value"] == 1
        assert total_of(report(desk, "backlog", **said))["tickets"] == 1
        assert (line in found.footer) != begun
    ahead = make_report(desk, Question("summary", period="2027-01"))
    place = ahead.table.keys.index("backlog")
    many = total_of(report(desk, "backlog", period="2027-01"))["tickets"]
    assert line in ahead.table.footer
    assert len(tickets_of_cell(desk, ahead, place, "said")) == ahead.table.rows[place][4] == many


def test_a_call_written_down_later_was_not_known_before(desk: Desk, clock: StillClock) -> None:
    moment = iso_utc(clock.at)
    clock.go_on(60)
    record_history(desk, [CallRecord(START - 900, "ianb", symptom=LINKING)])
    assert set(rows_of(report(desk))) == {LINKING}
    assert rows_of(report(desk, as_of=moment)) == {}


def test_the_head_of_the_journal_is_the_entry_written_last(desk: Desk, clock: StillClock) -> None:
    fill_demo(desk, 12, days=5)  # its entries are told of earlier moments than the first sign-in
    last = desk.port.query("SELECT max(id) FROM journal").value()
    moment = iso_utc(clock.at)
    assert report(desk).footer[-1].startswith(f"journal at as-of: entry {last:,} ")
    before = report(desk, as_of=moment).footer[-1]
    clock.go_on(60)
    finish_call(desk, start_call(desk), "resolved")
    assert report(desk, as_of=moment).footer[-1] == before
    assert report(desk).footer[-1] != before


def _all(desk: Desk, moment: str) -> dict[str, str]:
    return {name: text(report(desk, name, as_of=moment)) for name in reports(desk)}
