"""Versions: a run stays on the playbook it began with, until the clerk takes the newer one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.runs import keep_version, version_in
from helpdesk.desk.view import call_view
from helpdesk.desk.walking import kept_playbook
from helpdesk.domain.calls import CallView
from helpdesk.domain.journal import Change
from helpdesk.domain.playbook import Playbook
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.playbooks.codec import version_of
from helpdesk.playbooks.differing import differences
from helpdesk.store.doings import find_versions, get_version
from helpdesk.store.tickets import save_symptom


def has_newer_version(desk: Desk, view: CallView) -> bool:
    """Whether a call's playbook is another today than the one that its run stands on.

    Args:
        desk: The desk.
        view: The call.

    Returns:
        ``False`` too when there is no run, or the playbook is gone.
    """
    desk.require("read")
    if view.run is None:
        return False
    begun, court = view.run.playbook, view.court.id
    today = desk.library.playbook(begun.slug, court)
    return today is not None and version_of(today, court) != version_of(begun, court)


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
    kept = get_version(desk.port, row["hash"]).one() if row else None
    if row is None or kept is None:
        there = ", ".join(f"v{each}" for each in known)
        raise NotFound(f"There is no version v{ordinal} there; there are: {there}.")
    return kept_playbook(row["hash"], kept["text"])


@act("call")
def take_newest(desk: Desk, call: int, stamp: Stamp | None = None) -> None:
    """Go on with a call's playbook as it is today; answers to steps that it still has count.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotAllowed: When there is nothing newer.
    """
    view = call_view(desk, call)
    slug = view.run.playbook.slug if view.run else ""
    today = desk.library.playbook(slug, view.court.id)
    if today is None or not has_newer_version(desk, view):
        raise NotAllowed("This run stands on the newest version already.")
    batch = Batch(desk, stamp)
    old, new = version_in(desk, view.ticket, slug), keep_version(batch, today, view.court.id)
    batch.write(save_symptom(view.ticket, slug, new, batch.stamp.at))
    told = [Change(f"ticket/{view.ticket}/version", old, new)]
    batch.tell(ticket_chain(view.ticket), "take_version", told)
    batch.send()
