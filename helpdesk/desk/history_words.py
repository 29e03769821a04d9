"""What past calls say, read against the desk: courts, playbooks, answers, actions, secrets."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from helpdesk.desk.acting import refuse_secrets
from helpdesk.desk.actions import checked_fields, kind_named
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import offered
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.identity import credential_refusal
from helpdesk.domain.paths import Taken, path_taken
from helpdesk.domain.phones import read_phone
from helpdesk.domain.playbook import DONT_KNOW, Playbook
from helpdesk.domain.records import CallRecord, check_record
from helpdesk.domain.run import Known
from helpdesk.domain.walk import desk_facts
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.playbooks.codec import playbook_as_json, version_of

_REMEMBERED: Final = 65_536
"""How many texts and paths are remembered, so that memory stays the same for any history."""

_SHORT: Final = 200
"""A longer text hardly comes again: it is not remembered."""


class Words:
    """Reads what past calls say; what many of them say alike is read once."""

    def __init__(self, desk: Desk) -> None:
        """Begin with nothing read.

        Args:
            desk: The desk.
        """
        self._desk = desk
        self._places: dict[tuple[str, str], tuple[Court, Office]] = {}
        self._versions: dict[tuple[str, str], tuple[str, str]] = {}
        self._facts: dict[tuple[str, bool | None], dict[str, Known]] = {}
        self.phone = lru_cache(maxsize=_REMEMBERED)(read_phone)
        self._path = lru_cache(maxsize=_REMEMBERED)(self._path_of)
        self._harmless = set[str]()

    def refuse(self, record: CallRecord, now: int, clean: Collection[str] = ()) -> None:
        """Refuse a call that cannot be written down.

        Args:
            record: The call.
            now: The moment, in seconds UTC.
            clean: Texts that were looked at already and hold no secret.

        Raises:
            SecretFound: When a text holds what must never be kept.
            BadInput: When its times or its outcome do not hold together.
            NotAllowed: When it is written in another's name, or at another time, by somebody
                who does not keep the staff list.
        """
        check_record(record, now)
        if record.told_at is not None or record.clerk not in {"", self._desk.clerk.login}:
            self._desk.require("staff")
        texts = _texts(record)
        if self._harmless.issuperset(texts):
            return
        for text in texts:
            if text not in self._harmless and text not in clean:
                refuse_secrets(text)
        if len(self._harmless) > _REMEMBERED:
            self._harmless.clear()
        self._harmless.update(text for text in texts if len(text) <= _SHORT)

    def place(self, record: CallRecord) -> tuple[Court, Office]:
        """The court and office that a call names.

        Args:
            record: The call.

        Returns:
            Both; the court's first office when none is named.

        Raises:
            NotFound: When there is no such court or office; the message names those there are.
        """
        key = (record.court, record.office)
        if key not in self._places:
            self._places[key] = place_named(self._desk, *key)
        return self._places[key]

    def version(self, slug: str, court: Court) -> tuple[str, str]:
        """The version of a playbook as it is now.

        Args:
            slug: The symptom.
            court: The court it is resolved for.

        Returns:
            Its hash and its text.

        Raises:
            NotFound: When there is no such playbook.
        """
        key = (slug, court.id)
        if key not in self._versions:
            playbook = playbook_named(self._desk, slug, court.id)
            found = (version_of(playbook, court.id), playbook_as_json(playbook))
            self._versions[key] = found
        return self._versions[key]

    def path(self, slug: str, court: Court, day: date, record: CallRecord) -> tuple[Taken, ...]:
        """The way that a call took through its playbook.

        Args:
            slug: The symptom.
            court: The call's court.
            day: The date there.
            record: The call.

        Returns:
            The answers in order, with what was read out between them.

        Raises:
            BadInput: When a step is none of the playbook's, or does not take the answer.
        """
        return self._path(slug, court.id, _is_live(court, day), record.answers)

    def doings(
        self, record: CallRecord, court: Court, day: date, path: Iterable[Taken]
    ) -> list[tuple[str, dict[str, str]]]:
        """What was done on a call, checked.

        Args:
            record: The call.
            court: Its court.
            day: The date there.
            path: Its answers.

        Returns:
            Kind and fields of each action.

        Raises:
            BadInput: When there is no such kind or field.
            NotAllowed: When a password or login was given out without what that needs.
        """
        kinds = self._desk.library.actions
        found = [
            (kind, checked_fields(kind_named(self._desk, kind), fields))
            for kind, fields in record.actions
        ]
        given = [kind for kind, _ in found if kinds[kind].credential]
        if given:
            facts = self._known(court, _is_live(court, day))
            said = {name: known.value for name, known in facts.items()}
            said |= {
                each.fact: each.value for each in path if each.fact and each.value != DONT_KNOW
            }
            done = [kind for kind, _ in found]
            needed = self._desk.settings.identity_checks
            for kind in given:
                if refusal := credential_refusal(kind, said, done, kinds, needed):
                    raise NotAllowed(refusal)
        return found

    def _path_of(
        self, slug: str, court: str, live: bool | None, answers: tuple[tuple[str, str], ...]
    ) -> tuple[Taken, ...]:
        playbook = playbook_named(self._desk, slug, court)
        checked = [checked_answer(playbook, step, answer) for step, answer in answers]
        return path_taken(playbook, checked, self._known(self._desk.court(court), live))

    def _known(self, court: Court, live: bool | None) -> dict[str, Known]:
        key = (court.id, live)
        if key not in self._facts:
            self._facts[key] = desk_facts(self._desk.library.facts, live, court.settings)
        return self._facts[key]


def place_named(desk: Desk, court: str, office: str = "") -> tuple[Court, Office]:
    """Find a court and one of its offices.

    Args:
        desk: The desk.
        court: The court's id.
        office: The office's id; empty for the court's first.

    Returns:
        Both.

    Raises:
        NotFound: When there is no such court or office; the message names those there are.
    """
    found = desk.court(court)
    if not office:
        return found, found.offices[0]
    at = found.office(office.lower())
    if at is None:
        known = ", ".join(each.id for each in found.offices)
        raise NotFound(f"{found.short} has no office “{office}”; it has: {known}.")
    return found, at


def playbook_named(desk: Desk, slug: str, court: str) -> Playbook:
    """Find the playbook of a symptom.

    Args:
        desk: The desk.
        slug: The symptom.
        court: The id of the court that is called about.

    Returns:
        The playbook.

    Raises:
        NotFound: When there is none.
    """
    found = desk.library.playbook(slug, court)
    if found is None:
        raise NotFound(f"There is no playbook “{slug}”: helpdesk playbooks list names them.")
    return found


def checked_answer(playbook: Playbook, step: str, answer: str) -> tuple[str, str]:
    """Check that a playbook has a step, and that the step takes an answer.

    Args:
        playbook: The playbook.
        step: The step's id.
        answer: The answer's key.

    Returns:
        Both.

    Raises:
        BadInput: When one of them is not there; the message names those there are.
    """
    found = playbook.steps.get(step)
    if found is None:
        known = ", ".join(playbook.steps)
        raise BadInput(f"The playbook {playbook.slug} has no step “{step}”; it has: {known}.")
    return step, offered(found, answer)


def _is_live(court: Court, day: date) -> bool | None:
    return court.is_live(day) if court.kind else None


def _texts(record: CallRecord) -> list[str]:
    """Every text of a call that a person may have written."""
    who = record.caller
    told = (who.name, who.firm, who.role, who.email, who.bar_number) if who else ()
    done = [value for _, fields in record.actions for value in fields.values()]
    return [record.phone, record.note, record.reason, *record.tags, *told, *done]
