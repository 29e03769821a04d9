"""One call that is over, said in a few words by a person or a script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.history_words import Words, checked_answer, place_named
from helpdesk.desk.outages import keep_alarm
from helpdesk.domain.courts import Court, Office, local
from helpdesk.domain.phones import phone_meant, refuse_shortened
from helpdesk.domain.playbook import Playbook
from helpdesk.domain.records import CallRecord, check_record
from helpdesk.domain.tickets import PROMISED, number_said
from helpdesk.domain.whens import moment_from_iso, moment_meant
from helpdesk.errors import BadInput, NotFound
from helpdesk.store.tickets import get_ticket

_NEXT_FIELD: Final = re.compile(r",(?=\s*[\w-]+\s*=)")
_MINUTE: Final = 60


@act("record")
def log_call(desk: Desk, record: CallRecord) -> tuple[int, str]:
    """Write down a call that is over: all of it, or nothing.

    Args:
        desk: The desk.
        record: The call.

    Returns:
        The ticket's id and number.

    Raises:
        HelpdeskError: When something in it cannot be, as :func:`record_history` says.
    """
    ticket = record.continues or record.ticket or desk.ids.make(record.started_at)
    if record.continues is None:
        record = replace(record, ticket=ticket)
    record_history(desk, [record])
    if record.symptom and record.direction == "in":
        keep_alarm(desk, record.court, record.symptom)
    row = get_ticket(desk.port, ticket)
    if row is None:
        raise NotFound("The ticket is not in the database any more.")
    return ticket, number_said(row["year"], row["n"])


def refuse_doings(desk: Desk, record: CallRecord) -> None:
    """Refuse a call whose actions cannot have been recorded.

    Args:
        desk: The desk.
        record: The call.

    Raises:
        BadInput: When there is no such kind or field of an action.
        NotAllowed: When a temporary password was issued without what it needs.
    """
    words = Words(desk)
    court, office = words.place(record)
    day = local(record.started_at, office.zone).date()
    words.doings(record, court, day, words.path(record.symptom, court, day, record))


def place_said(desk: Desk, text: str) -> tuple[Court, Office]:
    """Read a court, perhaps with its office.

    Args:
        desk: The desk.
        text: ``ianb`` or ``ianb/sioux-city``.

    Returns:
        Both; the first office if only a court is named.

    Raises:
        NotFound: When there is no such court or office; the message names those there are.
    """
    court, _, office = text.strip().partition("/")
    return place_named(desk, court, office)


def number_given(text: str) -> str:
    """Refuse a phone number that is none.

    Args:
        text: What was given.

    Returns:
        The same.

    Raises:
        BadInput: When it is no number, or a spreadsheet has shortened it.
    """
    refuse_shortened(text)
    if not phone_meant(text).digits:
        raise BadInput(f"“{text}” holds no digits: write it like 212-555-0144.")
    return text


def answers_said(playbook: Playbook, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Read the answers of a call.

    Args:
        playbook: The playbook that was walked.
        texts: Each as ``STEP=ANSWER``.

    Returns:
        Step and answer of each.

    Raises:
        BadInput: When one is not written like that, or the playbook does not offer it.
    """
    found = []
    for text in texts:
        step, sign, answer = text.partition("=")
        if not sign:
            raise BadInput(
                f"“{text}” is no answer: write it like STEP=ANSWER, {_example(playbook)}."
            )
        found.append(checked_answer(playbook, step.strip(), answer.strip()))
    return tuple(found)


def actions_said(texts: Iterable[str]) -> tuple[tuple[str, dict[str, str]], ...]:
    """Read the actions of a call; what kinds there are is for the act to say.

    Args:
        texts: Each as ``KIND`` or ``KIND:field=value,field=value``.

    Returns:
        Kind and fields of each.

    Raises:
        BadInput: When one is not written like that.
    """
    found = []
    for text in texts:
        kind, sign, rest = text.partition(":")
        pairs = [part.partition("=") for part in _NEXT_FIELD.split(rest)] if sign else []
        if any(not equals for _, equals, _ in pairs):
            raise BadInput(f"“{text}” is no action: write it like KIND:field=value,field=value.")
        found.append((kind.strip(), {name.strip(): value.strip() for name, _, value in pairs}))
    return tuple(found)


def due_said(
    desk: Desk, place: tuple[Court, Office], outcome: str, until: str | None
) -> int | None:
    """Read until when something was promised, in the caller's zone.

    Args:
        desk: The desk.
        place: The court and the office that were called about.
        outcome: How the call ended.
        until: As people type it; ``None`` for nothing promised.

    Returns:
        Seconds UTC, or ``None``.

    Raises:
        BadInput: When it is missing, cannot be read, or goes with no promise.
    """
    if outcome in PROMISED and until is None:
        raise BadInput(f"the outcome “{outcome}” needs a time: say until when, like tom 9.")
    if until is None:
        return None
    if outcome not in PROMISED:
        known = " or ".join(PROMISED)
        raise BadInput(f"only the outcome {known} has a time, not “{outcome}”: leave it out.")
    court, office = place
    return moment_meant(until, desk.clock.now(), office.zone, court.closed)


def times_said(
    desk: Desk, office: Office, started: str | None, minutes: float | None
) -> tuple[int, int | None]:
    """Read when a call began and how long it took.

    Args:
        desk: The desk.
        office: The office that was called about: its zone is meant where none is written.
        started: ISO 8601; ``None`` for so many minutes ago.
        minutes: How long it took; ``None`` when nobody knows.

    Returns:
        When it began, in seconds UTC, and the seconds talked; ``None`` when nobody knows.

    Raises:
        BadInput: When the start cannot be read, or the call would end in the future.
    """
    now = desk.clock.now()
    talk_s = None if minutes is None else round(minutes * _MINUTE)
    began = moment_from_iso(started, office.zone) if started else now - (talk_s or 0)
    check_record(CallRecord(began, "", talk_s=talk_s), now)
    return began, talk_s


def _example(playbook: Playbook) -> str:
    for step in playbook.steps.values():
        if step.answers:
            return f"such as {step.id}={step.answers[0].key}"
    return "such as start=done"
