"""Large desks that are made once, by the program itself, and kept for later runs.

``HELPDESK_BENCH_TICKETS`` says how many tickets the largest has, a million if nothing is said.
``HELPDESK_BENCH_HOME`` names its folder: a desk that is there already is measured as it is.
Otherwise it lies with the smaller ones in the user's cache folder.

Whatever opens such a desk may leave in it what a console leaves (that it lives, that somebody
looked). What writes more, and whatever changes what there is, takes a copy or a smaller desk.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from helpdesk.desk.desk import Folder
from helpdesk.store.schema import SCRIPTS

MOST_TICKETS: Final = int(os.environ.get("HELPDESK_BENCH_TICKETS", "1000000"))
"""How many tickets the largest desk has."""

KEPT: Final = user_cache_path("helpdesk") / "benchmarks"
"""Where what was made once is kept, in the user's folder whatever a test sets."""

VERSION: Final = f"v{len(SCRIPTS)}"
"""Of the tables: those of another one are made anew."""

_POLL_SECONDS: Final = 0.1
_SETTINGS: Final = "backups: {keep: 0}\n"
"""No nightly copy of gigabytes beside what is measured."""


@dataclass(frozen=True)
class Took:
    """What a program took."""

    seconds: float
    """From its start to its end."""

    peak: int
    """The most memory that it and its processes had at once, in bytes; what they share once."""


@dataclass(frozen=True)
class MadeDesk:
    """A desk that ``helpdesk demo`` made."""

    home: Path
    """Its folder."""

    tickets: int
    """How many tickets it was made with; 0 if nobody noted it."""

    took: Took | None
    """What making it took; ``None`` if nobody noted it."""


def outside_pytest(env: Mapping[str, str]) -> dict[str, str]:
    """Leave out of an environment what pytest and the terminal around it put there.

    Args:
        env: The environment.

    Returns:
        That of a program that is measured.
    """
    apart = ("PYTEST", "COLUMNS", "LINES", "NO_COLOR", "TEXTUAL")
    return {name: value for name, value in env.items() if not name.startswith(apart)}


def helpdesk(*words: str) -> list[str]:
    """The command line of the program that is measured."""
    return [sys.executable, "-m", "helpdesk", *words]


def measured(command: Sequence[str], env: Mapping[str, str] | None = None) -> Took:
    """Run a program to its end, and look now and then how much memory it has.

    Args:
        command: The program and its words.
        env: Its environment.

    Returns:
        What it took.

    Raises:
        CalledProcessError: When it fails.
    """
    begun, peak = time.perf_counter(), 0
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, start_new_session=True
    ) as program:
        while program.poll() is None:
            peak = max(peak, memory_of_session(program.pid))
            with suppress(subprocess.TimeoutExpired):
                program.wait(_POLL_SECONDS)
    seconds = time.perf_counter() - begun
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    return Took(seconds, peak)


def memory_of_session(session: int) -> int:
    """How much memory all processes of a session have just now.

    Args:
        session: The process that began it.

    Returns:
        Bytes; what they share is counted once.
    """
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if os.getsid(int(process.name)) == session:
                rollup = (process / "smaps_rollup").read_text(encoding="utf-8")
                if found := re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE):
                    total += int(found[1]) * 1024
    return total


def made_desk(tickets: int, home: Path | None = None) -> MadeDesk:
    """Find a desk with so many tickets, or make it.

    Args:
        tickets: How many.
        home: Where it lies; in the user's cache folder if left out.

    Returns:
        The desk.
    """
    kept = KEPT / f"{tickets}-{VERSION}"
    home = home or kept
    if not Folder(home).database.exists():
        _make(tickets, home)
    noted = home / "made.json"
    if not noted.exists():
        return MadeDesk(home, 0, None)
    if home == kept:  # what the night does would be done beside what is measured
        subprocess.run(
            helpdesk("--home", str(home), "upkeep"),
            env=outside_pytest(os.environ), stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
    told = json.loads(noted.read_text(encoding="utf-8"))
    return MadeDesk(home, told["tickets"], Took(told["seconds"], told["peak"]))


def _make(tickets: int, home: Path) -> None:
    """Make a desk under another name, so that one half made is never measured."""
    part = home.with_name(f"{home.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    (part / "data").mkdir(parents=True)
    (part / "data" / "desk.yaml").write_text(_SETTINGS, encoding="utf-8")
    took = measured(
        helpdesk("--home", str(part), "demo", "--tickets", str(tickets)),
        outside_pytest(os.environ),
    )
    noted = json.dumps({"tickets": tickets, **asdict(took)})
    (part / "made.json").write_text(noted, encoding="utf-8")
    part.rename(home)


def copied(home: Path, to: Path) -> Path:
    """Copy a desk that nobody writes to just now, so that it may be written to.

    Args:
        home: Its folder.
        to: The folder of the copy; not there yet.

    Returns:
        The folder of the copy.
    """
    (to / "data").mkdir(parents=True)
    for name in ("helpdesk.db", "helpdesk.db-wal", "desk.yaml"):
        if (home / "data" / name).exists():
            source, copy = str(home / "data" / name), str(to / "data" / name)
            subprocess.run(["cp", "--reflink=auto", source, copy], check=True)
    return to
