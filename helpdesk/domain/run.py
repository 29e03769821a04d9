"""A run: one walk through a playbook, made of what was answered and what is known.

A step may hand over to another playbook; the walk goes on there and comes back at its end.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, FactKind, Playbook, Step

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

    given: Mapping[StepKey, Given] = field(default_factory=dict, compare=False, repr=False)
    """The clerk's answers, that it was made of."""

    facts: Mapping[str, Known] = field(default_factory=dict, compare=False, repr=False)
    """What was known apart from them."""

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
    def length(self) -> int:
        """How many steps the walk has if every coming question takes its first answer."""
        return len(self.passed) + len(coming(self.book, self.current))

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


def walk(playbook: Playbook, given: Mapping[StepKey, Given], facts: Mapping[str, Known]) -> Run:
    """Walk as far as the answers and the known facts lead.

    An answer that the clerk gave to the step itself counts before any fact, and a step knows
    only what was answered before it on the way: what comes out later turns nobody back. A
    playbook that was gone through once is not gone through again on the same run.

    Args:
        playbook: The playbook.
        given: The clerk's answers.
        facts: What is known apart from these answers, by the fact's name.

    Returns:
        Where the call stands.
    """
    passed: list[Passed] = []
    seen: set[StepKey] = set()
    kept = tuple(_kept(playbook, given))
    known = _Facts(facts, kept)
    places: list[tuple[Playbook, str]] = [(playbook, playbook.start)]
    while places:
        book, at = places[-1]
        step = book.steps.get(at)
        if step is None:
            places.pop()  # the end of a playbook: on with the one that handed over
            continue
        own = _own(step, given.get((book.slug, at)))
        fact = known.at(step, seen)
        behind = None if (book.slug, at) in seen else _answered(book, step, own, fact)
        seen.add((book.slug, at))
        if behind is None:
            break
        passed.append(behind)
        known.learn(behind)
        places[-1] = (book, _leads_to(step, behind.answer))
        opened = own.opened if own and step.hand_over else None
        if opened and (opened.slug, opened.start) not in seen:
            places.append((opened, opened.start))
    off_path = tuple(each for each in kept if each.key not in seen)
    return replace(_run(playbook, passed, places, off_path), given=given, facts=facts)


def coming(playbook: Playbook, step: Step | None) -> tuple[Step, ...]:
    """The steps ahead if every question takes its first answer.

    Args:
        playbook: The playbook.
        step: Where to begin; part of the answer.

    Returns:
        The steps; none without a beginning.
    """
    ahead: list[Step] = []
    while step is not None and step not in ahead:
        ahead.append(step)
        exits = step.exits()
        step = playbook.steps.get(exits[0]) if exits else None
    return tuple(ahead)


def desk_facts(
    facts: Mapping[str, FactKind], live: bool | None, settings: Mapping[str, str]
) -> dict[str, Known]:
    """What the desk knows by itself.

    Args:
        facts: The declared facts.
        live: Whether the court is on NextGen today; ``None`` without a court.
        settings: The court's settings, ``yes`` or ``no``.

    Returns:
        The facts whose value is known, by name.
    """
    values = {f"setting.{name}": value for name, value in settings.items()}
    if live is not None:
        values["court.live"] = YES if live else NO
    return {
        fact.name: Known(values[fact.known_from], "desk")
        for fact in facts.values()
        if fact.known_from in values
    }


def _run(
    playbook: Playbook,
    passed: Sequence[Passed],
    places: Sequence[tuple[Playbook, str]],
    off_path: tuple[Passed, ...],
) -> Run:
    return Run(
        playbook=playbook,
        passed=tuple(passed),
        current=places[-1][0].steps[places[-1][1]] if places else None,
        within=tuple(book for book, _ in places[1:]),
        off_path=off_path,
        comes_back=any(after in book.steps for book, after in places[:-1]),
    )


def _own(step: Step, given: Given | None) -> Given | None:
    """The clerk's answer, unless the step hands over to another playbook now."""
    if given and given.opened and step.hand_over not in {"", given.opened.slug}:
        return None
    return given


class _Facts:
    """What is known at each place of a walk."""

    def __init__(self, outside: Mapping[str, Known], kept: Iterable[Passed]) -> None:
        self._known = dict(outside)
        self._kept = [each for each in kept if each.step.fact and not each.step.again]

    def learn(self, passed: Passed) -> None:
        """Take in what a step that is behind has settled."""
        value = passed.step.fact_value(passed.answer)
        if passed.step.fact and passed.at is not None and value != DONT_KNOW:
            self._known[passed.step.fact] = Known(value, "ticket")

    def at(self, step: Step, seen: Container[StepKey]) -> Known | None:
        """What a step knows: from before it, else from an answer that is off the way."""
        if step.again:
            return None
        if step.fact in self._known:
            return self._known[step.fact]
        aside = [
            each.step.fact_value(each.answer)
            for each in self._kept
            if each.step.fact == step.fact and each.key not in seen
        ]
        told = [value for value in aside if value != DONT_KNOW]
        return Known(told[-1], "ticket") if told else None


def _answered(book: Playbook, step: Step, own: Given | None, known: Known | None) -> Passed | None:
    if own is not None and (own.answer == DONE or step.answer(own.answer)):
        return Passed(book, step, own.answer, own.at)
    if known is None or known.value == DONT_KNOW:
        return None
    answer = step.fact_value(known.value)  # an inverted question inverts the value back
    if step.answer(answer) is None:
        return None
    return Passed(book, step, answer, None, known.source)


def _leads_to(step: Step, answer: str) -> str:
    found = step.answer(answer)
    return found.leads_to if found else step.next


def _kept(playbook: Playbook, given: Mapping[StepKey, Given]) -> Iterator[Passed]:
    """Every answer to a step that the run's playbooks have, by the time it was given."""
    books = {each.opened.slug: each.opened for each in given.values() if each.opened}
    books[playbook.slug] = playbook
    for (slug, step_id), own in sorted(given.items(), key=lambda each: (each[1].at, each[0])):
        book = books.get(slug)
        step = book.steps.get(step_id) if book else None
        if book and step:
            yield Passed(book, step, own.answer, own.at)
