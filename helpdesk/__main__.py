"""The ``helpdesk`` command: runs the command line and turns every error into a sentence.

Exit status: 0 done, 1 refused, 2 wrong usage, 70 a fault in the program, 75 database busy,
128 and the signal's number when one ended it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence

REFUSED = 1
"""What was asked for is not allowed, not there or not possible."""

USAGE = 2
"""The command was not written as the help says."""

OUR_FAULT = 70
"""The program itself is wrong."""

BUSY = 75
"""Another program holds the database: trying again may help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: The arguments; ``None`` for those of the process.

    Returns:
        The exit status.
    """
    if refusal := refusal_of_machine(sys.version_info[:2], os.name):
        sys.stderr.write(f"helpdesk: {refusal}\n")
        return REFUSED
    try:
        status = _said_errors(sys.argv[1:] if argv is None else argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        return _left_by_reader()
    except OSError as error:  # the sentence for a full disk behind standard output
        _quiet_output()
        sys.stderr.write(f"helpdesk: the output cannot be written: {error.strerror}.\n")
        return REFUSED
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return status


def refusal_of_machine(version: tuple[int, ...], system: str) -> str | None:
    """Say why the program cannot run on a machine.

    Args:
        version: Python's, major and minor.
        system: What :data:`os.name` says.

    Returns:
        The reason and the way out, or ``None`` when it can.
    """
    if version < (3, 11):
        said = ".".join(map(str, version))
        return f"this is Python {said}, and helpdesk needs 3.11 or newer: install it with that one."
    if system == "nt":
        return "helpdesk runs on Linux, macOS and WSL, not on Windows itself: start it inside WSL."
    return None


def _said_errors(argv: Sequence[str]) -> int:
    """Run the command line; every error but those of the output becomes a sentence."""
    import click  # noqa: PLC0415 - an old Python has its sentence before this

    from helpdesk.errors import HelpdeskError  # noqa: PLC0415

    try:
        return _run(argv)
    except click.Abort as error:
        if not isinstance(error.__cause__, KeyboardInterrupt):
            return REFUSED
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        return _say_usage(error)
    except click.ClickException as error:
        return _say(error.format_message(), REFUSED)
    except HelpdeskError as error:
        return _say_refusal(error)
    except OSError as error:
        if error.filename is None:
            raise
        return _say_fault(error)
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
        return _say_fault(error)


def _run(argv: Sequence[str]) -> int:
    from helpdesk.cli import command_line  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    status = command_line(_run_console).main(list(argv), "helpdesk", standalone_mode=False)
    return status if isinstance(status, int) else 0
