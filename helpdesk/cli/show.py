"""``helpdesk show``: one ticket with all that was done on it."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import say, write
from helpdesk.desk.desk import Folder
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.ticket_text import ticket_lines


@click.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def command(folder: Folder, number: str, *, as_json: bool) -> None:
    """Show one ticket with all that was done: T-26-04817, or 4817 for this year's."""
    with opened(folder) as desk:
        history = show_ticket(desk, number)
        if as_json:
            from helpdesk.files.json_file import json_text  # noqa: PLC0415
            from helpdesk.files.ticket_json import ticket_as_json  # noqa: PLC0415

            write(json_text(ticket_as_json(history)))
            return
        for text in ticket_lines(desk, history):
            say(text)
