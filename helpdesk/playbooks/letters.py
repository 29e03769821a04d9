"""A playbook in writing: what is said on the phone as an e-mail, and what was found as a note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from helpdesk.domain.playbook import DONE, DONT_KNOW, Playbook, Step
from helpdesk.domain.run import Passed, Run, coming
from helpdesk.playbooks.templates import Circumstances, lacking, rendered, written

_SAID: Final = {DONE: "done", DONT_KNOW: "not known"}
_SOURCES: Final = {"desk": " (known)", "ticket": " (known)"}


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail that the clerk sends with a program of their own."""

    to: str
    """The address on record, or empty."""

    subject: str
    """What it is about."""

    body: str
    """The text, lines parted by line feeds."""

    tells: bool = True
    """Whether it tells the caller anything."""

    lacks: tuple[str, ...] = ()
    """What has no value and would be a hole in it: ``<court.go-live>``, ``<ask: the day>``."""

    @property
    def text(self) -> str:
        """Subject and body as one text, for a clipboard."""
        return f"Subject: {self.subject}\n\n{self.body}"

    @property
    def mailto(self) -> str:
        """The e-mail as an address that opens a mail program."""
        said = f"subject={quote(self.subject)}&body={quote(self.body)}"
        return f"mailto:{quote(self.to, safe='@')}?{said}"


def letter(run: Run, here: Circumstances, to: str = "") -> Letter:
    """Write what a caller was told, and is told before the next question, as an e-mail.

    Before anything was said it is what would be said if every question took its first answer.

    Args:
        run: Where the call stands.
        here: What the variables speak of.
        to: The address on record.

    Returns:
        The e-mail; what is for the clerk alone is not in it.
    """
    told = [step for step in _told(run) if step.say] or coming(run.book, run.current)
    said = dict.fromkeys(step.say for step in told if step.say and not step.aloud)
    steps = dict.fromkeys(written(text, here) for text in said)
    numbered = [f"{place}. {text}" for place, text in enumerate(steps, 1)]
    lacks = dict.fromkeys(each for text in said for each in lacking(text, here))
    ticket = f" ({here.ticket})" if here.ticket else ""
    subject = rendered(f"Your call to <court.short>{ticket}", here)
    about = rendered("you called <court.short>. This is what you can do:", here)
    ending = ["Questions? <court.name>, <court.phones>, <court.web>"]
    if run.playbook.owner == "psc":
        ending.append("PACER Service Center: <psc.phone>, <psc.email>, <psc.hours>")
    parts = [
        f"Hello {_called(here.caller)}," if here.caller else "Hello,",
        about,
        *numbered,
        "\n".join(_known(rendered(text, here)) for text in ending),
    ]
    body = "\n\n".join(part for part in parts if part) + "\n"
    return Letter(to, subject, body, tells=bool(numbered), lacks=tuple(lacks))


def spoken(playbook: Playbook, here: Circumstances) -> tuple[str, ...]:
    """A playbook's main line as it is said on the phone.

    Args:
        playbook: The playbook.
        here: What the variables speak of.

    Returns:
        What is asked and read out, in order.
    """
    steps = coming(playbook, playbook.steps.get(playbook.start))
    texts = (text for step in steps for text in (step.say, step.ask) if text)
    return tuple(rendered(text, here) for text in texts)


def note(run: Run, here: Circumstances) -> str:
    """What a run has found, for a colleague.

    Args:
        run: The run.
        here: What the variables speak of.

    Returns:
        One paragraph.
    """
    answered = [_found(each, here) for each in run.passed if each.step.answers]
    last = run.last
    stands = rendered(last.ask or last.do or last.say, here) if last and run.current else ""
    return " ".join(
        part for part in (
            _sentence(run.playbook.title),
            *answered,
            f"Next: {stands}" if stands else "",
        ) if part
    )  # fmt: skip


def _told(run: Run) -> Iterator[Step]:
    """What is behind, and what comes before the next question is answered."""
    yield from (each.step for each in run.passed)
    for step in coming(run.book, run.current):
        yield step
        if step.answers or step.hand_over:
            return


def _found(passed: Passed, here: Circumstances) -> str:
    answer = _SAID.get(passed.answer, passed.answer)
    return f"{rendered(passed.step.ask, here)} {answer}{_SOURCES.get(passed.source, '')}."


def _sentence(title: str) -> str:
    """A title as a sentence: “... password: yes” would be taken for a password."""
    return title if title.endswith(("?", ".", "!")) else f"{title}."


def _called(name: str) -> str:
    """“Whitfield, Dana” as she is called."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def _known(text: str) -> str:
    """A line without the values that nobody knows."""
    return ", ".join(part for part in text.split(", ") if "‹" not in part)
