"""Two small playbooks, one of which hands over to the other, and a third to be handed over to."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from helpdesk import resources
from helpdesk.desk.desk import Folder
from helpdesk.domain.playbook import Answer, Playbook, Step
from helpdesk.playbooks.gathering import playbook_files


def small_book(slug: str, *steps: Step, title: str = "") -> Playbook:
    """Make a playbook that begins at its first step.

    Args:
        slug: Its name.
        *steps: Its steps.
        title: Its title; without one a few words with its name.

    Returns:
        The playbook.
    """
    return Playbook(
        slug=slug, title=title or f"Trouble {slug}", theme="x", owner="court", phase="both",
        codes=(), phrases=(f"trouble of the {slug} kind",), start=steps[0].id,
        steps={step.id: step for step in steps},
    )  # fmt: skip


def yes_no(step: str, ask: str, yes: str, no: str, fact: str = "") -> Step:
    """Make a question.

    Args:
        step: Its id.
        ask: What is asked.
        yes: Where yes leads to.
        no: Where no leads to.
        fact: What it settles.

    Returns:
        The step.
    """
    return Step(step, ask=ask, fact=fact, answers=(Answer("yes", yes), Answer("no", no)))


def hide_shipped(folder: Folder, but: tuple[str, ...] = ()) -> None:
    """Switch the shipped playbooks off, so that reading the files again takes no time.

    Args:
        folder: The desk folder, whose settings are written.
        but: Those that stay.
    """
    hidden = sorted(playbook_files([resources.shipped("playbooks")]).keys() - set(but))
    folder.settings.parent.mkdir(parents=True, exist_ok=True)
    folder.settings.write_text(f"hidden: [{', '.join(hidden)}]\n", encoding="utf-8")


INNER: Final = small_book(
    "inner",
    yes_no("linked", "Is it linked?", "told", "told", "linked-here"),
    Step("told", say="That was the inner one.", outcome="resolved"),
)
"""Is handed over to."""

OUTER: Final = small_book(
    "outer",
    yes_no("ready", "Ready?", "over", "bye"),
    Step("over", say="We go on elsewhere.", hand_over="inner", next="once-more"),
    Step("once-more", say="And again.", hand_over="inner", next="bye"),
    Step("bye", say="Good bye.", outcome="resolved"),
)
"""Hands over to ``inner`` twice."""


def reworded(book: Playbook, step: str, ask: str) -> Playbook:
    """Make a newer version of a playbook.

    Args:
        book: The playbook.
        step: The step that asks something else.
        ask: What it asks.

    Returns:
        The newer one.
    """
    return replace(book, steps={**book.steps, step: replace(book.steps[step], ask=ask)})
