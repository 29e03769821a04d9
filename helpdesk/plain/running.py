"""Opens the plain lines on standard input and output, whatever these are."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

from helpdesk.desk.desk import NOBODY, Desk, Folder
from helpdesk.desk.home import SIGN_OF_LIFE_SECONDS, close_console, open_console, say_alive
from helpdesk.desk.nightly_beside import LOOK_SECONDS, NightlyBeside
from helpdesk.desk.opening import open_desk
from helpdesk.desk.sealing import keep_seal
from helpdesk.domain.keys import Keymap
from helpdesk.errors import GivenUp, HelpdeskError
from helpdesk.plain.console import LineConsole


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
    with closing(open_desk(folder)) as desk:
        if desk.clerk == NOBODY and ask is not None:
            ask(desk)
        keymap = Keymap(desk.settings.keys, desk.settings.key_places)
        with _living(desk):
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

    night = NightlyBeside(desk)

    def go_on(done: int, total: int) -> None:
        del done, total
        if left.is_set():
            raise GivenUp("The console is left: the seal is made by whoever comes next.")

    def live() -> None:
        with suppress(HelpdeskError):
            keep_seal(desk, go_on)
        signs = 0
        while not left.wait(SIGN_OF_LIFE_SECONDS):
            with suppress(HelpdeskError):
                say_alive(desk)
                keep_seal(desk, go_on)
            signs += 1
            if signs % (LOOK_SECONDS // SIGN_OF_LIFE_SECONDS) == 0:
                night.look()

    living = threading.Thread(target=live, name="desk-lives", daemon=True)
    living.start()
    try:
        yield
    finally:
        left.set()
        living.join()
        night.stop()
        with suppress(HelpdeskError):
            close_console(desk)
