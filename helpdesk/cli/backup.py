"""``helpdesk backup``: a checked copy of the desk, made while calls run."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened, tell_broken
from helpdesk.cli.printing import say, table_lines
from helpdesk.cli.progress import Progress
from helpdesk.cli.reporting import check_desk, file_named
from helpdesk.desk.backup_list import backups_of, list_backups
from helpdesk.desk.backups import back_up
from helpdesk.desk.desk import Folder
from helpdesk.domain.courts import local
from helpdesk.errors import BadInput


@click.command()
@click.argument("file", required=False)
@click.option("--list", "listed", is_flag=True, help="List the backups of the desk folder.")
@click.pass_obj
def command(folder: Folder, file: str | None, *, listed: bool) -> None:
    """Back the desk up to FILE, or into the desk folder.

    Nobody waits for it. The copy is checked row by row and put in place whole, never over a file
    that is there already.
    """
    if listed and file:
        raise BadInput("--list lists the backups of the desk folder: leave FILE away.")
    if listed:
        _list(folder)
        return
    path = file_named(file).expanduser() if file else None
    check_desk(folder)
    with opened(folder, broken_too=True) as desk, Progress("Backing up") as progress:
        made = back_up(desk, path, progress)
    say(
        f"Backed up {made.rows('ticket'):,} tickets and {made.rows('call'):,} calls to "
        f"{made.path} ({made.size / 1e6:,.1f} MB); every row and {made.told['chains']:,} chains "
        "of the journal were checked."
    )


def _list(folder: Folder) -> None:
    tell_broken(folder)
    where = backups_of(folder)  # also where the desk itself cannot be opened
    rows = [
        (each.path.name,
         f"{local(each.at, each.told['zone']):%Y-%m-%d %H:%M %Z}" if each.told else "",
         each.rows("ticket") if each.told else None, round(each.size / 1e6, 1),
         each.fault or ("good, nightly" if each.nightly else "good"))
        for each in list_backups(where)
    ]  # fmt: skip
    if not rows:
        say(f"No backup lies in {where}: helpdesk backup makes one.")
        return
    for text in table_lines(("file", "moment", "tickets", "MB", "state"), rows):
        say(text)
