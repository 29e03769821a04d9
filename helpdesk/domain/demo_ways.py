"""What made-up callers have trouble with, and the ways they take through its playbook."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Final, NamedTuple

from helpdesk.domain.courts import Court
from helpdesk.domain.playbook import DONE, DONT_KNOW, FactKind, Playbook, Step
from helpdesk.domain.run import Given, Known, StepKey
from helpdesk.domain.walk import desk_facts, walk

_COMMON: Final = {
    "linking-error": 18.0,
    "forgot-cmecf-before-link": 14.0,
    "query-error-not-activated": 11.0,
    "link-accounts": 10.0,
    "no-menus-after-link": 9.0,
    "forgot-pacer": 8.0,
    "card-not-authorized": 7.0,
}
"""How often the common symptoms come up; all the others share ``_REST``."""

_REST: Final = 26.0
_KNOWN_WAYS: Final = 24
"""How many ways through one playbook are walked; later calls take one of them."""

_FIRST: Final = 0.74
"""How likely the first answer of a question is."""

_RATHER_NOT: Final = 0.8
"""How likely a way that ends in waiting is walked once more: most calls are solved at once."""

_LONGEST: Final = 40


class Way(NamedTuple):
    """One walk through a playbook."""

    answers: tuple[tuple[str, str], ...]
    """Step and answer, in order."""

    kinds: tuple[str, ...]
    """Kinds of action that the steps on the way suggest."""

    outcome: str
    """How the call ends there."""

    refer: str
    """The reason, for a referral."""

    facts: Mapping[str, str]
    """What is known at its end."""


class Ways:
    """Chooses symptoms, and walks their playbooks."""

    def __init__(
        self, chance: Random, playbooks: Mapping[str, Playbook], facts: Mapping[str, FactKind]
    ) -> None:
        """Begin with nothing walked.

        Args:
            chance: Where chance comes from.
            playbooks: The playbooks by slug.
            facts: The declared facts.
        """
        self._chance, self._playbooks, self._facts = chance, playbooks, facts
        self._walked: dict[tuple[str, str, bool], list[Way]] = {}
        self._symptoms = {live: _symptoms(playbooks, live=live) for live in (True, False)}

    def symptom(self, *, live: bool) -> str:
        """Choose what somebody has trouble with.

        Args:
            live: Whether the court is on NextGen.

        Returns:
            The symptom's slug.
        """
        slugs, weights = self._symptoms[live]
        return self._chance.choices(slugs, cum_weights=weights)[0]

    def way(self, slug: str, court: Court, *, live: bool) -> Way:
        """Walk a playbook, or take a way that was walked before.

        Args:
            slug: The symptom.
            court: The court.
            live: Whether it is on NextGen.

        Returns:
            The way.
        """
        walked = self._walked.setdefault((slug, court.id, live), [])
        if len(walked) < _KNOWN_WAYS:
            way = self._walk(self._playbooks[slug], court, live=live)
            if way.outcome == "waiting" and self._chance.random() < _RATHER_NOT:
                way = self._walk(self._playbooks[slug], court, live=live)
            walked.append(way)
            return way
        return self._chance.choice(walked)

    def _walk(self, playbook: Playbook, court: Court, *, live: bool) -> Way:
        desk = desk_facts(self._facts, live, court.settings)
        known = dict(desk)
        given: dict[StepKey, Given] = {}
        kinds: list[str] = []
        step = walk(playbook, given, desk).current
        while step and (playbook.slug, step.id) not in given and len(given) < _LONGEST:
            kinds.extend(kind for kind in step.actions if kind not in kinds)
            if not step.exits():
                break
            answer = self._answer(step)
            given[playbook.slug, step.id] = Given(answer, 0)
            if step.fact and answer != DONT_KNOW:
                known[step.fact] = Known(step.fact_value(answer), "ticket")
            step = walk(playbook, given, desk).current
        return Way(
            answers=tuple((step_id, said.answer) for (_, step_id), said in given.items()),
            kinds=tuple(kinds),
            outcome=(step.outcome if step else "") or "resolved",
            refer=step.refer if step else "",
            facts={name: each.value for name, each in known.items()},
        )

    def _answer(self, step: Step) -> str:
        if not step.answers:
            return DONE
        first, *others = step.answers
        if not others or self._chance.random() < _FIRST:
            return first.key
        return self._chance.choice(others).key


def _symptoms(
    playbooks: Mapping[str, Playbook], *, live: bool
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    never = "before" if live else "after"
    slugs = tuple(slug for slug, playbook in playbooks.items() if playbook.phase != never)
    rest = [slug for slug in slugs if slug not in _COMMON]
    share = sum(1 / (place + 3) for place in range(len(rest)))
    tail = {slug: _REST / (place + 3) / share for place, slug in enumerate(rest)}
    return slugs, tuple(accumulate((_COMMON | tail)[slug] for slug in slugs))
