"""What every report of the command line has: its days, its form, and where it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from helpdesk.cli.printing import remark, table_text, write
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput

_SUFFIXES: Final = {"csv": ".csv", "json": ".json", "table": ".txt"}

_OPTIONS: Final = (
    click.option("--from", "first", metavar="D", help="The first day; else of the first call."),
    click.option("--to", "last", metavar="D", help="The last day, included; else today."),
    click.option("--court", default="", metavar="ID", help="One court only, in its zone."),
    click.option("--format", "form", type=click.Choice(list(_SUFFIXES)), metavar="FORMAT",
                 help="table, csv or json; else as FILE ends, else table."),
    click.option("--out", metavar="FILE", help="A file to write instead of printing."),
    click.option("--force", is_flag=True, help="Replace a file that is there already."),
    click.option("--no-bom", is_flag=True, help="Leave out the mark by which Excel knows UTF-8."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a report."""

    first: str | None
    """The first day, as it was typed."""

    last: str | None
    """The last day."""

    court: str
    """One court only, or empty."""

    form: str | None
    """``table``, ``csv`` or ``json``."""

    out: str | None
    """The file to write."""

    force: bool
    """Whether it replaces a file that is there."""

    no_bom: bool
    """Whether the mark by which Excel knows UTF-8 is left out."""


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a report.

    Args:
        command: Takes what was asked as ``asked``, an :class:`Asked`.

    Returns:
        The command with the options.
    """

    @wraps(command)
    def with_asked(*args: Any, **given: Any) -> None:  # noqa: ANN401 - what click hands over
        told = {name: given.pop(name) for name in Asked.__slots__}
        command(*args, asked=Asked(**told), **given)

    decorated: Callable[..., None] = with_asked
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def give_out(table: Table, asked: Asked) -> None:
    """Print a table, or write it to the file that was asked for.

    Args:
        table: The table.
        asked: Its form and where it goes.

    Raises:
        BadInput: When the file's name does not say its form.
    """
    form = asked.form or _form_of(asked.out)
    if asked.out is None:
        write(_text(table, form, bom=False))
        return
    from helpdesk.files.whole_file import whole_file  # noqa: PLC0415 - only for files

    with whole_file(Path(asked.out), force=asked.force) as file:
        file.write(_text(table, form, bom=not asked.no_bom))
    remark("\n".join((*table.header, *table.footer)))
    remark(f"helpdesk: {len(table.rows):,} rows in {asked.out}")


def check_form(asked: Asked) -> None:
    """Refuse a file whose name does not say its form, before anything is computed.

    Args:
        asked: What was asked.

    Raises:
        BadInput: When it does not.
    """
    if asked.form is None:
        _form_of(asked.out)


def _form_of(out: str | None) -> str:
    if out is None:
        return "table"
    for form, suffix in _SUFFIXES.items():
        if out.lower().endswith(suffix):
            return form
    known = ", ".join(_SUFFIXES.values())
    raise BadInput(f"--out: “{out}” ends in none of {known}: name it so, or give --format.")


def _text(table: Table, form: str, *, bom: bool) -> str:
    if form == "csv":
        from helpdesk.files.csv_file import table_as_csv  # noqa: PLC0415 - each form its own

        return table_as_csv(table, bom=bom)
    if form == "json":
        from helpdesk.files.json_file import json_text  # noqa: PLC0415

        return json_text(_as_json(table))
    return "".join(f"{each}\n" for each in table_text(table))


def _as_json(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "header": list(table.header),
        "rows": [dict(zip(table.file_columns, row, strict=True)) for row in table.file_rows],
        "total": (
            dict(zip(table.file_columns, table.file_row(table.total), strict=True))
            if table.total
            else None
        ),
        "footer": list(table.footer),
    }
