"""A run: where a call stands in its playbook, and what led there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from helpdesk.domain.playbook import Playbook, Step

StepKey = tuple[str, str]
"""A step among all playbooks: the playbook's slug and the step's id."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that the clerk gave."""

    answer: str
    """The answer's key."""

    at: int
    """When, in seconds UTC."""

    opened: Playbook | None = None
    """The playbook that the step handed over to, as it was then."""


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What a caller answered about a fact on an earlier ticket."""

    value: str
    """The fact's value then."""

    at: int
    """When, in seconds UTC."""

    number: str
    """The ticket's number."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact that is known to the whole ticket."""

    value: str
    """``yes``, ``no`` or a named choice."""

    source: str
    """Who knows it: ``desk`` (dates and settings) or ``ticket`` (an answer given before)."""


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that is behind."""

    playbook: Playbook
    """The playbook it belongs to."""

    step: Step
    """The step."""

    answer: str
    """What was answered; ``done`` for a step without a question."""

    at: int | None = None
    """When the clerk answered; ``None`` for what the desk answered by itself."""

    source: str = "clerk"
    """``clerk``, ``desk`` or ``ticket``."""

    @property
    def key(self) -> StepKey:
        """Which step it is."""
        return (self.playbook.slug, self.step.id)


@dataclass(frozen=True, slots=True)
class Run:
    """Where a call stands in its playbook."""

    playbook: Playbook
    """The playbook that the run began with, as it was then."""

    passed: tuple[Passed, ...] = ()
    """The steps behind, in order."""

    current: Step | None = None
    """The step to be answered; ``None`` when the end was reached."""

    within: tuple[Playbook, ...] = ()
    """The playbooks that were handed over to and have not come to their end, outermost first."""

    off_path: tuple[Passed, ...] = ()
    """Steps answered before that are no longer on the way, by the time of their answers."""

    comes_back: bool = False
    """Whether a step without an exit leads back to the playbook that handed over."""

    given: Mapping[StepKey, Given] = field(default_factory=dict)
    """The clerk's answers that it was walked with."""

    facts: Mapping[str, Known] = field(default_factory=dict)
    """What was known apart from them, by the fact's name."""

    @property
    def book(self) -> Playbook:
        """The playbook of the current step."""
        return self.within[-1] if self.within else self.playbook

    @property
    def current_key(self) -> StepKey | None:
        """Which step is to be answered."""
        return (self.book.slug, self.current.id) if self.current else None

    @property
    def last(self) -> Step | None:
        """The current step, or the one that ended the run."""
        if self.current:
            return self.current
        return self.passed[-1].step if self.passed else None

    @property
    def referral(self) -> str:
        """Why a caller is sent on from here: the step's reason, else the playbook's first."""
        named = (step.refer for step in self.book.steps.values() if step.refer)
        return (self.last.refer if self.last else "") or next(named, "")

    @property
    def length(self) -> int:
        """How many steps the walk has if every coming question takes its first answer."""
        return len(self.passed) + sum(1 for _ in coming(self.book, self.current))

    def found(self, key: StepKey) -> tuple[Playbook, Step] | None:
        """Find a step that this run has been at or stands at.

        Args:
            key: Which step.

        Returns:
            The step with its playbook, or ``None`` when neither the run's playbook nor one
            that it handed over to has it.
        """
        others = {each.playbook.slug: each.playbook for each in (*self.passed, *self.off_path)}
        books = {**others, self.book.slug: self.book, self.playbook.slug: self.playbook}
        book = books.get(key[0])
        step = book.steps.get(key[1]) if book else None
        return (book, step) if book and step else None


def coming(playbook: Playbook, step: Step | None) -> Iterator[Step]:
    """The steps ahead if every question takes its first answer, each once.

    Args:
        playbook: The playbook.
        step: Where to begin; the first of them.

    Yields:
        The steps; none without a beginning.
    """
    seen: set[str] = set()
    while step is not None and step.id not in seen:
        seen.add(step.id)
        yield step
        exits = step.exits()
        step = playbook.steps.get(exits[0]) if exits else None
