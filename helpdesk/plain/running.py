"""Opens the plain lines on standard input and output, whatever these are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import closing, suppress

from helpdesk.desk.desk import NOBODY, Desk, Folder
from helpdesk.desk.opening import new_said, open_desk
from helpdesk.domain.keys import Keymap
from helpdesk.errors import HelpdeskError
from helpdesk.plain.console import LineConsole
from helpdesk.plain.living import living


def run_plain(folder: Folder, ask: Callable[[Desk], None] | None = None) -> int:
    """Run the console in lines.

    Args:
        folder: The desk folder.
        ask: Asks who it is, at a desk that wants a passcode.

    Returns:
        The exit status.

    Raises:
        HelpdeskError: When the desk cannot be opened, or nothing can be said.
    """
    if sys.stdout is None:
        raise HelpdeskError("Plain lines need an output to be said on.")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    made = new_said(folder)
    with closing(open_desk(folder)) as desk:
        if sys.stderr is not None:
            sys.stderr.write(made)
        if desk.clerk == NOBODY and ask is not None and folder.ask is None:
            ask(desk)
        keymap = Keymap(desk.settings.keys, desk.settings.key_places)
        with living(desk):
            console = LineConsole(desk, keymap, _read, _write)
            try:
                console.run()
            except KeyboardInterrupt:
                _write("\n")
                console.set_aside()
                raise
            except BrokenPipeError:  # nobody hears it, and the caller waits all the same
                with suppress(BrokenPipeError):
                    console.set_aside()
                raise
    return 0


def _read() -> str | None:
    """The next line; where nobody sees what is typed, the prompt gets a line of its own."""
    typed = sys.stdin.readline() if sys.stdin is not None else ""
    if not typed or not sys.stdin.isatty():
        _write("\n")
    return typed or None


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
