from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.staff import add_member, change_role, list_staff
from helpdesk.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as


def roles(desk: Desk) -> dict[str, str]:
    return {member.login: member.role for member in list_staff(desk)}


def test_who_was_added_by_name_is_known_at_the_first_start(desk: Desk, clock: StillClock) -> None:
    add_member(desk, "rvance", "supervisor")
    assert not next(each for each in list_staff(desk) if each.login == "rvance").started
    other = open_as(desk.folder.home, clock, RVANCE, "supervisor")
    assert other.clerk.role == "supervisor"
    assert all(member.started for member in list_staff(other))
    other.close()


def test_every_change_is_in_the_journal(desk: Desk) -> None:
    before = desk.port.head()
    add_member(desk, "rvance")
    change_role(desk, "rvance", "lead")
    assert desk.port.head() == before + 2
    assert faults_of(desk.port) == []


def test_only_an_admin_changes_the_list(desk: Desk, clock: StillClock) -> None:
    other = open_as(desk.folder.home, clock, RVANCE, "supervisor")
    with pytest.raises(NotAllowed, match="admin"):
        add_member(other, "jdoe")
    with pytest.raises(NotAllowed, match="admin"):
        change_role(other, "rvance", "admin")
    assert roles(other) == {"mortiz": "admin", "rvance": "supervisor"}
    other.close()


def test_the_last_admin_stays_one(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="only admin"):
        change_role(desk, "mortiz", "clerk")
    add_member(desk, "rvance", "admin")
    assert change_role(desk, "mortiz", "clerk") == "admin"
    assert roles(desk) == {"mortiz": "clerk", "rvance": "admin"}


@pytest.mark.parametrize(
    ("whose", "refused"), [("rvance", NotAllowed), ("mortiz", ChangedMeanwhile)]
)
def test_an_admin_stays_when_two_take_a_role_away_at_the_same_moment(
    desk: Desk, home: Path, clock: StillClock, whose: str, refused: type[Exception]
) -> None:
    other = open_as(home, clock, RVANCE, "admin")
    written = desk.port.transact

    def both(*args: object, **kwargs: object) -> object:
        desk.port.transact = written  # type: ignore[method-assign]
        change_role(other, "mortiz", "clerk")
        return written(*args, **kwargs)  # type: ignore[arg-type]

    desk.port.transact = both  # type: ignore[method-assign, assignment]
    with pytest.raises(refused):
        change_role(desk, whose, "lead")
    other.close()
    assert roles(desk) == {"mortiz": "clerk", "rvance": "admin"}
    assert faults_of(desk.port) == []


@pytest.mark.parametrize("login", ["", "two words", "-x", "a\x1b[2J", "a" * 65])
def test_what_is_no_login_is_refused(desk: Desk, login: str) -> None:
    with pytest.raises(BadInput):
        add_member(desk, login)


def test_twins_strangers_and_unknown_roles_are_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="on the list"):
        add_member(desk, "mortiz")
    with pytest.raises(NotFound, match="mortiz"):
        change_role(desk, "jdoe", "lead")
    with pytest.raises(BadInput, match="auditor"):
        change_role(desk, "mortiz", "boss")
