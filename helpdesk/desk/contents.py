"""Compares what a desk keeps twice: texts and sums with their rows, calls with their consoles."""

from __future__ import annotations

from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.console_life import lives
from helpdesk.desk.desk import Desk
from helpdesk.desk.findings import Finding
from helpdesk.desk.rollups import wrong_sums
from helpdesk.domain.courts import local
from helpdesk.store import contents
from helpdesk.store.due_texts import count_due

_STRETCH: Final = 1_000
"""How many tickets are compared at once."""

_STRETCHES: Final = 40
"""How many stretches are compared; on a larger desk they lie evenly over it."""

_DAYS: Final = 12
"""Of how many days the sums are compared."""

_AHEAD: Final = 300
"""Seconds by which clocks may differ."""

_LONG_AGO: Final = 12 * 3_600
"""A call that was left behind so long ago is not one that its clerk comes back to soon."""

_REPAIR: Final = "helpdesk doctor --repair mends it."


@act("read")
def examine_texts(desk: Desk) -> Finding:
    """Compare the indexed texts with what their rows give.

    Args:
        desk: The desk.

    Returns:
        What was found.
    """
    wrong, compared, total = 0, 0, 0
    stretches = list(stretches_of(desk))
    every = max(1, -(-len(stretches) // _STRETCHES))
    for place, (after, last, count) in enumerate(stretches):
        total += count
        if place % every == 0 or place == len(stretches) - 1:
            compared += count
            wrong += _differing(contents.find_other_texts(desk.whole, after, last))
    callers = _differing(contents.find_other_callers(desk.whole))
    if wrong or callers:
        said = f"{wrong:,} tickets and {callers:,} callers are indexed otherwise than their rows"
        return Finding("texts", f"{said}, of {compared:,} compared", _REPAIR)
    said = f"as their rows give them, {compared:,} of {total:,} compared"
    if due := count_due(desk.whole):
        said += f"; {due:,} are due: an open console writes them, or helpdesk doctor --repair"
    return Finding("texts", said)


@act("figures")
def examine_sums(desk: Desk) -> Finding:
    """Compare the kept sums of days with their rows.

    Args:
        desk: The desk.

    Returns:
        What was found.
    """
    wrong, compared = wrong_sums(desk, _DAYS)
    if wrong:
        said = f"the kept sums of {wrong[0]} are not those of its rows"
        more = f", nor those of {len(wrong) - 1} more" if wrong[1:] else ""
        return Finding("sums", f"{said}{more}, of {compared} days compared", _REPAIR)
    return Finding("sums", f"those of {compared} days were compared with their rows")


@act("read")
def examine_calls(desk: Desk) -> Finding:
    """Look for calls that go on although nobody is there.

    Args:
        desk: The desk.

    Returns:
        What was found.
    """
    now = desk.clock.now()
    rows = list(contents.find_calls_going_on(desk.whole).dicts())
    left = [row for row in rows if not lives(row)]
    long_ago = [row for row in left if now - row["started_at"] > _LONG_AGO]
    if long_ago:
        first = long_ago[0]
        since = f"{local(first['started_at'], desk.home_office.zone):%Y-%m-%d %H:%M}"
        said = f"a call of {first['login']} goes on since {since} and no console has it"
        if long_ago[1:]:
            said += f", and {len(long_ago) - 1:,} more"
        way_out = f"{first['login']} opens the console: Enter, still talking; h, it ended."
        return Finding("calls", said, way_out)
    return Finding("calls", f"{len(rows):,} going on, {len(left):,} of them left behind just now")


@act("read")
def examine_times(desk: Desk) -> Finding:
    """Compare the clock with the newest entries of the journal.

    Args:
        desk: The desk.

    Returns:
        What was found.
    """
    now, newest = desk.clock.now(), contents.get_newest_moment(desk.whole)
    if newest > now + _AHEAD:
        said = f"the newest entry of the journal is {_long(newest - now)} ahead of the clock"
        return Finding("times", said, "Set the clock right: it was set back, or was wrong then.")
    return Finding("times", "the clock is not behind the journal")


@act("read")
def examine_staff(desk: Desk) -> Finding:
    """Look whether somebody may do what only an admin may.

    Args:
        desk: The desk.

    Returns:
        What was found.
    """
    admins = contents.count_admins(desk.whole)
    if not admins:
        way_out = "Whoever owns helpdesk.db starts helpdesk once under a login that is new."
        return Finding("staff", "nobody is admin", way_out)
    return Finding("staff", f"{admins:,} admin{'' if admins == 1 else 's'}")


def stretches_of(desk: Desk) -> list[tuple[int, int, int]]:
    """Cut the tickets into stretches of ids.

    Args:
        desk: The desk.

    Returns:
        The id before the first, the id of the last, and how many there are in each.
    """
    after = -1
    found: list[tuple[int, int, int]] = []
    while True:
        last, count = contents.stretch_end(desk.whole, after, _STRETCH)
        if last is None:
            return found
        found.append((after, last, count))
        after = last


def _differing(rows: list[tuple[int, str, str]]) -> int:
    """The words count, whatever order the database gave them in."""
    return sum(1 for _, meant, kept in rows if sorted(meant.split()) != sorted(kept.split()))


def _long(seconds: int) -> str:
    days, hours = divmod(seconds // 3_600, 24)
    return f"{days:,} days" if days else f"{hours} hours" if hours else f"{seconds // 60} minutes"
