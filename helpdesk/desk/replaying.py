"""Does an act of a call again as it was done: its time, its clerk, its ids, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, cast

from helpdesk.desk.desk import Clerk, Clock, Desk, Stamp
from helpdesk.desk.refused import otherwise_said
from helpdesk.desk.this_console import add_this_console
from helpdesk.domain.acts_of_a_call import OF_A_CALL
from helpdesk.domain.outbox import KeptAct
from helpdesk.store.clerks import add_console
from helpdesk.store.outbox import get_by_login, knows_console, was_done


class Then(Clock):
    """The clocks as they stood when an act was done."""

    def __init__(self, act: KeptAct) -> None:
        """Stand still at the act's moment.

        Args:
            act: The act.
        """
        self._act = act

    def now(self) -> int:
        """The moment, in seconds UTC."""
        return self._act.at

    def monotonic(self) -> float:
        """Seconds of the clock that nobody could set."""
        return self._act.ticks


def replay(desk: Desk, act: KeptAct) -> list[str]:
    """Do an act again, unless it is in the database already.

    Args:
        desk: The desk; the act is done in the name of the clerk who did it.
        act: The act.

    Returns:
        Sentences about what came of it otherwise than its clerk was told; mostly none.

    Raises:
        HelpdeskError: When it is refused now.
        StoreProblem: When the database cannot be used.
    """
    if was_done(desk.port, act.op):
        return []
    clerk = desk.clerk
    if act.login != clerk.login and (row := get_by_login(desk.port, act.login)):
        clerk = Clerk(row["id"], row["login"], row["role"])
    then = replace(
        desk, clock=Then(act), clerk=clerk, console=act.console, marks=dict(act.marks),
        outbox=None, past=None, replays=True,
    )  # fmt: skip
    if act.console == desk.console:
        seat(then)
    else:
        _seat_of_another(then)
    stamp = Stamp(act.op, act.at, clerk.id, clerk.login)
    done = cast(
        "Callable[..., Any]",
        getattr(import_module(f"helpdesk.desk.{OF_A_CALL[act.name]}"), act.name),
    )
    with desk.ids.taped(list(act.ids)):
        result = done(then, *act.given, **act.named, stamp=stamp)
    return otherwise_said(act, result)


def seat(desk: Desk) -> None:
    """Have this console known, also in a database that was restored or could not be written.

    Args:
        desk: The desk.

    Raises:
        StoreProblem: When the database cannot be used.
    """
    if desk.console is not None and not knows_console(desk.port, desk.console):
        stamp = desk.stamp()
        row = add_this_console(desk.console, desk.clerk.id, stamp.at)
        desk.port.transact(stamp.op, stamp.at, [row])


def _seat_of_another(desk: Desk) -> None:
    """Have the console of an act known that is gone: nobody sits at it."""
    if desk.console is not None and not knows_console(desk.port, desk.console):
        stamp = desk.stamp()
        row = add_console(desk.console, desk.clerk.id, "", "", 0, stamp.at)
        desk.port.transact(stamp.op, stamp.at, [row])
