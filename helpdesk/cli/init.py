"""``helpdesk init``: a new desk folder."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from shlex import quote

import click

from helpdesk.cli.printing import say
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import make_folder, open_desk
from helpdesk.errors import BadInput


@click.command()
@click.argument("directory", required=False, metavar="[DIR]")
@click.pass_obj
def command(folder: Folder, directory: str | None) -> None:
    """Make a desk folder: settings to fill in, a place for playbooks, an empty database.

    What is there already stays as it is.
    """
    if directory is not None and not directory.strip():
        raise BadInput("The folder's name is empty: name one, or leave it out.")
    chosen = Folder(Path(directory).expanduser()) if directory else folder
    make_folder(chosen)
    with closing(open_desk(chosen)) as desk:
        say(f"The desk is in {chosen.home}; {desk.clerk.login} is {desk.clerk.role}.")
    if directory:
        say(f"Start it: helpdesk --home {quote(str(chosen.home))}, or set HELPDESK_HOME.")
    say(f"Its settings: {chosen.settings}")
