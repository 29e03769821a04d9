"""The command line: the same acts as the console, for scripts and for quick looks.

Each command is a module of this package with a click command named ``command``; it is
imported only when it runs, and gets the desk folder as click's ``obj``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from helpdesk import __version__
from helpdesk.errors import BadInput

if TYPE_CHECKING:
    from helpdesk.desk.desk import Desk, Folder

COMMANDS: Final = {
    "init": "Make a desk folder.",
    "demo": "Fill an empty desk with made-up history.",
    "log": "Record a call that is over; prints the ticket's number.",
    "tickets": "List tickets, newest first.",
    "change": "Change every ticket of a query.",
    "callers": "Find callers by any part of anything.",
    "show": "Show one ticket with all that was done.",
    "playbooks": "List, show, find, copy and check playbooks.",
    "stats": "Print a report.",
    "export": "Write tickets, calls or actions to a file.",
    "wall": "Open the wallboard, for the wall or the second monitor.",
    "import": "Bring in an old call log; taken back whole.",
    "incidents": "List incidents, declare one, end one.",
    "access": "List who looked at whom.",
    "staff": "List clerks, add one, give a role.",
    "redact": "Take words out for good, wherever they stand.",
    "hold": "Keep a ticket or a caller from redaction and purge.",
    "purge": "Take out what the rules of retention say.",
    "backup": "Back the desk up while calls run.",
    "restore": "Put a backup in the place of the desk.",
    "upkeep": "Do the work of the night: seal, back up, sum up.",
    "doctor": "Look for what is wrong with this desk.",
    "verify": "Verify that the journal is what was written.",
}
"""Every command with its help, so that the list of them imports none."""


CONSOLE: Final = "helpdesk.console"
"""Under what name of click's ``meta`` a command finds what opens the console."""

WHO: Final = "helpdesk.who"
"""Under what name of click's ``meta`` a command finds the login of ``--as``."""


class Commands(click.Group):
    """A group whose commands are imported when they are named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Name the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"helpdesk.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands for the help."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def command_line(
    run_console: Callable[..., int], run_plain: Callable[[Folder], int]
) -> click.Group:
    """Make the command line.

    Args:
        run_console: What opens the console on a desk folder, for a start without a command;
            may be given the place that it opens on.
        run_plain: What opens the same in plain lines, for ``--plain``.

    Returns:
        The group; what it returns when it is run is the exit status, or nothing for 0.
    """

    @click.group(
        "helpdesk",
        cls=Commands,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="A help-desk console for court clerks. Without a command it opens the console.",
    )
    @click.option("--home", metavar="DIR", help="The desk folder (or set HELPDESK_HOME).")
    @click.option("--plain", is_flag=True, help="The console in plain lines, for screen readers.")
    @click.option("--as", "who", metavar="LOGIN", help="Who, at a desk that asks for a passcode.")
    @click.version_option(__version__, prog_name="helpdesk")
    @click.pass_context
    def helpdesk(
        ctx: click.Context, home: str | None, who: str | None, *, plain: bool
    ) -> int | None:
        if plain and ctx.invoked_subcommand is not None:
            raise click.UsageError("--plain opens the console: leave the command away.")
        ctx.obj = _folder_named(home)
        ctx.meta[CONSOLE], ctx.meta[WHO] = run_console, who
        if ctx.invoked_subcommand is not None:
            return None
        return (run_plain if plain else run_console)(ctx.obj)

    return helpdesk


def _folder_named(home: str | None) -> Folder:
    if home is not None and not home.strip():
        raise BadInput("--home is empty: name a folder.")
    from helpdesk.desk.opening import find_folder  # noqa: PLC0415 - not for --help

    return find_folder(Path(home) if home else None)._replace(ask=_sign_in)


def _sign_in(desk: Desk) -> None:
    from helpdesk.cli.opened import sign_in  # noqa: PLC0415 - not for --help

    sign_in(desk)
