"""``helpdesk staff``: who may do what at this desk."""

from __future__ import annotations

import click

from helpdesk.cli.opened import ask_passcode, opened, passcode_given
from helpdesk.cli.printing import say, table_lines
from helpdesk.desk.desk import Folder
from helpdesk.desk.passcodes import check_passcode, needs_old, set_passcode
from helpdesk.desk.staff import add_member, change_role, list_staff
from helpdesk.domain.courts import local
from helpdesk.errors import BadInput


@click.group()
def command() -> None:
    """List clerks, add one, give a role."""


@command.command("list")
@click.pass_obj
def list_(folder: Folder) -> None:
    """List everybody with their role."""
    with opened(folder) as desk:
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
    with opened(folder) as desk:
        add_member(desk, login, role)
    say(f"{login} is {role}.")


@command.command()
@click.argument("login")
@click.pass_obj
def passcode(folder: Folder, login: str) -> None:
    """Give LOGIN a passcode; it is asked for and never shown."""
    with opened(folder) as desk:
        old = None
        if needs_old(desk, login):
            old = passcode_given()  # by whoever it is: asked for once
            if old is None:
                old = ask_passcode("The passcode until now")
                check_passcode(desk, login, old)
        new = ask_passcode(f"New passcode of {login}")
        if ask_passcode("Once more").reveal() != new.reveal():
            raise BadInput("The two passcodes differ: nothing was changed.")
        set_passcode(desk, login, new, old)
    say(f"{login} has a new passcode.")


@command.command()
@click.argument("login")
@click.argument("role")
@click.pass_obj
def role(folder: Folder, login: str, role: str) -> None:
    """Give LOGIN the ROLE clerk, lead, supervisor, admin or auditor."""
    with opened(folder) as desk:
        before = change_role(desk, login, role)
    say(f"{login} is {role} already." if before == role else f"{login} is {role}, was {before}.")
