"""The desk: the open database with its clock, its playbooks and the signed-in clerk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING, Final

from helpdesk.domain.courts import Court, Office, ServiceCenter
from helpdesk.domain.permissions import allows, who_may
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.port import Port
from helpdesk.settings import Settings

if TYPE_CHECKING:
    from helpdesk.desk.outbox import Outbox
    from helpdesk.playbooks.library import Library

_EPOCH: Final = 1_577_836_800
"""2020-01-01: ids count from there."""


class Clock:
    """The one clock."""

    def now(self) -> int:
        """The time, in whole seconds UTC."""
        return int(time.time())  # noqa: TID251 - the one clock

    def monotonic(self) -> float:
        """Seconds of a clock that nobody can set."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who is signed in."""

    id: int
    """The clerk's id."""

    login: str
    """The operating system's name."""

    role: str
    """What the clerk may do."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The desk folder."""

    home: Path
    """The folder itself."""

    @property
    def database(self) -> Path:
        """The database file."""
        return self.home / "data" / "helpdesk.db"

    @property
    def settings(self) -> Path:
        """The settings."""
        return self.home / "data" / "desk.yaml"

    @property
    def courts(self) -> Path:
        """The courts of this desk."""
        return self.home / "data" / "courts.yaml"

    @property
    def playbooks(self) -> Path:
        """The playbooks of this desk."""
        return self.home / "playbooks"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who asked for an act, when, and under which id it counts once."""

    op: str
    """The operation's id."""

    at: int
    """When, in seconds UTC."""

    clerk: int
    """The clerk's id."""

    login: str
    """The clerk's login, for the journal."""

    def part(self, name: str) -> Stamp:
        """The stamp of one batch of an act that needs several.

        Args:
            name: Which batch.

        Returns:
            The same stamp with an operation id of its own.
        """
        return Stamp(f"{self.op}.{name}", self.at, self.clerk, self.login)


def new_op() -> str:
    """Make the id of an operation.

    Returns:
        24 random hexadecimal digits.
    """
    return os.urandom(12).hex()


def random_bits(count: int) -> int:
    """Make a random number; the same as ``secrets.randbits``, whose import takes 4 ms.

    Args:
        count: How many bits it has at most.

    Returns:
        The number.
    """
    spare = -count % 8
    return int.from_bytes(os.urandom((count + spare) // 8)) >> spare


class Ids:
    """Makes ids that grow with time, so that they can be given before a row is written."""

    def __init__(self, bits: Callable[[int], int] = random_bits) -> None:
        """Begin below every id.

        Args:
            bits: Gives a number of so many random bits; a seeded one for made-up histories.
        """
        self._bits = bits
        self._last = 0
        self._lock = Lock()
        self._tape = local()

    @contextmanager
    def taped(self, tape: list[int]) -> Iterator[None]:
        """Give what this thread makes inside from a list, and write down there what is new.

        Args:
            tape: The ids that an act was given before, in order; it grows.

        Yields:
            Nothing.
        """
        self._tape.ids, self._tape.place = tape, 0
        try:
            yield
        finally:
            self._tape.ids = None

    def make(self, at: int, count: int = 1) -> int:
        """Make one, or several in a row.

        Args:
            at: The moment, in seconds UTC.
            count: How many.

        Returns:
            The first: a number of at most 62 bits, above every one made here before for that
            moment.
        """
        tape: list[int] | None = getattr(self._tape, "ids", None)
        if tape is None or count > 1:
            return self._made(at, count)
        if self._tape.place == len(tape):
            tape.append(self._made(at, 1))
        place: int = self._tape.place
        self._tape.place += 1
        return tape[place]

    def _made(self, at: int, count: int) -> int:
        with self._lock:
            made = max(0, at - _EPOCH) << 30 | self._bits(30)
            first = made if made > self._last or made >> 30 < self._last >> 30 else self._last + 1
            self._last = first + count - 1
            return first

    def salts(self, count: int) -> tuple[str, ...]:
        """Make the salts of an entry's values.

        Args:
            count: How many.

        Returns:
            Each 16 hexadecimal digits.
        """
        digits = f"{self._bits(64 * count):0{16 * count}x}" if count else ""
        return tuple(digits[at : at + 16] for at in range(0, 16 * count, 16))


@dataclass
class Desk:
    """The open desk: what every act works with."""

    folder: Folder
    """Where everything lies."""

    port: Port
    """The database."""

    clerk: Clerk
    """Who is signed in."""

    settings: Settings
    """What ``desk.yaml`` says."""

    courts: Mapping[str, Court]
    """The courts by id."""

    center: ServiceCenter
    """The PACER Service Center."""

    read_playbooks: Callable[[Library | None], Library]
    """Reads the library; given what was read before, it gives that back when no file changed."""

    clock: Clock = field(default_factory=Clock)
    """Where the time comes from."""

    ids: Ids = field(default_factory=Ids)
    """Makes ids."""

    console: int | None = None
    """The id of this console; ``None`` for a command."""

    opened_after: int = 0
    """The newest journal entry when the console was opened: undo reaches back to it."""

    past: tuple[tuple[int, int], Port] | None = None
    """The database as it stood at the moment last asked about: moment, change token, database."""

    marks: dict[int, tuple[int, float]] = field(default_factory=dict)
    """For each running call: when this console saw its stretch begin, by both clocks."""

    outbox: Outbox | None = None
    """Where the acts of calls go while the database cannot be written; ``None`` for a command."""

    _library: Library | None = None

    @property
    def library(self) -> Library:
        """The playbooks, read when they are first wanted."""
        if self._library is None:
            self._library = self.read_playbooks(None)
        return self._library

    def read_library_again(self) -> bool:
        """Take the playbooks as their files are now; a broken file never replaces a good one.

        Returns:
            Whether anything changed.
        """
        before = self.library
        self._library = self.read_playbooks(before)
        return self._library is not before

    @property
    def home_court(self) -> Court:
        """The desk's own court."""
        return self.court(self.settings.court or next(iter(self.courts)))

    @property
    def home_office(self) -> Office:
        """The desk's own office."""
        return self.home_court.office(self.settings.office) or self.home_court.offices[0]

    def court(self, court_id: str) -> Court:
        """Find a court.

        Args:
            court_id: Its id.

        Returns:
            The court.

        Raises:
            NotFound: When there is none; the message names those there are.
        """
        found = self.courts.get(court_id.lower())
        if found is None:
            known = ", ".join(self.courts)
            raise NotFound(
                f"There is no court “{court_id}”; there are: {known}. "
                "Another is added in data/courts.yaml; a caller may go without one."
            )
        return found

    def require(self, permission: str) -> None:
        """Refuse what the signed-in clerk may not do.

        Args:
            permission: What an act asks for.

        Raises:
            NotAllowed: When the clerk's role does not have it.
        """
        if not allows(self.clerk.role, permission):
            able = ", ".join(who_may(permission))
            raise NotAllowed(f"{self.clerk.login} is {self.clerk.role}: ask one of {able}.")

    def stamp(self) -> Stamp:
        """Stamp an act with this moment and this clerk.

        Returns:
            The stamp, with a fresh operation id.
        """
        return Stamp(new_op(), self.clock.now(), self.clerk.id, self.clerk.login)

    def close(self) -> None:
        """Close the database."""
        if self.past is not None:
            self.past[1].close()
        if self.outbox is not None:
            self.outbox.close()
        self.port.close()
