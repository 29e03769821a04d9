"""Playbooks that change while a desk is open."""

from __future__ import annotations

from dataclasses import replace

from helpdesk.desk.desk import Desk
from helpdesk.domain.playbook import Playbook
from helpdesk.playbooks.library import Library


def change_library(desk: Desk, library: Library) -> None:
    """Give a desk other playbooks, as if their files had changed.

    Args:
        desk: The desk.
        library: The playbooks from now on.
    """
    desk.read_playbooks = lambda _: library
    desk.read_library_again()


def change_playbook(desk: Desk, playbook: Playbook) -> None:
    """Give a desk another playbook of the same or a new name, at every court.

    Args:
        desk: The desk.
        playbook: The playbook from now on.
    """
    books = {**desk.library.playbooks, playbook.slug: playbook}
    change_library(desk, replace(desk.library, playbooks=books, at_courts={}))


def retitled(desk: Desk, slug: str) -> Playbook:
    """Make a newer version of a playbook, with the same steps.

    Args:
        desk: The desk.
        slug: The playbook.

    Returns:
        The same with another title.
    """
    book = desk.library.playbooks[slug]
    return replace(book, title=f"Newer {desk.clock.now()}")
