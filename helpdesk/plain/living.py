"""What goes on beside the plain lines: a sign of life, the outbox, the seal, the night's work."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import SIGN_OF_LIFE_SECONDS, close_console, open_console, say_alive
from helpdesk.desk.keeping_up import keep_up
from helpdesk.desk.nightly_beside import LOOK_SECONDS, NightlyBeside
from helpdesk.errors import GivenUp, HelpdeskError


@contextmanager
def living(desk: Desk) -> Iterator[None]:
    """Say that this console is open and lives, so that its calls are not left behind.

    Args:
        desk: The desk.

    Yields:
        Nothing; the console is closed at the end.
    """
    open_console(desk)
    left, night = threading.Event(), NightlyBeside(desk)
    beside = threading.Thread(
        target=_live, args=(desk, left, night), name="desk-lives", daemon=True
    )
    beside.start()
    try:
        yield
    finally:
        left.set()
        beside.join()
        night.stop()
        with suppress(HelpdeskError):
            close_console(desk)


def _live(desk: Desk, left: threading.Event, night: NightlyBeside) -> None:
    def go_on(done: int, total: int) -> None:
        del done, total
        if left.is_set():
            raise GivenUp("The console is left: whoever comes next goes on.")

    with suppress(HelpdeskError):
        keep_up(desk, go_on)
    signs = 0
    while not left.wait(SIGN_OF_LIFE_SECONDS):
        with suppress(HelpdeskError):
            if desk.outbox is not None:
                desk.outbox.look()
            say_alive(desk)
            keep_up(desk, go_on)
        signs += 1
        if signs % (LOOK_SECONDS // SIGN_OF_LIFE_SECONDS) == 0:
            night.look()
