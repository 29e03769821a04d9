"""Tables as comma-separated values: RFC 4180, and never a formula (STATS §10)."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, islice
from typing import Final, TextIO, cast

from helpdesk.domain.file_columns import Column
from helpdesk.domain.tables import Cell, Table

BOM: Final = "\ufeff"
"""What tells Excel that a file is UTF-8."""

_QUOTED: Final = re.compile('[",\r\n]')
_REMEMBERED: Final = 20_000
_AT_ONCE: Final = 200
_TEXT: Final = {str}
_TEXT_OR_NONE: Final = {str, type(None)}
_EMPTY: Final = '""'
"""A line that would hold nothing at all, which readers take for no line."""

_UNSEEN: Final = "\\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_FORMULA: Final = re.compile(f"'*[{_UNSEEN}]*[=+\\-@\t\r\0\uff1d\uff0b\uff0d\uff20]")
_ANY_FORMULA: Final = re.compile(f"\n{_FORMULA.pattern}")


def table_as_csv(table: Table, *, bom: bool = False) -> str:
    """Write a table as one text.

    Args:
        table: The table; its header and footer lines are no rows and stay out.
        bom: Whether the text begins with the mark that Excel wants.

    Returns:
        The text, the headings once, every line ended by CR and LF.
    """
    out = io.StringIO(newline="")
    write_csv(out, table.file_columns, table.file_rows, bom=bom)
    return out.getvalue()


def write_csv(
    file: TextIO,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    bom: bool = False,
    texts: Collection[int] | None = None,
) -> int:
    """Write rows as they come, however many there are.

    Args:
        file: Where to; opened with ``newline=""``.
        columns: The headings.
        rows: The rows, each as long as the headings.
        bom: Whether the file begins with the mark that Excel wants.
        texts: The places of the columns that hold what somebody typed; ``None`` for any.

    Returns:
        How many rows were written, the headings not counted.
    """
    if bom:
        file.write(BOM)
    typed = range(len(columns)) if texts is None else texts
    rows, count, fields = chain([columns], rows), -1, _Fields()
    while part := list(islice(rows, _AT_ONCE)):
        count += len(part)
        file.write(_lines(part, typed, fields))
    return count


def write_columns(
    file: TextIO, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, bom: bool = False
) -> int:
    """Write rows of known columns; words of our own, such as ``-05:00``, stay as they are.

    Args:
        file: Where to; opened with ``newline=""``.
        columns: The columns; only one of texts holds what somebody typed.
        rows: The rows, each as long as the columns.
        bom: Whether the file begins with the mark that Excel wants.

    Returns:
        How many rows were written, the headings not counted.
    """
    names = [column.name for column in columns]
    texts = [place for place, column in enumerate(columns) if column.kind == "text"]
    return write_csv(file, names, rows, bom=bom, texts=texts)


class _Fields(dict[Cell, str]):
    """Texts as they stand in the file; most come again and again, and are looked at once."""

    def __missing__(self, cell: Cell) -> str:
        if not isinstance(cell, str):
            return _plain(cell)
        if len(self) >= _REMEMBERED:
            self.clear()
        safe = str(guarded(cell))
        doubled = safe.replace('"', '""')
        field = self[cell] = f'"{doubled}"' if _QUOTED.search(safe) else safe
        return field


def _lines(rows: Sequence[Sequence[Cell]], typed: Collection[int], fields: _Fields) -> str:
    """Lines of the file, made column by column: a row at a time takes twice as long."""
    columns = [
        _typed_column(column, fields) if place in typed else _plain_column(column)
        for place, column in enumerate(zip(*rows, strict=True))
    ]
    if len(columns) == 1:
        columns = [[text or _EMPTY for text in columns[0]]]
    return "".join(f"{line}\r\n" for line in map(",".join, zip(*columns, strict=True)))


def _plain_column(column: Sequence[Cell]) -> Iterable[str]:
    if set(map(type, column)) == _TEXT:
        return cast("Sequence[str]", column)
    return [cell if isinstance(cell, str) else _plain(cell) for cell in column]


def _typed_column(column: Sequence[Cell], fields: _Fields) -> Iterable[str]:
    """Texts as they stand in the file: mostly none of them needs more than quotes."""
    if not set(map(type, column)) <= _TEXT_OR_NONE:
        return map(fields.__getitem__, column)
    texts = cast("list[str]", [cell or "" for cell in column])
    told = "\n".join(["", *filter(None, texts)])
    if '"' in told or "\r" in told or _ANY_FORMULA.search(told):
        return map(fields.__getitem__, column)
    if told.count("\n") > sum(map(bool, texts)):  # one of them has several lines
        return map(fields.__getitem__, column)
    return [f'"{text}"' if "," in text else text for text in texts] if "," in told else texts


def _plain(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def guarded(cell: Cell) -> Cell:
    """Keep a text from being run as a formula by a spreadsheet.

    Text that begins with apostrophes and would be one without them gets another, so that an
    import that takes one away has the text again.

    Args:
        cell: What stands in the cell; numbers are ours and stay as they are.

    Returns:
        The cell, with an apostrophe before it where it is needed.
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(text: str) -> str:
    """Take away the apostrophe that :func:`guarded` put before a text.

    Args:
        text: The cell as the file has it.

    Returns:
        The text; exactly one apostrophe less where one was put there.
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text
