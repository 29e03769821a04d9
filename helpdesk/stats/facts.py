"""What is known of one call: all that any figure needs of it (STATS §0)."""

from __future__ import annotations

from typing import Final, NamedTuple


class CallFact(NamedTuple):
    """One call with all that any figure needs of it."""

    id: int
    """The call's id."""

    ticket: int
    """The ticket that it counts for: the one that its own goes on in."""

    caller: int | None
    """Who called, merged callers as one; ``None`` when nobody knows."""

    firm: str
    """The caller's firm, or empty."""

    clerk: int
    """Who took it."""

    court: str
    """The court's id."""

    office: str
    """The office's id."""

    symptom: str
    """The symptom as it is now, or empty."""

    started_at: int
    """When it began, in seconds UTC."""

    ended_at: int | None
    """When the caller hung up."""

    wrapped_at: int | None
    """When the clerk was done."""

    precision: str
    """How exactly its start is known: ``second``, ``minute`` or ``day``."""

    talk_s: int | None
    """Seconds talked; ``None`` when not known."""

    hold_s: int | None
    """Seconds on hold."""

    wrap_s: int | None
    """Seconds of wrap."""

    direction: str
    """``in`` or ``out``."""

    outcome: str | None
    """How it ended; ``None`` while it is running."""

    touched: int
    """Whether anybody talked, or anything was recorded."""

    test: int
    """Whether the ticket is a trial."""

    void: int
    """Whether the ticket counts for nothing."""

    edited: int
    """Whether its times were corrected by hand."""

    clock_changed: int
    """Whether the machine's clock was set while it ran."""

    overridden: int
    """Whether it ended otherwise than its playbook said."""

    reopened: int
    """Whether its ticket was reopened after it was resolved."""

    first: int
    """Whether it is the first handled inbound call of its ticket."""

    again: bool = False
    """Whether the same caller called about the same within ``REPEAT_SECONDS`` after it."""

    repeat: bool = False
    """Whether the same caller had called about the same so long before it."""

    repeat_any: bool = False
    """Whether the same caller had called about anything so long before it."""


MARKS: Final = slice(CallFact._fields.index("direction"), None)
"""Where it says what a call counts as, its caller, symptom and lengths apart."""
