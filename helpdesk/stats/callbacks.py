"""What was promised, when it was done, and how much was kept (STATS §3 and §9, R9)."""

from __future__ import annotations

from collections import Counter
from typing import Final

from helpdesk.domain.promises import STATES
from helpdesk.domain.tables import Figure, Table, said
from helpdesk.domain.tickets import number_said
from helpdesk.stats.callback_facts import Callback, kept_ratio, state_of
from helpdesk.stats.left_out import NOTHING, moment, sort_out, why_nothing
from helpdesk.stats.measures import meanings
from helpdesk.stats.promise_sums import promises_due
from helpdesk.stats.source import Source

_KINDS: Final = {"callback": "callbacks", "waiting": "waits"}
_OTHERS: Final = "of other clerks"


_MEANT: Final = meanings(
    number=("ticket", "text", "the ticket on which it was promised"),
    kind=("kind", "text", "callback: to call; waiting: to look at the ticket by then"),
    clerk=("clerk", "text", "who promised it"),
    court=("court", "text", "the ticket's court"),
    office=("office", "text", "the ticket's office"),
    symptom=("symptom", "text", "the ticket's symptom"),
    made_at=("made, UTC", "text", "when it was promised"),
    made_local=("made", "text", "the same in the zone it was promised in"),
    due_at=("due, UTC", "text", "for when"),
    due_local=("due", "text", "the same in the zone it was promised in"),
    tried_at=("tried, UTC", "text", "first outbound call from the promise until its end"),
    tried_local=("tried", "text", "the same in the zone it was promised in"),
    done_at=("done, UTC", "text", "when it was dealt with, in whatever way"),
    done_local=("done", "text", "the same in the zone it was promised in"),
    ended=("how", "text", "called, came (the caller called first), moved or dropped"),
    state=("state", "text", (
        "kept: a callback first tried, a wait dealt with by the promised time; cancelled: "
        "dealt with by then without a call, a wait moved or dropped; missed: dealt with "
        "later; late: overdue; pending: not due yet. In the total: kept, of all but "
        "cancelled and pending ones")),
    late_s=("late by", "seconds", (
        "from the promised time: of a callback to the first attempt, without one until it was "
        "dealt with; of a wait until it was dealt with, however soon a call for it began; "
        "without that until the as-of moment; 0 when kept")),
    reason=("reason", "text", "why it was dropped, where somebody said so"),
)  # fmt: skip


def callbacks(source: Source) -> Table:
    """Everything that was promised for a time in the period, a row each.

    Args:
        source: What it is made from; of one clerk only when ``own`` says so.

    Returns:
        The table; its last row says how much was kept.
    """

    def why(promise: Callback) -> str:
        return why_nothing(promise) or ("" if source.may_see(promise.clerk) else _OTHERS)

    asked = (why_nothing, NOTHING) if source.own is None else (why, (*NOTHING, _OTHERS))
    shown, line = sort_out(promises_due(source), *asked)
    states = [state_of(promise, source.scope.as_of) for promise in shown]
    of_kind: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for promise, state in zip(shown, states, strict=True):
        of_kind[promise.kind].append(state)
    kept = said(kept_ratio(states), "ratio") or "none due"
    return Table(
        title="Callbacks and waiting",
        columns=tuple(_MEANT),
        rows=tuple(_row(source, *pair) for pair in zip(shown, states, strict=True)),
        total=("total", *(None,) * 14, f"kept {kept}", None, None),
        footer=(line, *(_kept_said(kind, each) for kind, each in of_kind.items())),
        keys=tuple(str(promise.id) for promise in shown),
        tickets=tuple((promise.ticket,) for promise in shown),
        shown=("number", "kind", "clerk", "due_local", "tried_local", "state", "late_s"),
        meant=_MEANT,
    )


def _row(source: Source, promise: Callback, state: str) -> tuple[Figure, ...]:
    zone = promise.zone
    return (
        number_said(promise.year, promise.n), promise.kind, source.names.clerk(promise.clerk),
        promise.court, promise.office, promise.symptom or None, *moment(promise.made_at, zone),
        *moment(promise.due_at, zone), *moment(promise.attempt_at, zone),
        *moment(promise.done_at, zone), promise.ended or None, state,
        late_s(promise, state, source.scope.as_of), promise.reason or None,
    )  # fmt: skip


def late_s(promise: Callback, state: str, as_of: int) -> int | None:
    """How late a promise was kept, or is.

    Args:
        promise: The promise.
        state: What became of it.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Returns:
        Seconds; 0 when it was kept, ``None`` when it is not due or was cancelled.
    """
    if state in {"pending", "cancelled"}:
        return None
    done = promise.attempt_at if promise.kind == "callback" else None
    if done is None:
        done = as_of if promise.done_at is None else promise.done_at
    return max(0, done - promise.due_at)


def _kept_said(kind: str, states: list[str]) -> str:
    count, kept = Counter(states), said(kept_ratio(states), "ratio") or "none due"
    parts = " + ".join(f"{state} {count[state]:,}" for state in STATES)
    return f"{_KINDS[kind]} {len(states):,} = {parts}; kept {kept}"
