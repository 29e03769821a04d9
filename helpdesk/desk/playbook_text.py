"""One playbook as a tree of text: the same words on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.desk.desk import Desk
from helpdesk.desk.speaking import circumstances
from helpdesk.domain.playbook import Playbook
from helpdesk.playbooks.outline import outline
from helpdesk.playbooks.templates import Circumstances, rendered

_INDENT = 6


def playbook_text(
    desk: Desk, playbook: Playbook, here: Circumstances | None = None
) -> Iterator[str]:
    """Lay a playbook out for a reader.

    Args:
        desk: The desk.
        playbook: The playbook.
        here: What the variables speak of; ``None`` for the desk's own court.

    Yields:
        Its lines; the step ids and what is said stand further in, the deeper their branch.
    """
    here = here or circumstances(desk)
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
    yield from (f"  NEVER    {rendered(text, here)}" for text in playbook.never)
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
            yield f"{blank}  {each.label.upper():4} {rendered(each.text, here)}"


def _courts(desk: Desk, playbook: Playbook) -> Iterator[str]:
    for court, own in desk.library.at_courts.items():
        if playbook.slug in own and own[playbook.slug] is not playbook:
            yield f"at {court}"
