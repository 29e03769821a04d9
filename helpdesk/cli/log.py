"""``helpdesk log``: records a call that is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import say, write
from helpdesk.desk.acting import refuse_secrets
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.history_words import playbook_named
from helpdesk.desk.logged import (
    actions_said,
    answers_said,
    due_said,
    log_call,
    number_given,
    place_said,
    refuse_doings,
    times_said,
)
from helpdesk.desk.sealing import keep_seal
from helpdesk.domain.calls import Caller
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.domain.records import CallRecord
from helpdesk.errors import HelpdeskError, StoreBusy

_LONGEST = 24 * 60


@click.command()
@click.option("--caller", required=True, metavar="NAME", help="Who called.")
@click.option("--phone", required=True, metavar="P",
              help="From which number; the same number is the same caller.")  # fmt: skip
@click.option("--court", required=True, metavar="ID[/OFFICE]", help="Which court it was about.")
@click.option("--symptom", required=True, metavar="SLUG", help="What was wrong.")
@click.option("--answer", "answers", multiple=True, metavar="STEP=ANSWER",
              help="An answer given in the playbook; as often as needed, in order.")  # fmt: skip
@click.option("--action", "actions", multiple=True, metavar="KIND[:field=value,...]",
              help="Something done, or an identity check; as often as needed.")  # fmt: skip
@click.option("--note", default="", metavar="TEXT", help="What was noted.")
@click.option("--outcome", type=click.Choice(OUTCOMES), default="resolved", show_default=True,
              help="How the call ended.")  # fmt: skip
@click.option("--until", metavar="WHEN",
              help="For waiting and callback: until when, in the caller's zone.")  # fmt: skip
@click.option("--started", metavar="ISO",
              help="When it began: 2026-06-01T09:30; else now minus --minutes.")  # fmt: skip
@click.option("--minutes", type=click.FloatRange(0, _LONGEST), metavar="M",
              help="How long it took; left out, nobody knows (which is not 0).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the whole ticket, for programs.")
@click.pass_obj
def command(folder: Folder, /, *, as_json: bool, **said: Any) -> None:  # noqa: ANN401 - click's
    """Record a call that is over; prints the ticket's number.

    A temporary password that was issued is recorded with --action
    temporary-password:delivery="called back" and the identity checks; none is made here.
    """
    with opened(folder) as desk:
        record = _record(desk, **said)
        try:
            ticket, number = log_call(desk, record)
        except StoreBusy as error:
            raise StoreBusy(f"{error} Nothing was recorded.") from error
        keep_seal(desk)
        if not as_json:
            say(number)
            return
        from helpdesk.desk.one_ticket import ticket_history  # noqa: PLC0415
        from helpdesk.files.json_file import json_text  # noqa: PLC0415
        from helpdesk.files.ticket_json import ticket_as_json  # noqa: PLC0415

        write(json_text(ticket_as_json(ticket_history(desk, ticket))))


def _record(
    desk: Desk,
    *,
    caller: str,
    phone: str,
    court: str,
    symptom: str,
    answers: tuple[str, ...],
    actions: tuple[str, ...],
    note: str,
    outcome: str,
    until: str | None,
    started: str | None,
    minutes: float | None,
) -> CallRecord:
    """Read every option, so that a refusal can name it."""
    with _option("--court"):
        at_court, office = place_said(desk, court)
    with _option("--symptom"):
        playbook = playbook_named(desk, symptom, at_court.id)
    with _option("--answer"):
        given = answers_said(playbook, answers)
    with _option("--until"):
        due_at = due_said(desk, (at_court, office), outcome, until)
    with _option("--started"):
        started_at, talk_s = times_said(desk, office, started, minutes)
    with _option("--phone"):
        number_given(phone)
    measured = 0 if talk_s is not None else None
    with _option("--action"):
        done = actions_said(actions)
        record = CallRecord(
            started_at, at_court.id, office.id, Caller(0, name=caller), phone, symptom, given,
            done, note, outcome, due_at,
            talk_s=talk_s, hold_s=measured, wrap_s=measured,
        )  # fmt: skip
        refuse_doings(desk, record)
    _refuse_secrets(record)
    return record


def _refuse_secrets(record: CallRecord) -> None:
    """Refuse secrets option by option; the act would refuse them without naming it."""
    caller = record.caller.name if record.caller else ""
    actions = [value for _, fields in record.actions for value in fields.values()]
    for name, texts in (
        ("--caller", [caller]),
        ("--phone", [record.phone]),
        ("--note", [record.note]),
        ("--action", actions),
    ):
        with _option(name):
            for text in texts:
                refuse_secrets(text)


@contextmanager
def _option(name: str) -> Iterator[None]:
    """Say in a refusal which option it is about."""
    try:
        yield
    except HelpdeskError as error:
        raise type(error)(f"{name}: {error}") from error
