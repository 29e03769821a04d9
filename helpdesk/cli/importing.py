"""``helpdesk import``: brings in old call logs; shown first, then done, and taken back whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from helpdesk.cli.printing import remark, say, table_lines
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.history import Recorded
from helpdesk.desk.import_plan import ImportPlan, left_out, plan_import
from helpdesk.desk.imports import import_history
from helpdesk.desk.opening import open_desk
from helpdesk.domain.import_dates import ORDERS
from helpdesk.domain.import_values import UNITS
from helpdesk.domain.imports import Options
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.errors import BadInput
from helpdesk.files.row_file import open_rows

_SOME_FAULTY = 1
"""The exit status when rows were left out as faulty."""


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--map", "told", multiple=True, metavar="COLUMN=FIELD",
              help="What a column is; an empty FIELD leaves it out.")  # fmt: skip
@click.option("--dates", type=click.Choice(ORDERS), default=None,
              help="The order of dates that could be read in two ways.")  # fmt: skip
@click.option("--lengths", type=click.Choice(tuple(UNITS)), default=None,
              help="What lengths without a unit are: seconds, minutes or hours.")  # fmt: skip
@click.option("--outcome", type=click.Choice(OUTCOMES), default=None,
              help="How calls ended that do not say.")  # fmt: skip
@click.option("--court", default="", metavar="ID[/OFFICE]",
              help="The court of rows that name none; else the desk's own.")  # fmt: skip
@click.option("--key", default="", metavar="COLUMN",
              help="The column that tells rows apart for good.")  # fmt: skip
@click.option("--source", default="", metavar="NAME", help="What those keys are unique in.")
@click.option("--sheet", default="", metavar="NAME", help="Which sheet of a workbook.")
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@click.option("--yes", is_flag=True, help="Do it without asking, for scripts.")
@click.pass_obj
def command(
    folder: Folder, file: Path | None, told: tuple[str, ...], *, sheet: str, dry_run: bool,
    yes: bool, dates: str | None, lengths: str | None, outcome: str | None, court: str,
    key: str, source: str,
) -> int:  # fmt: skip
    """Bring in an old call log from CSV, XLSX or lines of JSON.

    What would be done is always shown first: which column is which field, how dates are read,
    every faulty row. On a terminal it asks then; --yes does it in scripts. A row that is there
    already does not come in twice. The exit status is 1 when rows were faulty.
    """
    if file is None:
        raise click.UsageError("FILE is missing.")
    at, _, office = court.partition("/")
    options = Options(
        dates or "", lengths or "", outcome or "", at, office, key=key, source=source
    )
    with closing(open_desk(folder)) as desk:
        progress = _Progress() if sys.stderr.isatty() else None
        plan = plan_import(desk, open_rows(file, sheet), fields_told(told), options, progress)
        if progress:
            progress.end()
        show_plan(plan)
        _do(desk, plan, dry_run=dry_run, yes=yes)
    return _SOME_FAULTY if plan.faults else 0


def fields_told(told: Sequence[str]) -> dict[str, str]:
    """Read what columns are said to be.

    Args:
        told: Each ``COLUMN=FIELD``.

    Returns:
        Fields by heading.

    Raises:
        BadInput: When one has no equals sign.
    """
    found: dict[str, str] = {}
    for each in told:
        heading, sign, field = each.rpartition("=")
        if not sign:
            raise BadInput(f"--map: “{each}” must be COLUMN=FIELD.")
        found[heading.strip()] = field.strip()
    return found


def show_plan(plan: ImportPlan) -> None:
    """Print what an import would do.

    Args:
        plan: The import.
    """
    own = ", an export of helpdesk" if plan.own else ""
    say(f"{plan.file.path.name}: {plan.rows:,} rows of {plan.kind} ({plan.file.said}{own})")
    taken = [(each.heading, each.field, each.how) for each in plan.columns if each.field]
    for text in table_lines(("column", "field", "why"), taken):
        say(text)
    if unused := left_out(plan.columns):
        say(f"left out: {', '.join(unused)}")
    for text in (*plan.proofs, *plan.remarks):
        say(text)
    for fault in plan.faults:
        say(f"line {fault.line}: {fault.reason}")
    new = len(plan.spool)
    say(
        f"{plan.rows:,} rows = {new:,} to import + {plan.known:,} imported before "
        f"+ {len(plan.faults):,} faulty"
    )


def _do(desk: Desk, plan: ImportPlan, *, dry_run: bool, yes: bool) -> None:
    if dry_run or not len(plan.spool):
        remark("helpdesk: nothing was imported.")
        return
    if not yes:
        if not sys.stdin.isatty():
            remark("helpdesk: nothing was imported yet; --yes does it.")
            return
        click.confirm(f"Import {len(plan.spool):,} rows?", abort=True, err=True)
    progress = _Progress(len(plan.spool)) if sys.stderr.isatty() else None
    done = import_history(desk, plan, progress.recorded if progress else None)
    if progress:
        progress.end()
    say(
        f"Import {done.n}: {done.rows:,} rows came in and opened {done.tickets:,} tickets. "
        f"helpdesk import --undo {done.n} takes all of it back."
    )


class _Progress:
    """Says on the terminal how far it is."""

    def __init__(self, rows: int = 0) -> None:
        self._rows = rows

    def __call__(self, what: str, count: int) -> None:
        click.echo(f"\r{count:,} rows {what}", nl=False, err=True)

    def recorded(self, done: Recorded) -> None:
        """Say how much has been written."""
        click.echo(f"\r{done.calls:,} of {self._rows:,} rows", nl=False, err=True)

    def end(self) -> None:
        """End the line."""
        click.echo("\r\x1b[K", nl=False, err=True)
