"""Opens the desk for a command, and asks who it is where the desk wants a passcode."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Final

import click

from helpdesk.cli import WHO
from helpdesk.cli.printing import remark
from helpdesk.desk.cache import cached_readable_configuration
from helpdesk.desk.desk import NOBODY, UNATTENDED, Desk, Folder
from helpdesk.desk.opening import new_said, open_desk, tell_waiting
from helpdesk.errors import BadInput, HelpdeskError, NotAllowed, StoreProblem

if TYPE_CHECKING:
    from helpdesk.domain.passcodes import Passcode

_GIVEN: Final = "helpdesk.given"
"""Under what name of click's ``meta`` a command finds the passcode that was given for it."""

_TRIES: Final = 3
"""How often a passcode is asked for on a terminal."""


@contextmanager
def opened(
    folder: Folder, *, unattended: bool = False, broken_too: bool = False
) -> Iterator[Desk]:
    """Open a desk, signed in; closed again at the end.

    Args:
        folder: The desk folder.
        unattended: Whether nobody sits there: the work of the night asks for no passcode.
        broken_too: Whether a desk is opened whose settings or courts do not hold together.

    Yields:
        The desk.

    Raises:
        HelpdeskError: When it cannot be opened, or the passcode is wrong.
    """
    if broken_too:
        tell_broken(folder)
    whose = Folder(folder.home) if unattended else folder
    made = new_said(folder)
    with closing(open_desk(whose, broken_too=broken_too)) as desk:
        if made:
            remark(made.rstrip())
        tell_waiting(desk, _said_once())
        if desk.clerk == NOBODY and unattended:
            desk.clerk = UNATTENDED
        try:
            yield desk
        finally:
            _keep_access(desk)


def _said_once() -> Callable[[], None]:
    """What says that a write waits, once a command: whoever looks at it may wonder."""
    said = False

    def tell() -> None:
        nonlocal said
        if not said:
            remark("helpdesk: waiting for another process that writes to the desk …")
        said = True

    return tell


def tell_broken(folder: Folder) -> None:
    """Say what is wrong with the settings and courts of a desk that is used all the same.

    Args:
        folder: The desk folder.
    """
    with suppress(HelpdeskError, OSError):  # whoever opens the desk says it
        faults = cached_readable_configuration(folder).faults
        more = f" and {len(faults) - 1:,} more (helpdesk playbooks check)" if faults[1:] else ""
        for first in faults[:1]:
            remark(f"helpdesk: {str(first).rstrip('.')}; it is done without that{more}.")


def _keep_access(desk: Desk) -> None:
    if not desk.looked:
        return
    from helpdesk.desk.access import keep_access  # noqa: PLC0415 - 20 ms, and often nothing

    try:
        keep_access(desk)
    except StoreProblem as error:
        remark(f"helpdesk: who looked at what could not be written down: {error}")


def sign_in(desk: Desk) -> None:
    """Ask who it is where the desk wants a passcode, else hold ``--as`` against who it is.

    Args:
        desk: The desk.

    Raises:
        HelpdeskError: When it is not told, is wrong, or is somebody else.
    """
    if desk.clerk == NOBODY:
        ask_who(desk)
    elif (login := _login_named()) and login != desk.clerk.login:
        raise NotAllowed(
            f"--as: this desk knows you by the system as {desk.clerk.login}; {_asks_when(desk)}."
        )


def _asks_when(desk: Desk) -> str:
    """What is missing until the desk asks for passcodes."""
    if desk.settings.sign_in != "passcode":
        return "it asks for passcodes only with sign-in: passcode in desk.yaml"
    first = desk.clerk.login if desk.clerk.role == "admin" else "LOGIN"
    return (
        "with sign-in: passcode it asks for them once an admin has one, which is set by "
        f"helpdesk staff passcode {first}"
    )


def _login_named() -> str:
    context = click.get_current_context(silent=True)
    return str(context.meta.get(WHO) or "") if context else ""


def ask_who(desk: Desk) -> None:
    """Ask on the terminal who it is, and sign them in.

    Args:
        desk: The desk.

    Raises:
        HelpdeskError: When it is not told, or is wrong.
    """
    from helpdesk.desk.passcodes import sign_in_by_passcode  # noqa: PLC0415 - where it is asked

    login = _login_named()
    if not login and not sys.stdin.isatty():
        raise BadInput("This desk asks for a passcode, typed in: helpdesk --as LOGIN COMMAND.")
    login = login or str(click.prompt("Login", err=True)).strip()
    for left in reversed(range(_TRIES if sys.stdin.isatty() else 1)):
        try:
            passcode = ask_passcode(f"Passcode of {login}")
            sign_in_by_passcode(desk, login, passcode)
            if context := click.get_current_context(silent=True):
                context.meta[_GIVEN] = passcode
            break
        except NotAllowed as refusal:
            if not left:
                raise
            remark(f"helpdesk: {refusal}")


def passcode_given() -> Passcode | None:
    """The passcode by which somebody signed in for this command; ``None`` where none was asked."""
    context = click.get_current_context(silent=True)
    return context.meta.get(_GIVEN) if context else None


def ask_passcode(asked: str) -> Passcode:
    """Ask for a passcode; a terminal does not show it, else it is the next line of the input.

    Args:
        asked: What is asked.

    Returns:
        What was typed.
    """
    from helpdesk.domain.passcodes import Passcode  # noqa: PLC0415 - where it is asked

    if sys.stdin.isatty():
        return Passcode(str(click.prompt(asked, hide_input=True, err=True)))
    return Passcode(sys.stdin.readline().rstrip("\r\n"))
