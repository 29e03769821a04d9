"""What may not be set back, though nobody touched it since: something else has its place now."""

from __future__ import annotations

from collections.abc import Sequence

from helpdesk.desk.desk import Desk
from helpdesk.domain.journal import Change
from helpdesk.domain.phones import Phone
from helpdesk.errors import NotAllowed
from helpdesk.store.callers import get_callers_own
from helpdesk.store.incidents import find_running_too
from helpdesk.store.reversing import phone_field
from helpdesk.store.saved_views import find_at_same_place


def refuse_second(desk: Desk, changes: Sequence[Change]) -> None:
    """Refuse to set back what would then be there twice.

    Args:
        desk: The desk.
        changes: What is about to be set back, ``new`` being what is written.

    Raises:
        NotAllowed: When an incident would run beside another of its court and symptom, a view
            would stand at a digit that another has, or a caller would have a number with two
            extensions.
    """
    going = {change.field for change in changes if change.new == "1"}
    leaving = {change.field for change in changes if change.new == "0"}
    for change in changes:
        table, _, rest = change.field.partition("/")
        row, _, column = rest.partition("/")
        if (table, column, change.new) == ("incident", "ended_at", None):
            _refuse_second_incident(desk, int(row))
        if (table, column, change.new) == ("saved_view", "struck", "0"):
            _refuse_second_view(desk, int(row), going)
        if (table, change.new) == ("caller_phone", "1"):
            _refuse_second_extension(desk, int(row), column, leaving)


def _refuse_second_incident(desk: Desk, incident: int) -> None:
    found = find_running_too(desk.port, incident)
    if found is not None:
        raise NotAllowed(
            f"Incident {found['n']} runs for this symptom at {desk.court(found['court']).short} "
            f"by now: end it first, or leave incident {found['over']} over."
        )


def _refuse_second_view(desk: Desk, view: int, going: set[str]) -> None:
    for found in find_at_same_place(desk.port, view).dicts():
        if f"saved_view/{found['id']}/struck" not in going:
            raise NotAllowed(
                f"“{found['name']}” was saved as view {found['place']} since: "
                "take that view away first."
            )


def _refuse_second_extension(desk: Desk, caller: int, number: str, leaving: set[str]) -> None:
    digits = Phone.from_kept(number).digits
    for _, extension in get_callers_own(desk.port, [caller], digits):
        if phone_field(caller, digits, extension) not in leaving:
            raise NotAllowed(
                f"{Phone(digits, extension)} was put on record since: take that off first."
            )
