"""Puts together what the call screen shows, from the call as it was fetched last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.runs import REPEAT_SECONDS
from helpdesk.desk.speaking import said
from helpdesk.domain.calls import CallView
from helpdesk.domain.tickets import TicketRow
from helpdesk.tui.playbook_lines import RunShown
from helpdesk.tui.widgets.call_panes import CallShown

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen


def call_shown(screen: CallScreen, view: CallView, today: tuple[TicketRow, ...]) -> CallShown:
    """Everything that is on the call screen.

    Args:
        screen: The call screen.
        view: The call.
        today: The open tickets of today.

    Returns:
        The call with all that is said about it.
    """
    console = screen.console
    return CallShown(
        view=view,
        run=screen.shown_run(),
        reading=screen.reading,
        home=console.home,
        today=today,
        now=console.desk.clock.now(),
        kinds=console.desk.library.actions,
        titles=console.symptom_title,
        repeat_within=REPEAT_SECONDS,
    )


def run_shown(screen: CallScreen, view: CallView) -> RunShown | None:
    """The run with what is said about it.

    Args:
        screen: The call screen.
        view: The call.

    Returns:
        ``None`` before the symptom is chosen, or while an incident stands in its place.
    """
    desk = screen.console.desk
    if view.run is None or screen.reading is not None:
        return None
    return RunShown(
        run=view.run,
        version=view.version,
        started_at=view.started_at,
        say=lambda text: said(desk, text, view),
        looking_at=screen.looking_at,
        titles=screen.console.title_and_code,
        said_before=view.said_before,
        zone=view.office.zone,
    )
