"""What the playbook suggests for the end of a call."""

from __future__ import annotations

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import CallView
from helpdesk.domain.waiting import Suggested, suggested_wait


@act("read")
def suggested_promise(desk: Desk, view: CallView) -> Suggested | None:
    """Find until when a call should wait.

    Args:
        desk: The desk.
        view: The call.

    Returns:
        The time and where it comes from; ``None`` when the playbook says nothing of it.
    """
    closed = view.court.closed
    return suggested_wait(view.run, view.asked, desk.clock.now(), view.office.zone, closed)
