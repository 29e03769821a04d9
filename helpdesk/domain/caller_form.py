"""What is asked of a new caller, one field after the other; nothing of it is required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from helpdesk.domain.calls import Caller
from helpdesk.domain.phones import looks_like_phone, name_and_number

FIELDS: Final = (
    ("name", "Name", "as the caller says it"),
    ("court", "Court", "its id, with the office after a slash if it has several"),
    ("role", "Role", "a attorney, s staff, t trustee, c creditor, self, other"),
    ("phone", "Phone", "in any spelling"),
    ("firm", "Firm", ""),
    ("email", "E-mail", ""),
    ("bar_number", "Bar no.", ""),
)
"""Name, label and hint of each field, in the order in which they are asked."""


def known_of(typed: str, phone: str) -> dict[str, str]:
    """What is known of a new caller before anything is asked.

    Args:
        typed: What was typed to find them: a number, a name, or one behind the other.
        phone: The number that the call came from, or empty.

    Returns:
        Texts by the field's name.
    """
    name, number = ("", typed) if looks_like_phone(typed) else name_and_number(typed)
    known = {"phone": number or phone, "name": name}
    return {field: value for field, value in known.items() if value}


def caller_of(values: Mapping[str, str]) -> Caller:
    """Make a caller of the fields.

    Args:
        values: Texts by the field's name; the phone number is no part of a caller.

    Returns:
        The caller, as it was typed.
    """
    court, _, office = values.get("court", "").lower().partition("/")
    return Caller(
        id=0,
        name=values.get("name", ""),
        firm=values.get("firm", ""),
        role=values.get("role", ""),
        email=values.get("email", ""),
        bar_number=values.get("bar_number", ""),
        court=court,
        office=office,
    )
