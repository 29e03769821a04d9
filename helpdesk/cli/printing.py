"""What the commands print: results on standard output, everything else on standard error.

Everything goes through ``safe_text`` here, so that no name, note or file can steer the
terminal that it is shown on.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from helpdesk.domain.safe_text import block, line
from helpdesk.errors import NotAllowed

if TYPE_CHECKING:
    from helpdesk.domain.tables import Cell, Table

_WIDEST = 60
_LONGEST = 10_000


def say(text: str = "") -> None:
    """Print a part of the result for a reader.

    Args:
        text: One line or several.
    """
    click.echo(block(text))


def remark(text: str) -> None:
    """Print what is not part of the result.

    Args:
        text: One line or several.
    """
    click.echo(block(text), err=True)


def write(text: str) -> None:
    """Write a part of a file as it is; only a terminal gets it made harmless.

    Args:
        text: The part, its line ends in it.
    """
    out = sys.stdout
    click.echo(block(text, len(text)) if out is not None and out.isatty() else text, nl=False)


def table_text(table: Table) -> Iterator[str]:
    """Set a table for a reader: its header above, its total and its footer below.

    Args:
        table: The table.

    Yields:
        Each line; what a cell has no room for goes on in the line below.
    """
    from helpdesk.domain.tables import said  # noqa: PLC0415 - for figures only

    table = table.for_people()
    rows = (*table.rows, *([table.total] if table.total else []))
    texts = [
        list(each)
        for row in rows
        for each in zip_longest(
            *(_wrapped(said(*pair)) for pair in zip(row, table.units, strict=True)), fillvalue=""
        )
    ]
    right = [unit != "text" for unit in table.units]
    for text in (*table.header, *_grid(table.headings, texts, right), *table.footer):
        yield line(text)


def _wrapped(text: str) -> list[str]:
    """The lines of a cell: one, unless it is too long for that."""
    whole = line(text, _LONGEST)
    if len(whole) <= _WIDEST:
        return [whole]
    from textwrap import wrap  # noqa: PLC0415 - for such cells only

    return wrap(whole, _WIDEST, break_on_hyphens=False)


def table_lines(columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """Set a table in columns, numbers to the right.

    Args:
        columns: The headings.
        rows: The cells.

    Yields:
        The headings, a rule and each row.
    """
    heads = list(columns)
    cells = [list(row) for row in rows]
    right = [
        any(_is_number(row[place]) for row in cells)
        and all(row[place] is None or _is_number(row[place]) for row in cells)
        for place in range(len(heads))
    ]
    return _grid(heads, [[_said(cell) for cell in row] for row in cells], right)


def _grid(
    columns: Iterable[str], texts: Sequence[list[str]], right: Sequence[bool]
) -> Iterator[str]:
    heads = [line(head) for head in columns]
    widths = [max(map(_cells_wide, column)) for column in zip(heads, *texts, strict=True)]
    yield _set(heads, widths, right)
    yield "  ".join("-" * width for width in widths)
    for row in texts:
        yield _set(row, widths, right)


def _set(texts: list[str], widths: list[int], right: Sequence[bool]) -> str:
    padded = (
        " " * (width - _cells_wide(text)) + text
        if to_right
        else text + " " * (width - _cells_wide(text))
        for text, width, to_right in zip(texts, widths, right, strict=True)
    )
    return "  ".join(padded).rstrip()


def _said(cell: Cell) -> str:
    return "" if cell is None else line(cell, _WIDEST)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float)


def _cells_wide(text: str) -> int:
    """How many cells of a terminal a text takes: an East Asian sign two, a combining one none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "FW")
        for sign in text
    )


def confirm(question: str, otherwise: str) -> None:
    """Ask whether something may be done.

    Args:
        question: What is asked.
        otherwise: What is said where it may not: that nothing was done.

    Raises:
        NotAllowed: When the answer is no, or there is none.
    """
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort as abort:
        if not isinstance(abort.__context__, EOFError):  # Ctrl-C
            raise
        click.echo(err=True)  # the question stands in that line
        said = f"{otherwise.rstrip('.')}, for nobody answered: say --yes."
        raise NotAllowed(said) from None
    if not agreed:
        raise NotAllowed(otherwise)
