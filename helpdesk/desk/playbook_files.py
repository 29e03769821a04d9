"""The playbook files of a desk, and what reads them when they are first wanted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from helpdesk import resources
from helpdesk.desk.cache import cached_index, cached_library, cached_titles, stamp_of

if TYPE_CHECKING:
    from helpdesk.desk.desk import Folder
    from helpdesk.playbooks.finding import Finder
    from helpdesk.playbooks.library import Library
    from helpdesk.settings import Settings


class PlaybookReader:
    """Reads the playbooks of a desk from its files when they are first wanted, and again."""

    def __init__(self, folder: Folder, settings: Settings) -> None:
        """Begin with nothing read.

        Args:
            folder: The desk folder.
            settings: Its settings.
        """
        self._folder, self._hidden = folder, settings.hidden
        self._given: tuple[str, Library | None] = "", None  # and the state of the files then

    def __call__(self, before: Library | None) -> Library:
        """Read them; what was read before is given again when no file has changed."""
        folders = playbook_folders(self._folder)
        (last, _), stamp = self._given, stamp_of(folders, self._hidden)
        if before is not None and stamp == last:
            return before
        library = cached_library(folders, self._hidden, stamp, before)
        self._given = stamp, library
        return library

    def finder(self, library: Library) -> Finder:
        """Make what finds playbooks by words.

        Args:
            library: The playbooks; those that were read last have their words kept.

        Returns:
            The finder.
        """
        from helpdesk.playbooks.finding import Finder  # noqa: PLC0415 - 10 ms, when wanted
        from helpdesk.playbooks.indexing import index_of  # noqa: PLC0415

        stamp, read = self._given
        return Finder(cached_index(stamp, library) if library is read else index_of(library))

    def titles(self, read: Callable[[], Library]) -> dict[str, str]:
        """The titles of the playbooks by slug, from a file of their own.

        Args:
            read: Reads the whole library by this, when that file is not there.
        """
        return cached_titles(playbook_folders(self._folder), self._hidden, read)


def playbook_folders(folder: Folder) -> tuple[Path, ...]:
    """The folders that playbooks come from.

    Args:
        folder: The desk folder.

    Returns:
        The shipped folder, then the desk's own, which wins.
    """
    shipped, own = resources.shipped("playbooks"), folder.playbooks
    same = own.is_dir() and own.resolve() == shipped.resolve()
    return (shipped,) if same or not own.is_dir() else (shipped, own)
