"""Who has which ticket on the screen: told, never a lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

ALIVE_SECONDS: Final = 30
"""A console that was not heard of for so long is not counted as there."""


class Presence(NamedTuple):
    """Somebody else who has a ticket on the screen."""

    ticket: int
    """The ticket's id."""

    login: str
    """Whose console it is."""

    on_call: bool
    """Whether a call about it goes on there; otherwise it is read."""


def here_said(there: Collection[Presence], ticket: int) -> str:
    """Say who else is at a ticket.

    Args:
        there: Everybody who has some ticket on the screen.
        ticket: The ticket's id.

    Returns:
        Such as ``JLEE is on a call about this ticket``; empty for nobody.
    """
    calling, viewing = (
        _logins(each for each in there if each.ticket == ticket and each.on_call is on_call)
        for on_call in (True, False)
    )
    viewing = [each for each in viewing if each not in calling]
    said = [_said(calling, "on a call about"), _said(viewing, "viewing")]
    return "; ".join(filter(None, said))


def sign_of(there: Collection[Presence], ticket: int) -> str:
    """Say at the end of a row who is at its ticket.

    Args:
        there: Everybody who has some ticket on the screen.
        ticket: The ticket's id.

    Returns:
        Such as ``@jlee`` or ``@jlee+1``; empty for nobody.
    """
    if not there:  # as mostly, and every row of a list asks
        return ""
    logins = _logins(each for each in there if each.ticket == ticket)
    if not logins:
        return ""
    return f"@{logins[0][:8]}" + (f"+{len(logins) - 1}" if logins[1:] else "")


def _logins(there: Iterable[Presence]) -> list[str]:
    return list(dict.fromkeys(each.login for each in there))


def _said(logins: list[str], doing: str) -> str:
    if not logins:
        return ""
    are = "are" if logins[1:] else "is"
    return f"{', '.join(login.upper() for login in logins)} {are} {doing} this ticket"
