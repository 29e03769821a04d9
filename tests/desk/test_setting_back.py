from __future__ import annotations

from collections.abc import Callable

import pytest

from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.incidents import declare_incident, end_incident
from helpdesk.desk.saved_views import drop_shared_view, drop_view, save_shared_view, save_view
from helpdesk.desk.setting_back import refuse_second
from helpdesk.domain.journal import Change
from helpdesk.errors import NotAllowed
from helpdesk.store.journal import get_changes, get_heads
from tests.support.outages import LINKING
from tests.support.people import person


def back(desk: Desk, subject: str) -> list[Change]:
    """What taking the newest entry of a chain back would write."""
    told = get_changes(desk.port, subject, get_heads(desk.port, [subject])[subject].seq)
    return [Change(each.field, each.new, each.old) for each in told]


def test_an_incident_does_not_run_again_beside_a_newer_one(desk: Desk) -> None:
    declare_incident(desk, "ianb", LINKING, "We know.")
    (row,) = desk.port.query("SELECT id FROM incident").rows
    end_incident(desk, 1)
    changes = back(desk, f"incident:{row[0]}")
    declare_incident(desk, "ianb", "pdf-upload", "We know.")
    refuse_second(desk, changes)
    declare_incident(desk, "ianb", LINKING, "Again.")
    with pytest.raises(NotAllowed, match=r"Incident 3 runs .* end it first, or leave incident 1"):
        refuse_second(desk, changes)
    end_incident(desk, 3)
    refuse_second(desk, changes)


@pytest.mark.parametrize(
    ("save", "drop", "chain"),
    [(save_shared_view, drop_shared_view, "desk"), (save_view, drop_view, "clerk:{}")],
)
def test_a_view_does_not_come_back_to_a_digit_where_another_was_saved(
    desk: Desk, save: Callable[..., object], drop: Callable[..., object], chain: str
) -> None:
    chain = chain.format(desk.clerk.id)
    save(desk, 9, "first", "status:open")
    drop(desk, 9)
    changes = back(desk, chain)
    save(desk, 8, "elsewhere", "status:open")
    refuse_second(desk, changes)
    save(desk, 9, "second", "status:open")
    with pytest.raises(NotAllowed, match="“second” was saved as view 9 since"):
        refuse_second(desk, changes)
    drop(desk, 9)
    refuse_second(desk, changes)


def test_a_number_does_not_come_back_beside_its_other_extension(desk: Desk) -> None:
    caller = person(desk, "Whitfield, Dana", "212-555-0144 x77")
    correct_caller(desk, caller, "phone", "", "2125550144")
    changes = back(desk, f"caller:{caller}")
    refuse_second(desk, changes)
    correct_caller(desk, caller, "phone", "212-555-0144 x78")
    with pytest.raises(NotAllowed, match="212-555-0144 x78 was put on record since"):
        refuse_second(desk, changes)


def test_a_view_that_took_the_place_of_another_makes_room_for_it_again(desk: Desk) -> None:
    save_view(desk, 9, "first", "status:open")
    save_view(desk, 9, "second", "status:waiting")
    save_shared_view(desk, 9, "of all", "status:open")
    refuse_second(desk, back(desk, f"clerk:{desk.clerk.id}"))
