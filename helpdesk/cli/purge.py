"""``helpdesk purge``: take out what the rules of retention say; the facts stay for reports."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say, table_lines
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.purging import PurgePlan, plan_purge, purge
from helpdesk.desk.redaction_text import left_lines
from helpdesk.desk.wiping import compact, finish_wiping
from helpdesk.domain.retention import local_day
from helpdesk.domain.words import counted
from helpdesk.errors import BadInput


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--yes", is_flag=True, help="Do it: it cannot be undone.")
@click.option("--finish", is_flag=True, help="Only overwrite what was taken out before.")
@click.option("--compact", "small", is_flag=True, help="Then write the database anew, smaller.")
@click.pass_obj
def command(folder: Folder, *, dry_run: bool, yes: bool, finish: bool, small: bool) -> int:
    """Take out what is older than the rules of retention in data/desk.yaml say.

    Nothing goes of a ticket that is not done, or is held. Broken off, the next purge goes on.
    """
    if dry_run + yes + finish != 1:
        raise BadInput(
            "Give one of --dry-run (says what would go), --yes (takes it out, for good) and "
            "--finish (overwrites what was taken out before)."
        )
    with opened(folder) as desk:
        if dry_run:
            _print_plan(desk, plan_purge(desk))
            return 0
        if finish:
            left = finish_wiping(desk, _progress)
        else:
            done = purge(desk, progress=_progress)
            for of_class, counted_as, many in done.done:
                say(f"{of_class}: {counted(many, counted_as)} purged")
            left = done.left
        for text in left_lines(desk, left):
            say(text)
        if small:
            say(f"The database has {compact(desk):,} bytes now.")
        return 1 if left.log else 0


def _progress(what: str, many: int) -> None:
    """Say how far it is, for whoever watches: a purge of years takes long."""
    if many % 5_000 == 0:
        remark(f"helpdesk: {what}: {many:,}")


def _print_plan(desk: Desk, plan: PurgePlan) -> None:
    zone = desk.home_office.zone
    rows = [
        (
            each.of_class, str(each.age), counted(each.many, each.counted), each.held,
            "" if each.oldest is None else local_day(each.oldest, zone),
            "" if each.newest is None else local_day(each.newest, zone),
        )
        for each in plan.due
    ]  # fmt: skip
    heads = ("class", "kept", "would go", "held", "oldest", "newest")
    for text in table_lines(heads, rows):
        say(text)
    for each in plan.holds:
        say(f"held: {each.said} since {local_day(each.at, zone)} ({each.login}): {each.reason}")
    if plan.begun:
        say("A purge was broken off: --yes goes on with it.")
    say(f"The database has {plan.size:,} bytes; a purge overwrites, --compact makes it smaller.")
