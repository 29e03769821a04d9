"""Passwords and logins that were given out: to whom was checked how, and what came of it (R12).

Neither secrets nor callers' names are in the report.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Final, NamedTuple

from helpdesk.domain.tables import Figure, Table
from helpdesk.domain.tickets import number_said
from helpdesk.stats.calls import ROOTS
from helpdesk.stats.left_out import NOTHING, moment, sort_out, why_nothing
from helpdesk.stats.measures import meanings
from helpdesk.stats.source import Source

_OTHERS: Final = "of other clerks"
_CREDENTIALS: Final = f"""{ROOTS}
, credential AS MATERIALIZED (
    SELECT * FROM action WHERE kind IN (SELECT value FROM json_each(?)) AND at >= ? AND at < ?
)
SELECT a.id, t.id AS ticket, t.year, t.n, a.clerk, t.court, t.office, t.zone,
    coalesce(t.symptom, '') AS symptom, a.kind, a.fields ->> 'delivery' AS delivery,
    (SELECT group_concat(kind, ' ') FROM (
        SELECT DISTINCT v.kind FROM action v WHERE v.ticket = a.ticket AND v.struck = 0
            AND v.at <= a.at AND +v.kind IN (SELECT value FROM json_each(?)) ORDER BY v.kind
    )) AS checks,
    a.at, a.expires_at,
    (SELECT min(p.due_at) FROM promise p WHERE p.ticket = a.ticket
        AND +p.kind = 'linked-by-then' AND p.struck = 0 AND p.made_at = a.at) AS due_at,
    (SELECT min(p.done_at) FROM promise p WHERE p.ticket = a.ticket
        AND +p.kind = 'linked-by-then' AND p.struck = 0 AND p.made_at = a.at
        AND p.done_at <= ?) AS asked_at,
    (SELECT min(k.at) FROM action k WHERE k.ticket = a.ticket AND k.struck = 0
        AND +k.kind = 'link-checked' AND k.fields ->> 'found' = 'linked' AND k.at >= a.at
        AND k.at <= ?) AS linked_at,
    a.struck, t.id IN (SELECT ticket FROM tested) AS test, t.status = 'void' AS void
FROM credential a JOIN ticket o ON o.id = a.ticket LEFT JOIN root r ON r.ticket = o.id
JOIN ticket t ON t.id = coalesce(r.root, o.id)
ORDER BY a.at, a.id
"""  # noqa: S608 - constant
_MEANT: Final = meanings(
    number=("ticket", "text", "the ticket on which it was given out"),
    kind=("kind", "text", "the kind of action, one that hands a way in out"),
    court=("court", "text", "the ticket's court"),
    office=("office", "text", "the ticket's office"),
    clerk=("clerk", "text", "who gave it out"),
    symptom=("symptom", "text", "the ticket's symptom"),
    checks=("checked by", "text", (
        "identity checks recorded on the ticket until then: the methods, never the answers")),
    delivery=("delivered", "text", "how it reached the caller"),
    issued_at=("issued, UTC", "text", "when it was given out"),
    issued_local=("issued", "text", "the same at the ticket's office"),
    expires_at=("expires, UTC", "text", "until when it holds; blank for what does not expire"),
    expires_local=("expires", "text", "the same at the ticket's office"),
    changed=("changed", "text", (
        "linked: the accounts were seen to be linked, so that it is of no use any more; done "
        "with: a later call asked, or the ticket was done with; not known: neither; blank for "
        "what does not expire")),
    changed_at=("changed, UTC", "text", "when that was seen or dealt with"),
    changed_local=("changed at", "text", "the same at the ticket's office"),
    overdue=("overdue", "count", (
        "1 when its time was over at the as-of moment, and changed is not known")),
)  # fmt: skip


class Credential(NamedTuple):
    """One password or login that was given out; times are seconds UTC."""

    id: int
    """The action's id."""

    ticket: int
    """The ticket that it counts for."""

    year: int
    """The year of the ticket's number."""

    n: int
    """Its number in that year."""

    clerk: int
    """Who gave it out."""

    court: str
    """The ticket's court."""

    office: str
    """Its office."""

    zone: str
    """The office's zone."""

    symptom: str
    """Its symptom, or empty."""

    kind: str
    """The kind of action."""

    delivery: str | None
    """How it reached the caller."""

    checks: str | None
    """The identity checks recorded until then."""

    at: int
    """When it was given out."""

    expires_at: int | None
    """Until when it holds."""

    due_at: int | None
    """When somebody is to ask whether the accounts are linked."""

    asked_at: int | None
    """When that was dealt with."""

    linked_at: int | None
    """When the accounts were seen to be linked."""

    struck: int
    """Whether it was recorded in error."""

    test: int
    """Whether the ticket is a trial."""

    void: int
    """Whether the ticket counts for nothing."""

    @property
    def changed(self) -> tuple[str | None, int | None]:
        """Whether it is of no use any more as far as it is known, and since when that is."""
        if self.linked_at is not None:
            return "linked", self.linked_at
        if self.asked_at is not None:
            return "done with", self.asked_at
        return (None if self.expires_at is None else "not known"), None

    def overdue(self, as_of: int) -> bool:
        """Whether its time is over and nobody has asked what became of it."""
        return self.changed[0] == "not known" and (self.expires_at or 0) <= as_of


def fetch_credentials(source: Source) -> list[Credential]:
    """Ask for the passwords and logins that were given out in the period of a report.

    Args:
        source: What the report is made from.

    Returns:
        They, the first first; those that count for nothing among them.
    """
    scope = source.scope
    kinds, checks = json.dumps(source.credentials), json.dumps(source.checks)
    params = (kinds, scope.period.start, scope.end, checks, scope.as_of, scope.as_of)
    rows = source.port.query(_CREDENTIALS, params).rows
    return [
        found
        for found in map(Credential._make, rows)
        if scope.meets(found.court, found.office, found.symptom, found.clerk, found.ticket)
    ]


def credentials(source: Source) -> Table:
    """Every password and login that was given out in the period, a row each.

    Args:
        source: What it is made from; of one clerk only when ``own`` says so.

    Returns:
        The table.
    """

    def why(each: Credential) -> str:
        return why_nothing(each) or ("" if source.may_see(each.clerk) else _OTHERS)

    reasons = NOTHING if source.own is None else (*NOTHING, _OTHERS)
    shown, line = sort_out(fetch_credentials(source), why, reasons)
    late = sum(each.overdue(source.scope.as_of) for each in shown)
    return Table(
        title="Credentials given out",
        columns=tuple(_MEANT),
        rows=tuple(_row(source, each) for each in shown),
        total=("total", *(None,) * (len(_MEANT) - 2), late),
        footer=(line, *_footer(shown, late)),
        keys=tuple(str(each.id) for each in shown),
        tickets=tuple((each.ticket,) for each in shown),
        shown=(
            "number",
            "kind",
            "court",
            "clerk",
            "checks",
            "expires_local",
            "changed",
            "overdue",
        ),
        meant=_MEANT,
    )


def _footer(shown: list[Credential], late: int) -> tuple[str, ...]:
    kinds = Counter(each.kind for each in shown)
    parts = " + ".join(f"{kind} {many:,}" for kind, many in sorted(kinds.items())) or "none"
    unchecked = sum(not each.checks for each in shown)
    return (
        f"given out {len(shown):,} = {parts}; overdue {late:,}",
        f"without an identity check on the ticket {unchecked:,}",
    )


def _row(source: Source, each: Credential) -> tuple[Figure, ...]:
    changed, since = each.changed
    return (
        number_said(each.year, each.n), each.kind, each.court, each.office,
        source.names.clerk(each.clerk), each.symptom or None, each.checks, each.delivery,
        *moment(each.at, each.zone), *moment(each.expires_at, each.zone), changed,
        *moment(since, each.zone), int(each.overdue(source.scope.as_of)),
    )  # fmt: skip
