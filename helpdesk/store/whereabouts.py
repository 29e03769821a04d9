"""Whether an open file still lies under its name: SQLite goes on writing where nobody finds it."""

from __future__ import annotations

from pathlib import Path


class Whereabouts:
    """Where a database and its write-ahead log lay when they were opened."""

    def __init__(self, path: Path) -> None:
        """Know nothing yet.

        Args:
            path: The file's name.
        """
        self.path = path
        self._log_path = Path(f"{path}-wal")
        self.forget()

    def forget(self) -> None:
        """Know nothing again: what lies under the name now is about to be opened."""
        self._file: tuple[int, int] | None = None
        self._log: tuple[int, int] | None = None

    def opened(self) -> None:
        """Remember what lies under the name: it was opened just now."""
        if self._file is None:
            self._file = _identity(self.path)

    def moved(self) -> str:
        """Say whether what was opened still lies under its name.

        Returns:
            Empty when it does; ``gone``, ``replaced``, or ``log`` when only the write-ahead log
            does not: whatever were written would be lost.
        """
        if self._file is None:
            return ""
        there = _identity(self.path)
        if there is None:
            return "" if self.path.exists() else "gone"
        if there != self._file:
            return "replaced"
        if self._log is None:
            self._log = _identity(self._log_path)
            return ""
        return "" if _identity(self._log_path) == self._log else "log"

    def own_log_is_there(self) -> bool:
        """Whether the write-ahead log under the name is that of the file that was opened."""
        return self._log is not None and _identity(self._log_path) == self._log


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
