"""One playbook as a tree of text: the same words on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.desk.desk import Desk
from helpdesk.desk.speaking import said
from helpdesk.domain.playbook import Playbook
from helpdesk.playbooks.outline import outline

_INDENT = 6


def playbook_text(desk: Desk, playbook: Playbook) -> Iterator[str]:
    """Lay a playbook out for a reader, with the values of the desk's own court.

    Args:
        desk: The desk.
        playbook: The playbook.

    Yields:
        Its lines; the step ids and what is said stand further in, the deeper their branch.
    """
    yield f"{playbook.title} ({playbook.slug})"
    told = {
        "Codes": ", ".join(playbook.codes),
        "Theme": playbook.theme,
        "Owner": playbook.owner,
        "Phase": playbook.phase,
        "Covers": ", ".join(playbook.covers),
        "Sources": ", ".join(playbook.sources),
        "Review": playbook.review,
        "Differs": ", ".join(_courts(desk, playbook)),
    }
    yield from (f"  {name:8} {text}" for name, text in told.items() if text)
    yield from (f"  NEVER    {said(desk, text)}" for text in playbook.never)
    yield ""
    for each in outline(playbook):
        blank = " " * _INDENT * each.depth
        if each.label == "step":
            yield f"{blank}{each.text}{' (start)' if each.text == playbook.start else ''}"
        elif each.label == "answer":
            yield f"{blank}    {each.text}"
        elif each.label == "note":
            yield f"{blank}  {each.text}"
        else:
            yield f"{blank}  {each.label.upper():4} {said(desk, each.text)}"


def _courts(desk: Desk, playbook: Playbook) -> Iterator[str]:
    for court, own in desk.library.at_courts.items():
        if playbook.slug in own and own[playbook.slug] is not playbook:
            yield f"at {court}"
