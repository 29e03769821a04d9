"""Opens the outbox of a console, and takes over those of consoles that are gone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from helpdesk.desk.desk import Desk
from helpdesk.desk.lasting import LastingPort
from helpdesk.desk.outbox import PATIENCE, Outbox
from helpdesk.desk.outbox_file import OutboxFile
from helpdesk.domain.outbox import act_of
from helpdesk.errors import StoreProblem
from helpdesk.store.sqlite_file import SqliteFile


def open_outbox(desk: Desk, write: Callable[[], object]) -> None:
    """Give a console its outbox, with what earlier ones of this user have left in theirs.

    Args:
        desk: The desk; its port is the lasting one from then on.
        write: Writes down that the console is open; while that cannot be, the next step does.
    """
    if desk.console is None or not isinstance(desk.port, SqliteFile):
        write()
        return
    desk.port.patience, desk.port.lean = PATIENCE, True
    seated = False
    with suppress(StoreProblem):
        write()
        seated = True
    of = str(desk.folder.database.resolve())
    file = None
    with suppress(OSError):
        file = OutboxFile.made(desk.console, {"database": of, "clerk": desk.clerk.login})
    port = LastingPort(desk.port)
    desk.port = port
    desk.outbox = Outbox(desk, port, file, seated=seated)
    for left in OutboxFile.left():
        head, *lines = left.lines() or [{}]
        if head.get("database", of) != of:
            left.close()
            continue
        desk.outbox.adopt(left, [act for line in lines if (act := act_of(line)) is not None])
