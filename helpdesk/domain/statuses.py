"""Which status may follow which: one table, the same through every door (DESIGN §5)."""

from __future__ import annotations

from typing import Final

from helpdesk.errors import NotAllowed

ALLOWED: Final = {
    "open": ("waiting", "escalated", "resolved", "closed", "merged", "void"),
    "waiting": ("open", "escalated", "resolved", "closed", "merged", "void"),
    "escalated": ("open", "waiting", "resolved", "closed", "merged", "void"),
    "resolved": ("open", "closed", "merged", "void"),
    "closed": ("open", "merged", "void"),
    "merged": (),
    "void": (),
}
"""The statuses that may follow each; out of *merged* and *void* leads only taking that back."""

SETTLED: Final = ("resolved", "closed")
"""Statuses out of which going on counts as reopening."""

_WAYS: Final = {
    "resolved": "reopen it first",
    "closed": "reopen it first",
    "merged": "unmerge it first",
    "void": "take the voiding back first",
}


def refuse_change(number: str, status: str, to: str) -> None:
    """Refuse a status that cannot follow another.

    Args:
        number: The ticket's number, for the message.
        status: Where it stands; what waits may have woken, which makes no difference here.
        to: Where it is to stand.

    Raises:
        NotAllowed: When the table does not allow it; the message says the way.
    """
    if to not in ALLOWED[status]:
        way = _WAYS.get(status, "choose another status")
        raise NotAllowed(f"{number} is {status} and cannot become {to}: {way}.")


def reopened_after(status: str, to: str, reopened: int) -> int:
    """How often a ticket was reopened, after a change of its status.

    Args:
        status: Where it stood.
        to: Where it stands.
        reopened: How often it was reopened before.

    Returns:
        One more when it was done with and wants work again.
    """
    return reopened + (status in SETTLED and to == "open")
