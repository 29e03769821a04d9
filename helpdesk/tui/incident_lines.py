"""What the call screen says of outages: beside the symptom, and in place of a playbook."""

from __future__ import annotations

from textwrap import wrap

from textual.content import Content

from helpdesk.domain.call_words import Titles
from helpdesk.domain.calls import CallView
from helpdesk.domain.incident_words import notice_said
from helpdesk.domain.incidents import Incident
from helpdesk.domain.safe_text import line
from helpdesk.tui.call_lines import symptom_line
from helpdesk.tui.words import fitted, time_of_day

_SAY = "  > SAY "


def symptom_lines(
    view: CallView, titles: Titles, reading: bool, declares: bool, width: int, height: int
) -> list[Content]:
    """What is wrong, and what the desk knows of it today, in one line.

    Args:
        view: The call.
        titles: Says a symptom.
        reading: Whether the line of its incident stands in place of the playbook.
        declares: Whether the clerk may declare an incident.
        width: Cells to a line.
        height: Lines there are; one is taken.

    Returns:
        One line.
    """
    del height
    what = symptom_line(view, titles)
    notice = notice_said(view, reading=reading, declares=declares)
    if not notice:
        return [Content(fitted(what, width))]
    room = max(10, width - len(notice) - 3)
    said = fitted(what, room).rstrip() if len(what) > room else what
    return [Content.assemble(f"{line(said)}   ", (fitted(notice, width), "$text-warning"))]


def reading_lines(incident: Incident, titles: Titles, zone: str, width: int) -> list[Content]:
    """An incident in place of the playbook: what is read out, and how the call goes on.

    Args:
        incident: The incident.
        titles: Says a symptom.
        zone: The zone that times are told in.
        width: Cells to a line.

    Returns:
        The lines.
    """
    head = f" ! INCIDENT {incident.n}  {titles(incident.symptom)}"
    since = f" since {time_of_day(incident.declared_at, zone)} "
    first = fitted(head, max(0, width - len(since))) + since
    said = wrap(line(incident.line, 600), max(20, width - len(_SAY) - 1))
    return [
        Content.styled(first, "bold"),
        *(
            Content.styled(f"{' ' * len(_SAY) if place else _SAY}{each}", "bold")
            for place, each in enumerate(said)
        ),
        Content(""),
        Content("        h hangs up: then r, or b and enter to call when it is over"),
        Content("        s brings the playbook back, u takes the link to the incident back"),
    ]
