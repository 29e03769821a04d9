"""The key that ties a call to an incident, or asks for one to be declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.desk.incidents import attach_incident
from helpdesk.domain.incidents import Incident
from helpdesk.domain.live import known_incident
from helpdesk.domain.permissions import allows, who_may
from helpdesk.errors import NotAllowed
from helpdesk.tui.declaring import line_question, symptom_question
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen

_ANOTHER = "0"


async def tie_to_incident(screen: CallScreen) -> None:
    """Attach the call to the incident of its symptom; else ask to which, or for a new one.

    Args:
        screen: The call screen.

    Raises:
        NotAllowed: When none runs and the clerk may not declare one; says who may.
    """
    view = screen.view
    assert view is not None  # noqa: S101 - the call is on the screen
    known, tied = known_incident(view), view.incident
    if tied is not None and (known is None or known.n == tied.n):
        screen.put_aside = None
        screen.say(f"{view.number} is attached to incident {tied.n}: this is what callers hear.")
        screen.draw()
    elif known is not None:
        await _attach(screen, known.n)
    elif view.incidents:
        await screen.console.ask(_which(screen, view.incidents))
    elif _may_declare(screen):
        await screen.console.ask(_declare(screen))
    else:
        raise NotAllowed(f"No incident runs at {view.court.short}. {_whom_to_ask()}")


def _which(screen: CallScreen, running: tuple[Incident, ...]) -> Question:
    rows = [
        Row(str(each.n), f"{each.n}  {screen.console.symptom_title(each.symptom)}: {each.line}")
        for each in running
    ]
    rows.append(Row(_ANOTHER, "0  none of them: declare another"))

    async def then(key: str) -> Question | str:
        if key != _ANOTHER:
            return await _attach(screen, int(key))
        if not _may_declare(screen):
            raise NotAllowed(_whom_to_ask())
        return _declare(screen)

    return Question("Attach the call to which incident?   enter takes one", then, rows)


def _declare(screen: CallScreen) -> Question:
    view, console = screen.view, screen.console
    assert view is not None  # noqa: S101 - the call is on the screen

    async def declared(number: int) -> str:
        return await _attach(screen, number)

    if not view.symptom:
        return symptom_question(console, view.court.id, declared)
    return line_question(console, view.court.id, view.symptom, declared)


async def _attach(screen: CallScreen, number: int) -> str:
    incident = await screen.act(attach_incident, number)
    screen.put_aside = None
    screen.looking_at = None
    await screen.rest()
    said = f"Attached to incident {incident.n}: read it out."
    screen.say(said)
    return said


def _may_declare(screen: CallScreen) -> bool:
    return allows(screen.console.desk.clerk.role, "incident")


def _whom_to_ask() -> str:
    return f"To have one declared ask one of {', '.join(who_may('incident'))}."
