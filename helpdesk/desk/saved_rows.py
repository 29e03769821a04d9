"""Rows of an export, saved to a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from helpdesk.desk.abouts import about_export
from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.exports import Progress, export_rows
from helpdesk.desk.own_files import refuse_own_file
from helpdesk.domain.export_columns import EXPORTS
from helpdesk.files.row_export import write_export


@act("export")
def save_rows(
    desk: Desk, what: str, typed: str, path: Path, form: str, progress: Progress | None = None,
    *, bom: bool = True, force: bool = False,
) -> tuple[int, tuple[str, ...]]:  # fmt: skip
    """Save rows to a file, with its sidecar; see :func:`helpdesk.desk.exports.export_rows`.

    Args:
        desk: The desk.
        what: One of ``EXPORTS``.
        typed: Which tickets, as in the query language.
        path: Where.
        form: One of ``helpdesk.files.row_export.FORMS``.
        progress: Told how much is done.
        bom: Whether CSV begins with the mark that Excel wants.
        force: Whether files that are there already may be replaced.

    Returns:
        How many rows the file holds, and what a reader must know of it.

    Raises:
        HelpdeskError: When the query cannot be read, or the file not be written there.
    """
    refuse_own_file(desk.folder, path)
    about = about_export(desk, what, typed)
    with closing(export_rows(desk, what, typed, progress)) as rows:
        return write_export(path, form, EXPORTS[what], rows, about, bom=bom, force=force)
