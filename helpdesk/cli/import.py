"""``helpdesk import``: brings in old call logs; shown, done, and taken back whole."""  # noqa: N999

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click

from helpdesk.cli.import_said import faults_file, print_imports, show_intervals, show_plan
from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say
from helpdesk.cli.reporting import file_named
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.import_intervals import IntervalPlan, import_intervals, plan_intervals
from helpdesk.desk.import_plan import ImportPlan, plan_import
from helpdesk.desk.import_undo import undo_import
from helpdesk.desk.imports import import_history, list_imports
from helpdesk.domain.import_dates import ORDERS
from helpdesk.domain.import_values import UNITS
from helpdesk.domain.imports import Done, Options
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.errors import BadInput
from helpdesk.files.row_file import open_rows

_SOME_FAULTY = 1
"""The exit status when rows were left out as faulty, or tickets stayed at an undo."""

_WITHOUT_FILE = ("as_list", "undo", "yes")
"""The options that do not say how a file is read."""


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
@click.option("--intervals", is_flag=True,
              help="FILE holds a phone system's counts by interval, not calls.")  # fmt: skip
@click.option("--faults", metavar="FILE.csv",
              help="Also write the faulty rows to a file, to be mended.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@click.option("--yes", is_flag=True, help="Do it without asking, for scripts.")
@click.option("--list", "as_list", is_flag=True, help="List the imports.")
@click.option("--undo", type=click.IntRange(1), metavar="N", help="Take a whole import back.")
@click.pass_obj
def command(
    folder: Folder, /, *, file: Path | None, told: tuple[str, ...], sheet: str, as_list: bool,
    undo: int | None, intervals: bool, faults: str | None, dry_run: bool, yes: bool,
    dates: str | None, lengths: str | None, outcome: str | None, court: str, key: str,
    source: str,
) -> int:  # fmt: skip
    """Bring in an old call log from CSV, XLSX or lines of JSON.

    What would be done is always shown first: which column is which field, how dates are read,
    the first faulty rows and how many there are. On a terminal it asks then; --yes does it in
    scripts. A row that is there already does not come in twice. The exit status is 1 when rows
    were faulty.
    """
    if sum((file is not None, as_list, undo is not None)) != 1:
        raise click.UsageError("Give one of FILE, --list and --undo N.")
    if file is None:
        _refuse_options_of_a_file(click.get_current_context())
    with opened(folder) as desk:
        if as_list:
            print_imports(list_imports(desk), desk.home_office.zone)
            return 0
        if undo is not None:
            return _undo(desk, undo, yes=yes)
        at, _, office = court.partition("/")
        options = Options(
            dates or "", lengths or "", outcome or "", at, office, key=key, source=source
        )
        assert file is not None  # noqa: S101 - one of the three was given
        with closing(_plan(desk, file, sheet, told, options, faults, intervals=intervals)) as plan:
            if faults is not None:
                faults_file(desk, file_named(faults), plan.file, plan.faults)
            _do(desk, plan, dry_run=dry_run, yes=yes)
            return _SOME_FAULTY if plan.faults else 0


def _refuse_options_of_a_file(context: click.Context) -> None:
    """Refuse what would be ignored: an undo is none that only says what it would do."""
    for each in context.command.params:
        if each.name not in _WITHOUT_FILE and context.params[str(each.name)]:
            raise click.UsageError(f"{each.opts[0]} goes with FILE alone.")


def _plan(
    desk: Desk,
    path: Path,
    sheet: str,
    told: Sequence[str],
    options: Options,
    faults: str | None,
    *,
    intervals: bool,
) -> ImportPlan | IntervalPlan:
    """Plan an import and print what it would do."""
    file, fields = open_rows(path, sheet), _fields_told(told)
    if intervals:
        counted = plan_intervals(desk, file, fields, options)
        show_intervals(counted, faults)
        return counted
    with _Progress() as progress:
        plan = plan_import(desk, file, fields, options, progress.rows)
    show_plan(plan, faults)
    return plan


def _do(desk: Desk, plan: ImportPlan | IntervalPlan, *, dry_run: bool, yes: bool) -> None:
    new = len(plan.intervals if isinstance(plan, IntervalPlan) else plan.spool)
    if not plan.rows:
        remark(f"helpdesk: {plan.file.path.name} has headings and no row below them.")
    if dry_run or not new:
        remark("helpdesk: nothing was imported.")
        return
    if not yes and not _agreed(f"Import {new:,} rows?"):
        return
    with _Progress() as progress:
        done = _imported(desk, plan, progress)
    opened = f" and opened {done.tickets:,} tickets" if done.tickets else ""
    say(
        f"Import {done.n}: {done.rows:,} rows came in{opened}. "
        f"helpdesk import --undo {done.n} takes its rows back."
    )


def _imported(desk: Desk, plan: ImportPlan | IntervalPlan, progress: _Progress) -> Done:
    if isinstance(plan, IntervalPlan):
        return import_intervals(desk, plan)
    return import_history(desk, plan, lambda count: progress.rows("rows written", count))


def _undo(desk: Desk, n: int, *, yes: bool) -> int:
    run = next((each for each in list_imports(desk) if each["n"] == n), None)
    if run and run["undone_at"] is None and not yes:
        said = f"{run['rows']:,} rows of {run['kind']} from {run['file']}"
        if not _agreed(f"Take import {n} back, {said}?"):
            return 0
    with _Progress() as progress:
        undone = undo_import(desk, n, progress.rows)
    parts = ((undone.tickets, "tickets are void"), (undone.actions, "actions are struck"),
             (undone.intervals, "intervals are struck"))  # fmt: skip
    done = ", ".join(f"{count:,} {words}" for count, words in parts if count) or "nothing was left"
    say(f"Import {n} was taken back: {done}.")
    if undone.clerks:
        who = ", ".join(undone.clerks)
        say(f"On the staff list stay, because what was taken back still names them: {who}")
    if undone.kept:
        say(f"Worked on since, and left as they are: {', '.join(undone.kept)}")
    return _SOME_FAULTY if undone.kept else 0


def _agreed(question: str) -> bool:
    """Whether it may be done: asked on a terminal; elsewhere only ``--yes`` says so."""
    if not sys.stdin.isatty():
        remark(f"helpdesk: {question} Nothing was done yet; --yes does it.")
        return False
    return bool(click.confirm(question, abort=True, err=True))


def _fields_told(told: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in told:
        heading, sign, field = each.rpartition("=")
        if not sign:
            raise BadInput(f"--map: “{each}” must be COLUMN=FIELD.")
        found[heading.strip()] = field.strip()
    return found


class _Progress:
    """Says on the terminal how far it is; the line is gone at the end."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def rows(self, what: str, count: int) -> None:
        """Say how many."""
        if self._shown:
            click.echo(f"\r\x1b[K{count:,} {what}", nl=False, err=True)
