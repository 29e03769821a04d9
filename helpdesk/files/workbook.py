"""What a workbook holds beside its rows: definitions, filters, and the sums of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpdesk.domain.file_columns import Column, Kind, columns_of
from helpdesk.domain.tables import Cell, Table
from helpdesk.files.xlsx_file import MOST_ROWS, XlsxFile


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows."""

    rows: int
    """How many there were."""

    notices: tuple[str, ...] = ()
    """What a reader must know: rows on more than one sheet, texts that did not fit."""


def write_workbook(
    path: Path,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    told: Mapping[str, object],
    summary: Sequence[tuple[Sequence[Cell], Kind]] = (),
    most: int = MOST_ROWS,
) -> Written:
    """Write a workbook with the sheets Data, Summary, Definitions and Filters.

    Args:
        path: Where; what is there is replaced.
        columns: The columns of its rows.
        rows: The rows, as they come.
        told: What the rows are of, by name.
        summary: Lines for the sheet Summary, each with what its numbers are in.
        most: The most rows on a sheet.

    Returns:
        How many rows it holds, and what must be said about them.

    Raises:
        OSError: When it cannot be written.
    """
    book = XlsxFile(path, columns, most)
    try:
        count = book.write_rows(rows)
        if summary:
            lines, kinds = zip(*summary, strict=True)
            book.write_sheet("Summary", lines, kinds=kinds)
        meant = [(each.name, each.kind, each.words) for each in columns]
        book.write_sheet("Definitions", meant, ("column", "unit", "meaning"))
        notices = _notices(book, count)
        filters = [(name, _said(value)) for name, value in (*told.items(), ("rows", count))]
        filters += [("notice", each) for each in notices]
        book.write_sheet("Filters", filters, ("what", "value"))
        book.close()
    finally:
        book.drop()
    return Written(count, notices)


def write_table_workbook(path: Path, table: Table, told: Mapping[str, object]) -> Written:
    """Write a report as a workbook.

    Args:
        path: Where; what is there is replaced.
        table: The report.
        told: What it is of, by name.

    Returns:
        How many rows it holds, and what must be said about them.
    """
    columns = columns_of(table)
    summary: list[tuple[Sequence[Cell], Kind]] = [
        ((line,), "text") for line in (*table.header, *table.footer)
    ]
    if table.total:
        total = zip(columns, table.file_row(table.total), strict=True)
        summary += [
            (("",), "text"),
            *(((each.name, cell), each.kind) for each, cell in total if cell is not None),
        ]
    return write_workbook(path, columns, table.file_rows, told, summary)


def _notices(book: XlsxFile, count: int) -> tuple[str, ...]:
    found = []
    if book.sheets > 1:
        found.append(
            f"{count:,} rows do not fit on one sheet: they go on as far as Data {book.sheets}."
        )
    if book.shortened:
        found.append(
            f"{book.shortened:,} texts are longer than a cell can hold, and end in a count."
        )
    return tuple(found)


def _said(value: object) -> Cell:
    return value if isinstance(value, str | int | float) or value is None else str(value)
