"""Versions: a run stays on the playbook it began with, until the clerk takes the newer one."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.runs import keep_version, version_in
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import CallView
from helpdesk.domain.journal import Change
from helpdesk.errors import NotAllowed
from helpdesk.playbooks.codec import version_of
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
