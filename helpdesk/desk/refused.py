"""Steps of calls that came to something else when they were written later: kept, and told."""

from __future__ import annotations

import json
from contextlib import suppress

from helpdesk.desk.outbox_file import set_aside
from helpdesk.domain.outbox import KeptAct, line_of
from helpdesk.domain.tickets import NEEDS_TICKET
from helpdesk.errors import HelpdeskError


def keep_refused(kept: KeptAct, refusal: HelpdeskError) -> str:
    """Keep a step that the database refuses now.

    Args:
        kept: The step.
        refusal: Why.

    Returns:
        A sentence that says what was refused, why, and where it is kept.
    """
    said = f"A step from the outbox was refused ({kept.name.replace('_', ' ')}): {refusal}"
    with suppress(OSError):
        path = set_aside(json.loads(line_of(kept)) | {"why": str(refusal)})
        return f"{said} It is kept in {path}."
    return said


def otherwise_said(kept: KeptAct, result: object) -> list[str]:
    """Tell of a step that was written, but not with all that its clerk was told.

    Args:
        kept: The step.
        result: What it returned.

    Returns:
        A sentence about what was promised or escalated on a ticket that was void by then;
        mostly none.
    """
    from helpdesk.domain.call_words import lost_said  # noqa: PLC0415 - when acts are done again
    from helpdesk.domain.calls import CallState  # noqa: PLC0415 - as above

    given = dict(zip(("call", "outcome"), kept.given, strict=False)) | dict(kept.named)
    outcome = given["outcome"] if kept.name == "finish_call" else ""
    if outcome not in NEEDS_TICKET or not isinstance(result, CallState) or not result.is_void:
        return []
    return [lost_said(result, str(outcome))]
