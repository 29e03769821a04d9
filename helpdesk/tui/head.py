"""What the first line of the console says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.domain.courts import local
from helpdesk.tui.words import call_clock, time_of_day, with_untaken

if TYPE_CHECKING:
    from helpdesk.tui.console import Console


def head_parts(console: Console, title: str) -> list[str]:
    """What goes on at the desk.

    Args:
        console: The console.
        title: What the screen on top is called.

    Returns:
        The parts from the left, the last one for the right.
    """
    now = console.desk.clock.now()
    office = console.view.office if console.view else console.desk.home_office
    kept = console.desk.outbox.head if console.desk.outbox else ""
    saved = "" if kept else "saved"
    parts = ["READY"]
    if console.view:
        parts = [call_clock(console.view, now), console.view.number, saved]
    if kept:
        parts.append(kept)
    if not console.view and title:
        parts.append(title)
    parts += _set_aside(console)
    if console.is_warm and console.desk.library.faults:
        parts.append("! playbook file broken")
    if console.nightly_watch.warning and not console.view:
        parts.append("! no backup")
    home = console.home
    if home.due:
        late = home.counted(home.late, to_the_end=home.late == home.due)
        due = home.counted(home.due, to_the_end=True)
        parts.append(f"promises {due} due{f' ({late} late)' if home.late else ''}")
    here = f"{time_of_day(now, office.zone)} {local(now, office.zone):%Z}"
    who = f"{console.desk.clerk.login.upper()} {here}"
    room = console.size.width - len(who) - len("    ")
    return [*with_untaken(parts, console.home.untaken, ("saved", title), room), who]


def _set_aside(console: Console) -> list[str]:
    """How many calls of one's own besides the one at hand want an outcome, or wait on hold."""
    at_hand = console.view.call if console.view else 0
    mine = [call for call in console.home.running if call.mine and call.call != at_hand]
    counts = {
        said: sum(1 for call in mine if call.running == running)
        for running, said in (("wrap", "in wrap"), ("hold", "parked"))
    }
    return [f"{count} {said}" for said, count in counts.items() if count]
