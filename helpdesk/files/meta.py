"""A file and what must be told beside it: counted, hashed, and put in place together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from helpdesk.domain.file_columns import Column
from helpdesk.errors import StoreProblem
from helpdesk.files.counting import rows_in
from helpdesk.files.json_file import json_text
from helpdesk.files.sidecar import sidecar_of
from helpdesk.files.whole_file import naming, whole_path

_BLOCK: Final = 2**20


def write_with_meta(
    path: Path,
    form: str,
    write: Callable[[Path], int],
    columns: Sequence[Column],
    told: Mapping[str, object],
    *,
    beyond: int = 0,
    force: bool = False,
) -> int:
    """Write a file and its sidecar; neither is there when the rows in it are not all.

    Args:
        path: Where the file is to be.
        form: What it is, as :func:`helpdesk.files.counting.rows_in` knows it.
        write: Writes the file at the place it is given, and says how many rows it must hold.
        columns: Its columns.
        told: What else the sidecar says.
        beyond: How many of what is counted in the file are no rows.
        force: Whether files that are there already may be replaced.

    Returns:
        How many rows the file holds, counted in the file itself.

    Raises:
        NotAllowed: When a file is there already.
        BadInput: When it cannot be written there.
        StoreProblem: When the file does not hold the rows that it must hold.
    """
    with (
        whole_path(path, force=force) as beside,
        whole_path(sidecar_of(path), force=force) as meta,
        naming(path),
    ):
        wanted = write(beside)
        if (rows := rows_in(beside, form) - beyond) != wanted:
            raise _lacking(path, wanted, rows)
        said = {"file": path.name, **told, "rows": rows, **_described(beside, form, columns)}
        meta.write_text(json_text(said), encoding="utf-8")
    return rows


def _lacking(path: Path, wanted: int, rows: int) -> StoreProblem:
    return StoreProblem(
        f"{path} was to hold {wanted:,} rows and came out with {rows:,}: it was not kept. Try "
        "again, and tell whoever looks after this program if it comes back."
    )


def _described(path: Path, form: str, columns: Sequence[Column]) -> dict[str, object]:
    return {
        "columns": {each.name: {"unit": each.kind, "words": each.words} for each in columns},
        "formula_guard": form == "csv",
        "sha256": _sha256(path),
    }


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
