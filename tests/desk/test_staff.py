from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.access import keep_access
from helpdesk.desk.desk import Desk
from helpdesk.desk.passcodes import set_passcode, sign_in_by_passcode
from helpdesk.desk.staff import add_member, change_role, list_staff
from helpdesk.domain.passcodes import Passcode
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


@pytest.mark.parametrize(
    ("login", "why"),
    [
        ("", "is empty"),
        ("two words", "for “ ”: use a to z, A to Z, digits and _ . @ -"),
        ("josé", "for “é”: use a to z"),
        ("a\x1b[2J", "use a to z"),
        ("-x", "begin with a letter or _"),
        ("1234", "begin with a letter or _"),
        ("a" * 300, "has 300 characters: at most 64"),
    ],
)
def test_what_is_no_login_is_refused_with_what_is_wrong_with_it(
    desk: Desk, login: str, why: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        add_member(desk, login)
    assert why in str(refusal.value)


def test_what_is_one_is_taken(desk: Desk) -> None:
    for login in ("j_lee", "jlee@court.gov", "_x", "J.Lee-2", "a" * 64):
        add_member(desk, login)
        assert login in roles(desk)


def test_whoever_signed_in_by_a_passcode_has_started(desk: Desk) -> None:
    passcode = Passcode("blue-horse-42")
    for login in ("ana", "bea"):
        add_member(desk, login)
    set_passcode(desk, "ana", passcode)
    admin = desk.clerk
    sign_in_by_passcode(desk, "ana", passcode)
    assert {each.login: each.started for each in list_staff(desk)}["ana"]
    keep_access(desk)
    desk.clerk = admin
    started = {each.login: each.started for each in list_staff(desk)}
    assert started == {"ana": True, "bea": False, "mortiz": True}


def test_twins_strangers_and_unknown_roles_are_refused(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="on the list"):
        add_member(desk, "mortiz")
    with pytest.raises(NotFound, match="mortiz"):
        change_role(desk, "jdoe", "lead")
    with pytest.raises(BadInput, match="auditor"):
        change_role(desk, "mortiz", "boss")
