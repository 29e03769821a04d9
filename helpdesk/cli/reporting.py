"""What every report of the command line has: its days, its form, and where it goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click
from click.core import ParameterSource

from helpdesk.cli.printing import remark, table_text, write
from helpdesk.desk.desk import Desk, Folder
from helpdesk.domain.report_about import SUFFIXES, About, file_name, form_of, refuse_nameless
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput, FileThere, NotAllowed, NotFound

_LEFT_OUT: Final = {"first": "the day of the first call", "last": "today", "as_of": "now"}
"""What an option that is left out means; else all there is."""

Given = TypeVar("Given", str, str | None)


def not_empty(context: click.Context, option: click.Parameter, value: Given) -> Given:
    """Refuse an option that was given and is empty: a script's unset variable is not *all*.

    Args:
        context: Where the value comes from.
        option: The option.
        value: What it is.

    Returns:
        The same.

    Raises:
        BadParameter: When it was given as nothing.
    """
    name = option.name or ""
    given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    if given and not (value or "").strip():
        raise click.BadParameter(f"it is empty; leave it out for {_LEFT_OUT.get(name, 'all')}.")
    return value


_OPTIONS: Final = (
    click.option("--from", "first", metavar="D", callback=not_empty,
                 help="The first day; else of the first call."),
    click.option("--to", "last", metavar="D", callback=not_empty,
                 help="The last day, included; else today."),
    click.option("--court", default="", metavar="ID", callback=not_empty,
                 help="One court only, in its zone."),
    click.option("--format", "form", type=click.Choice(list(SUFFIXES)), metavar="FORMAT",
                 help="table, csv, json, jsonl, xlsx or html; else as FILE ends, else table."),
    click.option("--out", metavar="FILE", help="A file or a folder instead of the terminal."),
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
    """``table``, ``csv``, ``json``, ``jsonl``, ``xlsx`` or ``html``."""

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


def give_out(desk: Desk, table: Table, asked: Asked, about: About) -> None:
    """Print a table, or write it to the file that was asked for, with its sidecar.

    Args:
        desk: The desk.
        table: The table.
        asked: Its form and where it goes; a folder gets a file named after the report.
        about: What it is about.

    Raises:
        BadInput: When the file's name does not say its form.
        NotAllowed: When the clerk may not export, or the file cannot be written there.
    """
    form = asked.form or _form_of(asked.out)
    if asked.out is None:
        from helpdesk.files.report_file import report_text  # noqa: PLC0415 - each form its own

        lines = "".join(f"{each}\n" for each in table_text(table))
        write(lines if form == "table" else report_text(table, form, about))
        return
    from helpdesk.desk.saved_reports import ToSave, save_table  # noqa: PLC0415 - only for files

    path = file_named(asked.out)
    if path.is_dir():
        path /= file_name(about, SUFFIXES[form])
    printed = tuple(table_text(table))
    report = ToSave(table, about, path, form, printed, not asked.no_bom, asked.force)
    with offering_force():
        notices = save_table(desk, report)
    remark("\n".join((*table.header, *table.footer, *notices)))
    remark(f"helpdesk: {len(table.rows):,} rows in {path}")


def file_named(text: str) -> Path:
    """Read where a file goes: what ends in a slash is a folder, and must be there.

    Args:
        text: As it was given.

    Returns:
        A file's place, or a folder.

    Raises:
        BadInput: When it ends in a slash and there is no such folder, or is only an ending.
    """
    path = Path(text)  # which forgets the slash
    if text.endswith(("/", os.sep)) and not path.expanduser().is_dir():
        raise BadInput(f"There is no folder {text}: make it first, or name a file.")
    if not path.is_dir():
        refuse_nameless(path.name)
    return path


@contextmanager
def offering_force() -> Iterator[None]:
    """Say of a file that is there already that ``--force`` replaces it.

    Yields:
        Nothing, while the file is written.

    Raises:
        NotAllowed: When it is there.
    """
    try:
        yield
    except FileThere as error:
        raise NotAllowed(f"{str(error).removesuffix('.')}, or add --force.") from error


def check_desk(folder: Folder) -> None:
    """Refuse to make a desk only to report that nothing is on it.

    Args:
        folder: The desk folder.

    Raises:
        NotFound: When it holds no database.
    """
    if not folder.database.exists():
        raise NotFound(f"{folder.home} holds no desk: name another with --home, or helpdesk init.")


def check_form(asked: Asked) -> None:
    """Refuse a file whose name does not say its form, before anything is computed.

    Args:
        asked: What was asked.

    Raises:
        BadInput: When it does not, or says another than was asked for, when its folder is not
            there, or when a workbook would go to the terminal.
    """
    if asked.out is not None:
        path = file_named(asked.out)
        if asked.form is not None and not path.is_dir():
            _refuse_other_ending(path, asked.form)
    form = asked.form or _form_of(asked.out)
    if form == "xlsx" and asked.out is None:
        raise BadInput("A workbook is not printed: name its file with --out FILE.xlsx.")


def _refuse_other_ending(path: Path, form: str) -> None:
    """Refuse a form under the ending of another one; no program would read such a file."""
    ending = path.suffix.lower()
    if ending in SUFFIXES.values() and ending != SUFFIXES[form]:
        name = path.with_suffix(SUFFIXES[form]).name
        raise BadInput(
            f"--out: “{path.name}” ends in {ending} and --format says {form}: name it {name}, or "
            "leave --format out."
        )


def _form_of(out: str | None) -> str:
    if out is None:
        return "table"
    if Path(out).is_dir():
        raise BadInput(f"--out: {out} is a folder: say with --format what to write there.")
    try:
        return form_of(out)
    except BadInput as error:
        raise BadInput(f"--out: {str(error).removesuffix('.')}, or give --format.") from error
