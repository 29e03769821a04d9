"""A report in every form that a file can have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpdesk.domain.file_columns import columns_of
from helpdesk.domain.report_about import About, told
from helpdesk.domain.tables import Table
from helpdesk.files.meta import write_with_meta
from helpdesk.files.workbook import write_table_workbook


def write_report(
    path: Path, form: str, table: Table, about: About, *, lines: Sequence[str],
    bom: bool = True, force: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """Write a report to a file, with its sidecar.

    Args:
        path: Where.
        form: ``csv``, ``json``, ``jsonl``, ``xlsx``, ``html`` or ``table``.
        table: The report.
        about: What it is about.
        lines: The report as it is printed, for the form ``table``.
        bom: Whether CSV begins with the mark that Excel wants.
        force: Whether files that are there already may be replaced.

    Returns:
        What a reader must know of the file.

    Raises:
        HelpdeskError: As :func:`helpdesk.files.meta.write_with_meta` raises it.
    """
    notices: list[str] = []

    def write(beside: Path) -> int:
        if form == "xlsx":
            notices.extend(write_table_workbook(beside, table, told(about)).notices)
        else:
            text = _printed(lines) if form == "table" else report_text(table, form, about, bom=bom)
            beside.write_text(text, encoding="utf-8", newline="")
        return len(table.rows)

    beyond = len(lines) - len(table.rows) if form == "table" else 0
    meant = columns_of(table)
    write_with_meta(path, form, write, meant, told(about), beyond=beyond, force=force)
    return tuple(notices)


def _printed(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def report_text(table: Table, form: str, about: About, *, bom: bool = False) -> str:
    """Write a report as one text.

    Args:
        table: The report.
        form: ``csv``, ``json``, ``jsonl`` or ``html``.
        about: What it is about.
        bom: Whether CSV begins with the mark that Excel wants.

    Returns:
        The text, its last line ended.
    """
    if form == "csv":
        from helpdesk.files.csv_file import table_as_csv  # noqa: PLC0415 - each form its own

        return table_as_csv(table, bom=bom)
    if form == "html":
        from helpdesk.files.page import table_as_page  # noqa: PLC0415

        return table_as_page(table, told(about))
    from helpdesk.files.json_file import json_text, table_as_jsonl  # noqa: PLC0415

    if form == "jsonl":
        return "".join(f"{each}\n" for each in table_as_jsonl(table))
    return json_text(_as_json(table))


def _as_json(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "header": list(table.header),
        "rows": [dict(zip(table.file_columns, row, strict=True)) for row in table.file_rows],
        "total": (
            dict(zip(table.file_columns, table.file_row(table.total), strict=True))
            if table.total
            else None
        ),
        "footer": list(table.footer),
    }
