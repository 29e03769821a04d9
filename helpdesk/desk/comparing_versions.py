"""What is different between two versions of a playbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.playbooks import get_playbook
from helpdesk.desk.walking import kept_playbook
from helpdesk.domain.playbook import Playbook
from helpdesk.errors import NotFound
from helpdesk.playbooks.differing import differences
from helpdesk.store.doings import find_versions


@act("read")
def compare_versions(
    desk: Desk, slug: str, court: str = "", old: int | None = None, new: int | None = None
) -> tuple[str, ...]:
    """Tell what is different between two versions of a playbook.

    Args:
        desk: The desk.
        slug: The playbook.
        court: The court it is resolved for; empty for the desk's own.
        old: The version as people count it; ``None`` for the one used last.
        new: The same; ``None`` for the playbook as its file is now.

    Returns:
        The lines, the first two naming what is compared; only those when nothing differs.

    Raises:
        NotFound: When there is no such court, playbook or version.
    """
    at = desk.court(court) if court else desk.home_court
    rows = [row for row in find_versions(desk.port, slug).dicts() if row["court"] == at.id]
    if not rows:
        get_playbook(desk, slug)  # says so where there is none of this name
        raise NotFound(f"{slug} was never used at {at.id}: there is no older version of it.")
    known = {row["ordinal"]: row for row in rows}
    before = _kept(desk, known, old if old is not None else max(known))
    after = desk.library.playbook(slug, at.id) if new is None else _kept(desk, known, new)
    if after is None:
        raise NotFound(f"There is no playbook “{slug}” any more: name two versions.")
    names = (
        f"- {slug} v{old if old is not None else max(known)} at {at.id}",
        f"+ {slug} {'as its file is now' if new is None else f'v{new}'} at {at.id}",
    )
    return (*names, *differences(before, after))


def _kept(desk: Desk, known: Mapping[int, Mapping[str, Any]], ordinal: int) -> Playbook:
    row = known.get(ordinal)
    if row is None:
        there = ", ".join(f"v{each}" for each in known)
        raise NotFound(f"There is no version v{ordinal} there; there are: {there}.")
    return kept_playbook(desk.port, row["hash"])
