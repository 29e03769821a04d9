"""``helpdesk access``: who looked at whom."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say, table_lines, write
from helpdesk.desk.access import MOST, list_access
from helpdesk.desk.access_days import access_days
from helpdesk.desk.desk import Folder
from helpdesk.domain.courts import local
from helpdesk.domain.whens import iso_utc


@click.command()
@click.option(
    "--from", "first", default="", metavar="D", help="The first day; else the first look."
)
@click.option("--to", "last", default="", metavar="D", help="The last day, included; else today.")
@click.option("--clerk", default="", metavar="LOGIN", help="One clerk only.")
@click.option("--ticket", default="", metavar="NUMBER", help="Looks at one ticket only.")
@click.option("--caller", default=0, metavar="ID", help="Looks at one caller only.")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.pass_obj
def command(
    folder: Folder, first: str, last: str, clerk: str, ticket: str, caller: int, *, as_json: bool
) -> None:
    """List who looked up callers, read colleagues' tickets, exported; newest first.

    The id of a caller is told by helpdesk callers --json.
    """
    with opened(folder) as desk:
        days = access_days(desk, "", first, last)
        looks = list_access(desk, days, clerk, ticket, caller)
        zone = desk.home_office.zone
    if as_json:
        from helpdesk.files.json_file import json_line  # noqa: PLC0415

        for each in looks:
            told = {"at": iso_utc(each.at), "clerk": each.login, "did": each.did}
            write(f"{json_line({**told, 'what': each.what})}\n")
    elif looks:
        rows = [
            (f"{local(each.at, zone):%Y-%m-%d %H:%M}", each.login, each.did, each.what)
            for each in looks
        ]
        for text in table_lines(("when", "clerk", "did", "what"), rows):
            say(text)
    else:
        remark("helpdesk: nobody looked at anything then.")
    if len(looks) == MOST:
        remark(f"helpdesk: the newest {MOST:,}; --from and --to narrow it.")
