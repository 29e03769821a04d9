"""The playbooks of a desk, as they can be run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.playbook import FactKind, Playbook, Referral
from helpdesk.domain.questions import NO_QUESTIONS

_NONE: Final[Mapping[str, Playbook]] = {}


@dataclass(frozen=True, slots=True)
class Library:
    """Every playbook that can be run, and what they refer to."""

    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    """The playbooks by slug, as most courts have them."""

    at_courts: Mapping[str, Mapping[str, Playbook]] = field(default_factory=dict)
    """For each court the playbooks that are different there."""

    facts: Mapping[str, FactKind] = field(default_factory=dict)
    """The facts by name."""

    actions: Mapping[str, ActionKind] = field(default_factory=dict)
    """The kinds of action by name."""

    referrals: Mapping[str, Referral] = field(default_factory=dict)
    """The reasons for a referral by name, in the order of their digit keys."""

    questions: Playbook = NO_QUESTIONS
    """The questions that lead to a playbook when the clerk has no idea."""

    faults: tuple[str, ...] = ()
    """What is wrong with the files, each with its place; the full check finds more."""

    titles: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Titles by slug, where they are known without reading the playbooks."""

    def title(self, slug: str) -> str:
        """Say a symptom as people read it.

        Args:
            slug: The symptom, or empty.

        Returns:
            The playbook's title; the slug itself when the playbook is gone.
        """
        if slug in self.titles or slug not in self.playbooks:
            return self.titles.get(slug, slug)
        return self.playbooks[slug].title

    def playbook(self, slug: str, court: str) -> Playbook | None:
        """Find the playbook that a call about a court is led by.

        Args:
            slug: The symptom.
            court: The court's id.

        Returns:
            The court's own playbook, else the shared one; ``None`` when there is none.
        """
        return self.at_courts.get(court, _NONE).get(slug) or self.playbooks.get(slug)
