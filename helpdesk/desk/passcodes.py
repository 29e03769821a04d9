"""Signing in by a passcode, where clerks share a workstation."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.access import note_look
from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Clerk, Desk, new_op
from helpdesk.desk.masking import wear_mask
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change
from helpdesk.domain.passcodes import FREE_TRIES, Passcode, opens_at, refuse_weak
from helpdesk.errors import NotAllowed, NotFound, StoreProblem
from helpdesk.store import passcodes as rows

_MOST_TRIES: Final = 32
_WRONG: Final = "The login or the passcode is wrong."
_NOBODYS: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$NTkjFPhZCja+g97OEUAchg"
    "$MQ4IpOeMU8S39pXHcG/mG/FYKbauLMhRKPZGvdvsxSA"
)
"""What the passcode of an unknown login is held against, so that it takes as long."""


def asks_passcode(desk: Desk, uid: int) -> bool:
    """Whether somebody must give a passcode to use this desk, whose ``sign_in`` is so.

    Until an admin has one, the owner of the database is signed in by the system: somebody has
    to give the first. Where ``sign_in`` cannot be read, only an admin's passcode tells that the
    desk asks for one.

    Args:
        desk: The desk.
        uid: The number of the operating system's user.

    Returns:
        Whether.
    """
    surely = desk.settings.sign_in == "passcode"
    owner = desk.folder.database.stat().st_uid == uid
    return (surely and not owner) or rows.any_admin_has_one(desk.port)


def sign_in_by_passcode(desk: Desk, login: str, passcode: Passcode) -> None:
    """Sign somebody in.

    Args:
        desk: The desk; whoever it is uses it from then on.
        login: Who it is said to be.
        passcode: What was typed.

    Raises:
        NotAllowed: When it is wrong, or too many were.
    """
    desk.clerk = check_passcode(desk, login, passcode)
    wear_mask(desk)
    note_look(desk, "sign-in", "the desk")


def check_passcode(desk: Desk, login: str, passcode: Passcode) -> Clerk:
    """Hold a passcode against the one that is known, and write down that it was tried.

    The try counts as a wrong one until it is known to be right, so that many programs at once
    get no more tries than one.

    Args:
        desk: The desk.
        login: Whose it is said to be.
        passcode: What was typed.

    Returns:
        The clerk.

    Raises:
        NotAllowed: When it is wrong, or too many were.
    """
    found = rows.get_passcode(desk.port, login)
    if found is None or found["passcode"] is None:
        _fits(_NOBODYS, passcode)
        raise NotAllowed(_WRONG)
    now, clerk = desk.clock.now(), int(found["id"])
    tries = [*reversed(desk.tried), *rows.find_tries(desk.port, clerk, _MOST_TRIES)]
    if (opens := opens_at(tries, now)) > now:
        when = f"{local(opens, desk.home_office.zone):%H:%M:%S}"
        said = f"{FREE_TRIES} or more wrong passcodes in a row: the next one counts from {when}."
        raise NotAllowed(said)
    _note_try(desk, clerk, now, accepted=False)
    if not _fits(found["passcode"], passcode):
        raise NotAllowed(_WRONG)
    _note_try(desk, clerk, now, accepted=True)
    return Clerk(clerk, str(found["login"]), str(found["role"]))


def _note_try(desk: Desk, clerk: int, now: int, *, accepted: bool) -> None:
    """Write down that one was tried; a locked console is opened though nothing can be written."""
    try:
        desk.port.transact(new_op(), now, [rows.add_try(clerk, now, accepted=accepted)])
    except StoreProblem:
        desk.tried.append((now, accepted))


@act("read")
def set_passcode(
    desk: Desk,
    login: str,
    new: Passcode,
    old: Passcode | None = None,
) -> None:
    """Give oneself another passcode, or somebody else a new one, which only an admin may.

    Args:
        desk: The desk.
        login: Whose.
        new: The new one.
        old: The one until now, for one's own.

    Raises:
        NotFound: When nobody has that login.
        NotAllowed: When it is not allowed, or the old one is wrong.
        BadInput: When the new one is too weak.
    """
    found = rows.get_passcode(desk.port, login)
    own = found is not None and found["id"] == desk.clerk.id
    if not own:
        desk.require("staff")
    if found is None:
        raise NotFound(f"Nobody has the login “{login}”: helpdesk staff list names everybody.")
    if needs_old(desk, login):
        check_passcode(desk, login, old or Passcode(""))
    refuse_weak(new, login)
    if found["passcode"] is not None and _fits(found["passcode"], new):
        raise NotAllowed("This is the passcode there was before: take another.")
    batch = Batch(desk)
    batch.write(
        rows.save_passcode(found["id"], _hashed(new)),
        rows.add_try(found["id"], batch.stamp.at, accepted=True),
    )
    batch.tell(f"clerk:{found['id']}", "set_passcode", [Change("passcode", None, "set anew")])
    batch.send()


@act("read")
def needs_old(desk: Desk, login: str) -> bool:
    """Whether a passcode is changed only by who knows it: one's own, where it is asked for.

    Args:
        desk: The desk.
        login: Whose.

    Returns:
        ``False`` also where the system has said who it is: so one that was forgotten is renewed.
    """
    own = login == desk.clerk.login and desk.settings.sign_in == "passcode"
    return own and has_passcode(desk, login)


@act("read")
def has_passcode(desk: Desk, login: str) -> bool:
    """Whether somebody has a passcode.

    Args:
        desk: The desk.
        login: Who.

    Returns:
        Whether.
    """
    found = rows.get_passcode(desk.port, login)
    return found is not None and found["passcode"] is not None


def _hashed(passcode: Passcode) -> str:
    from argon2 import PasswordHasher  # noqa: PLC0415 - 20 ms, for passcodes only

    return PasswordHasher().hash(passcode.reveal())


def _fits(hashed: str, passcode: Passcode) -> bool:
    from argon2 import PasswordHasher  # noqa: PLC0415 - 20 ms, for passcodes only
    from argon2.exceptions import VerificationError  # noqa: PLC0415

    try:
        return PasswordHasher().verify(hashed, passcode.reveal())
    except VerificationError:
        return False
