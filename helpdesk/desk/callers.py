"""Who calls: found by any part of anything, new, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.caller_details import new_caller
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.outages import write_alarm
from helpdesk.desk.view import call_row, place_of, state_of
from helpdesk.domain.calls import Caller, CallState
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.phones import Phone, looks_like_phone, looks_whole, phone_meant, read_phone
from helpdesk.domain.safe_text import storable
from helpdesk.errors import NotFound
from helpdesk.store import callers as rows
from helpdesk.store.caller_merging import find_as_one
from helpdesk.store.calls import save_caller as save_caller_of_call
from helpdesk.store.doings import get_doings, strike_action
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import save_caller as save_caller_of_ticket

UNKNOWN: Final = "unknown"
"""How a call is marked whose caller nobody knows."""

NEW: Final = "new"
"""How a call is marked whose caller was written down on it."""

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
        At most fifty callers, the likeliest first; ``look_for_callers`` says how many there
        are.
    """
    return list(look_for_callers(desk, typed).callers)


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
    found = known_caller(desk, caller)
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
        BadInput: When the role is none of those there are, or the number is none.
        NotFound: When there is no such court.
    """
    batch = Batch(desk, stamp)
    made = new_caller(batch, caller, phone_meant(phone))
    _write_caller(batch, call, made, NEW)
    batch.send()


@act("call")
def set_unknown_caller(desk: Desk, call: int, phone: str = "", stamp: Stamp | None = None) -> None:
    """Say that nobody knows who calls; no made-up person is kept.

    Args:
        desk: The desk.
        call: The call.
        phone: The number, in any spelling, by which a caller may be linked later.
        stamp: Who asked and when; ``None`` for now.
    """
    batch = Batch(desk, stamp)
    _write_caller(batch, call, None, UNKNOWN, read_phone(phone).digits)
    batch.send()


def known_caller(desk: Desk, caller: int) -> Caller:
    """Fetch a caller, or whom they were merged into.

    Args:
        desk: The desk.
        caller: The caller's id.

    Returns:
        The caller.

    Raises:
        NotFound: When there is no such caller.
    """
    as_one = find_as_one(desk.port, caller)
    found = rows.get_caller(desk.port, as_one[0]) if as_one else None
    if found is None:
        raise NotFound("This caller is not in the database any more.")
    return found


def _write_caller(
    batch: Batch, call: int, caller: Caller | None, matched: str, phone: str = ""
) -> None:
    desk = batch.desk
    row = call_row(desk, call)
    view = state_of(desk, row)
    court, office = view.court, view.office
    if caller is not None and caller.court:
        court, office = place_of(desk, caller.court, caller.office)
        office = court.office(office.id) or court.offices[0]  # nobody calls about one that is gone
    place = (court.id, office.id, office.zone)
    phone = phone or _phone_of_call(_phone_known(desk, row), caller, matched)
    caller_id = caller.id if caller else None
    matched = storable(matched) or LISTED
    batch.write(
        save_caller_of_call(call, caller_id, phone, matched, place),
        save_caller_of_ticket(view.ticket, caller_id, place, batch.stamp.at),
    )
    if caller is not None:
        batch.write(rows.save_called(caller.id, court.id, office.id, view.started_at))
    after = {"caller": caller_id, "court": court.id, "office": office.id, "zone": office.zone}
    of_ticket = {name: row[f"ticket_{name}"] for name in after}
    told = changes_between("call", call, row, {**after, "phone": phone, "matched": matched})
    told += changes_between("ticket", view.ticket, of_ticket, after)
    if row["caller"] is not None and caller_id not in find_as_one(desk.port, row["caller"]):
        told += _strike_checks(batch, view)
    if view.symptom and court.id != view.court.id:
        told += write_alarm(batch, court.id, view.symptom, call)
    batch.tell(ticket_chain(view.ticket), "set_caller", told, seen=view.head)
    batch.index(index_ticket(view.ticket))


def _strike_checks(batch: Batch, view: CallState) -> list[Change]:
    """Identity checks of this call proved who somebody else is."""
    desk, told = batch.desk, []
    for done in get_doings(desk.port, view.ticket, "actions")["actions"].dicts():
        kind = desk.library.actions.get(done["kind"])
        of_call = done["call"] == view.call and not done["struck"]
        if of_call and kind is not None and kind.menu == "verify":
            batch.write(strike_action(done["id"]))
            told.append(Change(f"action/{done['id']}/struck", "0", "1"))
    return told


def _phone_known(desk: Desk, row: Mapping[str, Any]) -> str:
    """The number of a call; not one that only came with the card of another caller."""
    typed = looks_like_phone(row["matched"]) or row["matched"] == NEW
    if typed or row["caller"] is None or row["direction"] == "out":
        return str(row["phone"])
    before = rows.get_caller(desk.port, row["caller"])
    own = [Phone.from_kept(each).digits for each in before.phones] if before else []
    return "" if row["phone"] in own else str(row["phone"])


def _phone_of_call(known: str, caller: Caller | None, matched: str) -> str:
    """The whole number that the call came from, as far as it is known."""
    typed = read_phone(matched).digits if looks_like_phone(matched) else known
    on_record = [Phone.from_kept(each).digits for each in caller.phones] if caller else []
    if not looks_whole(typed) and not any(typed in each for each in on_record):
        typed = known
    return next((each for each in on_record if typed in each), typed)
