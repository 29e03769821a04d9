"""Workbooks as rows of texts, read by calamine: quick, typed, and one small library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from helpdesk.errors import BadInput
from helpdesk.files.row_file import Row, heading_row

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_LARGEST: Final = 400 * 2**20
"""What a workbook may unfold to: all of it is in memory while it is read, twice as large."""

_DATA: Final = "Data"
_SHOWN: Final = 20


def open_workbook(
    path: Path, sheet: str = ""
) -> tuple[tuple[str, ...], Callable[[], Iterator[Row]], str]:
    """Open a workbook.

    Args:
        path: The file.
        sheet: Which sheet; empty for *Data*, or the first that holds anything. Sheets behind
            it with the same headings go on with it.

    Returns:
        The headings, what reads the rows, and which sheets they come from.

    Raises:
        BadInput: When it cannot be read, unfolds to too much, or has no such sheet.
    """
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - only here

    _refuse_too_large(path)
    try:
        book = load_workbook(path)
    except (CalamineError, OSError) as error:
        raise BadInput(f"{path} is no workbook that can be read: {error}.") from error
    sheets = _sheets(book, path, sheet)
    if not sheets:
        return (), lambda: iter(()), ""
    line, headings = heading_row(_rows(sheets[0]))
    going_on = [each for each in sheets[1:] if heading_row(_rows(each))[1] == headings]
    chosen = [sheets[0], *([] if sheet else going_on)]
    said = f"sheet {', '.join(each.name for each in chosen)}"
    return headings, lambda: _all_rows(chosen, line), said


def _refuse_too_large(path: Path) -> None:
    try:
        with ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
    except (BadZipFile, OSError) as error:
        said = f"{path} is no workbook that can be read: save it as .xlsx or .csv."
        raise BadInput(said) from error
    if size > _LARGEST:
        raise BadInput(f"{path} unfolds to more than {_LARGEST >> 20} MB: save it as .csv.")


def _sheets(book: CalamineWorkbook, path: Path, sheet: str) -> list[CalamineSheet]:
    names = book.sheet_names
    if sheet and sheet not in names:
        raise BadInput(f"{path} has no sheet “{sheet}”; it has: {', '.join(names[:_SHOWN])}.")
    if sheet or _DATA in names:
        first = sheet or _DATA  # rows that do not fit on it go on in “Data 2”, “Data 3”, ...
        names = [name for name in names if re.fullmatch(rf"{re.escape(first)}( \d+)?", name)]
    found = [book.get_sheet_by_name(name) for name in names]
    return [each for each in found if each.height]


def _all_rows(sheets: Sequence[CalamineSheet], headings_at: int) -> Iterator[Row]:
    """The rows of all sheets, their lines counted on."""
    before = 0
    for sheet in sheets:
        skipped = headings_at if sheet is sheets[0] else heading_row(_rows(sheet))[0]
        line = 0
        for line, cells in _rows(sheet):
            if line > skipped and any(map(str.strip, cells)):
                yield before + line, cells
        before += line


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    first, left = sheet.start or (0, 0)
    for line, cells in enumerate(sheet.iter_rows(), first + 1):
        yield line, [*[""] * left, *map(_as_text, cells)]


def _as_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell + timedelta(milliseconds=500)).replace(microsecond=0).isoformat(" ")
    if isinstance(cell, timedelta):
        return _length(round(cell.total_seconds()))
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _length(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02}:{rest:02}"
