"""What is known of a caller, as it is read from a person and written down."""

from __future__ import annotations

from dataclasses import replace

from helpdesk.desk.acting import Batch, caller_chain
from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import ROLES, Caller
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.journal import Change, Head
from helpdesk.domain.phones import Phone
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, NotFound
from helpdesk.store.callers import add_caller, add_phone
from helpdesk.store.search import index_caller


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
        NotFound: When there is no such court or office.
    """
    court, office = place_of_caller(batch.desk, caller.court, caller.office)
    made = cleaned_caller(caller, batch.new_id(), (court, office), phone)
    batch.write(add_caller(made, batch.stamp.at))
    if phone.digits:
        batch.write(add_phone(made.id, phone.digits, phone.extension))
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
        name=folded_blanks(caller.name),
        firm=folded_blanks(caller.firm),
        email=folded_blanks(caller.email),
        bar_number=folded_blanks(caller.bar_number),
        role=role_meant(caller.role),
        court=court.id,
        office=office.id,
        phones=(phone.kept,) if phone.digits else (),
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


def place_of_caller(desk: Desk, court: str, office: str) -> tuple[Court, Office]:
    """Find the court and the office that are written down for a caller.

    Args:
        desk: The desk.
        court: The court's id; empty for the desk's own court and office.
        office: The office's id; empty for the court's first.

    Returns:
        Both.

    Raises:
        NotFound: When there is no such court or office; the message says that a caller needs none.
    """
    if not court:
        return desk.home_court, desk.home_office
    from helpdesk.desk.history_words import place_named  # noqa: PLC0415 - where one was typed

    try:
        return place_named(desk, court, office)
    except NotFound as error:
        said = str(error).removesuffix(".")
        raise NotFound(f"{said}; a caller may go without one.") from error


def folded_blanks(text: str) -> str:
    """A text of one line, each run of blanks made one.

    Args:
        text: What was typed.

    Returns:
        The text as it is kept.
    """
    return " ".join(storable(text).split())
