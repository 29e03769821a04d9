"""Workbooks: real dates and lengths of time, and text that is never a formula (STATS §10).

XlsxWriter writes row by row in constant memory, and a text stays a text when it is told so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from helpdesk.domain.file_columns import Column, Kind
from helpdesk.domain.tables import Cell
from helpdesk.files.leftovers import MARK

MOST_ROWS: Final = 1_048_575
"""So many rows fit on a sheet below its headings; more go on the next one."""

MOST_SIGNS: Final = 32_767
"""So many signs (of UTF-16) fit into a cell."""

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - what Excel counts from has no zone
_DAY: Final = 86_400
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_LOOKED_AT: Final = 500
"""So many rows say how wide the columns must be."""

_WIDEST: Final = 60
_PRINTED: Final = 15
"""So many columns can be read on one sheet of paper; more go on several."""

_FORMATS: Final[Mapping[Kind, str]] = {
    "local": "yyyy-mm-dd hh:mm:ss",
    "seconds": "[h]:mm:ss",
    "share": "0.0%",
    "fraction": "0.0%",
    "count": "#,##0",
    "number": "#,##0.0",
    "times": "0.00",
}
_TEXT: Final[Kind] = "text"
_WIDTHS: Final[Mapping[Kind, int]] = {"local": 19, "utc": 20, "seconds": 10, "by-row": 10}


class XlsxFile:
    """One workbook that is being written; the sheets of the rows come first."""

    def __init__(self, path: Path, columns: Sequence[Column], most: int = MOST_ROWS) -> None:
        """Begin a workbook.

        Args:
            path: Where; what is there is replaced.
            columns: The columns of its rows.
            most: The most rows on a sheet.
        """
        from xlsxwriter import Workbook  # noqa: PLC0415 - only for workbooks

        self._columns, self._most = columns, most
        self._scratch = TemporaryDirectory(prefix=f".xlsx{MARK}{os.getpid()}-", dir=path.parent)
        self._book = Workbook(str(path), {
            "constant_memory": True, "tmpdir": self._scratch.name, "strings_to_formulas": False,
            "strings_to_numbers": False, "strings_to_urls": False, "default_date_format": "",
        })  # fmt: skip
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._formats = {
            kind: self._book.add_format({"num_format": sign}) for kind, sign in _FORMATS.items()
        }
        self.shortened = 0
        """How many texts did not fit into a cell, and say so themselves."""
        self.sheets = 0
        """How many sheets the rows take."""

    def write_rows(self, rows: Iterable[Sequence[Cell]]) -> int:
        """Write the rows, however many, on as many sheets as they need.

        Args:
            rows: The rows, each as long as the columns.

        Returns:
            How many there were.
        """
        sheet, line, count = self._data_sheet(), 0, 0
        widths = [max(len(each.name) + 3, _WIDTHS.get(each.kind, 8)) for each in self._columns]
        for count, (row, ways) in enumerate(self._with_ways(rows), 1):
            if line == self._most:
                self._end_sheet(sheet, line, widths)
                sheet, line = self._data_sheet(), 0
            line += 1
            for place, cell in enumerate(row):
                if cell is None or cell == "":
                    continue
                kind, form = ways[place]
                if isinstance(cell, str) and kind != "local":
                    sheet.write_string(line, place, self._text(cell))
                else:
                    sheet.write_number(line, place, _number(cell, kind), form)
            if count <= _LOOKED_AT:
                widths = [
                    max(width, _wide(cell) if kind not in _WIDTHS else 0)
                    for width, cell, (kind, _) in zip(widths, row, ways, strict=True)
                ]
        self._end_sheet(sheet, line, widths)
        return count

    def write_sheet(
        self, name: str, rows: Iterable[Sequence[Cell]], headings: Sequence[str] = (),
        kinds: Iterable[Kind] = (),
    ) -> None:  # fmt: skip
        """Write a sheet that says something about the rows.

        Args:
            name: Its name.
            rows: What it says; numbers stay numbers.
            headings: What stands above, if anything.
            kinds: What the numbers of each row are in; of none that is left out.
        """
        sheet, widths, above = self._book.add_worksheet(name), [10], 0
        if headings:
            sheet.write_row(0, 0, headings, self._bold)
            sheet.freeze_panes(1, 0)
            above = 1
        told = zip(rows, chain(kinds, repeat(_TEXT)), strict=False)
        for line, (row, kind) in enumerate(told, above):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(line, place, self._text(cell))
                elif cell is not None:
                    sheet.write_number(line, place, _number(cell, kind), self._formats.get(kind))
            widths += [10] * (len(row) - len(widths))
            widths = [max(pair) for pair in zip(widths, map(_wide, row), strict=False)]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width + 2)

    def close(self) -> None:
        """Put the workbook together."""
        from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] if isinstance(error.args[0], OSError) else error from error

    def drop(self) -> None:
        """Remove what was kept beside the file while it was written."""
        self._book.fileclosed = True  # or it would complain that it was never closed
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        self._scratch.cleanup()

    def _with_ways(
        self, rows: Iterable[Sequence[Cell]]
    ) -> Iterator[tuple[Sequence[Cell], list[tuple[Kind, Any]]]]:
        """Each row with what its cells are in, and the format of that."""
        ways = [(each.kind, self._formats.get(each.kind)) for each in self._columns]
        names = [each.name for each in self._columns]
        told = [(names.index(each.name), names.index(each.unit_in))
                for each in self._columns if each.unit_in]  # fmt: skip
        for row in rows:
            for place, unit in told:
                kind = _kind_of(row[unit])
                ways[place] = kind, self._formats.get(kind)
            yield row, ways

    def _data_sheet(self) -> Any:  # noqa: ANN401 - the library has no types
        self.sheets += 1
        name = "Data" if self.sheets == 1 else f"Data {self.sheets}"
        sheet = self._book.add_worksheet(name)
        for place, column in enumerate(self._columns):
            sheet.write_string(0, place, column.name, self._bold)
        sheet.freeze_panes(1, 0)
        sheet.set_paper(1)  # letter, across, the headings on each
        sheet.set_landscape()
        if len(self._columns) <= _PRINTED:
            sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _end_sheet(self, sheet: Any, line: int, widths: Sequence[int]) -> None:  # noqa: ANN401
        if self._columns:
            sheet.autofilter(0, 0, line, len(self._columns) - 1)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)

    def _text(self, text: str) -> str:
        """The text as a cell can hold it; what cannot be there is replaced so that it is seen."""
        if not text.isascii() or not text.isprintable():
            text = _ILLEGAL.sub(_REPLACED, text)
        if len(text) * 2 > MOST_SIGNS and _units(text) > MOST_SIGNS:
            kept, rest = _as_fits(text)
            self.shortened += 1
            text = f"{kept}… ({rest:,} more characters)"
        # The library takes what looks like its own markup for markup; with a blank it is text.
        return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _kind_of(unit: Cell) -> Kind:
    """What a figure is in whose unit stands beside it; only the value of a ratio is one cell."""
    return "fraction" if unit == "ratio" else cast("Kind", unit)


def _number(cell: Cell, kind: Kind) -> float:
    if isinstance(cell, str):  # a moment with its offset, which stands in the next column
        return (datetime.fromisoformat(cell).replace(tzinfo=None) - _EPOCH).total_seconds() / _DAY
    number = cell or 0
    if kind == "seconds":
        return number / _DAY
    return number / 100 if kind == "share" else number


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _as_fits(text: str) -> tuple[str, int]:
    room = MOST_SIGNS - len(f"… ({len(text):,} more characters)")
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept, len(text) - len(kept)


def _wide(cell: Cell) -> int:
    return min(max(map(len, str(cell).split("\n"))), _WIDEST) if cell is not None else 0
