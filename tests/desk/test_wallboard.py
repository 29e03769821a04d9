from __future__ import annotations

from datetime import date

from helpdesk.desk.calls import finish_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.wallboard import wallboard
from tests.support.calls import call_of_dana
from tests.support.clock import StillClock
from tests.support.outages import LINKING, call_about, came_in, quiet_weeks

HOUR = 3_600


def test_no_caller_is_named_on_the_wall(desk: Desk, clock: StillClock) -> None:
    finish_call(desk, call_of_dana(desk), "callback", clock.now() + HOUR)
    call_of_dana(desk)
    wall = wallboard(desk)
    assert [call.court for call in wall.calls] == ["ianb"]
    assert [promise.court for promise in wall.promises] == ["ianb"]
    for secret in ("Whitfield", "Dana", "0144", "2125550144", "dana@"):
        assert secret not in repr(wall)


def test_the_usual_day_leaves_holidays_out(desk: Desk) -> None:
    memorial_day, monday = date(2026, 5, 25), date(2026, 5, 18)
    came_in(desk, {memorial_day: 8, monday: 2, date(2026, 5, 11): 0, date(2026, 5, 4): 1})
    today = wallboard(desk).today
    assert today.days == 3
    assert sum(part.usual or 0 for part in today.parts) == 1


def test_what_is_out_and_due_is_counted_as_on_the_home_screen(
    desk: Desk, clock: StillClock
) -> None:
    quiet_weeks(desk)
    for _ in range(6):
        clock.go_on(60)
        call_about(desk)
    finish_call(desk, call_about(desk, outcome=""), "callback", clock.now() + HOUR)
    clock.go_on(2 * HOUR)
    wall = wallboard(desk)
    assert [(each.court, each.symptom) for each in wall.unusual] == [("ianb", LINKING)]
    assert (wall.due, wall.late, len(wall.promises)) == (1, 1, 1)
    assert wall.today.came == 7
