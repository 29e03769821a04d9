"""Opens the plain lines on standard input and output, whatever these are."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from types import FrameType
from typing import Final

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.home import SIGN_OF_LIFE_SECONDS, close_console, open_console, say_alive
from helpdesk.desk.opening import open_desk
from helpdesk.domain.keys import Keymap
from helpdesk.errors import HelpdeskError
from helpdesk.plain.console import LineConsole

_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


def run_plain(folder: Folder) -> int:
    """Run the console in lines.

    Args:
        folder: The desk folder.

    Returns:
        The exit status.

    Raises:
        HelpdeskError: When the desk cannot be opened, or nothing can be said.
    """
    if sys.stdout is None:
        raise HelpdeskError("Plain lines need an output to be said on.")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    with closing(open_desk(folder)) as desk:
        keymap = Keymap(desk.settings.keys, desk.settings.key_places)
        with _living(desk), _ended_by_signals():
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


@contextmanager
def _living(desk: Desk) -> Iterator[None]:
    """Say that this console is open and lives, so that its calls are not left behind."""
    open_console(desk)
    left = threading.Event()

    def live() -> None:
        while not left.wait(SIGN_OF_LIFE_SECONDS):
            with suppress(HelpdeskError):
                if desk.outbox is not None:
                    desk.outbox.look()
                say_alive(desk)

    living = threading.Thread(target=live, name="desk-lives", daemon=True)
    living.start()
    try:
        yield
    finally:
        left.set()
        living.join()
        with suppress(HelpdeskError):
            close_console(desk)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """End in order when the line breaks; the call is then asked about at the next start."""

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    before = {}
    with suppress(ValueError):  # only the main thread gets signals
        before = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, was in before.items():
            signal.signal(number, was)
