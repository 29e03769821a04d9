from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.desk.calls import end_call, finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.reviews import count_flagged, list_flagged, review_call
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.errors import BadInput, NotAllowed, SecretFound
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


@pytest.fixture
def clerk(desk: Desk, home: Path, clock: StillClock) -> Iterator[Desk]:
    """The same desk as a clerk sees it."""
    assert desk.folder.home == home
    clerk = open_as(home, clock, RVANCE, "clerk")
    yield clerk
    clerk.close()


def finished(desk: Desk, clock: StillClock, seconds: int = 300, ago: int = 0) -> int:
    call = start_call(desk, ago)
    clock.go_on(seconds)
    end_call(desk, call)
    finish_call(desk, call, "resolved")
    return call


def reasons(desk: Desk) -> dict[int, tuple[str, ...]]:
    return {each.call: each.reasons for each in list_flagged(desk, 50)}


def test_a_call_is_flagged_for_what_is_odd_about_it_and_a_plain_one_is_not(
    desk: Desk, clock: StillClock
) -> None:
    finished(desk, clock)
    edited = finished(desk, clock, ago=720)
    long = finished(desk, clock, 4 * 3600 + 60)
    set_back = start_call(desk)
    clock.go_on(60)
    clock.set_by(-7200)
    finish_call(desk, set_back, "resolved")
    clock.set_by(7200)
    other = finished(desk, clock)
    sql = "UPDATE call SET playbook_outcome = 'referred' WHERE id = ?"
    desk.port.transact("odd", clock.at, [(sql, (other,))])
    assert reasons(desk) == {
        other: ("ended resolved, the playbook says referred",),
        set_back: ("the computer's clock was set",),
        long: ("took 4:01 hours",),
        edited: ("times edited by hand",),
    }
    assert list(reasons(desk)) == sorted(reasons(desk), reverse=True)
    assert count_flagged(desk) == 4


def test_flagged_calls_come_in_pages_without_a_gap(desk: Desk, clock: StillClock) -> None:
    made = [finished(desk, clock, ago=60) for _ in range(5)]
    first = list_flagged(desk, 2)
    second = list_flagged(desk, 2, first[-1])
    third = list_flagged(desk, 2, second[-1])
    assert [each.call for each in (*first, *second, *third)] == made[::-1]


def test_a_reviewed_call_is_on_the_list_no_more_until_the_review_is_taken_back(
    desk: Desk, clock: StillClock
) -> None:
    call = finished(desk, clock, ago=60)
    assert "is reviewed" in review_call(desk, call, "Rang before the desk opened.")
    assert reasons(desk) == {}
    assert undo_elsewhere(desk).startswith("Taken back: the review on T-26-00001")
    assert list(reasons(desk)) == [call]
    redo_elsewhere(desk)
    assert reasons(desk) == {}
    undo_elsewhere(desk)
    review_call(desk, call, "Another word.")
    assert rows(desk, "SELECT text, struck FROM call_review") == [
        {"text": "Another word.", "struck": 0}
    ]


def test_a_second_review_is_told_of_the_first(desk: Desk, home: Path, clock: StillClock) -> None:
    call = finished(desk, clock, ago=60)
    other = open_as(home, clock, (1002, "akim"), "supervisor")
    review_call(other, call, "Fine.")
    with pytest.raises(NotAllowed, match="AKIM reviewed this call 2026-06-01 08:19"):
        review_call(desk, call, "Fine too.")
    other.close()


def test_only_supervisors_see_and_review_flagged_calls(
    desk: Desk, clerk: Desk, clock: StillClock
) -> None:
    call = finished(desk, clock, ago=60)
    for forbidden in (lambda: list_flagged(clerk, 5), lambda: review_call(clerk, call, "Fine.")):
        with pytest.raises(NotAllowed, match="ask one of supervisor, admin"):
            forbidden()


def test_a_review_says_something_that_may_be_kept_about_a_call_that_is_over(
    desk: Desk, clock: StillClock
) -> None:
    call = finished(desk, clock, ago=60)
    with pytest.raises(BadInput, match="1 to 400"):
        review_call(desk, call, " ")
    with pytest.raises(SecretFound):
        review_call(desk, call, "ssn 123-45-6789")
    with pytest.raises(NotAllowed, match="goes on"):
        review_call(desk, start_call(desk), "Fine.")
