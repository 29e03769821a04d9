"""``helpdesk stats``: the numbers of calls."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.progress import Progress
from helpdesk.cli.reporting import (
    Asked,
    check_desk,
    check_form,
    give_out,
    not_empty,
    report_options,
)
from helpdesk.desk.abouts import about_report
from helpdesk.desk.desk import Folder
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import UNITS


@click.command()
@click.argument("report", default="by-symptom")
@report_options
@click.option("--period", default="", metavar="P", callback=not_empty,
              help="Instead of --from and --to: last-month.")  # fmt: skip
@click.option("--clerk", default="", metavar="LOGIN", callback=not_empty,
              help="One clerk only; me for oneself.")  # fmt: skip
@click.option(
    "--symptom", default="", metavar="SLUG", callback=not_empty, help="One symptom only."
)
@click.option(
    "--query", default="", metavar="QUERY", callback=not_empty, help="Only calls of these tickets."
)
@click.option(
    "--as-of", default="", metavar="T", callback=not_empty, help="As it was known then; else now."
)
@click.option("--by", "unit", type=click.Choice(UNITS), metavar="SPAN",
              help="trend: day, week, sunday-week, month or fy; repeat-callers: person, "
              "phone, firm or office.")  # fmt: skip
@click.option(
    "--attribute",
    type=click.Choice(["start", "end"]),
    help="half-hours, heat-map: count a call where it began or its wrap was over.",
)
@click.pass_obj
def command(
    folder: Folder,
    report: str,
    asked: Asked,
    period: str,
    clerk: str,
    symptom: str,
    query: str,
    as_of: str,
    unit: str | None,
    attribute: str | None,
) -> None:
    """Print a report. Days are 2026-05-31, 2026-05, today, last-month and the like.

    REPORT is summary, by-symptom, by-clerk, by-court, half-hours, heat-map, trend,
    repeat-callers, callbacks, backlog, playbooks, credentials, data-quality, hand-over,
    incidents or escalations. The days of --from and --to are both included: --from 2026-05-01
    --to 2026-05-31 is all of May.
    """
    check_form(asked)
    check_desk(folder)
    question = Question(
        report, period, asked.first or "", asked.last or "", asked.court, clerk, symptom, query,
        as_of, attribute or "", unit or "",
    )  # fmt: skip
    with opened(folder) as desk:
        with Progress(report) as progress:
            answered = make_report(desk, question, progress)
        give_out(desk, answered.table, asked, about_report(desk, answered))
