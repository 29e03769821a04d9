"""Flagged calls, which supervisors look at again, and what they found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from helpdesk.desk.acting import Batch, act, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.domain.courts import local
from helpdesk.domain.journal import Change
from helpdesk.domain.reviews import FlaggedCall, why_flagged
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import number_said
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.store.calls import get_call
from helpdesk.store.reviews import add_review, find_flagged, get_review
from helpdesk.store.reviews import count_flagged as counted

COUNTED: Final = 5_000
"""How far flagged calls are counted."""

LONGEST: Final = 400
"""The most characters of a review."""


@act("history")
def list_flagged(
    desk: Desk, limit: int, before: FlaggedCall | None = None
) -> tuple[FlaggedCall, ...]:
    """List the flagged calls that nobody has reviewed yet, newest first.

    Args:
        desk: The desk.
        limit: The most to fetch; ``count_flagged`` says how many there are.
        before: The last call of the page before, for the next page.

    Returns:
        The calls, each with why it is flagged.
    """
    place = (before.started_at, before.call) if before else None
    return tuple(_flagged(row) for row in find_flagged(desk.port, limit, place).dicts())


@act("history")
def count_flagged(desk: Desk) -> int:
    """Count them, up to one more than ``COUNTED``.

    Args:
        desk: The desk.

    Returns:
        How many there are.
    """
    return counted(desk.port, COUNTED + 1)


@act("history", again=True)
def review_call(desk: Desk, call: int, text: str) -> str:
    """Mark a flagged call reviewed, with what was found.

    Args:
        desk: The desk.
        call: The call.
        text: What was found, one line.

    Returns:
        What was done, as a sentence.

    Raises:
        NotFound: When there is no such call.
        NotAllowed: When somebody has reviewed it, or it goes on.
        BadInput: When the text is empty or too long.
        SecretFound: When it holds what must never be kept.
    """
    said = " ".join(storable(text).split())
    if not said or len(said) > LONGEST:
        raise BadInput(f"Say in 1 to {LONGEST} characters what was found.")
    row = get_call(desk.port, call)
    if row is None:
        raise NotFound("This call is not in the database any more.")
    number, chain = number_said(row["year"], row["n"]), ticket_chain(row["ticket"])
    if row["wrap_ended_at"] is None:
        raise NotAllowed(f"The call on {number} goes on: it is reviewed when it is finished.")
    batch = Batch(desk, decided_on=[chain])
    _refuse_second(desk, call)
    batch.write(add_review(call, batch.stamp.at, batch.stamp.clerk, said))
    told = [Change(f"call_review/{call}/struck", "1", "0"), Change("review", None, said)]
    batch.tell(chain, "review_call", told)
    batch.send()
    return f"{number} is reviewed: “{said}”. u takes it back."


def _refuse_second(desk: Desk, call: int) -> None:
    found = get_review(desk.port, call)
    if found is not None and not found["struck"]:
        when = f"{local(found['at'], desk.home_office.zone):%Y-%m-%d %H:%M}"
        raise NotAllowed(f"{found['login'].upper()} reviewed this call {when}: “{found['text']}”.")


def _flagged(row: Mapping[str, Any]) -> FlaggedCall:
    return FlaggedCall(
        call=row["id"],
        number=number_said(row["year"], row["n"]),
        clerk=row["login"],
        caller=row["caller"] or "",
        started_at=row["started_at"],
        reasons=why_flagged(
            row["outcome"] or "",
            row["playbook_outcome"] or "",
            row["seconds"],
            edited=bool(row["edited"]),
            clock_changed=bool(row["clock_changed"]),
        ),
    )
