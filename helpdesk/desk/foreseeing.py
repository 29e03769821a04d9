"""What follows an answer is shown before it is written: the run that is known tells it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from helpdesk.desk.call_log import act_now
from helpdesk.desk.desk import Desk, Stamp
from helpdesk.desk.runs import answer_step
from helpdesk.desk.view import call_view
from helpdesk.desk.walking import knows_the_same
from helpdesk.domain.calls import CallView
from helpdesk.domain.run import StepKey
from helpdesk.domain.walk import walk_on


@dataclass(frozen=True, slots=True)
class Foreseen:
    """An answer that is about to be given."""

    call: int
    """The call's id."""

    key: StepKey
    """The step."""

    answer: str
    """The answer's key."""

    stamp: Stamp
    """Who gives it, when and under which id."""

    viewed: int
    """The newest entry of the journal that the call was fetched with."""

    view: CallView | None
    """The call as it stands then; ``None`` where only the database can tell."""

    is_sure: bool
    """Whether it may be shown before it is written: after a kill the next start writes it."""


def foresee(desk: Desk, viewed: int, view: CallView, key: StepKey, answer: str) -> Foreseen:
    """Tell how a call stands once a step is answered, and announce the answer.

    Args:
        desk: The desk.
        viewed: The newest entry of the journal that the call was fetched with.
        view: The call.
        key: The step.
        answer: The answer's key.

    Returns:
        The answer, to be given by ``answer_foreseen``.
    """
    stamp, outbox = desk.stamp(), desk.outbox
    then = view_answered(desk, view, key, answer, stamp.at)
    is_sure = False
    if then is not None and outbox is not None and not outbox.head:
        given = (view.call, key[1], answer, key[0])
        is_sure = outbox.log.announce(act_now(desk, answer_step.__name__, given, {}, stamp))
    return Foreseen(view.call, key, answer, stamp, viewed, then, is_sure)


def answer_foreseen(desk: Desk, foreseen: Foreseen) -> tuple[int, CallView]:
    """Give an answer, and fetch the call where it stands otherwise than was foreseen.

    Args:
        desk: The desk.
        foreseen: The answer.

    Returns:
        The newest entry of the journal before the call was fetched, and the call.

    Raises:
        HelpdeskError: As ``answer_step`` does.
    """
    call, (playbook, step) = foreseen.call, foreseen.key
    try:
        answer_step(desk, call, step, foreseen.answer, playbook, stamp=foreseen.stamp)
    finally:
        if desk.outbox is not None:
            desk.outbox.log.take_back(foreseen.stamp.op)
    head = desk.port.head()
    alone = head == foreseen.viewed + 1  # an answer is one entry: nobody else has written any
    if foreseen.view is None or not alone or (desk.outbox and desk.outbox.holds(call)):
        return head, call_view(desk, call)
    return head, foreseen.view


def view_answered(
    desk: Desk, view: CallView, key: StepKey, answer: str, at: int
) -> CallView | None:
    """Bring a call up to an answer, where nothing else is written since it was fetched.

    Args:
        desk: The desk.
        view: The call as it was.
        key: The step that is answered.
        answer: The answer's key.
        at: When, in seconds UTC.

    Returns:
        The same as ``call_view``, but for the head of the chain, which acts fetch for themselves;
        ``None`` where only the database tells: which other playbook opens, or what follows where
        the desk knows another thing by now.
    """
    run = view.run
    found = run.found(key) if run else None
    if run is None or found is None or found[1].hand_over:
        return None
    if not knows_the_same(desk, view, run.facts):
        return None
    return replace(view, run=walk_on(run, key, answer, at))
