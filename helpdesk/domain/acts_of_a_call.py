"""The acts that a call goes on by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
