"""Runs: the symptom is chosen, the steps are answered, an older ticket is continued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.outages import write_alarm
from helpdesk.desk.symptoms import keep_phrases
from helpdesk.desk.view import call_row, state_of
from helpdesk.desk.walking import kept_playbook, run_on
from helpdesk.domain import repeats
from helpdesk.domain.calls import CallState
from helpdesk.domain.journal import Change, changes_between
from helpdesk.domain.playbook import DONE, Playbook, Step
from helpdesk.domain.run import Run
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.playbooks.codec import playbook_as_json, version_of
from helpdesk.store.calls import save_symptom
from helpdesk.store.doings import add_answer, add_version, find_opened, get_ordinal
from helpdesk.store.search import index_ticket
from helpdesk.store.tickets import save_symptom as save_symptom_of_ticket

REPEAT_SECONDS: Final = repeats.REPEAT_SECONDS
"""A call within this long of the last one is likely about the same (STATS §4)."""


@act("call")
def choose_symptom(
    desk: Desk,
    call: int,
    slug: str,
    typed: str = "",
    given_up: Sequence[str] = (),
    stamp: Stamp | None = None,
) -> None:
    """Say what is wrong: the run begins, on the playbook as it is now.

    Args:
        desk: The desk.
        call: The call.
        slug: The symptom.
        typed: What was typed to find it, kept for whoever keeps the playbooks.
        given_up: What was typed before that, and found nothing.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotFound: When there is no such playbook.
    """
    row = call_row(desk, call)
    view = state_of(desk, row)
    playbook = desk.library.playbook(slug, view.court.id)
    if playbook is None:
        raise NotFound(f"There is no playbook “{slug}”: helpdesk playbooks list names them.")
    batch = Batch(desk, stamp)
    version = keep_version(batch, playbook, view.court.id)
    batch.write(
        save_symptom(call, slug, storable(typed)),
        save_symptom_of_ticket(view.ticket, slug, version, batch.stamp.at),
    )
    keep_phrases(batch, view, slug, typed, given_up)
    told = [*_chosen(row, slug, version), *write_alarm(batch, view.court.id, slug, call)]
    batch.tell(ticket_chain(view.ticket), "choose_symptom", told, seen=view.head)
    batch.index(index_ticket(view.ticket))
    batch.send()


def _chosen(row: Mapping[str, Any], slug: str, version: str) -> list[Change]:
    before = {"symptom": row["ticket_symptom"], "version": row["version"]}
    after = {"symptom": slug, "version": version}
    return [
        *changes_between("call", row["id"], row, {"symptom": slug}),
        *changes_between("ticket", row["ticket"], before, after),
    ]


@act("call")
def answer_step(
    desk: Desk,
    call: int,
    step: str,
    answer: str,
    playbook: str = "",
    stamp: Stamp | None = None,
) -> None:
    """Answer a step of the run; answering an earlier one again changes the way from there.

    A step that hands over opens the other playbook as it is now, and keeps that version.

    Args:
        desk: The desk.
        call: The call.
        step: The step's id.
        answer: One of the answers that it offers; ``done`` for a step without a question.
        playbook: The playbook it belongs to; empty for the one that the run stands in.
        stamp: Who asked and when; ``None`` for now.

    Raises:
        NotAllowed: When no playbook was chosen.
        BadInput: When the step does not offer the answer.
    """
    view = state_of(desk, row := call_row(desk, call))
    run = _run_meant(desk, view, row, playbook)
    found = run.found((playbook or run.book.slug, step))
    if found is None:
        raise BadInput(f"The playbook {playbook or run.book.slug} has no step “{step}”.")
    book, at = found
    checked = offered(at, answer)
    batch = Batch(desk, stamp)
    own = book.slug == run.playbook.slug
    version = row["version"] if own else version_in(desk, view.ticket, book.slug)
    said = (step, checked, at.fact, at.fact_value(checked) if at.fact else "")
    opened = _opened(batch, view, row["version"], at.hand_over) if at.hand_over else None
    write_answer(batch, view, "answer_step", (book.slug, version), said, opened)
    batch.send()


def _run_meant(desk: Desk, view: CallState, row: Mapping[str, Any], playbook: str) -> Run:
    """The run of a call, walked only where the way tells which playbook a step is of."""
    if row["version"] is None:
        raise NotAllowed("Choose the symptom first (s).")
    begun = Run(kept_playbook(desk.port, row["version"]))
    if playbook == begun.playbook.slug or not (playbook or row["handed_over"]):
        return begun
    return run_on(desk, view, row["version"])


def write_answer(
    batch: Batch,
    view: CallState,
    name: str,
    run: tuple[str, str],
    said: tuple[str, str, str, str],
    opened: str | None = None,
) -> None:
    """Write an answer down and tell the journal of it.

    Args:
        batch: The batch of the act.
        view: The call it was given on.
        name: The act's name.
        run: The playbook's slug and version.
        said: The step, the answer, the fact and what the answer says about it.
        opened: The version of the playbook that the step hands over to.
    """
    row, stamp = batch.new_id(), batch.stamp
    batch.write(add_answer(row, view.ticket, view.call, run, said, stamp.at, stamp.clerk, opened))
    told = [Change(f"answer/{row}/struck", "1", "0"), Change(f"step {said[0]}", None, said[1])]
    batch.tell(ticket_chain(view.ticket), name, told, seen=view.head)
    batch.index(index_ticket(view.ticket))


def keep_version(batch: Batch, playbook: Playbook, court: str) -> str:
    """Keep the playbook as it is now, when it was never used like this before.

    Args:
        batch: The batch.
        playbook: The playbook.
        court: The court it is resolved for.

    Returns:
        Its version.
    """
    version = version_of(playbook, court)
    if get_ordinal(batch.desk.port, version) is None:
        text = playbook_as_json(playbook)
        batch.write(add_version(version, playbook.slug, court, batch.stamp.at, text))
    return version


def _opened(batch: Batch, view: CallState, version: str, slug: str) -> str | None:
    """The version of a playbook that is handed over to; one that was gone through stays."""
    run = run_on(batch.desk, view, version)
    if any(each.playbook.slug == slug for each in run.passed):
        return version_in(batch.desk, view.ticket, slug)
    other = batch.desk.library.playbook(slug, view.court.id)
    if other is None:
        return None
    return keep_version(batch, other, view.court.id)


def version_in(desk: Desk, ticket: int, slug: str) -> str:
    """The version of a playbook that a ticket's run stands on.

    Args:
        desk: The desk.
        ticket: The ticket, which has a run.
        slug: The run's own playbook, or one that it handed over to.

    Returns:
        The version's hash.
    """
    found: str = find_opened(desk.port, ticket, slug).value()
    return found


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
