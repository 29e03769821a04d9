"""A playbook: the steps that lead a clerk through one symptom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from helpdesk.errors import BadInput

YES: Final = "yes"
"""The answer on the key ``y``."""

NO: Final = "no"
"""The answer on the key ``n``."""

DONT_KNOW: Final = "dont-know"
"""The answer on the key ``d``."""

DONE: Final = "done"
"""What is recorded when a step without a question was read out or done."""

OWNERS: Final = ("court", "psc", "other-court", "filer")
"""Whose problem a symptom is: the court, the PACER Service Center, another court, the filer."""

PHASES: Final = ("both", "after", "before")
"""When a symptom occurs: before the court went live on NextGen, after, or both."""

OUTCOMES: Final = ("resolved", "waiting", "callback", "escalated", "referred", "dropped")
"""How a call can end."""


def checked_outcome(text: str) -> str:
    """Check that a call can end like this.

    Args:
        text: What was given as its outcome.

    Returns:
        The same, one of ``OUTCOMES``.

    Raises:
        BadInput: When it is none of them; the message names them.
    """
    if text not in OUTCOMES:
        raise BadInput(f"“{text}” is no outcome: use {', '.join(OUTCOMES)}.")
    return text


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that a step offers."""

    key: str
    """``yes``, ``no``, ``dont-know``, or the words of a named choice."""

    leads_to: str
    """The id of the next step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask, to say or to do; at least one of the three texts is there."""

    id: str
    """Its name within the playbook, never used again for something else."""

    ask: str = ""
    """The question that the answers belong to."""

    say: str = ""
    """What to read out to the caller."""

    do: str = ""
    """What the clerk does."""

    why: str = ""
    """The reason behind the step, for the clerk."""

    fact: str = ""
    """The fact that the answer settles for the whole ticket, or empty."""

    inverted: bool = False
    """Whether *yes* to this question says *no* to the fact (``fact: not linked-here``)."""

    again: bool = False
    """Whether it is asked although the fact is known: the matter may have changed meanwhile."""

    answers: tuple[Answer, ...] = ()
    """The answers offered, in order; none for a step that is only read out or done."""

    next: str = ""
    """The step that follows one without answers; empty at the end of the playbook."""

    actions: tuple[str, ...] = ()
    """Kinds of action that belong here (``actions.yaml``)."""

    outcome: str = ""
    """How a call that ends here most likely ended."""

    refer: str = ""
    """The reason for referring the caller (``referrals.yaml``), where the outcome is that."""

    see: tuple[str, ...] = ()
    """Playbooks that may fit better from here on."""

    aloud: bool = False
    """Whether *say* is for the phone alone: it leads on, and tells nothing in a letter."""

    hand_over: str = ""
    """The playbook that goes on from here; at its end ``next`` follows."""

    wait_days: int = 0
    """How many business days a call that ends here or after should wait; 0 says nothing."""

    wait_from: str = ""
    """The prompt that asks for the day they are counted from; without one it is today."""

    def answer(self, key: str) -> Answer | None:
        """Find an answer by its key.

        Args:
            key: What the clerk chose.

        Returns:
            The answer, or ``None`` when this step does not offer it.
        """
        for answer in self.answers:  # asked many times a walk: a generator takes twice as long
            if answer.key == key:
                return answer
        return None

    def choices(self) -> tuple[Answer, ...]:
        """The named answers, which the digit keys choose.

        Returns:
            Every answer that is not yes, no or don't know.
        """
        plain = (YES, NO, DONT_KNOW)
        return tuple(answer for answer in self.answers if answer.key not in plain)

    def exits(self) -> tuple[str, ...]:
        """The steps that can follow.

        Returns:
            Their ids; none at an end.
        """
        led = tuple(answer.leads_to for answer in self.answers)
        return (*led, self.next) if self.next else led

    def fact_value(self, answer: str) -> str:
        """What an answer says about the fact.

        Args:
            answer: The answer's key.

        Returns:
            The fact's value: for an inverted step *yes* becomes *no* and the other way round.
        """
        return {YES: NO, NO: YES}.get(answer, answer) if self.inverted else answer


@dataclass(frozen=True, slots=True)
class Playbook:
    """The playbook of one symptom, as resolved for one court."""

    slug: str
    """The file's name without its suffix: the symptom's name in rows, reports and files."""

    title: str
    """The symptom in a few words."""

    theme: str
    """The folder it belongs to."""

    owner: str
    """Whose problem it is, one of ``OWNERS``."""

    phase: str
    """When it occurs, one of ``PHASES``."""

    codes: tuple[str, ...]
    """Two or three letters each that choose it at once; unique in the library."""

    phrases: tuple[str, ...]
    """How callers and clerks put it."""

    start: str
    """The first step's id."""

    steps: Mapping[str, Step] = field(default_factory=dict)
    """The steps by id, in the order of the file."""

    covers: tuple[str, ...] = ()
    """Items of the seed documents that it answers."""

    never: tuple[str, ...] = ()
    """What must not be said or taken down here."""

    sources: tuple[str, ...] = ()
    """Where its facts come from."""

    review: str = ""
    """The day (ISO) after which its facts should be read again."""

    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For each question of ``questions.yaml`` that tells: the answers it fits; any other fits."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact about the caller's accounts or the court that playbooks ask for."""

    name: str
    """How steps refer to it."""

    text: str
    """What it says when it is *yes*."""

    known_from: str = ""
    """Where the desk knows it from: ``court.live``, ``setting.NAME``, or empty."""

    choices: tuple[str, ...] = (YES, NO)
    """The values it can have, *don't know* apart."""

    at_court: bool = False
    """Whether it holds for one court only, so that another court's answer says nothing."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A reason to send the caller to somebody else."""

    name: str
    """How steps and rows refer to it."""

    text: str
    """The reason in a few words."""

    to: str
    """Who can help, with number and hours where they are known; may hold variables."""

    first: str = ""
    """What callers can do themselves, to be offered before the number."""
