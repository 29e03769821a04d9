"""Playbook texts as they are said on a call: with the court's numbers and the caller's name."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import CallView
from helpdesk.domain.run import StepKey
from helpdesk.domain.run_words import RunShown
from helpdesk.playbooks.templates import Circumstances, rendered


def circumstances(desk: Desk, view: CallView | None = None) -> Circumstances:
    """What the variables of a text speak of.

    Args:
        desk: The desk.
        view: The call; ``None`` for a text that is read without one.

    Returns:
        The court, the office, the caller and this moment.
    """
    return Circumstances(
        now=desk.clock.now(),
        court=view.court if view else desk.home_court,
        office=view.office if view else desk.home_office,
        center=desk.center,
        caller=view.caller.name if view and view.caller else "",
        clerk=desk.clerk.login,
        ticket=view.number if view else "",
        asked=view.asked if view else {},
    )


def said(desk: Desk, text: str, view: CallView | None = None) -> str:
    """Put the values into a text.

    Args:
        desk: The desk.
        text: A text of a playbook, an action or a referral.
        view: The call; ``None`` for a text that is read without one.

    Returns:
        The text; a value that is not known shows as ``‹court phone?›``.
    """
    return rendered(text, circumstances(desk, view)) if "<" in text else text


def shown_run(desk: Desk, view: CallView, looking_at: StepKey | None = None) -> RunShown | None:
    """The run of a call with what is said about it.

    Args:
        desk: The desk.
        view: The call.
        looking_at: The step that the clerk went back to.

    Returns:
        The run, or ``None`` before the symptom is chosen.
    """
    if view.run is None:
        return None

    def title_and_code(slug: str) -> str:
        playbook = desk.library.playbooks.get(slug)
        return f"{playbook.title} [{playbook.codes[0]}]" if playbook else slug

    return RunShown(
        run=view.run,
        version=view.version,
        started_at=view.started_at,
        say=lambda text: said(desk, text, view),
        looking_at=looking_at,
        titles=title_and_code,
        said_before=view.said_before,
        zone=view.office.zone,
    )
