"""Opens the console on a terminal, or says in a sentence why it cannot."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import ModuleType
from typing import cast

from helpdesk.desk.desk import NOBODY, Desk, Folder
from helpdesk.desk.home import HomePage, close_console, home_page, open_console
from helpdesk.desk.opening import new_said, open_desk
from helpdesk.domain.keys import Keymap
from helpdesk.errors import HelpdeskError
from helpdesk.tui.heap import share_heap


def run_console(folder: Folder, place: str = "", ask: Callable[[Desk], None] | None = None) -> int:
    """Open the console on this terminal.

    The desk is opened and home's page fetched beside the import of Textual: SQLite waits then.

    Args:
        folder: The desk folder.
        place: Where it opens, as ``g`` leads there; empty for home.
        ask: Asks on the terminal who it is, at a desk that wants a passcode.

    Returns:
        The exit status.

    Raises:
        HelpdeskError: When the desk cannot be opened.
    """
    _refuse_no_terminal()
    _make_ready()
    made = new_said(folder)
    with ThreadPoolExecutor(1, "desk-writes") as opener:  # what it opens is used to write
        opening = opener.submit(_opened, Folder(folder.home))  # it is asked here, not there
        from helpdesk.tui.app import HelpdeskApp  # noqa: PLC0415 - 100 ms, beside the opening

        desk, keymap, page = opening.result()
        sys.stderr.write(made)
        if desk.clerk == NOBODY:
            _signed_in(desk, folder.ask or ask)
        elif folder.ask is not None:
            _refuse_other(desk, folder.ask)
        app = HelpdeskApp(desk, keymap, place, page, opener)
        app.run()
    if desk.outbox is not None and desk.outbox.head:
        said = f"helpdesk: {desk.outbox.head}: kept for the next start, which writes them.\n"
        sys.stderr.write(said)
    status = app.return_code or 0
    if not sys.stdin.isatty():  # what Textual began anew on a lost terminal would never end
        os._exit(status)
    return status


def _refuse_no_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise HelpdeskError("The console needs a terminal: helpdesk --plain needs none.")
    if os.environ.get("TERM", "dumb") == "dumb":
        raise HelpdeskError("This terminal (TERM=dumb) shows no console: use helpdesk --plain.")


def _signed_in(desk: Desk, ask: Callable[[Desk], None] | None) -> None:
    try:
        if ask is not None:
            ask(desk)
        open_console(desk)
    except BaseException:
        desk.close()
        raise


def _refuse_other(desk: Desk, ask: Callable[[Desk], None]) -> None:
    """Refuse a login that was named beside the one that the system gives."""
    try:
        ask(desk)
    except HelpdeskError:
        close_console(desk)
        desk.close()
        raise


def _make_ready() -> None:
    """Have what is around the console as it must be, before there is any of it."""
    _forget_foreign_words()
    _give_size()
    _leave_out_openssl()
    share_heap()


def _leave_out_openssl() -> None:
    """Have asyncio and hashlib do without a library that they can do without.

    It takes 5 MB, and 7 ms of the start. A console speaks with no other machine, and what it
    hashes is short: Python's own functions are as quick there.
    """
    for name in ("ssl", "_hashlib"):
        sys.modules.setdefault(name, cast("ModuleType", None))


def _forget_foreign_words() -> None:
    """Drop what would make Textual draw in another size, press keys, or write keys down."""
    for name in list(os.environ):
        if name in {"COLUMNS", "LINES"} or name.startswith("TEXTUAL"):
            del os.environ[name]


def _give_size() -> None:
    """Give a terminal that has no size one; Textual would draw for two in turn for ever."""
    with suppress(OSError, termios.error):
        if 0 in termios.tcgetwinsize(0):
            termios.tcsetwinsize(0, (24, 80))


def _opened(folder: Folder) -> tuple[Desk, Keymap, HomePage | None]:
    desk, page = open_desk(folder), None
    try:
        keymap = Keymap(desk.settings.keys, desk.settings.key_places)
        if desk.clerk != NOBODY:
            open_console(desk)
            page = home_page(desk)
    except BaseException:
        desk.close()
        raise
    return desk, keymap, page
