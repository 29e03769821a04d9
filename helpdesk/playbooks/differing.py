"""What is different between two playbooks, as lines that a keeper of playbooks reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import ndiff

from helpdesk.domain.playbook import Playbook, Step
from helpdesk.playbooks.reading import RawStep


def step_lines(raw: RawStep | Step | None) -> list[str]:
    """A step as it stands in a file, a line a key.

    Args:
        raw: The step; ``None`` for one that is not there.

    Returns:
        The lines.
    """
    if raw is None:
        return []
    if isinstance(raw, RawStep):
        include = [f"include: {raw.include}"] if raw.include else []
        return [*include, *step_lines(raw.step)]
    told = {
        "ask": raw.ask,
        "say": raw.say,
        "do": raw.do,
        "why": raw.why,
        "fact": f"not {raw.fact}" if raw.inverted else raw.fact,
        "again": "yes" if raw.again else "",
        "aloud": "yes" if raw.aloud else "",
        "hand-over": raw.hand_over,
        "wait": f"{raw.wait_days} business days" if raw.wait_days else "",
        "wait from": raw.wait_from,
        "next": raw.next,
        "actions": ", ".join(raw.actions),
        "outcome": raw.outcome,
        "refer": raw.refer,
        "see": ", ".join(raw.see),
    }
    lines = [f"{name}: {text}" for name, text in told.items() if text]
    return lines + [f"answer {each.key}: {each.leads_to}" for each in raw.answers]


def changed_lines(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The lines that went and came.

    Args:
        old: The lines before.
        new: The lines after.

    Returns:
        Those that differ, ``- `` or ``+ `` before each, in order.
    """
    return [each for each in ndiff(old, new) if each.startswith(("- ", "+ "))]


def differences(old: Playbook, new: Playbook) -> Iterator[str]:
    """Tell what is different between two versions of a playbook.

    Args:
        old: The one before.
        new: The one after.

    Yields:
        For each part that differs its name, then its lines.
    """
    parts = [("", _top(old), _top(new))]
    parts += [
        (f"step {step}", step_lines(old.steps.get(step)), step_lines(new.steps.get(step)))
        for step in dict.fromkeys((*old.steps, *new.steps))
    ]
    for name, before, after in parts:
        if lines := changed_lines(before, after):
            yield name or "the playbook itself"
            yield from (f"  {each}" for each in lines)


def _top(playbook: Playbook) -> list[str]:
    told = {"title": playbook.title, "owner": playbook.owner, "start": playbook.start}
    return [
        *(f"{name}: {text}" for name, text in told.items()),
        *(f"never: {each}" for each in playbook.never),
    ]
