"""The playbooks of a desk: found by a name or by words, and read again."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.symptom_titles import keep_titles
from helpdesk.domain.playbook import Playbook
from helpdesk.errors import NotFound
from helpdesk.playbooks.finding import Found

LEAST_FOUND: Final = 5
"""How many playbooks a search for programs names at least."""


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
def used_playbook(desk: Desk, slug: str) -> str:
    """Find a playbook that there is, or that calls were led by before it was hidden or deleted.

    Args:
        desk: The desk.
        slug: Its name; of one that there is, also one of its codes.

    Returns:
        Its name.

    Raises:
        NotFound: When there is none and never was one that a call was led by.
    """
    from helpdesk.store.kept_titles import find_kept_slugs  # noqa: PLC0415 - seldom wanted

    known = slug in desk.library.playbooks or slug not in find_kept_slugs(desk.whole)
    return get_playbook(desk, slug).slug if known else slug


def read_again(desk: Desk) -> bool:
    """Take the playbooks as their files are now, when a file has changed.

    Args:
        desk: The desk.

    Returns:
        Whether anything changed; a file that is broken now leaves the good one in use.
    """
    desk.require("read")
    before, changed = desk.library, desk.read_library_again()
    if changed:
        desk.finder.find("warm")  # so that the first letter need not wait for it
        keep_titles(desk, before)
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
