"""``helpdesk wall``: the console, opened on the wallboard."""

from __future__ import annotations

import click

from helpdesk.cli import CONSOLE


@click.command()
@click.pass_context
def command(ctx: click.Context) -> int:
    """Open the wallboard, for the wall or the second monitor.

    Today's calls by half hour against the usual, who is on a call, promises due, and what is
    out; brought up to date by itself. It names no caller. q leaves.
    """
    status: int = ctx.meta[CONSOLE](ctx.obj, "w")
    return status
