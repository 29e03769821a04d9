"""What the clerk sees between calls: who is on a call, what was promised, what was left behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.console_life import lives
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalated import escalations_seen
from helpdesk.desk.outages import alarms_today, running_incidents
from helpdesk.desk.outbox_opening import open_outbox
from helpdesk.desk.standing_sheet import untaken_lines
from helpdesk.desk.symptom_titles import know_gone_titles
from helpdesk.desk.this_console import add_this_console
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.domain.courts import local
from helpdesk.domain.home import DUE_COUNTED, DuePromise, HomeView, Promised, RunningCall
from helpdesk.domain.queries import Query
from helpdesk.domain.tickets import ACTIVE, TicketRow, number_said
from helpdesk.domain.undoing import REVERSIBLE, last_to_redo, last_to_undo, taken_back
from helpdesk.store.calls import find_left_behind, find_running
from helpdesk.store.clerks import save_closed, save_seen
from helpdesk.store.doings import count_due, find_due
from helpdesk.store.journal import find_told_by

SIGN_OF_LIFE_SECONDS: Final = 10
"""How often a console says that it lives."""

_EVER: Final = 2**62

_NEWEST: Final = 50
"""Among how many of the clerk's newest entries something to take back is looked for."""

_TICKETS: Final = 40
"""How many of the newest tickets the home screen lists."""

_PROMISES: Final = 9
"""How many promises the home screen lists; the header counts all."""


_COUNTED: Final = 10_000
"""How many promises are counted for their list; some 50 ms."""


class HomePage(NamedTuple):
    """All that the home screen lists."""

    home: HomeView
    """What goes on."""

    newest: tuple[TicketRow, ...]
    """The newest tickets."""

    tickets: int
    """How many tickets there are, up to one more than are counted."""

    head: int
    """The newest journal entry before it was fetched: who watches from there misses nothing."""


@act("read")
def home_page(desk: Desk) -> HomePage:
    """Fetch all that the home screen lists.

    Args:
        desk: The desk.

    Returns:
        What goes on, the newest tickets, and how many there are.
    """
    head = desk.port.head()
    newest = list_tickets(desk, Query(), _TICKETS, lines=True)
    return HomePage(home_view(desk), newest, count_tickets(desk, Query()), head)


@act("read")
def home_view(desk: Desk) -> HomeView:
    """Fetch what the home screen shows.

    Args:
        desk: The desk.

    Returns:
        Calls going on, mine first, the promises due until the end of the day, escalations, and
        how much of the hand-over is untaken.
    """
    now = desk.clock.now()
    tonight = end_of_day(desk, now)
    running = _going_on(desk)
    if desk.outbox and (memory := desk.outbox.in_memory()):
        mine = [call for call in _going_on(memory) if call.mine]
        running = [*mine, *(call for call in running if not desk.outbox.holds(call.call))]
    due, late, over = count_due(desk.port, now, tonight, DUE_COUNTED + 1)
    can_undo, can_redo = _undoable(desk)
    return HomeView(
        running=tuple(sorted(running, key=lambda call: (not call.mine, call.started_at))),
        promises=promises_until(desk, tonight, _PROMISES),
        due=due,
        late=late,
        over=over,
        can_undo=can_undo,
        can_redo=can_redo,
        unusual=alarms_today(desk),
        incidents=running_incidents(desk),
        escalated=escalations_seen(desk),
        untaken=untaken_lines(desk),
    )


@act("read")
def promises_due(desk: Desk, limit: int) -> tuple[DuePromise, ...]:
    """List everything that was promised and is not dealt with, the oldest first.

    Args:
        desk: The desk.
        limit: The most to fetch.

    Returns:
        The promises.
    """
    return promises_until(desk, _EVER, limit)


@act("read")
def promised(desk: Desk, limit: int) -> Promised:
    """List everything that was promised and is not dealt with, and say how much it is.

    Args:
        desk: The desk.
        limit: The most to fetch of what presses, and of what is to come.

    Returns:
        The promises.
    """
    now = desk.clock.now()
    due, late, over = count_due(desk.port, now, _EVER, _COUNTED + 1)
    coming = find_due(desk.port, _EVER, limit, since=now).dicts()
    more = "+" if due > _COUNTED else ""
    return Promised(
        promises_until(desk, now, limit), tuple(_promise(row) for row in coming),
        f"{late + over:,}{'' if late + over < due else more}", f"{due - late - over:,}{more}",
    )  # fmt: skip


@act("read")
def open_today(desk: Desk, limit: int) -> tuple[TicketRow, ...]:
    """List the tickets of today that still want work.

    Args:
        desk: The desk.
        limit: The most to fetch.

    Returns:
        The tickets, newest first.
    """
    query = query_of(desk, "opened:today")
    listed = list_tickets(desk, query, limit, lines=True)
    return tuple(row for row in listed if row.status in ACTIVE)


def calls_going_on(desk: Desk) -> list[RunningCall]:
    """List the calls that are not finished, whoever's they are.

    Args:
        desk: The desk.

    Returns:
        The calls, the longest first.
    """
    return [_running(desk, row) for row in find_running(desk.port).dicts()]


def promises_until(desk: Desk, until: int, limit: int) -> tuple[DuePromise, ...]:
    """List what is not dealt with and falls due before a moment.

    Args:
        desk: The desk.
        until: The moment, in seconds UTC.
        limit: The most to fetch.

    Returns:
        The promises, the oldest first, those whose incident is over before all.
    """
    return tuple(_promise(row) for row in find_due(desk.port, until, limit).dicts())


def end_of_day(desk: Desk, now: int) -> int:
    """The end of the day at the desk's office.

    Args:
        desk: The desk.
        now: The moment, in seconds UTC.

    Returns:
        The first second of tomorrow there, in seconds UTC.
    """
    here = local(now, desk.home_office.zone)
    midnight = here.replace(hour=23, minute=59, second=59)
    return int(midnight.timestamp()) + 1


def open_console(desk: Desk) -> None:
    """Say that a console was opened, so that its calls are not taken for left behind.

    Args:
        desk: The desk; gets the console's id.
    """
    batch = Batch(desk)
    desk.console, desk.opened_after = batch.new_id(), desk.port.head()
    batch.write(add_this_console(desk.console, desk.clerk.id, batch.stamp.at))
    open_outbox(desk, batch.send)
    know_gone_titles(desk)


def say_alive(desk: Desk) -> None:
    """Say that this console still lives.

    Args:
        desk: The desk.
    """
    if desk.console is not None:
        batch = Batch(desk)
        batch.write(save_seen(desk.console, batch.stamp.at))
        batch.send()


def close_console(desk: Desk) -> None:
    """Say that this console was left.

    Args:
        desk: The desk.
    """
    if desk.console is not None:
        batch = Batch(desk)
        batch.write(save_closed(desk.console, batch.stamp.at))
        batch.send()


def _undoable(desk: Desk) -> tuple[bool, bool]:
    """Whether something can be taken back, and whether something can be done again."""
    login = desk.clerk.login
    newest = find_told_by(desk.port, login, desk.opened_after, _NEWEST)
    gone = taken_back(newest)
    undo = last_to_undo(newest, login, REVERSIBLE, gone)
    return undo is not None, last_to_redo(newest, login, REVERSIBLE, gone) is not None


def _going_on(desk: Desk) -> list[RunningCall]:
    """The calls that are not finished, with when the console of mine was last heard of."""
    gone = {row["id"]: _last_sign(row) for row in _left_behind(desk)}
    return [call._replace(gone_since=gone.get(call.call)) for call in calls_going_on(desk)]


def _left_behind(desk: Desk) -> list[dict[str, Any]]:
    """My calls whose console does not live any more."""
    rows = find_left_behind(desk.port, desk.clerk.id, desk.console).dicts()
    return [row for row in rows if not lives(row)]


def _last_sign(row: Mapping[str, Any]) -> int:
    return int(max(row["seen_at"] or 0, row["entry_at"] or 0, row["started_at"]))


def _running(desk: Desk, row: Mapping[str, Any]) -> RunningCall:
    return RunningCall(
        call=row["id"],
        number=number_said(row["year"], row["n"]),
        clerk=row["login"],
        mine=row["clerk"] == desk.clerk.id,
        caller=row["caller_name"] or "",
        symptom=row["symptom"] or "",
        started_at=row["started_at"],
        running=row["running"] or "",
        since=row["since"] or row["started_at"],
        court=row["court"],
    )


def _promise(row: Mapping[str, Any]) -> DuePromise:
    return DuePromise(
        ticket=row["ticket"],
        number=number_said(row["year"], row["n"]),
        kind=row["kind"],
        due_at=row["due_at"],
        zone=row["zone"],
        caller=row["caller"] or "",
        symptom=row["symptom"] or "",
        clerk=row["clerk"],
        incident=row["incident"],
        incident_over=row["incident_ended_at"] is not None,
        court=row["court"],
    )
