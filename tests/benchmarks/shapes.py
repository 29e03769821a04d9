"""A desk of another shape than the demo's: long notes, one firm, one symptom, an empty year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Final

from helpdesk.desk.desk import Clock, Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord

LONG_NOTE: Final = 50_000
"""How many characters every ``LONG_EVERY``-th note has."""

LONG_EVERY: Final = 200
FIRM: Final = "Thackery Hollis National"
"""The firm of every tenth call; every other of them comes from one person's telephone."""

BUSIEST: Final = "Thackery, Ada"
COMMONEST: Final = "linking-error"
"""The symptom of nine tickets of ten."""

RARE: Final = ("browser-cache", "mfa-required", "forgot-pacer", "store-card", "pdf-upload")
_YEAR: Final = 365 * 86_400
_WORDS: Final = re.findall(
    r"\w+",
    "firewall linking account upgraded cache browser menu query docket filing password reset "
    "waits until tomorrow clerk asked again page blank error code screen attorney admitted court "
    "card stored refused receipt sent twice number named spelled wrong",
)
_GIVEN: Final = ("Ada", "Lee", "Kim", "Sol", "Pat", "Uma", "Otis", "Wren", "Hugo", "Petra")
_FAMILY: Final = ("Smith", "Smithers", "Smythe", "Lindqvist", "Whitfield", "Okafor", "Reyes")
_COLLEAGUES: Final = 300
_OTHERS: Final = 8_000


def fill_shaped(desk: Desk, tickets: int) -> None:
    """Write a history of this shape down, by the act that every past call comes through.

    Args:
        desk: An empty desk.
        tickets: How many tickets.
    """
    record_history(desk, _records(tickets, desk.clock))


def _records(tickets: int, clock: Clock) -> Iterator[CallRecord]:
    """Two years of calls with a year between them in which nobody called."""
    chance, end = Random(7), clock.now() - 3_600  # noqa: S311 - made-up history
    step = 2 * _YEAR / tickets
    for number in range(tickets):
        since = 2 * _YEAR - number * step
        at = round(end - since - (_YEAR if since > _YEAR else 0))
        who, phone = _caller(chance, number)
        open_still = number % 20 == 0
        yield CallRecord(
            at,
            "ianb",
            caller=who,
            phone=phone,
            symptom=COMMONEST if number % 10 else chance.choice(RARE),
            note=_note(chance, LONG_NOTE if number % LONG_EVERY == 0 else 60),
            outcome="callback" if open_still else "resolved",
            due_at=at + 86_400 if open_still else None,
            talk_s=chance.randrange(30, 900),
            wrap_s=20,
        )


def _caller(chance: Random, number: int) -> tuple[Caller, str]:
    if number % 20 == 10:
        return Caller(0, name=BUSIEST, firm=FIRM, role="attorney"), "2125550100"
    if number % 10 == 0:
        which = chance.randrange(_COLLEAGUES)
        name, firm, phone = f"Thackery, {_GIVEN[which % 10]} {which}", FIRM, f"312555{which:04}"
    else:
        which = chance.randrange(_OTHERS)
        name = f"{_FAMILY[which % len(_FAMILY)]}, {_GIVEN[which % len(_GIVEN)]} {which}"
        firm, phone = f"Firm {which // 5}", f"515555{which:04}"
    return Caller(0, name=name, firm=firm, role="attorney", court="ianb"), phone


def _note(chance: Random, length: int) -> str:
    words = " ".join(chance.choices(_WORDS, k=length // 5))
    return words[:length]
