"""Does what a console asks for that reads much, in a process of its own.

Neither the memory that it takes nor the time is the console's then. The console ends it by asking
no more, or at once.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from helpdesk.desk.desk import Clerk, Desk, Folder
from helpdesk.desk.masking import wear_mask
from helpdesk.desk.opening import open_desk
from helpdesk.domain.courts import Court, ServiceCenter
from helpdesk.errors import HelpdeskError
from helpdesk.resources import PACKAGE
from helpdesk.settings import Settings

SIZE: Final = 8
"""In how many bytes the size of what follows is written, each way."""


TELLS: Final = "helpdesk.tells"
"""Stands for a function of the console, which its process tells how far it is."""


class Seat(NamedTuple):
    """Who asks, and what the console has read of the desk's files: it may have changed since."""

    clerk: Clerk
    """Who sits at the console."""

    settings: Settings
    """What ``desk.yaml`` said."""

    courts: Mapping[str, Court]
    """The courts."""

    center: ServiceCenter
    """The PACER Service Center."""


class Wanted(NamedTuple):
    """What is asked for."""

    seat: Seat
    """Where it is asked."""

    act: Callable[..., Any]
    """A function of the program that takes the desk first."""

    given: tuple[Any, ...]
    """What it takes after that; ``TELLS`` for what it tells how far it is."""


class Told(NamedTuple):
    """How far it is, or its end."""

    far: tuple[int, int] | None = None
    """How much is done, and of how much; ``None`` at the end."""

    answer: Any = None
    """What it gave."""

    refused: HelpdeskError | None = None
    """Why it gave nothing."""


_START: Final = f"from {__name__} import main; main()"

WHERE: Final = PACKAGE.parent
"""In which folder the process runs: where this program runs from, installed or not."""


def seat_of(desk: Desk) -> Seat:
    """Where a console asks from; the argument is its desk."""
    return Seat(desk.clerk, desk.settings, desk.courts, desk.center)


def program(home: Path) -> list[str]:
    """The command that starts the process.

    Args:
        home: The desk folder.

    Returns:
        Its words.
    """
    return [sys.executable, "-c", _START, str(home.resolve())]


def frame(told: Wanted | Told) -> bytes:
    """Write down what one process says to the other.

    Args:
        told: What it says.

    Returns:
        It, its size before it.
    """
    written = pickle.dumps(told)
    return len(written).to_bytes(SIZE) + written


def main() -> None:
    """Do one thing after the other until nobody asks any more."""
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that is printed gets between the answers
    folder = Folder(Path(sys.argv[1]))
    desk, file = open_desk(folder), _identity(folder.database)
    while (wanted := _next(asked)) is not None:
        if _identity(folder.database) != file:
            return  # another lies there now: what is asked is asked of that one, anew
        _take(desk, wanted.seat)
        answers.write(frame(_answer(desk, wanted, answers)))
        answers.flush()


def _next(asked: BinaryIO) -> Wanted | None:
    size = int.from_bytes(asked.read(SIZE))
    if not size:
        return None
    wanted: Wanted = pickle.loads(asked.read(size))  # noqa: S301 - of the console that began us
    return wanted


def _answer(desk: Desk, wanted: Wanted, answers: BinaryIO) -> Told:
    def tell(done: int, of: int) -> None:
        answers.write(frame(Told(far=(done, of))))
        answers.flush()

    try:
        if desk.has_library:
            desk.read_library_again()
        given = (tell if each == TELLS else each for each in wanted.given)
        return Told(answer=wanted.act(desk, *given))
    except HelpdeskError as error:
        return Told(refused=error)


def _take(desk: Desk, seat: Seat) -> None:
    """Let what is asked at the console be asked here as it is there."""
    desk.clerk, desk.settings, desk.courts, desk.center = seat
    wear_mask(desk)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
