"""Steps of calls that were refused when they were written later: kept, and told."""

from __future__ import annotations

import json
from contextlib import suppress

from helpdesk.desk.outbox_file import set_aside
from helpdesk.domain.outbox import KeptAct, line_of
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
