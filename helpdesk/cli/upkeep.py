"""``helpdesk upkeep``: the work of the night, as cron or an open console asks for it."""

from __future__ import annotations

import os

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say
from helpdesk.cli.progress import Progress
from helpdesk.cli.reporting import check_desk
from helpdesk.desk.desk import Folder
from helpdesk.desk.nightly import keep_nightly
from helpdesk.desk.nights import is_nightly_due
from helpdesk.errors import GivenUp

_IDLE = 19
_LEFT = "The console that asked for it has ended."
_REST = 1.0
"""A process beside a console rests as long as it works."""


@click.command()
@click.option("--nightly", is_flag=True, help="Only when due; slowly, and as long as its starter.")
@click.pass_obj
def command(folder: Folder, *, nightly: bool) -> None:
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
            for said in keep_nightly(desk, progress, rest=_REST if nightly else 0.0):
                say(said)
        except GivenUp as error:
            remark(f"helpdesk: {error}")
