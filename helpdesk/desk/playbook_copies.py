"""The files that playbooks come from, and copies of them to be changed."""

from __future__ import annotations

from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from helpdesk import resources
from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import playbook_folders
from helpdesk.domain.playbook import Playbook
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.playbooks.gathering import playbook_files, read_library
from helpdesk.resources import read_text

_COPIED: Final = "# copied from the shipped playbook, sha256 "


@act("read")
def list_playbooks(desk: Desk) -> tuple[tuple[Playbook, Path], ...]:
    """List the playbooks.

    Args:
        desk: The desk.

    Returns:
        Each with the file it comes from, by theme and title.
    """
    files = playbook_files(playbook_folders(desk.folder), desk.settings.hidden)
    books = sorted(desk.library.playbooks.values(), key=lambda book: (book.theme, book.title))
    return tuple((book, files[book.slug][-1]) for book in books)


def text_in_use(desk: Desk, slug: str) -> tuple[Path | None, str]:
    """Tell whose text of a playbook is in use while the desk's own file of it is broken.

    Args:
        desk: The desk.
        slug: The playbook.

    Returns:
        The broken file, ``None`` when there is none; and in whose place which text stands:
        ``shipped``, ``before`` for what the desk's file was like when it was good, or empty for
        the file itself, as far as it can be used.
    """
    desk.require("read")
    own = desk.folder.playbooks
    if not desk.library.faults:
        return None, ""
    files = playbook_files([own]).get(slug, ())
    broken = next((each for each in files if _has_fault(desk, each)), None)
    if broken is None or own.resolve() == resources.shipped("playbooks").resolve():
        return None, ""
    used, folders = desk.library.playbooks.get(slug), playbook_folders(desk.folder)
    if used == read_library(folders[:-1], desk.settings.hidden).library.playbooks.get(slug):
        return broken, "shipped"
    as_it_stands = read_library(folders, desk.settings.hidden, broken_too=True).library
    return broken, "" if used == as_it_stands.playbooks.get(slug) else "before"


def _has_fault(desk: Desk, file: Path) -> bool:
    return any(fault.startswith(f"{file}:") for fault in desk.library.faults)


@act("playbooks")
def copy_playbook(desk: Desk, slug: str) -> Path:
    """Copy a shipped playbook into the desk folder, to be changed there.

    Args:
        desk: The desk.
        slug: The playbook, or one of its codes.

    Returns:
        The new file; its first line remembers what it was made from.

    Raises:
        NotFound: When no such playbook is shipped.
        NotAllowed: When the desk has its own already, or cannot have one.
    """
    shipped, own = resources.shipped("playbooks"), desk.folder.playbooks
    files, books = playbook_files([shipped]), desk.library.playbooks.values()
    if slug not in files:
        slug = next((book.slug for book in books if slug in book.codes), slug)
    source = next(iter(files.get(slug, ())), None)
    if source is None:
        raise NotFound(f"No playbook “{slug}” is shipped: helpdesk playbooks list names them.")
    if own.is_dir() and own.resolve() == shipped.resolve():
        raise NotAllowed(f"This desk works on the shipped playbooks themselves: edit {source}.")
    if there := playbook_files([own]).get(slug):
        raise NotAllowed(f"This desk has its own already: edit {there[0]}.")
    target = own / source.relative_to(shipped)
    text = read_text(source)
    try:
        resources.make_folder_for_group(target.parent)
        resources.write_for_group(target, f"{_COPIED}{_digest(text)}\n{text}")
    except OSError as error:
        raise NotAllowed(f"{target} cannot be written: {error.strerror}.") from error
    return target


def is_outdated(path: Path) -> bool:
    """Whether what a copy was made from is not shipped any more as it was then.

    Args:
        path: A playbook file; a copy may have another name than what it was made from.

    Returns:
        ``False`` for a file that is no copy.
    """
    first = read_text(path).partition("\n")[0]
    if not first.startswith(_COPIED):
        return False
    remembered, shipped = first.removeprefix(_COPIED).strip(), resources.shipped("playbooks")
    files = playbook_files([shipped])
    nearest = (files.pop(path.stem, ()), *files.values())
    return all(_digest(read_text(each)) != remembered for each in chain(*nearest))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
