"""Signing in by a passcode: who gets in, who waits, and what is kept of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from helpdesk.desk.access import keep_access
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import NOBODY, Desk, Folder
from helpdesk.desk.opening import open_desk
from helpdesk.desk.passcodes import check_passcode, set_passcode, sign_in_by_passcode
from helpdesk.desk.staff import add_member
from helpdesk.domain.passcodes import Passcode
from helpdesk.errors import BadInput, NotAllowed, NotFound, StoreBusy
from tests.support.bytes import found_in
from tests.support.clock import StillClock
from tests.support.desks import MORTIZ

HORSE, OTHER = Passcode("blue-horse-42"), Passcode("green-horse-42")


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """A desk that asks for passcodes; mortiz and ana have one, and nobody is signed in."""
    add_member(desk, "ana")
    set_passcode(desk, "mortiz", HORSE)
    set_passcode(desk, "ana", OTHER)
    desk.clerk = NOBODY
    desk.settings = desk.settings._replace(sign_in="passcode")
    return desk


def refused(desk: Desk, login: str, passcode: Passcode) -> str:
    with pytest.raises(NotAllowed) as wrong:
        sign_in_by_passcode(desk, login, passcode)
    return str(wrong.value)


def test_before_somebody_signs_in_nothing_can_be_done(asking: Desk) -> None:
    with pytest.raises(NotAllowed, match="passcode"):
        start_call(asking)
    sign_in_by_passcode(asking, "ana", OTHER)
    assert asking.clerk.role == "clerk"
    assert start_call(asking)


def test_a_wrong_passcode_and_an_unknown_login_are_refused_in_the_same_words(
    asking: Desk,
) -> None:
    said = {refused(asking, "ana", HORSE), refused(asking, "nobody.here", HORSE)}
    assert said == {"The login or the passcode is wrong."}
    assert asking.clerk == NOBODY


def test_after_five_wrong_ones_the_right_one_has_to_wait_too_on_every_console(
    asking: Desk, clock: StillClock
) -> None:
    for _ in range(5):
        refused(asking, "ana", HORSE)
    assert "counts from 08:14:33" in refused(asking, "ana", OTHER)
    other = open_desk(asking.folder, clock, MORTIZ)
    assert "counts from 08:14:33" in refused(other, "ana", OTHER)
    other.close()
    sign_in_by_passcode(asking, "mortiz", HORSE)  # nobody else waits
    clock.go_on(30)
    sign_in_by_passcode(asking, "ana", OTHER)
    refused(asking, "ana", HORSE)
    sign_in_by_passcode(asking, "ana", OTHER)


def test_a_passcode_counts_though_the_database_cannot_be_written(
    asking: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> NoReturn:
        raise StoreBusy("Another program holds it.")

    monkeypatch.setattr(asking.port, "transact", locked)
    for _ in range(5):
        refused(asking, "ana", HORSE)
    assert "counts from" in refused(asking, "ana", OTHER)
    asking.tried.clear()
    assert check_passcode(asking, "ana", OTHER).login == "ana"


def test_an_admin_who_gives_a_new_one_ends_the_wait(asking: Desk) -> None:
    for _ in range(6):
        with pytest.raises(NotAllowed):
            sign_in_by_passcode(asking, "ana", HORSE)
    sign_in_by_passcode(asking, "mortiz", HORSE)
    new = Passcode("red-horse-4242")
    set_passcode(asking, "ana", new)
    sign_in_by_passcode(asking, "ana", new)


def test_a_passcode_reaches_no_file(asking: Desk, home: Path) -> None:
    sign_in_by_passcode(asking, "ana", OTHER)
    keep_access(asking)
    asking.port.close()
    assert found_in("green-horse", home) == []


def test_only_an_admin_gives_others_one_and_oneself_needs_the_old(asking: Desk) -> None:
    sign_in_by_passcode(asking, "ana", OTHER)
    with pytest.raises(NotAllowed, match="ask one of admin"):
        set_passcode(asking, "mortiz", OTHER)
    with pytest.raises(NotAllowed, match="wrong"):
        set_passcode(asking, "ana", Passcode("red-horse-4242"), HORSE)
    with pytest.raises(NotAllowed, match="before"):
        set_passcode(asking, "ana", OTHER, OTHER)
    set_passcode(asking, "ana", Passcode("red-horse-4242"), OTHER)
    sign_in_by_passcode(asking, "mortiz", HORSE)
    with pytest.raises(NotFound, match="staff list"):
        set_passcode(asking, "lee", HORSE)
    with pytest.raises(BadInput, match="does not hold the login"):
        set_passcode(asking, "ana", Passcode("ana-ana-12"))


def test_the_owner_of_the_file_is_let_in_until_an_admin_has_a_passcode(
    home: Path, clock: StillClock
) -> None:
    me = (os.getuid(), "owner")
    open_desk(Folder(home), clock, me).close()
    (home / "data" / "desk.yaml").write_text("sign-in: passcode\n", encoding="utf-8")
    desk = open_desk(Folder(home), clock, me)
    assert desk.clerk.role == "admin"
    stranger = open_desk(Folder(home), clock, (os.getuid() + 1, "stranger"))
    assert stranger.clerk == NOBODY
    stranger.close()
    set_passcode(desk, "owner", HORSE)
    desk.close()
    desk = open_desk(Folder(home), clock, me)
    assert desk.clerk == NOBODY
    sign_in_by_passcode(desk, "owner", HORSE)
    assert desk.clerk.login == "owner"
    desk.close()


def test_where_the_system_says_who_it_is_nobody_is_asked(desk: Desk) -> None:
    assert desk.settings == desk.settings._replace(sign_in="system")
    assert desk.clerk.login == "mortiz"
