"""Who can take an escalated ticket over, and what became of an escalation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.errors import BadInput

TARGETS: Final = ("lead", "supervisor", "admin")
"""Roles that a ticket can be escalated to; a clerk's login is the other way."""

TOLD_SECONDS: Final = 14 * 86_400
"""For how long whoever escalated a ticket is told that it came back."""

_RANKS: Final = {"auditor": 0, "clerk": 1, "lead": 2, "supervisor": 3, "admin": 4}


def target_among(text: str, logins: Sequence[str]) -> str:
    """Read to whom a ticket is escalated.

    Args:
        text: A login, a role, or the beginning of one, however its letters are written; empty for
            a supervisor.
        logins: The logins there are.

    Returns:
        The login as it is kept, or the role.

    Raises:
        BadInput: When nobody is called like that, or several are.
    """
    typed, small = text.strip(), text.strip().lower()
    if not typed:
        return "supervisor"
    if small in TARGETS:
        return small
    if typed in logins:
        return typed
    begun = [each for each in (*TARGETS, *logins) if each.lower().startswith(small)]
    found = [each for each in begun if each.lower() == small] or begun
    if len(found) == 1:
        return found[0]
    known = ", ".join(found or (*TARGETS, *logins))
    said = "could be several" if found else "is neither a role nor a clerk here"
    raise BadInput(f"“{typed}” {said}: {known}.")


def can_accept(target: str, login: str, role: str) -> bool:
    """Whether somebody can take over what was escalated.

    Args:
        target: The login or the role that it was escalated to.
        login: Who wants to.
        role: Their role.

    Returns:
        ``True`` for the one named, for everybody of that role or above it, and for a
        supervisor in any case.
    """
    rank = _RANKS[role]
    least = _RANKS[target] if target in TARGETS else _RANKS["supervisor"]
    return login == target or rank >= least


def is_for(target: str, login: str, role: str) -> bool:
    """Whether an escalation asks for this very person.

    Args:
        target: The login or the role that it was escalated to.
        login: The person's login.
        role: The person's role.

    Returns:
        ``True`` for the one named, and for everybody of the role named or above it.
    """
    return login == target or (target in TARGETS and can_accept(target, login, role))


def is_still_back(back_at: int, changed_at: int, now: int) -> bool:
    """Whether whoever escalated a ticket must still be told that it came back.

    Args:
        back_at: When it came back, in seconds UTC.
        changed_at: When anything of the ticket was changed last.
        now: The moment.

    Returns:
        ``True`` until somebody changes the ticket, but not for ever.
    """
    return changed_at <= back_at <= now < back_at + TOLD_SECONDS


def escalation_state(
    returns_at: int, answered_at: int | None, answer: str | None, now: int
) -> str:
    """What became of an escalation.

    Args:
        returns_at: When it comes back unless it is accepted, in seconds UTC.
        answered_at: When somebody answered it.
        answer: How: ``accepted``, ``returned`` or ``settled``.
        now: The moment.

    Returns:
        ``open``, ``accepted``, ``returned``, ``settled``, or ``bounced`` when nobody answered
        in time.
    """
    if (answered_at if answered_at is not None else now) >= returns_at:
        return "bounced"
    return answer or "open"
