"""``helpdesk export``: writes rows to a file."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark
from helpdesk.cli.progress import Progress
from helpdesk.cli.reporting import file_named, offering_force
from helpdesk.cli.tickets import QueryCommand, query_typed
from helpdesk.desk.desk import Folder
from helpdesk.desk.saved_rows import save_rows
from helpdesk.domain.export_columns import EXPORTS
from helpdesk.errors import BadInput
from helpdesk.files.row_export import FORMS


@click.command(cls=QueryCommand)
@click.argument("what", metavar="WHAT", type=click.Choice(list(EXPORTS)))
@click.argument("query", nargs=-1)
@click.option("--out", required=True, metavar="FILE", help="FILE.csv, FILE.xlsx or FILE.jsonl.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--no-bom", is_flag=True, help="Leave out the mark by which Excel knows UTF-8.")
@click.pass_obj
def command(
    folder: Folder, what: str, query: tuple[str, ...], out: str, *, force: bool, no_bom: bool
) -> None:
    """Write WHAT there is to a file: tickets, calls, actions or journal; nothing is cut.

    QUERY is the same as for helpdesk tickets; without one it is all. Times are there in UTC
    and in the court's own zone, lengths of time in whole seconds, in a workbook as h:mm:ss; an
    empty cell is not known. FILE.meta.json beside it says what the file is of.
    """
    path, typed = file_named(out), query_typed(query)
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise BadInput(f"--out: “{out}” must end in .csv, .xlsx or .jsonl: name it so.")
    try:
        with opened(folder) as desk, Progress(what) as progress, offering_force():
            count, notices = save_rows(
                desk, what, typed, path, form, progress, bom=not no_bom, force=force
            )
    except KeyboardInterrupt:
        remark("helpdesk: the export was given up; no file was written.")
        raise
    for notice in notices:
        remark(f"helpdesk: {notice}")
    remark(f"helpdesk: {count:,} {_ROWS.get(what, what)} in {path}")


_ROWS = {"journal": "rows of the journal"}
