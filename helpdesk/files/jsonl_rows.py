"""Lines of JSON as rows of texts: bounded, no name twice, and no number that is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from helpdesk.errors import BadInput
from helpdesk.files.row_file import MOST_COLUMNS, BoundedLines, Row

_DEEPEST: Final = 40


def open_jsonl(path: Path) -> tuple[tuple[str, ...], Callable[[], Iterator[Row]], str]:
    """Open a file of lines of JSON.

    Args:
        path: The file.

    Returns:
        Every name there is, what reads the rows, and how the file is read.

    Raises:
        BadInput: When a line is no object, or larger or deeper than is read.
    """
    headings: dict[str, None] = {}
    for _, row in _rows(path):
        headings |= dict.fromkeys(row)
        if len(headings) > MOST_COLUMNS:
            raise BadInput(f"{path} has more than {MOST_COLUMNS:,} names: take some out.")
    names = tuple(headings)

    def rows() -> Iterator[Row]:
        for line, row in _rows(path):
            yield line, [_as_text(row.get(name)) for name in names]

    return names, rows, "a line of JSON a row"


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    line = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            lines = BoundedLines(file)
            for line, text in enumerate(lines, 1):
                lines.begin()
                if not text.strip():
                    continue
                row = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
                if not isinstance(row, dict):
                    raise BadInput(f"{path}, line {line}: not an object of names and values.")
                if text.count("[") + text.count("{") > _DEEPEST:
                    _refuse_deeper(row, _DEEPEST)
                yield line, row
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except RecursionError:
        raise BadInput(f"{path}, line {line}: nested too deep: flatten it.") from None
    except ValueError as error:
        said = f"{path} is not lines of JSON: {error} (behind line {max(line - 1, 0)})."
        raise BadInput(said) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice}” is there twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _refuse_deeper(value: object, left: int) -> None:
    if not left:
        raise RecursionError
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            _refuse_deeper(each, left - 1)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return " ".join(map(_as_text, value))
    return str(value)
