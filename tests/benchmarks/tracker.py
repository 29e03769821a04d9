"""Roundup, the ticket system nearest in kind: a tracker of its classic template, on SQLite."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import roundup.instance
from roundup import date, init, password

_TEMPLATE: Final = Path(sys.prefix) / "share" / "roundup" / "templates" / "classic"
_SETTINGS: Final = {
    "rdbms_backend": "sqlite", "indexer": "native-fts", "mail_domain": "helpdesk.example",
    "mail_host": "localhost", "tracker_web": "http://localhost/",
}  # fmt: skip
_ADMIN: Final = "1"
_BATCH: Final = 500


class Tracker:
    """A tracker, used through Roundup's own interface in this process."""

    def __init__(self, home: Path) -> None:
        """Open a tracker that is there.

        Args:
            home: Its folder.
        """
        self._db: Any = roundup.instance.open(str(home)).open("admin")
        self.statuses: list[str] = sorted(self._db.status.list(), key=int)

    def create(self, title: str, text: str, status: str) -> None:
        """Open a ticket with a first message, and commit it."""
        self.add(title, text, status)
        self._db.commit()

    def add(self, title: str, text: str, status: str) -> None:
        """Open a ticket with a first message; it is not committed yet."""
        message = self._db.msg.create(
            author=_ADMIN, date=date.Date(), summary=title, content=text, type="text/plain"
        )
        self._db.issue.create(title=title, status=status, messages=[message])

    def fill(self, tickets: Iterable[tuple[str, str, int]]) -> None:
        """Open many tickets, the status of each by its place among all statuses."""
        for place, (title, text, status) in enumerate(tickets, 1):
            self.add(title, text, self.statuses[status % len(self.statuses)])
            if place % _BATCH == 0:
                self._db.commit()
        self._db.commit()

    def newest(self, limit: int) -> list[tuple[Any, ...]]:
        """The newest tickets with what a list shows of each."""
        self._db.clearCache()
        return self._shown(None, limit)

    def search(self, word: str, limit: int) -> list[tuple[Any, ...]]:
        """The newest tickets in which a word stands, with what a list shows of each."""
        self._db.clearCache()
        return self._shown(self._db.indexer.search([word], self._db.issue), limit)

    def counts(self) -> dict[str, int]:
        """How many tickets there are in each status."""
        self._db.clearCache()
        found = {each: self._db.issue.filter(None, {"status": each}) for each in self.statuses}
        return {each: len(ids) for each, ids in found.items()}

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    def _shown(self, matches: Any, limit: int) -> list[tuple[Any, ...]]:  # noqa: ANN401
        issue, status = self._db.issue, self._db.status
        ids = issue.filter(matches, {}, sort=[("-", "creation")], limit=limit)
        return [
            (
                each, issue.get(each, "title"), status.get(issue.get(each, "status"), "name"),
                issue.get(each, "creation"), issue.get(each, "creator"),
            )
            for each in ids
        ]  # fmt: skip


def make_tracker(home: Path, tickets: Iterable[tuple[str, str, int]]) -> None:
    """Make a tracker with tickets in it, under another name until it is whole.

    Args:
        home: Its folder.
        tickets: Title, text and status of each, the oldest first.
    """
    part = home.with_name(f"{home.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    init.install(str(part), str(_TEMPLATE), settings=_SETTINGS)
    roundup.instance.open(str(part)).init(password.Password("made up", scheme="plaintext"))
    tracker = Tracker(part)
    tracker.fill(tickets)
    tracker.close()
    part.rename(home)
