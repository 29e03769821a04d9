"""Exported rows as a file: CSV, a workbook or lines of JSON, never all in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from helpdesk.domain.file_columns import Column
from helpdesk.domain.report_about import About, told
from helpdesk.domain.tables import Cell
from helpdesk.files.csv_file import write_columns
from helpdesk.files.json_file import write_jsonl
from helpdesk.files.meta import write_with_meta
from helpdesk.files.workbook import Written, write_workbook

FORMS: Final = ("csv", "xlsx", "jsonl")
"""What exported rows can be written as, by the ending of the file."""


def write_export(
    path: Path,
    form: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    about: About,
    *,
    bom: bool = True,
    force: bool = False,
) -> tuple[int, tuple[str, ...]]:
    """Write rows to a file, with its sidecar.

    Args:
        path: Where.
        form: One of ``FORMS``.
        columns: Their columns.
        rows: The rows, as they come.
        about: What they are of.
        bom: Whether CSV begins with the mark that Excel wants.
        force: Whether files that are there already may be replaced.

    Returns:
        How many rows the file holds, and what a reader must know of it.

    Raises:
        NotAllowed: When a file is there already.
        BadInput: When it cannot be written there.
        StoreProblem: When the file does not hold all rows.
    """
    notices: list[str] = []

    def write(beside: Path) -> int:
        written = _written(beside, form, columns, rows, about, bom=bom)
        notices.extend(written.notices)
        return written.rows

    count = write_with_meta(path, form, write, columns, told(about), force=force)
    return count, tuple(notices)


def _written(
    path: Path,
    form: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    about: About,
    *,
    bom: bool,
) -> Written:
    if form == "xlsx":
        return write_workbook(path, columns, rows, told(about))
    with path.open("w", encoding="utf-8", newline="") as file:
        if form == "csv":
            return Written(write_columns(file, columns, rows, bom=bom))
        return Written(write_jsonl(file, [column.name for column in columns], rows))
