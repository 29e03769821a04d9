from __future__ import annotations

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.hand_overs import (
    add_note_for_shift,
    make_hand_over,
    newest_sheet,
    take_line,
)
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.statuses import change_status
from helpdesk.domain.whens import iso_utc
from tests.support.clock import StillClock
from tests.support.reports import report, rows_of


def test_a_line_is_taken_done_or_neither_as_it_was_known_then(
    desk: Desk, clock: StillClock
) -> None:
    def promised() -> int:
        call = start_call(desk)
        clock.go_on(60)
        return finish_call(desk, call, "callback", clock.at + 3_600).ticket

    taken, done = promised(), promised()
    add_note_for_shift(desk, "Pat Whitfield will ring again")
    clock.go_on(60)
    make_hand_over(desk)
    first = newest_sheet(desk).lines[0]
    clock.go_on(60)
    take_line(desk, first.id)
    moment = iso_utc(clock.at)
    before = states(desk)
    assert before == ["taken", "not taken", "not taken"]
    clock.go_on(60)
    take_line(desk, first.id)
    merge_tickets(desk, taken, done)
    assert states(desk) == ["not taken"] * 3
    unmerge_ticket(desk, taken)
    change_status(desk, done, "resolved")
    assert states(desk) == ["not taken", "done untaken", "not taken"]
    assert states(desk, moment) == before
    table = report(desk, "hand-over", as_of=moment)
    assert table.footer[1] == "sheets 1; lines 3 = taken 1 + done untaken 0 + not taken 2"
    assert table.tickets == ((taken,), (done,), ())
    assert [row["taken_after_s"] for row in rows_of(table).values()] == [60, None, None]
    assert "Whitfield" not in str(table.rows)


def states(desk: Desk, as_of: str = "") -> list[object]:
    return [row["state"] for row in rows_of(report(desk, "hand-over", as_of=as_of)).values()]
