"""The staff list: who may do what at this desk."""

from __future__ import annotations

from typing import Any, NamedTuple

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import START_AGAIN, Desk
from helpdesk.domain.journal import Change, Head
from helpdesk.domain.logins import refuse_login
from helpdesk.domain.permissions import ROLES, allows
from helpdesk.errors import BadInput, ChangedMeanwhile, NotAllowed, NotFound
from helpdesk.port import Conflict
from helpdesk.store import clerks
from helpdesk.store.journal import get_heads


class Member(NamedTuple):
    """One person on the staff list."""

    login: str
    """The operating system's name."""

    role: str
    """What they may do."""

    added_at: int
    """Since when they are on the list, in seconds UTC."""

    started: bool
    """Whether they ever started the program."""


@act("read")
def list_staff(desk: Desk) -> tuple[Member, ...]:
    """List everybody.

    Args:
        desk: The desk.

    Returns:
        The people, by login.
    """
    me = desk.clerk.id  # whose sign-in may not be written down yet
    return tuple(
        Member(row["login"], row["role"], row["added_at"], row["id"] == me or bool(row["started"]))
        for row in clerks.find_clerks(desk.port).dicts()
    )


def look_at_role(desk: Desk) -> None:
    """Take over the role that the clerk has by now: another one counts at once.

    Args:
        desk: The desk.
    """
    role = clerks.get_role(desk.port, desk.clerk.id)
    if role and role != desk.clerk.role:
        masked = allows(role, "persons") is not (desk.behind_mask is None)
        desk.clerk = desk.clerk._replace(role=START_AGAIN if masked else role)


@act("staff")
def add_member(desk: Desk, login: str, role: str = "clerk") -> None:
    """Put somebody on the list before their first start.

    Args:
        desk: The desk.
        login: The name by which the operating system will know them.
        role: What they may do.

    Raises:
        BadInput: When there is no such role, or no login looks like that.
        NotAllowed: When they are on the list.
    """
    _refuse_role(role)
    refuse_login(login)
    batch = Batch(desk)
    clerk = batch.new_id()
    batch.write(clerks.add_clerk(clerk, None, login, role, batch.stamp.at))
    told = [Change("login", None, login), Change("role", None, role)]
    batch.tell(_chain(clerk), "add_member", told, head=Head())
    try:
        batch.send()
    except Conflict:
        said = f"{login} is on the list: helpdesk staff role changes what they may do."
        raise NotAllowed(said) from None


@act("staff")
def change_role(desk: Desk, login: str, role: str) -> str:
    """Give somebody another role; it counts at once.

    Args:
        desk: The desk.
        login: Whose.
        role: The new role.

    Returns:
        The role they had.

    Raises:
        BadInput: When there is no such role.
        NotFound: When nobody has that login.
        NotAllowed: When no admin would be left.
    """
    _refuse_role(role)
    everybody = list(clerks.find_clerks(desk.port).dicts())
    found = _found(everybody, login)
    if found["role"] == role:
        return role
    subject = _chain(found["id"])
    batch = Batch(desk)
    batch.write(clerks.save_role(found["id"], role), clerks.an_admin_stays())
    told = [Change(f"clerk/{found['id']}/role", found["role"], role)]
    batch.tell(subject, "change_role", told, head=get_heads(desk.port, [subject])[subject])
    try:
        batch.send()
    except Conflict:
        said = f"{login} is the only admin: make somebody else one first."
        raise NotAllowed(said) from None
    except ChangedMeanwhile:
        said = f"Somebody else changed {login} just now: look and try again."
        raise ChangedMeanwhile(said) from None
    return str(found["role"])


def _found(everybody: list[dict[str, Any]], login: str) -> dict[str, Any]:
    for row in everybody:
        if row["login"] == login:
            return row
    known = ", ".join(row["login"] for row in everybody)
    raise NotFound(f"Nobody has the login “{login}”; on the list are: {known}.")


def _refuse_role(role: str) -> None:
    if role not in ROLES:
        raise BadInput(f"“{role}” is no role: use {', '.join(ROLES)}.")


def _chain(clerk: int) -> str:
    return f"clerk:{clerk}"
