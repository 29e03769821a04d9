"""Examines the outboxes of this user: what waits for the next start, and what was refused."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.desk.desk import Folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.outbox_file import OutboxFile, lines_aside, outbox_folder


def examine_outbox(folder: Folder) -> Iterator[Finding]:
    """Look for steps of calls that are not in the database, or may not be.

    Args:
        folder: The desk folder.

    Yields:
        What was found; nothing when no step was ever kept.
    """
    waiting = 0
    for left in OutboxFile.left():
        head, *lines = left.lines() or [{}]
        if head.get("database") == str(folder.database.resolve()):
            waiting += len(lines)
        left.close()
    if waiting:
        said = f"{waiting} steps of calls were left by a console that is gone"
        yield Finding("outbox", said, "Start the console: it writes those that are missing.")
    if refused := lines_aside():
        said = f"{len(refused)} steps were refused, the last: {refused[-1].get('why')}"
        way_out = f"Read them in {outbox_folder()}/refused.jsonl, enter them, and delete it."
        yield Finding("outbox", said, way_out)
