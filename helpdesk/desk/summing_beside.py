"""Has days summed up by a process of its own, so that the memory it takes goes with it."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import IO, Final, cast

from helpdesk.desk.desk import Desk
from helpdesk.desk.own_process import own_process

_TELL_SECONDS: Final = 0.1
"""How often it is told how far it is, and can be given up."""

_MOST_BYTES: Final = 1_024


def sum_up_beside(
    desk: Desk, days: Sequence[date], stretches: int, progress: Callable[[int, int], None] | None
) -> None:
    """Have days summed up, as far as the process beside gets.

    Args:
        desk: The desk.
        days: The days, in order; the process finds out itself which of those between are wanted.
        stretches: In how many stretches they are done.
        progress: Told how many of them are done; may raise to give it up, what is done stays.
    """
    with suppress(OSError):  # where no process can be started it is done in this one
        asked = ("upkeep", "--sums", f"{days[0]}", f"{days[-1]}")
        with own_process(desk, *asked, told=subprocess.PIPE) as process:
            try:
                _follow(cast("IO[bytes]", process.stdout), stretches, progress)
            except BaseException:
                process.kill()  # no write is ever half: what it was at is as if never begun
                raise


def _follow(told: IO[bytes], stretches: int, progress: Callable[[int, int], None] | None) -> None:
    """Count the stretches that are done, a byte each, until no more can come."""
    done = 0
    while True:
        if select.select([told], [], [], _TELL_SECONDS)[0]:
            came = len(os.read(told.fileno(), _MOST_BYTES))
            if not came:
                return
            done += came
        if progress is not None:
            progress(min(done, stretches), stretches)
