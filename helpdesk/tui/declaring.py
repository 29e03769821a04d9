"""The questions before an incident is declared or ended."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from helpdesk.desk.incidents import declare_incident, end_incident
from helpdesk.desk.symptoms import rank_symptoms
from helpdesk.domain.incidents import Incident, line_suggested
from helpdesk.domain.safe_text import line
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.desk.desk import Desk
    from helpdesk.tui.app import HelpdeskApp

Declared = Callable[[int], Awaitable[str]]
"""What follows when an incident is declared, given its number; says it."""


def court_question(console: HelpdeskApp) -> Question:
    """Ask at which court something is out; the desk's own comes first.

    Args:
        console: The console.

    Returns:
        The question.
    """
    desk = console.desk
    courts = sorted(desk.courts.values(), key=lambda court: court.id != desk.home_court.id)

    async def then(court: str) -> Question | str:
        return symptom_question(console, court)

    rows = [Row(court.id, f"{court.id:<6} {court.short}") for court in courts]
    return Question("Declare an incident: at which court?", then, rows, box=True)


def symptom_question(
    console: HelpdeskApp, court: str, declared: Declared | None = None
) -> Question:
    """Ask which symptom an incident has.

    Args:
        console: The console.
        court: The court's id.
        declared: What follows.

    Returns:
        The question.
    """

    async def then(symptom: str) -> Question | str:
        return line_question(console, court, symptom, declared)

    asked = "Declare an incident: which symptom?"
    find = partial(symptom_rows, console.desk)
    return Question(asked, then, find(""), box=True, find=find)


def symptom_rows(desk: Desk, typed: str) -> list[Row]:
    """The symptoms that are meant, as the symptom box of a call ranks them.

    Args:
        desk: The desk.
        typed: A code or a few words; all of them for nothing.

    Returns:
        Rows whose keys are the symptoms' names.
    """
    found = rank_symptoms(desk, typed)
    return [Row(each.slug, f"{each.code:<3} {each.title}") for each in found]


def line_question(
    console: HelpdeskApp, court: str, symptom: str, declared: Declared | None = None
) -> Question:
    """Ask what is read out to callers, and declare the incident.

    Args:
        console: The console.
        court: The court's id.
        symptom: The symptom's slug.
        declared: What follows.

    Returns:
        The question.
    """
    title, at = console.symptom_title(symptom), console.desk.court(court)

    async def then(said: str) -> str:
        number = await console.thread.do(declare_incident, court, symptom, said)
        more = await declared(number) if declared else "On a call o attaches; g i lists it."
        return f"Incident {number} is declared. {more}"

    return Question(
        "What is read out to callers?   enter: declare the incident   esc: do not",
        then,
        box=True,
        filled=line_suggested(title, at),
        echo=lambda typed: f"Callers hear: {line(typed, 600)}",
        lines=(f"{title} at {at.short}",),
    )


def end_question(console: HelpdeskApp, incident: Incident) -> Question:
    """Ask what else is to be said at the end of an incident, and end it.

    Args:
        console: The console.
        incident: The incident.

    Returns:
        The question.
    """

    async def then(note: str) -> str:
        many = await console.thread.do(end_incident, incident.n, note)
        calls = f"{many} to be called back: they stand first (g b)" if many else "nobody waits"
        return f"Incident {incident.n} is over; {calls}. u takes it back."

    waiting = f"{incident.promised} promised to hear" if incident.promised else "nobody waits"
    return Question(
        "What was it? (may stay empty)   enter: it is over   esc: it goes on",
        then,
        box=True,
        example="such as: the court's server was started again",
        lines=(f"End incident {incident.n}: {waiting}",),
    )
