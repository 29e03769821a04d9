"""``helpdesk upkeep``: the work of the night, as cron or an open console asks for it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say
from helpdesk.cli.progress import Progress
from helpdesk.cli.reporting import check_desk
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.nightly import is_nightly_due, keep_nightly
from helpdesk.desk.rollups import keep_rollups
from helpdesk.domain.periods import period_of_days
from helpdesk.errors import GivenUp

_IDLE = 19
_LEFT = "The console that asked for it has ended."
_DAY = click.DateTime(["%Y-%m-%d"])
_REST = 1.0
"""A process beside a console rests as long as it works."""


@click.command()
@click.option("--nightly", is_flag=True, help="Only when due; slowly, and as long as its starter.")
@click.option("--sums", nargs=2, type=_DAY, hidden=True, help="Only sum up days, first to last.")
@click.pass_obj
def command(folder: Folder, *, nightly: bool, sums: tuple[datetime, datetime] | None) -> None:
    """Do the work of the night: seal the journal, back up, sum up whole days.

    An open console does it by itself after the time that desk.yaml says; where none is open at
    night, cron may. Whoever comes second finds it done.
    """
    check_desk(folder)
    starter = os.getppid()
    with opened(folder, unattended=True) as desk, Progress("Upkeep") as bar:
        if nightly:
            if not is_nightly_due(desk):
                return
            os.nice(_IDLE)

        def progress(done: int, total: int) -> None:
            if nightly and os.getppid() != starter:
                raise GivenUp(_LEFT)
            bar(done, total)

        try:
            if sums:
                _sum_up(desk, sums, starter)
                return
            for said in keep_nightly(desk, progress, rest=_REST if nightly else 0.0):
                say(said)
        except GivenUp as error:
            remark(f"helpdesk: {error}")


def _sum_up(desk: Desk, days: tuple[datetime, datetime], starter: int) -> None:
    """Sum days up for the console that waits for it: a byte for each stretch of them."""

    def progress(done: int, total: int) -> None:
        del done, total
        if os.getppid() != starter:
            raise GivenUp(_LEFT)
        click.echo(".", nl=False)

    first, last = (each.date() for each in days)
    zone = desk.home_office.zone
    keep_rollups(desk, period_of_days(first, last + timedelta(days=1), zone), progress)
