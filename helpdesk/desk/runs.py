"""Runs: the symptom is chosen, the steps are answered, an older ticket is continued."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import CallView
from helpdesk.domain.journal import Change
from helpdesk.domain.playbook import DONE, Playbook, Step
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.playbooks.codec import playbook_as_json, version_of
from helpdesk.playbooks.finding import Found, find_playbooks
from helpdesk.store.calls import move_link, save_symptom
from helpdesk.store.doings import add_answer, add_version
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import add_span, end_span, get_ticket, save_merged, save_status
from helpdesk.store.tickets import save_symptom as save_symptom_of_ticket

REPEAT_SECONDS: Final = 7 * 86_400
"""A call within this long of the last one is likely about the same (STATS §4)."""


@act("read")
def rank_symptoms(desk: Desk, typed: str) -> tuple[Found, ...]:
    """Rank the playbooks for what stands in the symptom box.

    Args:
        desk: The desk.
        typed: A code, a few words, or whatever the caller says.

    Returns:
        The playbooks that fit, best first; all of them for nothing typed.
    """
    return find_playbooks(desk.library, typed)


@act("call")
def choose_symptom(
    desk: Desk, call: int, slug: str, typed: str = "", stamp: Stamp | None = None
) -> None:
    """Say what is wrong: the run begins, on the playbook as it is now.

    Args:
        desk: The desk.
        call: The call.
        slug: The symptom.
        typed: What was typed to find it, kept for whoever keeps the playbooks.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotFound: When there is no such playbook.
    """
    playbook = desk.library.playbooks.get(slug)
    if playbook is None:
        raise NotFound(f"There is no playbook “{slug}”: helpdesk playbooks list names them.")
    view = call_view(desk, call)
    batch = Batch(desk, stamp)
    version = keep_version(batch, playbook, view.court.id)
    batch.write(
        save_symptom(call, slug, storable(typed)),
        save_symptom_of_ticket(view.ticket, slug, version, batch.stamp.at),
    )
    told = [Change(f"call/{call}/symptom", view.symptom or None, slug)]
    batch.tell(ticket_chain(view.ticket), "choose_symptom", told)
    batch.index(index_ticket(view.ticket))
    batch.send()


@act("call")
def answer_step(desk: Desk, call: int, step: str, answer: str, stamp: Stamp | None = None) -> None:
    """Answer a step of the run; answering an earlier one again changes the way from there.

    Args:
        desk: The desk.
        call: The call.
        step: The step's id.
        answer: One of the answers that it offers; ``done`` for a step without a question.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotAllowed: When no playbook was chosen.
        BadInput: When the step does not offer the answer.
    """
    view = call_view(desk, call)
    if view.run is None:
        raise NotAllowed("Choose the symptom first (s).")
    found = view.run.playbook.steps.get(step)
    if found is None:
        raise BadInput(f"The playbook {view.run.playbook.slug} has no step “{step}”.")
    checked = offered(found, answer)
    row = get_ticket(desk.port, view.ticket)
    assert row is not None  # noqa: S101 - call_view found it
    batch = Batch(desk, stamp)
    written = batch.new_id()
    value = found.fact_value(checked) if found.fact else ""
    batch.write(
        add_answer(
            written,
            view.ticket,
            call,
            (view.run.playbook.slug, row["version"]),
            (step, checked, found.fact, value),
            batch.stamp.at,
            batch.stamp.clerk,
        )
    )
    told = [Change(f"answer/{written}/struck", "1", "0"), Change(f"step {step}", None, checked)]
    batch.tell(ticket_chain(view.ticket), "answer_step", told)
    batch.send()


@act("call")
def continue_ticket(desk: Desk, call: int, ticket: int, stamp: Stamp | None = None) -> None:
    """Go on with an older ticket: the new one is merged into it by pointer.

    The run goes on at the first unanswered step; a ticket that was done is reopened.

    Args:
        desk: The desk.
        call: The call.
        ticket: The older ticket's id.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotFound: When there is no such ticket.
        NotAllowed: When the call works on that ticket already, or none can go on with it.
    """
    view, row = call_view(desk, call), get_ticket(desk.port, ticket)
    if row is None:
        raise NotFound("This ticket is not in the database any more.")
    if view.ticket == ticket:
        raise NotAllowed(f"This call works on {view.number} already.")
    if row["status"] in {"merged", "void"}:
        raise NotAllowed(f"A {row['status']} ticket takes no more calls: choose another.")
    batch = Batch(desk, stamp)
    now = batch.stamp.at
    batch.write(
        move_link(call, view.ticket, ticket),
        save_merged(view.ticket, ticket, now),
        end_span(view.ticket, now),
        add_span(batch.new_id(), view.ticket, "merged", now),
    )
    if row["symptom"]:
        batch.write(save_symptom(call, row["symptom"], ""))
    if row["status"] != "open":
        _reopen(batch, row["id"], row["reopened"] + (row["status"] in {"resolved", "closed"}))
    told = [Change("merged_into", None, str(ticket))]
    batch.tell(ticket_chain(view.ticket), "continue_ticket", told)
    batch.tell(ticket_chain(ticket), "continue_ticket", [Change("call", None, str(call))])
    batch.index(index_ticket(view.ticket), index_ticket(ticket))
    batch.send()


def keep_version(batch: Batch, playbook: Playbook, court: str) -> str:
    """Keep the playbook as it is now, when it was never used like this before.

    Args:
        batch: The batch.
        playbook: The playbook.
        court: The court it is resolved for.

    Returns:
        Its version.
    """
    text = playbook_as_json(playbook)
    version = version_of(text, court)
    batch.write(add_version(version, playbook.slug, court, batch.stamp.at, text))
    return version


def offered(step: Step, answer: str) -> str:
    """Check that a step offers an answer.

    Args:
        step: The step.
        answer: The answer's key.

    Returns:
        The answer's key.

    Raises:
        BadInput: When it does not; the message names those it does.
    """
    if not step.answers and answer == DONE:
        return DONE
    if step.answer(answer):
        return answer
    known = ", ".join(each.key for each in step.answers) or DONE
    raise BadInput(f"The step “{step.id}” does not take “{answer}”; it takes: {known}.")


def step_to_answer(view: CallView) -> Step | None:
    """The step that an answer key is about.

    Args:
        view: The call.

    Returns:
        The current step, or ``None`` without a run or at its end.
    """
    return view.run.current if view.run else None


def _reopen(batch: Batch, ticket: int, reopened: int) -> None:
    now = batch.stamp.at
    batch.write(
        save_status(
            ticket, "open", now, outcome=None, resolved_at=None, wakes_at=None, reopened=reopened
        ),
        end_span(ticket, now),
        add_span(batch.new_id(), ticket, "open", now),
    )
