"""What was escalated, and what bounced because nobody accepted it in time (STATS §3 and §9)."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

from helpdesk.domain.escalations import escalation_state
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Figure, Table, said
from helpdesk.domain.tickets import number_said
from helpdesk.stats.calls import ROOTS
from helpdesk.stats.left_out import NOTHING, moment, sort_out, why_nothing
from helpdesk.stats.measures import meanings
from helpdesk.stats.source import Source

STATES: Final = ("accepted", "returned", "settled", "bounced", "open")
"""What can become of an escalation."""

BOUNCE_WORDS: Final = (
    "escalations in range that nobody answered before they came back by themselves, of all but "
    "those still open"
)
"""The formula of the bounce rate."""

_OTHERS: Final = "of other clerks"
_ESCALATIONS: Final = f"""{ROOTS}
SELECT e.id, t.id AS ticket, t.year, t.n, e.clerk, e.target, t.court, t.office, t.zone,
    coalesce(t.symptom, '') AS symptom, e.at, e.returns_at, e.answered_at, e.answered_by,
    coalesce(e.answer, '') AS answer, e.reason, e.struck,
    t.id IN (SELECT ticket FROM tested) AS test, t.status = 'void' AS void
FROM escalation e JOIN ticket o ON o.id = e.ticket LEFT JOIN root r ON r.ticket = o.id
JOIN ticket t ON t.id = coalesce(r.root, o.id)
WHERE e.at >= ? AND e.at < ?
ORDER BY e.at, e.id
"""  # noqa: S608 - constant


_MEANT: Final = meanings(
    number=("ticket", "text", "the ticket that was escalated"),
    clerk=("clerk", "text", "who escalated it"),
    target=("to", "text", "to whom: a login or a role"),
    court=("court", "text", "the ticket's court"),
    office=("office", "text", "the ticket's office"),
    symptom=("symptom", "text", "the ticket's symptom"),
    at=("at, UTC", "text", "when it was escalated"),
    at_local=("at", "text", "the same at the ticket's office"),
    returns_at=("back, UTC", "text", "when it comes back unless somebody accepts it"),
    returns_local=("back", "text", "the same at the ticket's office"),
    answered_at=("answered, UTC", "text", "when it was accepted, returned or settled"),
    answered_local=("answered", "text", "the same at the ticket's office"),
    answered_by=("by", "text", "who answered it"),
    state=("state", "text", (
        "accepted, returned or settled in time; bounced: nobody answered in time; open: "
        f"its time is not over. In the total: {BOUNCE_WORDS}")),
    open_s=("waited", "seconds", (
        "from the escalation to the answer, without one until the as-of moment")),
    reason=("reason", "text", "why it was returned, where somebody said so"),
)  # fmt: skip


class Escalation(NamedTuple):
    """One escalation; times are seconds UTC."""

    id: int
    """Its id."""

    ticket: int
    """The ticket that it counts for."""

    year: int
    """The year of the ticket's number."""

    n: int
    """Its number in that year."""

    clerk: int
    """Who escalated it."""

    target: str
    """To whom: a login or a role."""

    court: str
    """The ticket's court."""

    office: str
    """Its office."""

    zone: str
    """The office's zone."""

    symptom: str
    """Its symptom, or empty."""

    at: int
    """When it was escalated."""

    returns_at: int
    """When it comes back by itself."""

    answered_at: int | None
    """When somebody answered it."""

    answered_by: int | None
    """Who."""

    answer: str
    """How: ``accepted``, ``returned``, ``settled`` or empty."""

    reason: str
    """Why it was returned, or empty."""

    struck: int
    """Whether it was recorded in error."""

    test: int
    """Whether the ticket is a trial."""

    void: int
    """Whether the ticket counts for nothing."""


def fetch_escalations(source: Source) -> list[Escalation]:
    """Ask for what was escalated in the period of a report.

    Args:
        source: What the report is made from.

    Returns:
        The escalations, the first first; those that count for nothing among them.
    """
    scope = source.scope
    rows = source.port.query(_ESCALATIONS, (scope.period.start, scope.end)).rows
    return [
        found
        for found in map(Escalation._make, rows)
        if scope.meets(found.court, found.office, found.symptom, found.clerk, found.ticket)
    ]


def tickets_over(source: Source) -> list[int]:
    """The tickets of the escalations that the bounce rate is of.

    Args:
        source: What the report is made from.

    Returns:
        Their ids, the first escalation first.
    """
    found = (each for each in fetch_escalations(source) if not why_nothing(each))
    return list(
        dict.fromkeys(
            each.ticket for each in found if escalated_as(each, source.scope.as_of) != "open"
        )
    )


def escalations(source: Source) -> Table:
    """Everything that was escalated in the period, a row each.

    Args:
        source: What it is made from; of one clerk only when ``own`` says so.

    Returns:
        The table; its last row says how much bounced.
    """

    def why(each: Escalation) -> str:
        return why_nothing(each) or ("" if source.may_see(each.clerk) else _OTHERS)

    reasons = NOTHING if source.own is None else (*NOTHING, _OTHERS)
    shown, line = sort_out(fetch_escalations(source), why, reasons)
    states = [escalated_as(each, source.scope.as_of) for each in shown]
    count = Counter(states)
    parts = " + ".join(f"{state} {count[state]:,}" for state in STATES)
    rate = said(_bounced(states), "ratio") or "nothing is over"
    return Table(
        title="Escalations",
        columns=tuple(_MEANT),
        rows=tuple(_row(source, *pair) for pair in zip(shown, states, strict=True)),
        total=("total", *(None,) * 12, f"bounced {rate}", None, None),
        footer=(line, f"escalations {len(shown):,} = {parts}; bounced {rate}"),
        keys=tuple(str(each.id) for each in shown),
        tickets=tuple((each.ticket,) for each in shown),
        shown=("number", "clerk", "target", "at_local", "answered_by", "state", "open_s"),
        meant=_MEANT,
    )


def _row(source: Source, each: Escalation, state: str) -> tuple[Figure, ...]:
    answered = source.scope.as_of if each.answered_at is None else each.answered_at
    by = source.names.clerk(each.answered_by) or None
    return (
        number_said(each.year, each.n), source.names.clerk(each.clerk), each.target, each.court,
        each.office, each.symptom or None, *moment(each.at, each.zone),
        *moment(each.returns_at, each.zone), *moment(each.answered_at, each.zone), by, state,
        answered - each.at, each.reason or None,
    )  # fmt: skip


def escalated_as(each: Escalation, as_of: int) -> str:
    """What became of an escalation.

    Args:
        each: The escalation.
        as_of: The moment whose knowledge counts, in seconds UTC.

    Returns:
        One of ``STATES``.
    """
    return escalation_state(each.returns_at, each.answered_at, each.answer or None, as_of)


def _bounced(states: list[str]) -> Ratio:
    return Ratio(states.count("bounced"), len(states) - states.count("open"))
