"""The ``helpdesk`` command: runs the command line and turns every error into a sentence.

Exit status: 0 done, 1 refused, 2 wrong usage, 70 a fault in the program, 75 database busy,
128 and the signal's number when a signal ended it.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from click import ClickException

    from helpdesk.desk.desk import Desk, Folder

DONE = 0
"""All is done."""

REFUSED = 1
"""What was asked for is not there, not allowed or not possible; the sentence says which."""

WRONG_USAGE = 2
"""The command was not written as its help says."""

OUR_FAULT = 70
"""The program itself is wrong; a report was kept."""

BUSY = 75
"""Another program holds the database: trying again may help."""

_HOME = len(("--home", "DIR"))
_OUTPUT_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: The arguments; ``None`` for those of the process.

    Returns:
        The exit status.
    """
    if refusal := refusal_of_machine(sys.version_info[:2], os.name):
        return _say(refusal, REFUSED)
    # Images of containers forbid it; without compiled files each start compiles for 60 to 150 ms.
    sys.dont_write_bytecode = False
    atexit.register(gc.freeze)  # what ends with the program is not swept before: 8 ms
    try:
        with _ended_by_signals():
            status = _run(sys.argv[1:] if argv is None else argv)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        _drop_output()
        return 128 + signal.SIGPIPE
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
        return _say_error(error)
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
        return f"this is Python {said}, and helpdesk needs 3.11 or newer: install it with that."
    if system == "nt":
        return "helpdesk runs on Linux, macOS and WSL, not on Windows itself: start it in WSL."
    return None


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a signal end the program in order: what is half written goes, what is saved stays.

    One that whoever started it has it ignore, as nohup does, stays ignored.
    """

    def end(number: int, frame: FrameType | None) -> None:
        del frame
        for each in before:
            signal.signal(each, signal.SIG_IGN)  # once is enough: it is cleared up meanwhile
        raise SystemExit(128 + number)

    before: dict[signal.Signals, Any] = {}
    with suppress(ValueError):  # only the main thread gets signals
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            if signal.getsignal(number) == signal.SIG_DFL:
                before[number] = signal.signal(number, end)
    hook, threading.excepthook = threading.excepthook, _fault_beside
    try:
        yield
    finally:
        threading.excepthook = hook
        for number, was in before.items():
            signal.signal(number, was)


def _fault_beside(told: threading.ExceptHookArgs) -> None:
    """Keep a fault of a thread like any other; Python would print what it says."""
    if isinstance(told.exc_value, Exception):
        _say(_crash_said(told.exc_value), OUR_FAULT)


def _run(argv: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if not argv or (len(argv) == _HOME and argv[0] == "--home" and argv[1].strip()):
        from helpdesk.desk.opening import find_folder  # noqa: PLC0415 - not for --help

        # Whoever opens the console waits for it, and click alone takes 25 ms.
        return _open_console(find_folder(Path(argv[1]) if argv else None))
    return _run_command(argv)


def _run_command(argv: Sequence[str]) -> int:
    gc.set_threshold(100_000)  # a few dozen sweeps over what is only imported: 6 ms
    from click.exceptions import Exit  # noqa: PLC0415 - an old Python was refused before this

    from helpdesk.cli import command_line  # noqa: PLC0415

    commands = command_line(_open_console, _open_plain)
    try:
        with commands.make_context("helpdesk", list(argv)) as context:
            status = commands.invoke(context)
    except Exit as left:  # --help and --version
        return left.exit_code
    return status if isinstance(status, int) else DONE


def _open_console(folder: Folder, place: str = "") -> int:
    gc.disable()  # until the first screen stands: half a dozen sweeps over imports, 15 ms
    from helpdesk.tui.running import run_console  # noqa: PLC0415 - Textual is for the console alone

    try:
        return run_console(folder, place, _ask_who)
    finally:
        gc.enable()  # also where it never came to a screen


def _open_plain(folder: Folder) -> int:
    from helpdesk.plain.running import run_plain  # noqa: PLC0415 - not for the commands

    return run_plain(folder, _ask_who)


def _ask_who(desk: Desk) -> None:
    from helpdesk.cli.opened import sign_in  # noqa: PLC0415 - for desks that want a passcode

    sign_in(desk)


def _say_error(error: Exception) -> int:
    import click  # noqa: PLC0415

    from helpdesk.domain.query_parts import BadQuery  # noqa: PLC0415
    from helpdesk.errors import BadFile, HelpdeskError, StoreBusy  # noqa: PLC0415

    if isinstance(error, BadQuery):
        return _say(f"{error}\n{error.typed}\n{error.carets}", REFUSED)
    if isinstance(error, HelpdeskError):
        said = error.faults if isinstance(error, BadFile) else (error,)
        return _say("\n".join(map(str, said)), BUSY if isinstance(error, StoreBusy) else REFUSED)
    if isinstance(error, click.Abort):  # Ctrl-C at a question
        return 128 + signal.SIGINT
    if isinstance(error, click.ClickException):
        return _say_misuse(error)
    if isinstance(error, OSError) and (error.filename or error.errno in _OUTPUT_FULL):
        return _say_unwritable(error)
    return _say(_crash_said(error), OUR_FAULT)


def _say_misuse(error: ClickException) -> int:
    from click import UsageError  # noqa: PLC0415

    if not isinstance(error, UsageError):
        return _say(error.format_message(), REFUSED)
    path, said = error.ctx.command_path if error.ctx else "helpdesk", error.format_message()
    if said.startswith("Usage:"):  # of a command that only names others
        with suppress(OSError, AttributeError):
            sys.stderr.write(f"{said}\n")
        return WRONG_USAGE
    said = " ".join(said.split()).replace("a valid integer range", "a whole number")
    said = f"{said}{'' if said[-1:] in {*'.?!)'} else '.'}"
    return _say(f"{said} The help: {path} --help", WRONG_USAGE)


def _say_unwritable(error: OSError) -> int:
    if error.filename:
        return _say(f"{error.filename}: {error.strerror}.", REFUSED)
    _drop_output()
    return _say(f"the output cannot be written: {error.strerror}.", REFUSED)


def _crash_said(error: Exception) -> str:
    from helpdesk.desk.crashes import crash_file  # noqa: PLC0415
    from helpdesk.desk.desk import Clock  # noqa: PLC0415

    name = type(error).__name__
    try:
        path = crash_file(error, Clock().now())
    except OSError as unwritable:
        return f"a fault in the program ({name}), and no report could be kept: {unwritable}."
    return f"a fault in the program ({name}); what was saved is safe. The report: {path}"


def _say(text: str, status: int) -> int:
    from helpdesk.domain.safe_text import line  # noqa: PLC0415

    with suppress(OSError, AttributeError):  # nobody may be listening
        for each in text.splitlines():
            sys.stderr.write(f"helpdesk: {line(each, 5_000)}\n")
        sys.stderr.flush()
    return status


def _drop_output() -> None:
    """Let Python's last flush go nowhere instead of failing again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    raise SystemExit(main())
