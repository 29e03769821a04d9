"""Tables as comma-separated values: RFC 4180, and never a formula (STATS §10)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from helpdesk.domain.tables import Cell, Table

BOM: Final = "\ufeff"
"""What tells Excel that a file is UTF-8."""

_FORMULA: Final = re.compile("'*\\s*[=+\\-@\t\r\0\uff1d\uff0b\uff0d\uff20]")


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
    file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False
) -> int:
    """Write rows as they come, however many there are.

    Args:
        file: Where to; opened with ``newline=""``.
        columns: The headings.
        rows: The rows, each as long as the headings.
        bom: Whether the file begins with the mark that Excel wants.

    Returns:
        How many rows were written, the headings not counted.
    """
    if bom:
        file.write(BOM)
    writer = csv.writer(file)
    writer.writerow(columns)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the answer
        writer.writerow([guarded(cell) for cell in row])
    return count


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
