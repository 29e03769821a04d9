"""A walk through a playbook without a call: for who keeps it, and for who learns it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import offered
from helpdesk.desk.speaking import circumstances
from helpdesk.desk.walking import known_facts
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.playbook import Playbook
from helpdesk.domain.run import Given, Run, StepKey
from helpdesk.domain.walk import walk
from helpdesk.errors import NotAllowed
from helpdesk.playbooks.letters import Letter, letter, note
from helpdesk.playbooks.templates import Circumstances, rendered

CALLER: Final = "Roe, Pat"
"""The made-up caller."""


class Trial:
    """One walk; nothing of it is written down."""

    def __init__(self, desk: Desk, playbook: Playbook, court: Court, office: Office) -> None:
        """Begin at the first step.

        Args:
            desk: The desk.
            playbook: The playbook.
            court: The court that the made-up caller is about.
            office: Its office.
        """
        self._desk, self._court, self._playbook = desk, court, playbook
        self._known = known_facts(desk, court, office, [])
        here = circumstances(desk)
        self.here: Circumstances = replace(here, court=court, office=office, caller=CALLER)
        self._given: dict[StepKey, Given] = {}
        self._moment = 0

    @property
    def run(self) -> Run:
        """Where the walk stands."""
        return walk(self._playbook, self._given, self._known)

    def answer(self, answer: str) -> None:
        """Answer the current step.

        Args:
            answer: One of its answers; ``done`` for a step without a question.

        Raises:
            NotAllowed: When the walk is at its end.
            BadInput: When the step does not offer the answer.
        """
        run = self.run
        if run.current is None or run.current_key is None:
            raise NotAllowed("The playbook ends here: go back, or leave.")
        checked = offered(run.current, answer)
        opened = self._book(run.current.hand_over) if run.current.hand_over else None
        self._moment += 1
        self._given.pop(run.current_key, None)
        self._given[run.current_key] = Given(checked, self._moment, opened)

    def back(self) -> None:
        """Take back the answer given last.

        Raises:
            NotAllowed: When none was given.
        """
        if not self._given:
            raise NotAllowed("This is the first step.")
        self._given.popitem()

    def said(self, text: str) -> str:
        """Put the values into a text."""
        return rendered(text, self.here)

    def letter(self) -> Letter:
        """What the made-up caller would get as an e-mail."""
        return letter(self.run, self.here)

    def note(self) -> str:
        """What a colleague would read."""
        return note(self.run, self.here)

    def _book(self, slug: str) -> Playbook | None:
        if slug == self._playbook.slug:
            return self._playbook
        return self._desk.library.playbook(slug, self._court.id)


def try_playbook(desk: Desk, playbook: Playbook, court: str = "") -> Trial:
    """Begin a walk without a call.

    Args:
        desk: The desk.
        playbook: The playbook, as most courts have it.
        court: The id of a court; empty for the desk's own.

    Returns:
        The walk, on the court's own playbook where it has one.

    Raises:
        NotFound: When there is no such court.
    """
    desk.require("read")
    at = desk.court(court) if court else desk.home_court
    office = at.offices[0] if court else desk.home_office
    own = desk.library.playbook(playbook.slug, at.id) or playbook
    return Trial(desk, own, at, office)
