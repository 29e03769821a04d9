"""``helpdesk hold``: keep a ticket or a caller from redaction and purge."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say, table_lines
from helpdesk.desk.desk import Folder
from helpdesk.desk.holds import hold, list_holds, release
from helpdesk.domain.courts import local


@click.command()
@click.argument("number", required=False)
@click.option("--caller", is_flag=True, help="The ticket's caller, with every ticket of theirs.")
@click.option("--reason", default="", metavar="WHY", help="Why; kept in the journal.")
@click.option("--release", "ends", is_flag=True, help="End the hold.")
@click.pass_obj
def command(folder: Folder, number: str | None, reason: str, *, caller: bool, ends: bool) -> None:
    """Put ticket NUMBER on legal hold, or release it; without a number list what is held."""
    if number is None and (ends or reason or caller):
        raise click.UsageError("Give the NUMBER of the ticket; alone, hold lists what is held.")
    with opened(folder) as desk:
        if number is not None:
            say((release if ends else hold)(desk, number, reason, caller=caller))
            return
        zone = desk.home_office.zone
        rows = [
            (each.said, f"{local(each.at, zone):%Y-%m-%d}", each.login, each.reason)
            for each in list_holds(desk)
        ]
    for text in table_lines(("held", "since", "by", "why"), rows) if rows else ():
        say(text)
    if not rows:
        remark("helpdesk: nothing is held.")
