"""``helpdesk stats``: the numbers of calls."""

from __future__ import annotations

from contextlib import closing
from typing import Final

import click

from helpdesk.cli.reporting import Asked, check_form, give_out, report_options
from helpdesk.desk.desk import Folder
from helpdesk.desk.figures import period_of_report, symptom_figures
from helpdesk.desk.opening import open_desk

_REPORTS: Final = ("by-symptom",)


@click.command()
@click.argument("report", type=click.Choice(_REPORTS), default=_REPORTS[0])
@report_options
@click.pass_obj
def command(folder: Folder, report: str, asked: Asked) -> None:  # noqa: ARG001 - only one yet
    """Print a report. Days are 2026-05-31, 2026-05, today, last-month and the like.

    The days of --from and --to are both included: --from 2026-05-01 --to 2026-05-31 is all
    of May.
    """
    check_form(asked)
    with closing(open_desk(folder)) as desk:
        period = period_of_report(desk, asked.first, asked.last, asked.court)
        table = symptom_figures(desk, period, asked.court)
    give_out(table, asked)
