"""The playbooks of a desk: found, checked, and copied to be changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Final

from helpdesk import resources
from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import playbook_folders
from helpdesk.domain.playbook import Playbook
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.playbooks.finding import Found
from helpdesk.playbooks.gathering import playbook_files
from helpdesk.resources import read_text

LEAST_FOUND: Final = 5
"""How many playbooks a search for programs names at least."""

_COPIED: Final = "# copied from the shipped playbook, sha256 "


@act("read")
def get_playbook(desk: Desk, slug: str) -> Playbook:
    """Fetch one playbook.

    Args:
        desk: The desk.
        slug: Its name, or one of its codes.

    Returns:
        The playbook.

    Raises:
        NotFound: When there is none.
    """
    books = desk.library.playbooks
    found = books.get(slug) or next((each for each in books.values() if slug in each.codes), None)
    if found is None:
        raise NotFound(f"There is no playbook “{slug}”: helpdesk playbooks list names them.")
    return found


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


def read_again(desk: Desk) -> bool:
    """Take the playbooks as their files are now, when a file has changed.

    Args:
        desk: The desk.

    Returns:
        Whether anything changed; a file that is broken now leaves the good one in use.
    """
    desk.require("read")
    changed = desk.read_library_again()
    if changed:
        desk.finder.find("warm")  # so that the first letter need not wait for it
    return changed


def rank_playbooks(desk: Desk, typed: str, least: int = 0) -> tuple[Found, ...]:
    """Rank the playbooks for what a caller says.

    Unlike an act it refuses no words, because it keeps none.

    Args:
        desk: The desk.
        typed: The words.
        least: How many to name at least; what does not fit follows with the score 0.

    Returns:
        The playbooks, best first.
    """
    desk.require("read")
    found = desk.finder.find(typed)
    there = {each.slug for each in found}
    rest = (each for each in desk.finder.find("") if each.slug not in there)
    return (*found, *list(rest)[: max(0, least - len(found))])


@act("playbooks")
def copy_playbook(desk: Desk, slug: str) -> Path:
    """Copy a shipped playbook into the desk folder, to be changed there.

    Args:
        desk: The desk.
        slug: The playbook.

    Returns:
        The new file; its first line remembers what it was made from.

    Raises:
        NotFound: When no such playbook is shipped.
        NotAllowed: When the desk has its own already, or cannot have one.
    """
    shipped, own = resources.shipped("playbooks"), desk.folder.playbooks
    source = next(iter(playbook_files([shipped]).get(slug, ())), None)
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
    """Whether a copy remembers another text than the one that is shipped now.

    Args:
        path: A playbook file.

    Returns:
        ``False`` for a file that is no copy.
    """
    first = read_text(path).partition("\n")[0]
    if not first.startswith(_COPIED):
        return False
    shipped = playbook_files([resources.shipped("playbooks")]).get(path.stem)
    return not shipped or first.removeprefix(_COPIED).strip() != _digest(read_text(shipped[0]))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
