"""Examines the outboxes of this user: what waits for the next start, and what was refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import closing

from helpdesk.desk.desk import Folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.outbox_file import OutboxFile, lines_aside, outbox_folder
from helpdesk.domain.outbox import act_of
from helpdesk.errors import HelpdeskError
from helpdesk.store.outbox import was_done
from helpdesk.store.sqlite_file import SqliteFile


def examine_outbox(folder: Folder) -> Iterator[Finding]:
    """Look for steps of calls that are not in the database, or may not be.

    Args:
        folder: The desk folder.

    Yields:
        What was found; nothing when no step was ever kept.
    """
    refused = lines_aside()
    left = _steps_left(folder) - {str(line.get("op")) for line in refused}
    if waiting := len(_missing(folder, left)):
        steps = "1 step of a call was" if waiting == 1 else f"{waiting} steps of calls were"
        said = f"{steps} left by a console that is gone"
        yield Finding("outbox", said, "Start the console: it writes what is missing.")
    if refused:
        said = f"{len(refused)} steps were refused, the last: {refused[-1].get('why')}"
        way_out = f"Read them in {outbox_folder()}/refused.jsonl, enter them, and delete it."
        yield Finding("outbox", said, way_out)


def _steps_left(folder: Folder) -> set[str]:
    """The operations in the files of consoles that are gone: also those of calls that go on."""
    found = set[str]()
    for left in OutboxFile.left():
        head, *lines = left.lines() or [{}]
        if head.get("database") == str(folder.database.resolve()):
            found.update(act.op for line in lines if (act := act_of(line)) is not None)
        left.close()
    return found


def _missing(folder: Folder, ops: Collection[str]) -> Collection[str]:
    """Those that the database does not have; all of them when it cannot be asked."""
    if not ops or not folder.database.is_file():
        return ops
    with closing(SqliteFile(folder.database)) as port:
        try:
            return [op for op in ops if not was_done(port, op)]
        except HelpdeskError:
            return ops
