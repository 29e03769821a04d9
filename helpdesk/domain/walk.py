"""Walks through a playbook as far as what was answered and what is known lead.

A step may hand over to another playbook; the walk goes on there and comes back at its end.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, FactKind, Playbook, Step
from helpdesk.domain.run import Given, Known, Passed, Run, StepKey


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
    return _run(playbook, passed, places, off_path, (given, facts))


def walk_on(run: Run, key: StepKey, answer: str, at: int) -> Run:
    """Walk once more, with one answer that was given since.

    Args:
        run: The run as it was.
        key: The step that was answered; it hands over to no other playbook, for which
            playbook that opens is not known here.
        answer: The answer's key.
        at: When, in seconds UTC.

    Returns:
        Where the call stands with it.
    """
    return walk(run.playbook, {**run.given, key: Given(answer, at)}, run.facts)


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
    led_by: tuple[Mapping[StepKey, Given], Mapping[str, Known]],
) -> Run:
    given, facts = led_by
    return Run(
        playbook=playbook,
        passed=tuple(passed),
        current=places[-1][0].steps[places[-1][1]] if places else None,
        within=tuple(book for book, _ in places[1:]),
        off_path=off_path,
        comes_back=any(after in book.steps for book, after in places[:-1]),
        given=given,
        facts=facts,
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
        self._kept: dict[str, list[Passed]] = {}
        for each in kept:
            if each.step.fact and not each.step.again:
                self._kept.setdefault(each.step.fact, []).append(each)

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
            for each in self._kept.get(step.fact, ())
            if each.key not in seen
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
