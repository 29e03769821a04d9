"""Callers: found by any part of anything, new, or unknown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from helpdesk.desk.acting import Batch, act, caller_chain, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.outages import write_alarm
from helpdesk.desk.view import call_view, place_of
from helpdesk.domain.calls import ROLES, Caller, CallView
from helpdesk.domain.courts import Court, Office, local
from helpdesk.domain.journal import Change, Head, changes_between
from helpdesk.domain.phones import Phone, looks_like_phone, looks_whole, read_phone
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import number_meant
from helpdesk.errors import BadInput, NotFound
from helpdesk.store import callers as rows
from helpdesk.store.calls import get_call
from helpdesk.store.calls import save_caller as save_caller_of_call
from helpdesk.store.search import index_caller, index_ticket
from helpdesk.store.tickets import find_number, get_ticket
from helpdesk.store.tickets import save_caller as save_caller_of_ticket

_CANDIDATES: Final = 50
"""How many matches are fetched; the list says when there were more."""

UNKNOWN: Final = "unknown"
"""How a call is marked whose caller nobody knows."""

LISTED: Final = "list"
"""How a call is marked whose caller was chosen with nothing typed."""


@act("read")
def find_callers(desk: Desk, typed: str) -> list[Caller]:
    """Find callers by whatever was typed into the caller box.

    Args:
        desk: The desk.
        typed: A part of a number in any spelling, of a name, firm, mail address or bar number,
            or a ticket's number; nothing lists who called last.

    Returns:
        At most fifty callers, the likeliest first.
    """
    if looks_like_phone(typed):
        words = [read_phone(typed).digits]
    else:
        words = re.findall(r"\w+", storable(typed).lower())[:8]
    found = rows.find_callers(desk.port, words, _CANDIDATES)
    by_ticket = _caller_of_ticket(desk, typed)
    ending = read_phone(typed).digits

    def likeliest(caller: Caller) -> tuple[bool, int]:
        ends = bool(ending) and any(digits.endswith(ending) for digits in caller.phones)
        return (not ends, -caller.called_at)

    if looks_like_phone(typed):
        found = sorted(found, key=likeliest)
    if by_ticket:
        found = [by_ticket, *(each for each in found if each.id != by_ticket.id)]
    return found


@act("call")
def set_caller(
    desk: Desk, call: int, caller: int, matched: str, stamp: Stamp | None = None
) -> None:
    """Say who calls; the court is then the one of that caller's last call.

    Args:
        desk: The desk.
        call: The call.
        caller: The caller's id.
        matched: What was typed to find them.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotFound: When there is no such caller.
    """
    found = rows.get_caller(desk.port, caller)
    if found is None:
        raise NotFound("This caller is not in the database any more.")
    batch = Batch(desk, stamp)
    _write_caller(batch, call, found, matched)
    batch.send()


@act("call")
def add_caller(
    desk: Desk, call: int, caller: Caller, phone: str = "", stamp: Stamp | None = None
) -> None:
    """Write a new caller down and say that they call.

    Args:
        desk: The desk.
        call: The call.
        caller: What is known of them; nothing is required. The role may be its first letters,
            the court an id.
        phone: The number, in any spelling.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        BadInput: When the role is none of those there are.
        NotFound: When there is no such court.
    """
    batch = Batch(desk, stamp)
    made = new_caller(batch, caller, read_phone(phone))
    _write_caller(batch, call, made, "new")
    batch.send()


@act("call")
def set_unknown_caller(desk: Desk, call: int, stamp: Stamp | None = None) -> None:
    """Say that nobody knows who calls; no made-up person is kept.

    Args:
        desk: The desk.
        call: The call.
        stamp: Who asked and when; ``None`` for now.
    """
    batch = Batch(desk, stamp)
    _write_caller(batch, call, None, UNKNOWN)
    batch.send()


def new_caller(batch: Batch, caller: Caller, phone: Phone) -> Caller:
    """Put a new caller into a batch.

    Args:
        batch: The batch.
        caller: What is known of them; the id is given here.
        phone: The number; without digits when there is none.

    Returns:
        The caller as written.

    Raises:
        BadInput: When the role is none of those there are.
        NotFound: When there is no such court.
    """
    court, office = _place(batch.desk, caller)
    made = cleaned_caller(caller, batch.new_id(), (court, office), phone)
    batch.write(rows.add_caller(made, batch.stamp.at))
    if phone.digits:
        batch.write(rows.add_phone(made.id, phone.digits, phone.extension))
    batch.tell(caller_chain(made.id), "add_caller", told_of_caller(made), head=Head())
    batch.index(index_caller(made.id))
    return made


def cleaned_caller(
    caller: Caller, caller_id: int, place: tuple[Court, Office], phone: Phone
) -> Caller:
    """A new caller as it is written down.

    Args:
        caller: What is known of them.
        caller_id: The id they get.
        place: Their court and office.
        phone: The number; without digits when there is none.

    Returns:
        The caller, blanks folded and the role in full.

    Raises:
        BadInput: When the role is none of those there are.
    """
    court, office = place
    return replace(
        caller,
        id=caller_id,
        name=_folded(caller.name),
        firm=_folded(caller.firm),
        email=_folded(caller.email),
        bar_number=_folded(caller.bar_number),
        role=role_meant(caller.role),
        court=court.id,
        office=office.id,
        phones=(phone.digits,) if phone.digits else (),
    )


def told_of_caller(caller: Caller) -> list[Change]:
    """What the journal says of a new caller.

    Args:
        caller: The caller as written down.

    Returns:
        One change for each thing known.
    """
    return [
        Change(f"caller/{caller.id}/{name}", None, getattr(caller, name))
        for name in ("name", "firm", "role", "email", "bar_number", "court", "office")
        if getattr(caller, name)
    ]


def role_meant(text: str) -> str:
    """Read a role by its first letters.

    Args:
        text: ``a``, ``atty``, ``attorney``; empty for none.

    Returns:
        One of ``ROLES``, or empty.

    Raises:
        BadInput: When it is none of them.
    """
    typed = text.strip().lower()
    if not typed:
        return ""
    if typed.startswith(("att", "law")):
        return "attorney"
    for role in ROLES:
        if role.startswith(typed):
            return role
    raise BadInput(f"“{text}” is no role: use {', '.join(ROLES)} or its first letters.")


def _write_caller(batch: Batch, call: int, caller: Caller | None, matched: str) -> None:
    desk = batch.desk
    view = call_view(desk, call)
    court, office = view.court, view.office
    if caller is not None and caller.court:
        court, office = place_of(desk, caller.court, caller.office)
    place = (court.id, office.id, office.zone)
    phone = _phone_of_call(view, caller, matched)
    caller_id = caller.id if caller else None
    matched = storable(matched) or LISTED
    batch.write(
        save_caller_of_call(call, caller_id, phone, matched, place),
        save_caller_of_ticket(view.ticket, caller_id, place, batch.stamp.at),
    )
    if caller is not None:
        batch.write(rows.save_called(caller.id, court.id, office.id, view.started_at))
    after = {"caller": caller_id, "court": court.id, "office": office.id, "zone": office.zone}
    row, of_ticket = get_call(desk.port, call), get_ticket(desk.port, view.ticket)
    assert row is not None and of_ticket is not None  # noqa: S101, PT018 - call_view found them
    told = changes_between("call", call, row, {**after, "phone": phone, "matched": matched})
    told += changes_between("ticket", view.ticket, of_ticket, after)
    if view.symptom and court.id != view.court.id:
        told += write_alarm(batch, court.id, view.symptom, call)
    batch.tell(ticket_chain(view.ticket), "set_caller", told)
    batch.index(index_ticket(view.ticket))


def _phone_of_call(view: CallView, caller: Caller | None, matched: str) -> str:
    """The whole number that the call came from, as far as it is known."""
    typed = read_phone(matched).digits if looks_like_phone(matched) else view.phone
    on_record = caller.phones if caller else ()
    if not looks_whole(typed) and not any(typed in each for each in on_record):
        typed = view.phone
    return next((each for each in on_record if typed in each), typed)


def _place(desk: Desk, caller: Caller) -> tuple[Court, Office]:
    if not caller.court:
        return desk.home_court, desk.home_office
    court = desk.court(caller.court)
    return court, court.office(caller.office) or court.offices[0]


def _caller_of_ticket(desk: Desk, typed: str) -> Caller | None:
    if not re.match(r"t-|\d\d-\d", typed.strip().lower()):
        return None
    meant = number_meant(typed, local(desk.clock.now(), desk.home_office.zone).year)
    row = find_number(desk.port, *meant) if meant else None
    return rows.get_caller(desk.port, row["caller"]) if row and row["caller"] else None


def _folded(text: str) -> str:
    return " ".join(storable(text).split())
