"""``helpdesk stats``: prints a report, or writes it to a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import click

from helpdesk.cli.printing import remark, table_lines, write
from helpdesk.desk.desk import Folder
from helpdesk.desk.figures import period_of_report, symptom_figures
from helpdesk.desk.opening import open_desk
from helpdesk.domain.safe_text import line
from helpdesk.domain.tables import Table
from helpdesk.errors import BadInput

_REPORTS: Final = ("by-symptom",)
_SUFFIXES: Final = {"csv": ".csv", "json": ".json", "table": ".txt"}


@click.command()
@click.argument("report", type=click.Choice(_REPORTS), default=_REPORTS[0])
@click.option("--from", "first", metavar="D", help="The first day; else that of the first call.")
@click.option("--to", "last", metavar="D", help="The last day, included; else today.")
@click.option("--court", default="", metavar="ID", help="One court only, in its zone.")
@click.option("--format", "form", type=click.Choice(list(_SUFFIXES)), metavar="FORMAT",
              help="table, csv or json; else as FILE ends, else table.")  # fmt: skip
@click.option("--out", metavar="FILE", help="A file to write instead of printing.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--no-bom", is_flag=True, help="Leave out the mark by which Excel knows UTF-8.")
@click.pass_obj
def command(
    folder: Folder,
    report: str,  # noqa: ARG001 - there is only one yet
    first: str | None,
    last: str | None,
    court: str,
    form: str | None,
    out: str | None,
    *,
    force: bool,
    no_bom: bool,
) -> None:
    """Print a report. Days are 2026-05-31, 2026-05, today, last-month and the like.

    The days of --from and --to are both included: --from 2026-05-01 --to 2026-05-31 is all
    of May.
    """
    form = form or _form_of(out)
    with closing(open_desk(folder)) as desk:
        period = period_of_report(desk, first, last, court)
        table = symptom_figures(desk, period, court)
    if out is None:
        write(_text(table, form, bom=False))
        return
    from helpdesk.files.whole_file import whole_file  # noqa: PLC0415 - only for files

    with whole_file(Path(out), force=force) as file:
        file.write(_text(table, form, bom=not no_bom))
    remark("\n".join((*table.header, *table.footer)))
    remark(f"helpdesk: {len(table.rows):,} rows in {out}")


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
    rows = (*table.rows, *([table.total] if table.total else []))
    lines = (*table.header, *table_lines(table.columns, rows), *table.footer)
    return "".join(f"{line(each)}\n" for each in lines)


def _as_json(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "header": list(table.header),
        "rows": [dict(zip(table.columns, row, strict=True)) for row in table.rows],
        "total": dict(zip(table.columns, table.total, strict=True)) if table.total else None,
        "footer": list(table.footer),
    }
