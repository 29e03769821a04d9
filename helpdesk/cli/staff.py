"""``helpdesk staff``: who may do what at this desk."""

from __future__ import annotations

from contextlib import closing

import click

from helpdesk.cli.printing import say, table_lines
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from helpdesk.desk.staff import add_member, change_role, list_staff
from helpdesk.domain.courts import local


@click.group()
def command() -> None:
    """List clerks, add one, give a role."""


@command.command("list")
@click.pass_obj
def list_(folder: Folder) -> None:
    """List everybody with their role."""
    with closing(open_desk(folder)) as desk:
        zone = desk.home_office.zone
        rows = [
            (each.login, each.role, f"{local(each.added_at, zone):%Y-%m-%d}",
             "" if each.started else "never started")
            for each in list_staff(desk)
        ]  # fmt: skip
    for text in table_lines(("login", "role", "since", ""), rows):
        say(text)


@command.command()
@click.argument("login")
@click.option("--role", default="clerk", show_default=True, help="What they may do.")
@click.pass_obj
def add(folder: Folder, login: str, role: str) -> None:
    """Put LOGIN on the list before their first start."""
    with closing(open_desk(folder)) as desk:
        add_member(desk, login, role)
    say(f"{login} is {role}.")


@command.command()
@click.argument("login")
@click.argument("role")
@click.pass_obj
def role(folder: Folder, login: str, role: str) -> None:
    """Give LOGIN the ROLE clerk, lead, supervisor, admin or auditor."""
    with closing(open_desk(folder)) as desk:
        before = change_role(desk, login, role)
    say(f"{login} is {role} already." if before == role else f"{login} is {role}, was {before}.")
