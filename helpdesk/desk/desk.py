"""The desk: the open database with its clock, its playbooks and the signed-in clerk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from helpdesk.desk.ids import Ids
from helpdesk.domain.permissions import allows, who_may
from helpdesk.errors import NotAllowed, NotFound

if TYPE_CHECKING:
    from helpdesk.desk.outbox import Outbox
    from helpdesk.domain.access import Look
    from helpdesk.domain.courts import Court, Office, ServiceCenter
    from helpdesk.playbooks.finding import Finder
    from helpdesk.playbooks.library import Library
    from helpdesk.port import Port
    from helpdesk.settings import Settings


class Clock:
    """The one clock."""

    def now(self) -> int:
        """The time, in whole seconds UTC."""
        return int(time.time())  # noqa: TID251 - the one clock

    def monotonic(self) -> float:
        """Seconds of a clock that nobody can set."""
        return time.monotonic()


class Clerk(NamedTuple):
    """Who is signed in."""

    id: int
    """The clerk's id."""

    login: str
    """The operating system's name."""

    role: str
    """What the clerk may do."""


NOBODY: Final = Clerk(0, "nobody", "")
"""Who is there before somebody has signed in; may do nothing."""

UNATTENDED: Final = Clerk(0, "nightly", "clerk")
"""Who does the work of the night where a desk asks for passcodes: it names no person."""

START_AGAIN: Final = "other"
"""The role of who became or is no longer an auditor: the next start reads the database anew."""


class Folder(NamedTuple):
    """The desk folder."""

    home: Path
    """The folder itself."""

    ask: Callable[[Desk], None] | None = None
    """Asks who it is, at a desk that wants a passcode; ``None`` where nobody can be asked."""

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


class Stamp(NamedTuple):
    """Who asked for an act, when, and under which id it counts once."""

    op: str
    """The operation's id."""

    at: int
    """When, in seconds UTC."""

    clerk: int
    """The clerk's id."""

    login: str
    """The clerk's login, for the journal."""

    @property
    def made_by_desk(self) -> bool:
        """Nobody typed what it says."""
        return True

    def part(self, name: str) -> Stamp:
        """The stamp of one batch of an act that needs several.

        Args:
            name: Which batch.

        Returns:
            The same stamp with an operation id of its own.
        """
        return Stamp(f"{self.op}.{name}", self.at, self.clerk, self.login)


def new_op() -> str:
    """Make the id of an operation: 24 random hexadecimal digits."""
    return os.urandom(12).hex()


@dataclass(eq=False, repr=False)
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

    make_finder: Callable[[Library], Finder]
    """Makes what finds the playbooks of a library by words."""

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

    behind_mask: Port | None = None
    """The database without its mask, where the clerk may not see who called."""

    tried: list[tuple[int, bool]] = field(default_factory=list)
    """Passcodes tried while the database could not be written: when, and whether right."""

    looked: list[Look] = field(default_factory=list)
    """What the clerk looked at and the access journal does not hold yet."""

    looked_at: dict[tuple[str, str], int] = field(default_factory=dict)
    """When each was looked at last, in seconds UTC."""

    outbox: Outbox | None = None
    """Where the acts of calls go while the database cannot be written; ``None`` for a command."""

    replays: bool = False
    """Whether it does acts again that were accepted before: their clerk is told nothing now."""

    does_beside: Callable[[Callable[..., object]], None] | None = None
    """Has an act done on a thread of its own, without waiting; ``None`` where there is none."""

    _library: Library | None = None
    _finder: tuple[Library, Finder] | None = None

    titles: dict[str, str] | None = None
    """The titles of the playbooks, once somebody asked for one before the library was read."""

    gone_titles: dict[str, str] | None = None
    """The titles of playbooks that were used and are gone, once somebody needed them."""

    @property
    def library(self) -> Library:
        """The playbooks, read when they are first wanted."""
        if self._library is None:
            self._library = self.read_playbooks(None)
        return self._library

    @property
    def finder(self) -> Finder:
        """Finds playbooks by words; made when it is first wanted of these playbooks."""
        library = self.library
        if self._finder is None or self._finder[0] is not library:
            self._finder = library, self.make_finder(library)
        return self._finder[1]

    @property
    def has_library(self) -> bool:
        """Whether the playbooks were read."""
        return self._library is not None

    def read_library_again(self) -> bool:
        """Take the playbooks as their files are now; a broken file never replaces a good one.

        Returns:
            Whether anything changed.
        """
        before = self.library
        self._library = self.read_playbooks(before)
        return self._library is not before

    @property
    def whole(self) -> Port:
        """The database as it is: for figures and checks, which name nobody."""
        return self.behind_mask or self.port

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
                "Another is added in data/courts.yaml."
            )
        return found

    def require(self, permission: str) -> None:
        """Refuse what the signed-in clerk may not do.

        Args:
            permission: What an act asks for.

        Raises:
            NotAllowed: When the clerk's role does not have it.
        """
        if self.clerk == NOBODY:
            raise NotAllowed("This desk asks for a passcode: helpdesk --as LOGIN COMMAND.")
        if self.clerk.role == START_AGAIN:
            raise NotAllowed("Your role was changed: leave helpdesk and start it again.")
        if not allows(self.clerk.role, permission):
            able = ", ".join(who_may(permission))
            raise NotAllowed(f"{self.clerk.login} is {self.clerk.role}: ask one of {able}.")

    def stamp(self) -> Stamp:
        """Stamp an act with this moment, this clerk and a fresh operation id."""
        return Stamp(new_op(), self.clock.now(), self.clerk.id, self.clerk.login)

    def close(self) -> None:
        """Close the database; once more does no harm."""
        if self.past is not None:
            self.past[1].close()
        if self.outbox is not None:
            self.outbox.close()
        self.port.close()
        self.whole.close()
