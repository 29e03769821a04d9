"""Corrections of what is known of a caller: the journal keeps the old value beside the new."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import Batch, act, caller_chain
from helpdesk.desk.caller_details import folded_blanks, role_meant
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.due_texts import finish_texts, in_texts_of, index_of_callers
from helpdesk.desk.logged import place_said
from helpdesk.desk.stale import refuse_stale_in
from helpdesk.domain.calls import Caller
from helpdesk.domain.journal import Change
from helpdesk.domain.phones import Phone, phone_meant, read_phone, shown
from helpdesk.errors import BadInput, NotAllowed
from helpdesk.store.caller_merging import find_as_one
from helpdesk.store.callers import get_callers_own
from helpdesk.store.reversing import phone_field, save_value
from helpdesk.store.search import index_callers

FIELDS: Final = {
    "name": "name", "firm": "firm", "role": "role", "email": "e-mail",
    "bar_number": "bar number", "court": "court", "phone": "phone",
}  # fmt: skip
"""What can be corrected, and what each is called."""


@act("record", again=True)
def correct_caller(
    desk: Desk,
    caller: int,
    field: str,
    value: str,
    seen: str | None = None,
) -> None:
    """Correct one thing that is known of a caller.

    Args:
        desk: The desk.
        caller: The caller's id.
        field: One of ``FIELDS``.
        value: The right one; a court as ``ianb`` or ``ianb/sioux-city``. Of a phone the number
            that is added, in the place of the same number with another extension; empty to
            remove the one that was seen.
        seen: What the person saw there; ``None`` to overwrite. Of a phone the number that is
            replaced or removed; empty or ``None`` to add one.

    Raises:
        NotFound: When there is no such caller, court or number.
        BadInput: When there is no such field, or the value cannot be read.
        NotAllowed: When it is that already.
        FieldChanged: When somebody else corrected it since.
    """
    if field not in FIELDS:
        raise BadInput(f"“{field}” cannot be corrected: use {', '.join(FIELDS)}.")
    batch = Batch(desk, decided_on=[caller_chain(caller)])
    found = known_caller(desk, caller)
    if field == "phone":
        told = _phones(batch, found, value, seen or "")
    else:
        told = _column(batch, found, field, value, seen)
    if not told:
        raise NotAllowed(f"The {FIELDS[field]} of {found.name or '(no name)'} is that already.")
    batch.tell(caller_chain(found.id), "correct_caller", told)
    batch.index(index_callers(find_as_one(desk.port, found.id)))
    index_of_callers(batch, in_texts_of(told))
    batch.send()
    finish_texts(desk)


def value_of(caller: Caller, field: str) -> str:
    """What stands in a field of a caller, as people type it.

    Args:
        caller: The caller.
        field: One of ``FIELDS`` but for the phone.

    Returns:
        The value; empty for none.
    """
    if field == "court":
        return f"{caller.court}/{caller.office}" if caller.court else ""
    return str(getattr(caller, field))


def _column(
    batch: Batch, caller: Caller, field: str, value: str, seen: str | None
) -> list[Change]:
    if field == "court":
        court, office = place_said(batch.desk, value)
        wanted = {"court": court.id, "office": office.id}
        said = f"{court.id}/{office.id}"
    else:
        said = role_meant(value) if field == "role" else folded_blanks(value)
        wanted = {field: said}
    now = value_of(caller, field)
    refuse_stale_in(batch.desk, caller_chain(caller.id), FIELDS[field], seen, now, said)
    told = [
        Change(f"caller/{caller.id}/{column}", getattr(caller, column), new)
        for column, new in wanted.items()
        if getattr(caller, column) != new
    ]
    batch.write(*(save_value(each.field, each.new) for each in told))
    return told


def _phones(batch: Batch, caller: Caller, value: str, seen: str) -> list[Change]:
    """One number less, one more, or both; a number may be on record of somebody merged in."""
    old, new = read_phone(seen), phone_meant(value)
    wrong = _on_record(batch.desk, caller, old.digits)
    if old.digits and not wrong:
        raise NotAllowed(
            f"{shown(old.digits)} is not on record any more: somebody else removed it."
        )
    same = _on_record(batch.desk, caller, new.digits)
    if new.extension:
        wrong |= same
    gone = {each: phone for each, phone in wrong.items() if phone != new}
    told = [Change(field, "1", "0") for field in gone]
    if new.digits and not same.keys() - gone.keys():
        told.append(Change(phone_field(caller.id, *new), "0", "1"))
    batch.write(*(save_value(each.field, each.new) for each in told))
    return told


def _on_record(desk: Desk, caller: Caller, digits: str) -> dict[str, Phone]:
    """A number as a caller and those merged in have it, by the field of the journal."""
    if not digits:
        return {}
    owners = get_callers_own(desk.port, find_as_one(desk.port, caller.id), digits)
    return {
        phone_field(owner, digits, extension): Phone(digits, extension)
        for owner, extension in owners
    }
