"""``helpdesk demo``: fills an empty desk with a made-up history."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import say
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Folder
from helpdesk.desk.history import Recorded


@click.command()
@click.option("--tickets", type=click.IntRange(1), default=2_000, metavar="N", show_default=True,
              help="How many tickets.")  # fmt: skip
@click.option("--seed", type=int, default=1, metavar="S", show_default=True,
              help="The same seed on the same day makes the same history.")  # fmt: skip
@click.option("--days", type=click.IntRange(1), default=365, metavar="D", show_default=True,
              help="How many days it covers.")  # fmt: skip
@click.option("--until-day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY",
              help="The day after its last; today if left out.")  # fmt: skip
@click.pass_obj
def command(
    folder: Folder, tickets: int, seed: int, days: int, until_day: datetime | None
) -> None:
    """Fill an EMPTY desk with made-up history: callers, calls, answers, actions, promises.

    Nobody in it is real. It covers the days before today (or before --until-day), so that
    the same seed on the same day makes the same history at any hour.
    """
    with opened(folder) as desk:
        until = until_day.date() if until_day else None
        progress = _Progress(tickets) if sys.stderr.isatty() else None
        made = fill_demo(desk, tickets, seed, days, until, progress)
        if progress:
            progress.end()
    say(
        f"Made up {made.tickets:,} tickets with {made.calls:,} calls "
        f"from {made.first} to {made.last}, seed {seed}."
    )


class _Progress:
    """Says on the terminal how far the history has come."""

    def __init__(self, tickets: int) -> None:
        self._tickets = tickets

    def __call__(self, done: Recorded) -> None:
        click.echo(f"\r{done.tickets:,} of {self._tickets:,} tickets", nl=False, err=True)

    def end(self) -> None:
        """End the line."""
        click.echo("\r\x1b[K", nl=False, err=True)
