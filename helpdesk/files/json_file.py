"""JSON for programs: pure ASCII, so that nothing in it can steer a terminal (PITFALLS E3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TextIO

from helpdesk.domain.tables import Cell, Table

_ON_ONE_LINE: Final = json.JSONEncoder(allow_nan=False, separators=(",", ":"))


def json_line(value: object) -> str:
    """Write a value on one line, for JSONL.

    Args:
        value: Dicts, lists, text, numbers and ``None``.

    Returns:
        The JSON without a line break.
    """
    return _ON_ONE_LINE.encode(value)


def json_text(value: object) -> str:
    """Write a value for a reader.

    Args:
        value: Dicts, lists, text, numbers and ``None``.

    Returns:
        The JSON over several lines, the last one ended.
    """
    return json.dumps(value, allow_nan=False, indent=2) + "\n"


def table_as_jsonl(table: Table) -> Iterator[str]:
    """Write a table as one object a row, named by the headings.

    Args:
        table: The table.

    Yields:
        Each line, without its line break.
    """
    for row in table.file_rows:
        yield json_line(dict(zip(table.file_columns, row, strict=True)))


def write_jsonl(file: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows as one object each as they come, however many there are.

    Args:
        file: Where to.
        columns: Their names.
        rows: The rows, each as long as the names.

    Returns:
        How many rows were written.
    """
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the answer
        file.write(f"{json_line(dict(zip(columns, row, strict=True)))}\n")
    return count
