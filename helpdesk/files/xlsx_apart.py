"""Reads a workbook in a process of its own, which may use so much memory and no more.

A workbook of two kilobytes can name a cell a million rows down, or one long text a million
times; calamine ends the whole process when there is no memory for that. This file is run as a
program: it knows nothing of helpdesk, and writes a line of JSON a row.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MEMORY: Final = 512 * 2**20
"""How many bytes the process may use."""

NO_WORKBOOK: Final = "is no workbook that can be read: save it as .xlsx or .csv"
"""What is said of a file that is something else."""

TOO_LARGE: Final = f"needs more than {MEMORY >> 20} MB of memory to be read: save it as .csv"
"""What is said of a file that is one and too large."""

_MOST_WRITTEN: Final = 2**30
_LARGEST: Final = 400 * 2**20
_LONGEST_CELL: Final = 2**20


def sheets_of(path: str) -> Iterator[str]:
    """Read a workbook.

    Args:
        path: The file.

    Yields:
        A line of JSON a sheet, ``{"sheet": NAME}``, and behind it one a row, its number and its
        cells; or one that says why there are none, ``{"refused": WHY}``.
    """
    try:
        yield from _read(path)
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        yield json.dumps({"refused": NO_WORKBOOK})
    except MemoryError:
        yield json.dumps({"refused": TOO_LARGE})


def _be_bounded() -> None:
    limits = ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
              (resource.RLIMIT_CORE, 0))  # fmt: skip
    for limit, most in limits:
        with suppress(ValueError, OSError):  # the machine allows even less
            resource.setrlimit(limit, (most, most))


def _read(path: str) -> Iterator[str]:
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 - only here

    with ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > _LARGEST:
        yield json.dumps({"refused": TOO_LARGE})
        return
    try:
        book = load_workbook(path)
        for name in book.sheet_names:
            yield json.dumps({"sheet": name})
            yield from _rows(book.get_sheet_by_name(name))
    except CalamineError as error:
        yield json.dumps({"refused": f"is no workbook that can be read: {error}"})


def _rows(sheet: CalamineSheet) -> Iterator[str]:
    first, left = sheet.start or (0, 0)
    for line, cells in enumerate(sheet.iter_rows(), first + 1):
        if any(cell != "" for cell in cells):
            texts = [*[""] * left, *map(_as_text, cells)]
            if max(map(len, texts)) > _LONGEST_CELL:
                said = f"line {line}: a cell of more than {_LONGEST_CELL:,} characters: shorten it"
                yield json.dumps({"refused": f"{sheet.name}, {said}"})
                return
            yield json.dumps([line, texts])


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


if __name__ == "__main__":
    _be_bounded()
    for each in sheets_of(sys.argv[1]):
        sys.stdout.write(f"{each}\n")
