"""A step of a playbook in lines, and what became of those before it."""

from __future__ import annotations

from collections.abc import Iterator

from helpdesk.domain.run import StepKey
from helpdesk.domain.run_words import SAID, RunShown, answers_said, first_words
from helpdesk.domain.words import SOURCES


def passed_lines(shown: RunShown, told: set[StepKey]) -> Iterator[str]:
    """Say which steps are behind that were not said yet.

    Args:
        shown: The run.
        told: The steps that were said; those said now are added.

    Yields:
        What was asked, the answer, and who knew it.
    """
    for passed in shown.run.passed:
        if passed.key not in told:
            told.add(passed.key)
            source = SOURCES.get(passed.source, "answered")
            answer = SAID.get(passed.answer, passed.answer)
            yield f"{source}: {shown.say(first_words(passed.step))} {answer}"


def step_lines(shown: RunShown, *, titled: bool) -> Iterator[str]:
    """Say the step that is to be answered.

    Args:
        shown: The run.
        titled: Whether the playbook is named.

    Yields:
        Where it stands, each text of it, and its answers with their keys.
    """
    step, run = shown.step, shown.run
    title = f"{shown.book.title}, playbook {shown.version}. " if titled else ""
    if shown.book.slug != run.playbook.slug and titled:
        title = f"{shown.book.title}, out of {run.playbook.title}. "
    if step is None:
        outcome = run.last.outcome if run.last else ""
        ends = f"the playbook ends here{f': {outcome}' if outcome else ''}."
        yield f"{title}{ends} anything else? then h."
        return
    place = len(run.passed) + 1
    where = f"step {place} of about {max(run.length, place)}:"
    if shown.looking_at:
        was = next((each.answer for each in run.passed if each.key == shown.looking_at), "")
        where = f"an earlier step again, was {SAID.get(was, was)}:"
    yield f"{title}{where}"
    for label, text in (("say", step.say), ("do", step.do), ("ask", step.ask)):
        if text:
            yield f"{label}: {shown.say(text)}"
    if step.see:
        yield f"see (s): {', '.join(shown.titles(each) for each in step.see)}"
    keys = {"space": "enter"}
    yield ", ".join(f"{keys.get(key, key)} {said}" for key, said in answers_said(shown)) + "."
