from __future__ import annotations

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.saved_views import (
    count_views,
    drop_shared_view,
    drop_view,
    list_views,
    save_shared_view,
    save_view,
    view_at,
)
from helpdesk.domain.saved_views import OURS
from helpdesk.errors import BadInput, NotAllowed, NotFound
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


def shown(desk: Desk) -> dict[int, str]:
    return {view.place: view.name for view in list_views(desk)}


def test_a_fresh_desk_has_views_and_each_of_their_queries_can_be_asked(desk: Desk) -> None:
    assert list_views(desk) == OURS
    assert {each.view.name: each.count for each in count_views(desk)} == dict.fromkeys(
        (view.name for view in OURS), "0"
    )


def test_an_own_view_stands_before_a_shared_one_and_that_before_ours(desk: Desk) -> None:
    colleague = open_as(desk.folder.home, desk.clock, RVANCE, "clerk")
    save_shared_view(desk, 1, "IANB", "court:ianb status:open")
    save_view(desk, 1, "my linking", "clerk:me symptom:linking")
    assert (shown(desk)[1], shown(colleague)[1], shown(desk)[2]) == ("my linking", "IANB", "mine")
    drop_view(desk, 1)
    assert shown(desk)[1] == "IANB"
    drop_shared_view(desk, 1)
    assert shown(desk)[1] == shown(colleague)[1] == "open"
    assert faults_of(desk.port) == []
    colleague.close()


def test_a_view_saved_where_one_is_takes_its_place(desk: Desk) -> None:
    save_view(desk, 9, "first", "roe")
    save_view(desk, 9, "  second   one ", "  court:ianb   roe ")
    assert (view_at(desk, 9).name, view_at(desk, 9).query) == ("second one", "court:ianb roe")
    drop_view(desk, 9)
    with pytest.raises(NotFound, match="no view 9; there are: 1 open"):
        view_at(desk, 9)
    with pytest.raises(NotFound, match="no view 9 of your own"):
        drop_view(desk, 9)


def test_me_is_whoever_looks_at_a_shared_view_and_counts_follow(
    desk: Desk, clock: StillClock
) -> None:
    colleague = open_as(desk.folder.home, clock, RVANCE, "clerk")
    save_shared_view(desk, 8, "mine today", "clerk:me opened:today")
    finish_call(colleague, start_call(colleague), "resolved")

    def counts(desk: Desk) -> dict[str, str]:
        return {each.view.name: each.count for each in count_views(desk)}

    assert (counts(desk)["mine today"], counts(colleague)["mine today"]) == ("0", "1")
    assert counts(desk)["today"] == "1"
    colleague.close()


@pytest.mark.parametrize(
    ("place", "name", "typed", "said"),
    [
        (0, "x", "roe", "from 1 to 9"), (10, "x", "roe", "from 1 to 9"),
        (1, " ", "roe", "1 to 20 characters"), (1, "x" * 21, "roe", "1 to 20 characters"),
        (1, "x", " ", "needs a query"), (1, "x", "court:nowhere", "no court “nowhere”"),
    ],
)  # fmt: skip
def test_what_makes_no_view_is_refused(
    desk: Desk, place: int, name: str, typed: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        save_view(desk, place, name, typed)
    assert list_views(desk) == OURS


def test_only_supervisors_change_what_all_share(desk: Desk) -> None:
    colleague = open_as(desk.folder.home, desk.clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed):
        save_shared_view(colleague, 1, "x", "roe")
    with pytest.raises(NotAllowed):
        drop_shared_view(colleague, 1)
    colleague.close()


def test_a_view_whose_query_cannot_be_read_any_more_has_no_count(desk: Desk) -> None:
    save_view(desk, 8, "test", "tag:test")
    spoiled = ("UPDATE saved_view SET query = 'tag:gone'", ())
    desk.port.transact("spoil", desk.clock.now(), [spoiled])
    assert [each.count for each in count_views(desk) if each.view.place == 8] == ["?"]
