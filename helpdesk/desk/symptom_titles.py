"""What symptoms are called, also those whose playbook is switched off or gone by now."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import PlaybookReader

if TYPE_CHECKING:
    from helpdesk.playbooks.library import Library


def symptom_title(desk: Desk, slug: str) -> str:
    """Say a symptom, without reading the playbooks where nobody needs them yet.

    Args:
        desk: The desk. That of a console asks the database for nothing here: it may be drawing.
        slug: Its slug, or empty.

    Returns:
        The playbook's title; of one that is gone the title of the version that was used last,
        and the slug itself when it was never used.
    """
    if _reads_titles_alone(desk):
        title = _titles(desk).get(slug, slug)
    else:
        title = desk.library.title(slug)
    if title != slug or not slug:
        return title
    if desk.gone_titles is None and desk.console is None:
        know_gone_titles(desk)
    return (desk.gone_titles or {}).get(slug, slug)


def all_titles(desk: Desk) -> dict[str, str]:
    """Every symptom's title by its slug, also of playbooks that are gone.

    Args:
        desk: The desk.

    Returns:
        The titles.
    """
    library = desk.library
    known = {slug: library.title(slug) for slug in library.playbooks}
    return {**_gone_titles(desk, known), **known}


def know_gone_titles(desk: Desk) -> None:
    """Let the desk know the titles of playbooks that were used and are gone.

    Args:
        desk: The desk.
    """
    known = _titles(desk) if _reads_titles_alone(desk) else desk.library.playbooks
    desk.gone_titles = _gone_titles(desk, known)


def keep_titles(desk: Desk, before: Library) -> None:
    """Let a console go on calling by their titles the playbooks that are gone since it began.

    Args:
        desk: The desk; its database is not asked, as another thread may be at work with it.
        before: What was read before.
    """
    there = desk.library.playbooks
    gone = {slug: book.title for slug, book in before.playbooks.items() if slug not in there}
    if desk.gone_titles is not None:
        desk.gone_titles = {**desk.gone_titles, **gone}


def _gone_titles(desk: Desk, known: Container[str]) -> dict[str, str]:
    from helpdesk.store.kept_titles import (  # noqa: PLC0415 - once, and not for every command
        find_kept_slugs,
        find_kept_titles,
    )

    gone = [slug for slug in find_kept_slugs(desk.whole) if slug not in known]
    return find_kept_titles(desk.whole, gone) if gone else {}


def _reads_titles_alone(desk: Desk) -> bool:
    return not desk.has_library and isinstance(desk.read_playbooks, PlaybookReader)


def _titles(desk: Desk) -> dict[str, str]:
    reader = desk.read_playbooks
    if desk.titles is None and isinstance(reader, PlaybookReader):
        desk.titles = reader.titles(lambda: desk.library)
    return desk.titles or {}
