"""The playbooks of a desk: found by a name or by words, and read again."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
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
