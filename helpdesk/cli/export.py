"""``helpdesk export``: writes rows to a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from helpdesk.cli.printing import remark
from helpdesk.cli.tickets import QueryCommand, query_typed
from helpdesk.desk.desk import Folder
from helpdesk.desk.exports import EXPORTS, export_rows
from helpdesk.desk.opening import open_desk
from helpdesk.errors import BadInput
from helpdesk.files.csv_file import write_csv
from helpdesk.files.whole_file import whole_file


@click.command(cls=QueryCommand)
@click.argument("what", type=click.Choice(list(EXPORTS)))
@click.argument("query", nargs=-1)
@click.option("--out", required=True, metavar="FILE.csv", help="The file to write.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--no-bom", is_flag=True, help="Leave out the mark by which Excel knows UTF-8.")
@click.pass_obj
def command(
    folder: Folder, what: str, query: tuple[str, ...], out: str, *, force: bool, no_bom: bool
) -> None:
    """Write tickets, calls or actions to a CSV file; nothing is cut.

    QUERY is the same as for helpdesk tickets; without one it is all. Times are there in UTC
    and in the court's own zone, lengths of time in whole seconds; an empty cell is not known.
    """
    path = Path(out)
    if path.suffix.lower() != ".csv":
        raise BadInput(f"--out: “{out}” must end in .csv: other files are not written yet.")
    with closing(open_desk(folder)) as desk:
        rows = export_rows(desk, what, query_typed(query))
        with whole_file(path, force=force) as file:
            count = write_csv(file, EXPORTS[what], rows, bom=not no_bom)
    remark(f"helpdesk: {count:,} {what} in {path}")
