"""Files of rows under headings, read as texts: CSV, XLSX and lines of JSON."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from helpdesk.domain.imports import Fault, fault_columns
from helpdesk.errors import BadInput
from helpdesk.files.csv_file import unguarded
from helpdesk.files.open_quotes import refuse_open_quote

Row = tuple[int, list[str]]
"""The line on which a row begins, counted from 1, and its cells."""

MOST_COLUMNS: Final = 1_000
"""How many columns a file may have."""

_LARGEST: Final = 512 * 2**20
_LONGEST_CELL: Final = 2**20
_LONGEST_ROW: Final = 2**22
_LONGEST_SIDECAR: Final = 2**20
_DELIMITERS: Final = ",;\t|"
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")
_HEAD: Final = 65_536
_LEAST: Final = 2
"""So many cells make a line of headings; one above it with less is a title."""


class BoundedLines:
    """The lines of a file; refuses a row of more than so many characters, whatever is in it."""

    def __init__(self, file: TextIO) -> None:
        """Begin.

        Args:
            file: The file, opened for text.
        """
        self._file = file
        self._left = _LONGEST_ROW
        self.row: list[str] = []
        """The lines of the row, as far as they were given."""
        self.over = False
        """Whether a line was asked for behind the last one."""

    def begin(self) -> None:
        """Count anew: the next line begins a row."""
        self._left = _LONGEST_ROW
        self.row.clear()

    def __iter__(self) -> Iterator[str]:
        """Give the lines."""
        while text := self._file.readline(_LONGEST_ROW + 1):
            self._left -= len(text)
            if self._left < 0:
                said = f"a row of more than {_LONGEST_ROW:,} characters, or a quote never closed"
                raise ValueError(said)
            self.row.append(text)
            yield text
        self.over = True


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file whose rows can be read, as often as needed."""

    path: Path
    """Where it lies."""

    headings: tuple[str, ...]
    """What stands above its columns."""

    rows: Callable[[], Iterator[Row]]
    """Reads the rows from the first to the last, empty ones left out."""

    said: str
    """How it is read, for the reader: delimiter and encoding, or sheets."""

    faults: tuple[Fault, ...] = ()
    """The lines on which no row can be read; they are none of ``rows``."""


def open_rows(path: Path, sheet: str = "") -> RowFile:
    """Open a file of rows.

    Args:
        path: The file; its ending says what it is: .csv, .tsv, .txt, .xlsx or .jsonl.
        sheet: Which sheet of a workbook; empty for *Data*, or the first that holds anything.

    Returns:
        The file. Where it says itself that formulas are guarded, the guard is taken away.

    Raises:
        BadInput: When it cannot be read, is too large, or holds no headings or no such sheet.
    """
    _refuse_file(path)
    ending = path.suffix.lower()
    if sheet and ending not in _WORKBOOKS:
        raise BadInput(f"{path} has no sheet “{sheet}”: only a workbook has sheets.")
    faults: tuple[Fault, ...] = ()
    if ending in _WORKBOOKS:
        from helpdesk.files.xlsx_rows import open_workbook  # noqa: PLC0415 - only for workbooks

        headings, rows, said = open_workbook(path, sheet)
    elif ending in {".jsonl", ".ndjson"}:
        from helpdesk.files.jsonl_rows import open_jsonl  # noqa: PLC0415 - only for lines of JSON

        headings, rows, said, faults = open_jsonl(path)
    elif ending in {".csv", ".tsv", ".txt"}:
        headings, rows, said = _open_csv(path)
    else:
        raise BadInput(f"{path}: only .csv, .tsv, .txt, .xlsx and .jsonl can be imported.")
    if not any(headings):
        raise BadInput(f"{path} is empty: its first line must hold the headings.")
    if len(headings) > MOST_COLUMNS:
        raise BadInput(f"{path} has more than {MOST_COLUMNS:,} columns: take some out.")
    return RowFile(path, headings, _without_guard(path, headings, rows), said, faults)


def heading_row(rows: Iterable[Row]) -> tuple[int, tuple[str, ...]]:
    """Find the headings: the first row with at least two cells filled, else the first of all.

    Args:
        rows: The rows from the top.

    Returns:
        The line, and the headings, trailing empty ones cut off; 0 and nothing without rows.
    """
    first: tuple[int, tuple[str, ...]] = (0, ())
    for line, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        found = (line, tuple(cell.strip() for cell in cells))
        if sum(map(bool, found[1])) >= _LEAST:
            return found
        first = first if first[0] or not cells else found
    return first


def _refuse_file(path: Path) -> None:
    try:
        facts = path.stat()
        with path.open("rb") if stat.S_ISREG(facts.st_mode) else nullcontext():
            pass
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if not stat.S_ISREG(facts.st_mode):  # it is read three times, which a pipe cannot be
        raise BadInput(f"{path} is no ordinary file: save it as one.")
    if facts.st_size > _LARGEST:
        raise BadInput(f"{path} is larger than {_LARGEST >> 20} MB: split it.")


def _without_guard(
    path: Path, headings: tuple[str, ...], rows: Callable[[], Iterator[Row]]
) -> Callable[[], Iterator[Row]]:
    if not _is_guarded(path, headings):
        return rows
    return lambda: ((line, [unguarded(cell) for cell in cells]) for line, cells in rows())


def _is_guarded(path: Path, headings: tuple[str, ...]) -> bool:
    """Whether formulas are guarded: its sidecar says so; without one, our own CSV always is.

    A file of faulty rows is one, also when it was saved as something else to be mended.
    """
    if fault_columns(headings):
        return True
    sidecar = path.with_name(f"{path.name}.meta.json")
    with suppress(OSError, ValueError, AttributeError, RecursionError):
        with sidecar.open(encoding="utf-8") as file:
            told = json.loads(file.read(_LONGEST_SIDECAR))
        return bool(told.get("formula_guard"))
    own = any(name in headings for name in ("call_id", "action_id", "opened_local"))
    return own and path.suffix.lower() == ".csv"


def _open_csv(path: Path) -> tuple[tuple[str, ...], Callable[[], Iterator[Row]], str]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        head = file.read(_HEAD)
    delimiter = max(_DELIMITERS, key=lambda sign: _outside_quotes(head).count(sign))
    csv.field_size_limit(_LONGEST_CELL)
    line, headings = heading_row(_csv_rows(path, encoding, delimiter, 0))
    name = {"\t": "tab"}.get(delimiter, delimiter)
    said = f"columns divided by {name}, {encoding.removesuffix('-sig')}"
    return headings, lambda: _csv_rows(path, encoding, delimiter, line), said


def _csv_rows(path: Path, encoding: str, delimiter: str, after: int) -> Iterator[Row]:
    begins = 1
    try:
        with path.open(encoding=encoding, newline="") as file:
            lines = BoundedLines(file)
            reader = csv.reader(lines, delimiter=delimiter)
            for cells in reader:
                if len(lines.row) > 1 or lines.over:
                    refuse_open_quote(path, lines.row, delimiter, begins)
                lines.begin()
                if begins > after and any(map(str.strip, cells)):
                    yield begins, cells
                begins = reader.line_num + 1
    except (csv.Error, ValueError) as error:
        long = f"a cell of more than {_LONGEST_CELL:,} characters, or a quote never closed"
        said = long if "field limit" in str(error) else error
        raise BadInput(f"{path}, from line {begins} on: {said}.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def _encoding(path: Path) -> str:
    """UTF-8, UTF-16 with a mark, or what Excel writes on Windows."""
    with path.open("rb") as file:
        marked = file.read(2) in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeError), path.open(encoding=encoding, newline="") as text:
            while text.read(_LONGEST_CELL):
                pass
            return encoding
    raise BadInput(
        f"{path} holds signs of neither UTF-8 nor Windows: save it again as CSV in UTF-8."
    )


def _outside_quotes(head: str) -> str:
    """The first line, with what stands in quotes left out."""
    kept: list[str] = []
    quoted = False
    for sign in head:
        quoted ^= sign == '"'
        if sign in "\r\n" and not quoted:
            if any(each in _DELIMITERS for each in kept):
                break
            kept.clear()
        elif not quoted:
            kept.append(sign)
    return "".join(kept)
