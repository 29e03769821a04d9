"""Actions, identity checks and temporary passwords."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.view import call_row, call_view, state_of
from helpdesk.desk.walking import known_facts
from helpdesk.domain.actions import ActionKind
from helpdesk.domain.calls import CallState, CallView
from helpdesk.domain.courts import Court
from helpdesk.domain.identity import PASSWORD_KIND, credential_refusal, password_from
from helpdesk.domain.journal import Change
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.doings import add_action, add_promise, find_given
from helpdesk.store.search import index_ticket

_HOUR: Final = 3600


@dataclass(frozen=True, slots=True, repr=False)
class Issued:
    """A temporary password that was just issued: shown once, kept nowhere."""

    password: str
    """The password itself; only the call screen ever shows it."""

    expires_at: int
    """Until when it holds, in seconds UTC."""


@act("record")
def add_action_to_call(
    desk: Desk,
    call: int,
    kind: str,
    fields: Mapping[str, str] | None = None,
    stamp: Stamp | None = None,
) -> None:
    """Record something that was done for the caller, or an identity check.

    Args:
        desk: The desk.
        call: The call.
        kind: A kind from ``actions.yaml``; a temporary password has an act of its own.
        fields: What is recorded with it.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        BadInput: When there is no such kind, or a field is missing or wrong.
        NotAllowed: For a temporary password; for another password or login without what
            giving it out needs.
    """
    if kind == PASSWORD_KIND:
        raise NotAllowed("A temporary password is issued, not only recorded: use a t on the call.")
    found = kind_named(desk, kind)
    kept = checked_fields(found, fields or {})
    if found.credential and (refusal := refusal_of_credential(desk, call_view(desk, call), found)):
        raise NotAllowed(refusal)
    batch = Batch(desk, stamp)
    _write_action(batch, state_of(desk, call_row(desk, call)), found, kept, None)
    batch.send()


@act("record")
def issue_password(
    desk: Desk, call: int, fields: Mapping[str, str], stamp: Stamp | None = None
) -> Issued:
    """Issue a temporary CM/ECF password for linking, and promise to see whether it was used.

    The password is made here, given back once and written nowhere.

    Args:
        desk: The desk.
        call: The call.
        fields: The delivery.
        stamp: Who asked and when; ``None`` for now.

    Returns:
        The password and until when it holds.

    Raises:
        NotAllowed: When the accounts are linked, when nobody answered whether they are, or
            when identity checks are missing.
        BadInput: When the delivery is missing.
    """
    kind = kind_named(desk, PASSWORD_KIND)
    view = call_view(desk, call)
    if refusal := refusal_of_credential(desk, view, kind):
        raise NotAllowed(refusal)
    kept = checked_fields(kind, fields)
    batch = Batch(desk, stamp)
    expires_at = batch.stamp.at + password_hours(desk, view.court) * _HOUR
    _write_action(batch, view, kind, kept, expires_at)
    batch.send()
    return Issued(password_from(secrets.choice), expires_at)


def refusal_of_credential(desk: Desk, view: CallView, kind: ActionKind) -> str | None:
    """Say why no password or login may be given out on a call.

    Args:
        desk: The desk.
        view: The call.
        kind: What is to be recorded; anything that is no credential is never refused.

    Returns:
        The reason and the way on, or ``None`` when it may be given.
    """
    if not kind.credential:
        return None
    if view.caller is None:
        return "Say first who the caller is (w): it is given only to somebody known."
    answers = find_given(desk.port, view.ticket).dicts()
    facts = known_facts(desk, view.court, view.office, answers)
    done = [each.kind for each in view.checks]
    return credential_refusal(
        kind.name,
        {name: known.value for name, known in facts.items()},
        done,
        desk.library.actions,
        desk.settings.identity_checks,
    )


def password_hours(desk: Desk, court: Court) -> int:
    """How long a temporary password holds at a court.

    Args:
        desk: The desk.
        court: The court.

    Returns:
        Hours.
    """
    return court.temporary_password_hours or desk.settings.temporary_password_hours


def kind_named(desk: Desk, kind: str) -> ActionKind:
    """Find a kind of action.

    Args:
        desk: The desk.
        kind: Its name.

    Returns:
        The kind.

    Raises:
        BadInput: When there is none; the message names those there are.
    """
    found = desk.library.actions.get(kind)
    if found is None:
        known = ", ".join(desk.library.actions)
        raise BadInput(f"There is no action “{kind}”; there are: {known}.")
    return found


def checked_fields(kind: ActionKind, fields: Mapping[str, str]) -> dict[str, str]:
    """Check what is recorded with an action.

    Args:
        kind: The kind of action.
        fields: What was said.

    Returns:
        The fields, choices in their full words.

    Raises:
        BadInput: When a field is unknown, missing, or none of its choices.
    """
    kept: dict[str, str] = {}
    for name, value in fields.items():
        field = kind.field(name)
        if field is None:
            known = ", ".join(each.name for each in kind.fields) or "none"
            raise BadInput(f"“{kind.name}” has no field “{name}”; it has: {known}.")
        said = " ".join(storable(value).split())
        if said and field.choices and said not in field.choices:
            raise BadInput(f"“{name}” is one of: {', '.join(field.choices)}; not “{said}”.")
        if said:
            kept[name] = said
    for field in kind.fields:
        if field.required and field.name not in kept:
            choices = f" ({', '.join(field.choices)})" if field.choices else ""
            raise BadInput(f"“{kind.text}” needs “{field.name}”{choices}.")
    return kept


def _write_action(
    batch: Batch, view: CallState, kind: ActionKind, fields: dict[str, str], expires_at: int | None
) -> None:
    action = batch.new_id()
    batch.write(
        add_action(
            action,
            view.ticket,
            view.call,
            kind.name,
            json.dumps(fields, ensure_ascii=False),
            batch.stamp.at,
            batch.stamp.clerk,
            expires_at,
        )
    )
    told = [Change(f"action/{action}/struck", "1", "0"), Change("kind", None, kind.name)]
    told.extend(Change(name, None, value) for name, value in fields.items())
    if expires_at is not None:
        promise, due = batch.new_id(), (expires_at, view.office.zone)
        at, clerk = batch.stamp.at, batch.stamp.clerk
        batch.write(add_promise(promise, view.ticket, view.call, "linked-by-then", due, at, clerk))
        told.append(Change(f"promise/{promise}/struck", "1", "0"))
    batch.tell(ticket_chain(view.ticket), "add_action", told, seen=view.head)
    batch.index(index_ticket(view.ticket))
