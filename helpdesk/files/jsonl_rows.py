"""Lines of JSON as rows of texts: bounded, no name twice, and no number that is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from helpdesk.domain.imports import Fault
from helpdesk.errors import BadInput
from helpdesk.files.row_file import MOST_COLUMNS, BoundedLines, Row

_DEEPEST: Final = 40
_MOST_FAULTY: Final = 100_000
"""With so many lines that are no JSON it is a file of something else."""


def open_jsonl(
    path: Path,
) -> tuple[tuple[str, ...], Callable[[], Iterator[Row]], str, tuple[Fault, ...]]:
    """Open a file of lines of JSON.

    Args:
        path: The file.

    Returns:
        Every name there is, what reads the rows, how the file is read, and the lines that are
        no rows.

    Raises:
        BadInput: When no line is a row, too many are none, or one is larger than is read.
    """
    names, faults = _looked_at(path)
    if faults and (not names or len(faults) > _MOST_FAULTY):
        said = f"line {faults[0].line}: {faults[0].reason}"
        raise BadInput(f"{path} is not lines of JSON: {said}")

    def rows() -> Iterator[Row]:
        for line, row in _rows(path):
            if not isinstance(row, str):
                yield line, [_as_text(row.get(name)) for name in names]

    return names, rows, "a line of JSON a row", tuple(faults)


def _looked_at(path: Path) -> tuple[tuple[str, ...], list[Fault]]:
    """Every name that there is in the file, and its lines that are no rows."""
    headings: dict[str, None] = {}
    faults: list[Fault] = []
    for line, row in _rows(path):
        if isinstance(row, str):
            faults.append(Fault(line, row))
            if len(faults) > _MOST_FAULTY:
                break
            continue
        headings |= dict.fromkeys(row)
        if len(headings) > MOST_COLUMNS:
            raise BadInput(f"{path} has more than {MOST_COLUMNS:,} names: take some out.")
    return tuple(headings), faults


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object] | str]]:
    """Each line that is not empty, with the row on it or why there is none."""
    line = 0
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
            lines = BoundedLines(file)
            for line, text in enumerate(lines, 1):
                lines.begin()
                if not text.strip():
                    continue
                found: dict[str, object] | str
                try:
                    found = _row(text.rstrip("\n"))
                except BadInput as refusal:
                    found = str(refusal)
                yield line, found
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise BadInput(f"{path}, line {line + 1}: {error}.") from error


def _row(text: str) -> dict[str, object]:
    """The row on a line; refused in a sentence when there is none."""
    try:
        row = _value(text)
        if text.count("[") + text.count("{") > _DEEPEST:
            _refuse_deeper(row, _DEEPEST)
    except RecursionError:
        raise BadInput("nested too deep: flatten it.") from None
    if not isinstance(row, dict):
        raise BadInput("not an object of names and values: correct it.")
    return row


def _value(text: str) -> object:
    try:
        if not text.isascii():
            text.encode()
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        said = f"it is no JSON from character {error.colno} on: correct it there."
    except UnicodeEncodeError as error:
        said = f"character {error.start + 1} is not UTF-8: save the file in UTF-8."
    except ValueError:  # Python reads whole numbers of some thousand digits at most
        said = "a number in it has too many digits: shorten it."
    raise BadInput(said)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadInput(f"“{twice}” is there twice: take one of them out.")
    return found


def _no_number(text: str) -> NoReturn:
    raise BadInput(f"{text} is no number: write null for what is not known.")


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
