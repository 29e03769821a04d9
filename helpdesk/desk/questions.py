"""Not sure: a few questions narrow what the trouble can be, and are kept on the ticket."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.runs import keep_version, offered, write_answer
from helpdesk.desk.view import call_row, state_of
from helpdesk.desk.walking import given_in, known_facts
from helpdesk.domain.calls import CallView
from helpdesk.domain.playbook import DONT_KNOW
from helpdesk.domain.questions import NOT_SURE, Narrowed, as_asked, narrowed
from helpdesk.errors import BadInput
from helpdesk.store.doings import find_given


def narrow(desk: Desk, view: CallView) -> Narrowed:
    """Say how far the questions have led on a call.

    Args:
        desk: The desk.
        view: The call.

    Returns:
        What is settled, what to ask next, and the playbooks that fit.
    """
    desk.require("read")
    rows = list(find_given(desk.port, view.ticket).dicts())
    given = {step: own for (slug, step), own in given_in(desk, rows).items() if slug == NOT_SURE}
    facts = known_facts(desk, view.court, view.office, rows)
    return narrowed(desk.library.questions, desk.library.playbooks, given, facts)


@act("call")
def answer_question(
    desk: Desk, call: int, question: str, answer: str, stamp: Stamp | None = None
) -> None:
    """Answer one of the questions; a fact that it settles is not asked again by any playbook.

    Args:
        desk: The desk.
        call: The call.
        question: The question's name.
        answer: One of its answers, ``none of these`` or ``dont-know``.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        BadInput: When there is no such question, or it does not take the answer.
    """
    questions = desk.library.questions
    found = questions.steps.get(question)
    if found is None:
        known = ", ".join(questions.steps) or "none"
        raise BadInput(f"There is no question “{question}”; there are: {known}.")
    checked = offered(as_asked(found), answer)
    view, batch = state_of(desk, call_row(desk, call)), Batch(desk, stamp)
    run = (NOT_SURE, keep_version(batch, questions, view.court.id))
    fact = desk.library.facts.get(found.fact)
    settles = fact is not None and checked in (*fact.choices, DONT_KNOW)
    said = (question, checked, *((found.fact, checked) if settles else ("", "")))
    write_answer(batch, view, "answer_question", run, said)
    batch.send()
