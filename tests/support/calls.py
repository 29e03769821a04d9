"""Calls as tests need them: begun, with a caller, on a playbook, ready for a password."""

from __future__ import annotations

from typing import Any, Final

from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.domain.calls import Caller
from helpdesk.port import Value

DANA: Final = Caller(
    0, name="Whitfield, Dana", firm="Whitfield & Roe LLP", role="attorney",
    email="dana@whitfieldroe.example", bar_number="NY448120", court="ianb",
)  # fmt: skip
"""The caller of most tests."""

PHONE: Final = "212-555-0144"
"""Her number."""


def call_of_dana(desk: Desk) -> int:
    """Begin a call from Dana Whitfield.

    Args:
        desk: The desk.

    Returns:
        The call.
    """
    call = start_call(desk)
    add_caller(desk, call, DANA, PHONE)
    return call


def call_for_password(desk: Desk) -> int:
    """Begin a call on which everything is ready for a temporary password.

    Args:
        desk: The desk.

    Returns:
        The call.
    """
    call = call_of_dana(desk)
    choose_symptom(desk, call, "forgot-cmecf-before-link", "pw")
    answer_step(desk, call, "cmecf", "yes")
    answer_step(desk, call, "unlinked", "yes")
    for check in ("called-back", "email-on-record"):
        add_action_to_call(desk, call, check)
    return call


def rows(desk: Desk, sql: str, *params: Value) -> list[dict[str, Any]]:
    """Look into the database behind the desk's back.

    Args:
        desk: The desk.
        sql: A SELECT.
        *params: Its parameters.

    Returns:
        The rows by column name.
    """
    return list(desk.port.query(sql, params).dicts())
