"""Desks on which something has happened: made by the acts, at moments that stand still."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from helpdesk import resources
from helpdesk.desk.callers import add_caller, find_callers, set_caller
from helpdesk.desk.calls import end_call, finish_call, park_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import choose_symptom
from helpdesk.domain.calls import Caller
from helpdesk.playbooks.gathering import DECLARATIONS, playbook_files, read_library
from helpdesk.playbooks.library import Library
from tests.support.clock import StillClock

MINUTE: Final = 60
HOUR: Final = 3600
DAY: Final = 86_400

DANA: Final = Caller(
    id=0,
    name="Whitfield, Dana",
    firm="Whitfield & Roe LLP",
    role="attorney",
    email="dana@whitfieldroe.example",
    bar_number="NC44812",
    court="ncmb",
)
"""An attorney in Greensboro, an hour ahead of the desk in Iowa."""

LEE: Final = Caller(id=0, name="Whitman, Lee", firm="Whitman Law", role="attorney", court="ianb")
"""Somebody whose name begins like Dana's."""

PHONES: Final = {DANA.name: "212-555-0144", LEE.name: "319-555-0155"}


def small_library(before: Library | None = None) -> Library:
    """Nine short playbooks, so that an edited playbook changes no screen in these tests."""
    return before or _small_library()


@cache
def _small_library() -> Library:
    shipped = resources.shipped("playbooks")
    apart = [shipped / name for name in DECLARATIONS]
    own = Path(__file__).parent / "playbooks"
    hidden = playbook_files([shipped]).keys() - playbook_files([own]).keys()
    reading = read_library([*apart, own], hidden)  # whose names are known all the same
    assert not reading.library.faults, reading.library.faults
    return reading.library


def took(
    desk: Desk,
    clock: StillClock,
    who: Caller,
    ago: int,
    *,
    symptom: str = "",
    outcome: str = "resolved",
    due_at: int | None = None,
) -> int:
    """Take a whole call in the past; the clock stands afterwards where it stood before.

    Args:
        desk: The desk.
        clock: Its clock.
        who: Who calls; written down at the first time.
        ago: How many seconds ago it began.
        symptom: What was wrong.
        outcome: How it ended; empty for a call that goes on.
        due_at: What was promised, in seconds UTC.

    Returns:
        The call.
    """
    clock.go_on(-ago)
    call = start_call(desk)
    clock.go_on(5)
    known = find_callers(desk, who.name)
    if known:
        set_caller(desk, call, known[0].id, who.name)
    else:
        add_caller(desk, call, who, PHONES.get(who.name, ""))
    if symptom:
        choose_symptom(desk, call, symptom)
    clock.go_on(4 * MINUTE)
    if outcome:
        end_call(desk, call)
        clock.go_on(20)
        finish_call(desk, call, outcome, due_at)
        clock.go_on(-20)
    clock.go_on(ago - 4 * MINUTE - 5)
    return call


def known_callers(desk: Desk, clock: StillClock) -> None:
    """Dana called forty days ago, Lee a day later: both long enough ago to be new matters."""
    took(desk, clock, DANA, 40 * DAY, symptom="forgot-pacer")
    took(desk, clock, LEE, 39 * DAY, symptom="browser-cache")


def repeat_caller(desk: Desk, clock: StillClock) -> None:
    """Dana could not link last Thursday either."""
    known_callers(desk, clock)
    took(desk, clock, DANA, 4 * DAY, symptom="linking-error")


def busy_morning(desk: Desk, other: Desk, clock: StillClock) -> int:
    """Everything that the home screen and the wide layouts show.

    Args:
        desk: The desk of the clerk who is looked at.
        other: The same desk as a colleague sees it.
        clock: The clock of both.

    Returns:
        The call that the clerk has parked.
    """
    repeat_caller(desk, clock)
    now = clock.now()
    okafor = Caller(id=0, name="Okafor, Ada", court="ianb", role="attorney")
    reyes = Caller(id=0, name="Reyes, Sol", court="iasb", role="staff")
    took(
        other, clock, okafor, DAY, symptom="query-error-not-activated", outcome="callback",
        due_at=now - 33 * MINUTE,
    )  # fmt: skip
    took(desk, clock, reyes, 3 * HOUR, symptom="pdf-upload", outcome="waiting", due_at=now + HOUR)
    took(other, clock, LEE, 40 * MINUTE, symptom="linking-error", outcome="escalated")
    sands = Caller(id=0, name="Sands, Pat", court="ianb", role="creditor")
    took(other, clock, sands, 50 * MINUTE, symptom="mfa-required")
    boyle = Caller(id=0, name="Boyle, Sam", court="ncmb", role="attorney")
    parked = took(desk, clock, boyle, 12 * MINUTE, symptom="no-menus-after-link", outcome="")
    clock.go_on(-4 * MINUTE)
    park_call(desk, parked)
    clock.go_on(4 * MINUTE)
    took(other, clock, okafor, 5 * MINUTE, symptom="store-card", outcome="")
    return parked
