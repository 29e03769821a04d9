"""YAML text to playbooks: the schema of a file, with every fault at its place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from helpdesk.domain.playbook import OUTCOMES, OWNERS, PHASES, Answer, Playbook, Step
from helpdesk.located_yaml import Document, Path, load
from helpdesk.playbooks.waits import read_wait

LONGEST_SAY: Final = 240
"""The most characters a *say* line may have: more cannot be read out in one breath."""

TOP_REQUIRED: Final = ("title", "theme", "owner", "phase", "codes", "phrases", "start", "steps")
"""Keys that every playbook has."""

TOP_OPTIONAL: Final = ("covers", "never", "sources", "review", "when")
"""Keys that a playbook may have."""

STEP_KEYS: Final = (
    "ask", "say", "do", "why", "fact", "again", "answers", "next",
    "actions", "outcome", "refer", "see", "include", "hand-over", "aloud", "wait",
)  # fmt: skip
"""Keys that a step may have."""

RETURN: Final = "return"
"""Where a passage's step leads to go on in the playbook that includes it."""


@dataclass(frozen=True, slots=True)
class RawStep:
    """One step as it stands in a file."""

    step: Step
    """The step; without any text when it includes a passage."""

    include: str
    """The passage it stands for, or empty."""

    document: Document
    """The file it stands in, for faults."""

    path: Path
    """Where in that file."""


@dataclass(frozen=True, slots=True)
class RawPlaybook:
    """One playbook as it stands in its file, passages not yet put in."""

    playbook: Playbook
    """Everything but the steps."""

    steps: Mapping[str, RawStep]
    """The steps by id."""

    document: Document
    """The file, with the faults found so far."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Steps that several playbooks share."""

    name: str
    """How steps include it."""

    start: str
    """Its first step."""

    steps: Mapping[str, RawStep] = field(default_factory=dict)
    """Its steps by id."""


def read_playbook(text: str, slug: str, name: str) -> RawPlaybook:
    """Read one playbook file.

    Args:
        text: The YAML.
        slug: The file's name without its suffix.
        name: The file's name for messages.

    Returns:
        The playbook with its file, whose ``faults`` say what is wrong so far.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(text, name)
    document.mapping((), TOP_REQUIRED, TOP_OPTIONAL)
    playbook = Playbook(
        slug=slug,
        title=document.text(("title",), 60),
        theme=document.text(("theme",)),
        owner=document.choice(("owner",), OWNERS),
        phase=document.choice(("phase",), PHASES),
        codes=document.texts(("codes",)),
        phrases=document.texts(("phrases",)),
        start=document.text(("start",)),
        covers=document.texts(("covers",)),
        never=document.texts(("never",)),
        sources=document.texts(("sources",)),
        review=document.text(("review",)),
        when=_read_when(document),
    )
    steps = read_steps(document, ("steps",))
    _check_walk(document, (), playbook.start, steps)
    return RawPlaybook(playbook, steps, document)


def read_passages(text: str, name: str) -> tuple[dict[str, Passage], Document]:
    """Read the file of shared passages.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The passages by name, and the file with the faults found so far.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(text, name)
    names = document.mapping((), optional=None)
    return {name: read_passage(document, name) for name in names}, document


def read_passage(document: Document, name: str) -> Passage:
    """Read one shared passage.

    Args:
        document: The file.
        name: The passage.

    Returns:
        The passage; the file gets its faults.
    """
    document.mapping((name,), ("start", "steps"))
    steps = read_steps(document, (name, "steps"))
    start = document.text((name, "start"))
    _check_walk(document, (name,), start, steps, RETURN)
    return Passage(name, start, steps)


def _read_when(document: Document) -> dict[str, tuple[str, ...]]:
    found = document.mapping(("when",), optional=None)
    return {question: document.texts(("when", question)) for question in found}


def read_steps(document: Document, path: Path) -> dict[str, RawStep]:
    """Read the steps below a key.

    Args:
        document: The file.
        path: Where the mapping of steps stands.

    Returns:
        The steps by id, in the order of the file.
    """
    return {
        step: _read_step(document, (*path, step), step)
        for step in document.mapping(path, optional=None)
    }


def _read_step(document: Document, path: Path, step_id: str) -> RawStep:
    found = document.mapping(path, optional=STEP_KEYS)
    include = document.text((*path, "include"))
    fact, wait = document.text((*path, "fact")), read_wait(document, (*path, "wait"))
    step = Step(
        id=step_id,
        ask=document.text((*path, "ask"), LONGEST_SAY),
        say=document.text((*path, "say"), LONGEST_SAY),
        do=document.text((*path, "do"), 400),
        why=document.text((*path, "why"), LONGEST_SAY),
        fact=fact.removeprefix("not "),
        inverted=fact.startswith("not "),
        again=document.choice((*path, "again"), ("no", "yes")) == "yes",
        answers=_read_answers(document, (*path, "answers")),
        next=document.text((*path, "next")),
        actions=document.texts((*path, "actions")),
        outcome=document.choice((*path, "outcome"), ("", *OUTCOMES)),
        refer=document.text((*path, "refer")),
        see=document.texts((*path, "see")),
        hand_over=document.text((*path, "hand-over")),
        aloud=document.choice((*path, "aloud"), ("no", "yes")) == "yes",
        wait_days=wait[0],
        wait_from=wait[1],
    )
    _check_shape(document, path, step, include, found)
    return RawStep(step, include, document, path)


def _read_answers(document: Document, path: Path) -> tuple[Answer, ...]:
    keys = document.mapping(path, optional=None)
    return tuple(Answer(key, document.text((*path, key))) for key in keys)


def _check_shape(
    document: Document, path: Path, step: Step, include: str, found: Mapping[str, object]
) -> None:
    if include:
        if set(found) - {"include", "next"}:
            document.fault(path, "a step that includes a passage has only “include” and “next”.")
        return
    _check_texts_of(document, path, step)
    _check_ways_out(document, path, step, str(found.get("outcome") or ""))


def _check_texts_of(document: Document, path: Path, step: Step) -> None:
    """What belongs together is there together."""
    if not (step.ask or step.say or step.do):
        document.fault(path, "a step needs “ask”, “say”, “do” or “include”.")
    if step.hand_over and step.answers:
        message = "a step that hands over has no “answers”: ask in the step that follows."
        document.fault((*path, "hand-over"), message)
    if bool(step.ask) != bool(step.answers):
        document.fault(path, "“ask” and “answers” belong together: add the one that is missing.")
    if step.again and not step.fact:
        message = "“again” belongs to “fact”: name the fact that may change."
        document.fault((*path, "again"), message)
    if step.fact and not step.answers:
        document.fault((*path, "fact"), "a fact needs “ask” and “answers”.")
    if step.aloud and not step.say:
        document.fault((*path, "aloud"), "“aloud” belongs to “say”: there is nothing said here.")


def _check_ways_out(document: Document, path: Path, step: Step, outcome: str) -> None:
    if step.answers and step.next:
        document.fault((*path, "next"), "a step with “answers” cannot have “next” too.")
    if not step.exits() and not outcome and not step.hand_over:
        document.fault(path, "this step is a dead end: add “next”, “answers” or “outcome”.")
    if step.outcome == outcome and bool(step.refer) != (outcome == "referred"):
        document.fault(path, "“outcome: referred” and “refer: REASON” belong together.")
    for answer in step.answers:
        if not answer.leads_to:
            document.fault((*path, "answers", answer.key), "this answer leads nowhere.")


def _check_walk(
    document: Document, path: Path, start: str, steps: Mapping[str, RawStep], back: str = ""
) -> None:
    check_exits(steps.values(), {*steps, back})
    if start in steps:
        check_reached(start, steps, steps)
    elif start:
        document.fault((*path, "start"), f"there is no step “{start}”.")


def check_exits(steps: Iterable[RawStep], there: Container[str]) -> None:
    """Check that every exit leads to a step.

    Args:
        steps: The steps; the file of each gets its faults.
        there: What they may lead to.
    """
    for raw in steps:
        for place, target in _exits(raw.step):
            if target not in there:
                raw.document.fault((*raw.path, *place), f"there is no step “{target}” to lead to.")


def check_reached(start: str, steps: Mapping[str, RawStep], wanted: Iterable[str]) -> None:
    """Check that steps can be reached.

    Args:
        start: The first step.
        steps: All the steps.
        wanted: The ids of those that are checked; the file of each gets its faults.
    """
    reached = _reached(start, steps)
    for step in wanted:
        if step not in reached:
            steps[step].document.fault(steps[step].path, f"nothing leads to the step “{step}”.")


def _reached(start: str, steps: Mapping[str, RawStep]) -> set[str]:
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        step = ahead.pop()
        if step in steps and step not in reached:
            reached.add(step)
            ahead.extend(steps[step].step.exits())
    return reached


def _exits(step: Step) -> Iterator[tuple[Path, str]]:
    for answer in step.answers:
        if answer.leads_to:
            yield ("answers", answer.key), answer.leads_to
    if step.next:
        yield ("next",), step.next
