"""Workbooks as rows of texts, read by calamine: quick, typed, and one small library."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final
from weakref import finalize

from helpdesk.errors import BadInput
from helpdesk.files import xlsx_apart
from helpdesk.files.row_file import Row, heading_row

_DATA: Final = "Data"
_SHOWN: Final = 20


class _Written:
    """A nameless file that is gone with the last who reads it."""

    def __init__(self) -> None:
        self.file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - as long as the rows are read
        finalize(self, self.file.close)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as the reading process wrote it."""

    name: str
    written: _Written
    begins: int

    def rows(self) -> Iterator[Row]:
        """Its rows, empty ones left out."""
        at, file = self.begins, self.written.file
        while True:
            file.seek(at)  # another sheet, or the same anew, may be read in between
            told = file.readline()
            at = file.tell()
            if not told.startswith(b"["):
                return
            line, cells = json.loads(told)
            yield line, cells


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
    sheets = _chosen(_read_apart(path), path, sheet)
    if not sheets:
        return (), lambda: iter(()), ""
    line, headings = heading_row(sheets[0].rows())
    going_on = [each for each in sheets[1:] if heading_row(each.rows())[1] == headings]
    chosen = [sheets[0], *([] if sheet else going_on)]
    said = f"sheet {', '.join(each.name for each in chosen)}"
    return headings, lambda: _all_rows(chosen, line), said


def _read_apart(path: Path) -> list[_Sheet]:
    """All sheets, read in a process that a hostile workbook may end."""
    written = _Written()
    file = written.file
    reader = [sys.executable, "-P", xlsx_apart.__file__, str(path.absolute())]
    done = subprocess.run(  # noqa: S603 - our own program
        reader, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise BadInput(f"{path} is damaged, or {xlsx_apart.TOO_LARGE}.")
    sheets: list[_Sheet] = []
    file.seek(0)
    while told := file.readline():
        if told.startswith(b"["):
            continue
        said = json.loads(told)
        if why := said.get("refused"):
            raise BadInput(f"{path} {why}.")
        sheets.append(_Sheet(said["sheet"], written, file.tell()))
    return sheets


def _chosen(sheets: Sequence[_Sheet], path: Path, sheet: str) -> list[_Sheet]:
    names = [each.name for each in sheets]
    if sheet and sheet not in names:
        raise BadInput(f"{path} has no sheet “{sheet}”; it has: {', '.join(names[:_SHOWN])}.")
    if sheet or _DATA in names:
        first = sheet or _DATA  # rows that do not fit on it go on in “Data 2”, “Data 3”, ...
        named = re.compile(rf"{re.escape(first)}( \d+)?")
        sheets = [each for each in sheets if named.fullmatch(each.name)]
    return [each for each in sheets if next(each.rows(), None)]


def _all_rows(sheets: Sequence[_Sheet], headings_at: int) -> Iterator[Row]:
    """The rows of all sheets, their lines counted on."""
    before = 0
    for sheet in sheets:
        skipped = headings_at if sheet is sheets[0] else heading_row(sheet.rows())[0]
        line = 0
        for line, cells in sheet.rows():
            if line > skipped and any(map(str.strip, cells)):
                yield before + line, cells
        before += line
