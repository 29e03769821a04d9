"""The acts that a call goes on by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

OF_A_CALL: Final[Mapping[str, str]] = {
    "start_call": "calls",
    "start_callback": "callbacks",
    "park_call": "calls",
    "take_call": "calls",
    "end_call": "calls",
    "resume_call": "calls",
    "finish_call": "calls",
    "set_caller": "callers",
    "add_caller": "callers",
    "set_unknown_caller": "callers",
    "choose_symptom": "runs",
    "answer_step": "runs",
    "answer_question": "questions",
    "fill_prompt": "prompts",
    "take_newest": "versions",
    "continue_ticket": "merging",
    "attach_incident": "incidents",
    "add_action_to_call": "actions",
    "issue_password": "actions",
    "add_note_to_call": "notes",
    "write_draft": "notes",
}
"""The acts that a call goes on by, with their modules: they wait in the outbox, no others do."""

BEGIN: Final = ("start_call", "start_callback")
"""Those that begin one, and return its id; all others are given it first."""

_TICKET_AT: Final = {"start_callback": 0, "continue_ticket": 1}
_CALLER_AT: Final = {"set_caller": 1}


def named_in(name: str, given: Sequence[Any]) -> tuple[list[int], list[int]]:
    """Say which other ticket and whom an act is about.

    Args:
        name: The act.
        given: What it is given after the desk, in order.

    Returns:
        Ids of tickets, and of callers.
    """
    tickets, callers = (
        [given[at[name]]] if at.get(name, len(given)) < len(given) else []
        for at in (_TICKET_AT, _CALLER_AT)
    )
    return tickets, callers
