"""Prompts: what a playbook's text asks the clerk to fill in, once a call."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import Batch, act, refuse_secrets, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.view import call_row, state_of
from helpdesk.domain.calls import CallView
from helpdesk.domain.journal import Change
from helpdesk.domain.playbook import Step
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput
from helpdesk.playbooks.templates import prompts
from helpdesk.store.doings import add_prompt
from helpdesk.store.search import index_ticket

LONGEST: Final = 200
"""The most characters that a prompt takes."""


def open_prompt(view: CallView, step: Step) -> str:
    """The first prompt of a step that nobody has filled in on this call.

    Args:
        view: The call.
        step: The step on the screen.

    Returns:
        Its label, or empty.
    """
    texts = (step.say, step.do, step.ask)
    labels = (label for text in texts for label in prompts(text))
    return next((label for label in labels if label not in view.asked), "")


@act("call")
def fill_prompt(desk: Desk, call: int, label: str, text: str, stamp: Stamp | None = None) -> None:
    """Fill a prompt in; the text then stands wherever this call's playbooks ask for it.

    Args:
        desk: The desk.
        call: The call.
        label: What the playbook calls it.
        text: What the caller said.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        BadInput: When nothing is filled in, or too much.
    """
    words = " ".join(storable(text).split())
    if not words or len(words) > LONGEST:
        raise BadInput(
            f"“{label}” takes 1 to {LONGEST} characters: fill it in, or leave with esc."
        )
    refuse_secrets(f"{label}: {words}")  # neither may be one alone
    view, batch = state_of(desk, call_row(desk, call)), Batch(desk, stamp)
    row = batch.new_id()
    said = (storable(label), words)
    batch.write(add_prompt(row, view.ticket, call, said, batch.stamp.at, batch.stamp.clerk))
    told = [Change(f"prompt/{row}/struck", "1", "0"), Change(f"filled in {label}", None, words)]
    batch.tell(ticket_chain(view.ticket), "fill_prompt", told)
    batch.index(index_ticket(view.ticket))
    batch.send()
