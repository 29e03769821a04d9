"""Quotes in CSV that are opened and never closed, so that a cell takes in the rows below it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from helpdesk.errors import BadInput

_LINE_END: Final = re.compile("\r\n|\r|\n")


def refuse_open_quote(path: Path, row: Sequence[str], delimiter: str, begins: int) -> None:
    """Refuse a row that goes on below its line only because a quote in it is never closed.

    What is taken for its end is the next quote, which opens another cell, or the end of the
    file: behind the one stands more of that cell, and behind the other nothing.

    Args:
        path: The file.
        row: The lines of the row, each with what ends it.
        delimiter: What divides its cells.
        begins: The line on which it begins.

    Raises:
        BadInput: When there is such a quote; the message names the line on which it stands.
    """
    try:
        for _ in csv.reader(row, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        line = begins + _lines_before_open_quote("".join(row), delimiter)
        said = f"the quote opened on line {line} is never closed: close it, or take it out."
        raise BadInput(f"{path}: {said}") from None


def _lines_before_open_quote(text: str, delimiter: str) -> int:
    """How many lines end before the first cell that does not end with the quote it begins with."""
    ends = re.escape(delimiter)
    cell = re.compile(rf'(?:"[^"]*(?:""[^"]*)*"|(?!")[^{ends}\r\n]*)(?:{ends}|\r\n?|\n|\Z)')
    opened = 0
    while opened < len(text) and (found := cell.match(text, opened)):
        opened = found.end()
    return len(_LINE_END.findall(text, 0, opened))
