"""The playbook pane: the steps behind, the one to be answered, and what comes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content

from helpdesk.domain.playbook import YES
from helpdesk.domain.run import Passed, coming
from helpdesk.domain.run_words import SAID, RunShown, answers_said, first_words
from helpdesk.domain.safe_text import line
from helpdesk.tui.words import SOURCES, clock, fitted


def playbook_lines(shown: RunShown, width: int, height: int) -> list[Content]:
    """Lay a run out.

    Args:
        shown: The run.
        width: Cells to a line.
        height: Lines there are; the current step comes before everything else.

    Returns:
        The lines, at most ``height``.
    """
    head = _head(shown, width)
    body = _fitting_step(shown, width, height - 1) if shown.step else _end_lines(shown, width)
    room = max(0, height - 1 - len(body))
    behind = shown.behind  # a playbook may have hundreds of steps: those alone that are seen
    ahead = chain(_off_lines(shown, width), _ahead_lines(shown, width))
    kept_ahead = list(islice(ahead, max(0, room - min(len(behind), max(2, room // 2)))))
    seen = behind[-(room - len(kept_ahead)) :] if room > len(kept_ahead) else ()
    kept_behind = [_passed_line(shown, passed, width) for passed in seen]
    if len(kept_behind) < len(behind) and kept_behind:
        more = len(behind) - len(kept_behind) + 1
        kept_behind[0] = Content.styled(f"  + {more} steps before", "$foreground-muted")
    return [head, *kept_behind, *body, *kept_ahead][: max(height, 1)]


def _head(shown: RunShown, width: int) -> Content:
    run = shown.run
    place = len(run.passed) + (1 if run.current else 0)
    where = f"step {place} of about {max(run.length, place)}" if run.current else "at its end"
    if shown.looking_at:
        was = next((each.answer for each in run.passed if each.key == shown.looking_at), "")
        where = f"an earlier step again, was: {fitted(line(SAID.get(was, was)), 24).rstrip()}"
    version = f"  v{shown.version}" if shown.version else ""
    left = f" {line(run.playbook.title)}{version}"
    if shown.book.slug != run.playbook.slug:
        left = f" {line(shown.book.title)}  (out of: {line(run.playbook.title)})"
    right = f" {where} "
    return Content.styled(fitted(left, max(0, width - len(right))) + right, "bold")


def _passed_line(shown: RunShown, passed: Passed, width: int) -> Content:
    answer = line(SAID.get(passed.answer, passed.answer))
    if passed.at is None:
        end = f"{answer}  ({SOURCES[passed.source]})"
    elif not shown.version:
        end = answer
    elif passed.at < shown.started_at:
        end = f"{answer}  (before)"
    else:
        end = f"{answer}  {clock(passed.at - shown.started_at)}"
    inside = passed.playbook.slug != shown.run.playbook.slug
    return _dotted(f"  + {'> ' * inside}", shown.say(first_words(passed.step)), end, width)


def _off_lines(shown: RunShown, width: int) -> Iterator[Content]:
    """Answers that are kept but no longer on the way, after an earlier one was changed."""
    for passed in shown.run.off_path:
        if passed.key != shown.looking_at:
            text = shown.say(first_words(passed.step))
            answer = line(SAID.get(passed.answer, passed.answer))
            yield _dotted("  - ", text, f"{answer}  (off the way)", width)


def _dotted(start: str, text: str, end: str, width: int) -> Content:
    room = max(10, width - len(end) - len(start) - 3)
    said = fitted(line(text), room).rstrip()
    dots = " " + "." * max(0, width - len(said) - len(end) - len(start) - 3) + " "
    return Content.styled(f"{start}{said}{dots}{end}", "$foreground-muted")


def _fitting_step(shown: RunShown, width: int, height: int) -> list[Content]:
    """The step with its answers; the reason and other playbooks as far as there is room."""
    words, answers = _said_lines(shown, width), _answer_lines(shown, width)
    further = _further_lines(shown, width)
    if len(words) + len(answers) + len(further) <= height:
        return [*words, *answers, *further]
    more = Content.styled("        … k: the whole step", "$foreground-muted")
    room = height - len(words) - len(answers) - 1
    if room >= 0:
        return [*words, *answers, *further[:room], more]
    asked = _asked_lines(shown, width)
    kept = height - len(asked) - len(answers) - 1
    if kept >= 0:  # the question stays with its answers
        return [*words[:kept], more, *asked, *answers]
    if len(answers) < height:
        return [*words[: height - len(answers) - 1], more, *answers]
    return [*answers[: max(0, height - 1)], more]


def _asked_lines(shown: RunShown, width: int) -> list[Content]:
    step = shown.step
    return _labelled("ASK", shown.say(step.ask), width) if step and step.ask else []


def _said_lines(shown: RunShown, width: int) -> list[Content]:
    step = shown.step
    assert step is not None  # noqa: S101 - the caller asked
    lines: list[Content] = []
    for label, text in (("SAY", step.say), ("DO", step.do), ("ASK", step.ask)):
        if text:
            lines += _labelled(label, shown.say(text), width, first=not lines)
    return lines


def _further_lines(shown: RunShown, width: int) -> list[Content]:
    step = shown.step
    assert step is not None  # noqa: S101 - the caller asked
    told = [f"why: {shown.say(step.why)}"] if step.why else []
    told += [f"see (s): {', '.join(shown.titles(each) for each in step.see)}"] if step.see else []
    return [
        Content.styled(each, "$foreground-muted")
        for text in told
        for each in _wrapped(text, width, 8)
    ]


def _answer_lines(shown: RunShown, width: int) -> list[Content]:
    """The answers with their keys, as many to a line as fit."""
    lines: list[Content] = []
    for key, said in answers_said(shown):
        text = fitted(f" {said}", min(cell_len(said) + 1, max(8, width - len(key) - 10)))
        answer = Content.assemble((f"[{key}]", "bold"), text)
        if lines and lines[-1].cell_length + 3 + answer.cell_length <= width:
            lines[-1] = Content.assemble(lines[-1], "   ", answer)
        else:
            lines.append(Content.assemble(" " * 8, answer))
    return lines


def _end_lines(shown: RunShown, width: int) -> list[Content]:
    last = shown.run.last
    outcome = last.outcome if last else ""
    text = f"The playbook ends here{f': {outcome}' if outcome else ''}. Anything else? Then h."
    return [Content.styled(each, "bold") for each in _wrapped(text, width, 4)]


def _ahead_lines(shown: RunShown, width: int) -> Iterator[Content]:
    step = shown.step
    for answer in step.answers if step else ():
        target = shown.book.steps.get(answer.leads_to)
        if target is not None and answer.key != YES:
            text = shown.say(first_words(target))
            said = line(f"if {SAID.get(answer.key, answer.key)}: {text}")
            yield Content.styled(f"      {fitted(said, width - 7).rstrip()}", "$foreground-muted")
    for later in islice(coming(shown.book, step), 1, None):
        text = shown.say(first_words(later))
        said = f"    {fitted(line(text), width - 5).rstrip()}"
        yield Content.styled(said, "$foreground-muted")


def _labelled(label: str, text: str, width: int, *, first: bool = False) -> list[Content]:
    start = f"  {'>' if first else ' '} {label:<4}"
    wrapped = _wrapped(text, width, 8)
    style = "" if label == "why" else "bold"
    return [
        Content.assemble((start if place == 0 else " " * 8, "bold"), (each[8:], style))
        for place, each in enumerate(wrapped)
    ]


@lru_cache(maxsize=1024)
def _wrapped(text: str, width: int, indent: int) -> tuple[str, ...]:
    """A text in lines; kept, for the steps of a day are the same again and again."""
    blank, room = " " * indent, max(20, width - 1)
    return tuple(wrap(line(text, 2_000), room, initial_indent=blank, subsequent_indent=blank))
