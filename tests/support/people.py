"""People on record, and calls that nobody is named on."""

from __future__ import annotations

from typing import Any

from helpdesk.desk.callers import add_caller, set_caller, set_unknown_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller, CallView


def person(desk: Desk, name: str, phone: str = "", **known: Any) -> int:  # noqa: ANN401 - a field
    """Take a call of somebody new, and end it.

    Args:
        desk: The desk.
        name: The name.
        phone: The number, in any spelling.
        **known: What else is known.

    Returns:
        The caller's id.
    """
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name=name, **known), phone)
    view = call_view(desk, call)
    finish_call(desk, call, "resolved")
    assert view.caller is not None
    return view.caller.id


def called_again(
    desk: Desk, caller: int, symptom: str = "", outcome: str = "resolved"
) -> CallView:
    """Take a call of somebody on record.

    Args:
        desk: The desk.
        caller: The caller's id.
        symptom: What was wrong; empty for a call on which it was not said.
        outcome: How it ended; empty for a call that goes on.

    Returns:
        The call as it stood while it went on.
    """
    call = start_call(desk)
    set_caller(desk, call, caller, "")
    if symptom:
        choose_symptom(desk, call, symptom)
    view = call_view(desk, call)
    if outcome:
        finish_call(desk, call, outcome)
    return view


def nobody(desk: Desk, phone: str = "") -> CallView:
    """Take a call of somebody unknown, and end it.

    Args:
        desk: The desk.
        phone: The number it came from, where it is known.

    Returns:
        The call.
    """
    call = start_call(desk)
    set_unknown_caller(desk, call, phone)
    finish_call(desk, call, "resolved")
    return call_view(desk, call)
