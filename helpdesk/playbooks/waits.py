"""How long a call should wait that ends at a step: ``wait: {business-days: 10, from: PROMPT}``."""

from __future__ import annotations

from typing import Final

from helpdesk.domain.playbook import Playbook, Step
from helpdesk.located_yaml import Document, Path
from helpdesk.playbooks.templates import prompts

MOST_DAYS: Final = 60
"""The most business days that a step may say."""


def read_wait(document: Document, path: Path) -> tuple[int, str]:
    """Read how long a call waits.

    Args:
        document: The file; gets the faults.
        path: Where it stands.

    Returns:
        The business days, 0 for none, and the prompt that asks from which day on.
    """
    if not document.mapping(path, optional=("business-days", "from")):
        return 0, ""
    days = document.text((*path, "business-days"))
    if days not in map(str, range(1, MOST_DAYS + 1)):
        message = f"“wait” needs “business-days”, a number from 1 to {MOST_DAYS}."
        document.fault(path, message)
        return 0, ""
    return int(days), document.text((*path, "from"), 40)


def fault_of_wait(book: Playbook, step: Step) -> str:
    """What is wrong with the day that a step counts from.

    Args:
        book: The playbook, passages put in.
        step: One of its steps.

    Returns:
        A sentence; empty when some step asks for that day, or none is named.
    """
    texts = (text for each in book.steps.values() for text in (each.say, each.do, each.ask))
    if not step.wait_from or any(step.wait_from in prompts(text) for text in texts):
        return ""
    return f"no step asks for it: write <ask: {step.wait_from}> into one of the texts."
