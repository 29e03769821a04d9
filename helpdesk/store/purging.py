"""What the rules of retention are about: tickets, callers, numbers and drafts that are due."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from helpdesk.domain.retention import DONE
from helpdesk.port import Port, Statement

_STATUSES: Final = ", ".join(f"'{each}'" for each in DONE)
_GIVEN: Final = "WITH given(since, tickets, callers, mark) AS (SELECT ?, ?, ?, ?)"
_SINCE: Final = "(SELECT since FROM given)"
_MARKED: Final = "(SELECT mark FROM given)"
_TICKETS: Final = "(SELECT h.value FROM given g, json_each(g.tickets) h)"
_CALLERS: Final = "(SELECT h.value FROM given g, json_each(g.callers) h)"
_ROOTED: Final = f"""{_GIVEN},
rooted(id, root) AS MATERIALIZED (
    SELECT t.id, coalesce(r.root, t.id) FROM ticket t LEFT JOIN ticket_root r ON r.ticket = t.id
), busy(root) AS MATERIALIZED (
    SELECT id FROM ticket WHERE merged_into IS NULL AND status NOT IN ({_STATUSES})
    UNION SELECT x.root FROM rooted x JOIN ticket t ON t.id = x.id
        WHERE t.changed_at > {_SINCE}
    UNION SELECT x.root FROM note n JOIN rooted x ON x.id = n.ticket WHERE n.at > {_SINCE}
    UNION SELECT x.root FROM call c JOIN call_ticket y ON y.call = c.id
        JOIN rooted x ON x.id = y.ticket WHERE c.wrap_ended_at IS NULL
    UNION SELECT x.root FROM rooted x WHERE x.id IN {_TICKETS}
)
"""  # noqa: S608 - constant
_PEOPLE: Final = f"""{_ROOTED}, known(id, root) AS MATERIALIZED (
    SELECT c.id, coalesce(r.root, c.id) FROM caller c LEFT JOIN caller_root r ON r.caller = c.id
), active(root) AS MATERIALIZED (
    SELECT k.root FROM ticket t JOIN rooted x ON x.id = t.id JOIN known k ON k.id = t.caller
        WHERE x.root IN busy
    UNION SELECT k.root FROM call c JOIN call_ticket y ON y.call = c.id
        JOIN rooted x ON x.id = y.ticket JOIN known k ON k.id = c.caller WHERE x.root IN busy
    UNION SELECT k.root FROM caller c JOIN known k ON k.id = c.id WHERE c.called_at > {_SINCE}
    UNION SELECT k.root FROM known k WHERE k.id IN {_CALLERS}
)
"""  # noqa: S608 - constant
_DUE: Final = {
    "tickets": f"""{_ROOTED}
    SELECT x.id, t.changed_at FROM rooted x JOIN ticket t ON t.id = x.id
    WHERE x.root NOT IN busy AND NOT EXISTS (
        SELECT 1 FROM purged p WHERE p.class = {_MARKED} AND p.row = x.id AND p.at > max(
            t.changed_at, coalesce((SELECT max(n.at) FROM note n WHERE n.ticket = x.id), 0)))
    ORDER BY x.id""",  # noqa: S608
    "people": f"""{_PEOPLE}
    SELECT k.id, c.called_at FROM known k JOIN caller c ON c.id = k.id
    WHERE k.root NOT IN active AND NOT EXISTS (
        SELECT 1 FROM purged p WHERE p.class = {_MARKED} AND p.row = k.id AND p.at > c.called_at)
    ORDER BY k.id""",  # noqa: S608
    "numbers": f"""{_PEOPLE}
    , stays(digits) AS MATERIALIZED (
        SELECT c.phone FROM call c JOIN call_ticket y ON y.call = c.id
            JOIN rooted x ON x.id = y.ticket WHERE x.root IN busy
        UNION SELECT p.digits FROM caller_phone p JOIN known k ON k.id = p.caller
            WHERE k.root IN active
    )
    SELECT phone, max(started_at) FROM (
        SELECT phone, started_at FROM call WHERE phone <> ''
        UNION ALL SELECT p.digits, c.called_at FROM caller_phone p JOIN caller c ON c.id = p.caller
    ) WHERE phone NOT IN stays AND phone NOT LIKE '▒%'
    GROUP BY phone ORDER BY phone""",  # noqa: S608
    "drafts": f"""{_GIVEN}
    SELECT ticket, at FROM ticket_draft
    WHERE at <= {_SINCE} AND ticket NOT IN {_TICKETS}
    UNION ALL SELECT y.ticket, d.at FROM draft d JOIN call c ON c.id = d.call
        JOIN call_ticket y ON y.call = c.id
    WHERE d.at <= {_SINCE} AND c.wrap_ended_at IS NOT NULL
        AND y.ticket NOT IN {_TICKETS}
    ORDER BY 1""",  # noqa: S608
}
_STILL: Final = f"""
SELECT t.id FROM ticket t WHERE t.id IN (SELECT value FROM json_each(?))
    AND (t.status NOT IN ({_STATUSES}, 'merged') OR t.changed_at > ?
        OR EXISTS (SELECT 1 FROM note n WHERE n.ticket = t.id AND n.at > ?)
        OR EXISTS (SELECT 1 FROM call_ticket y JOIN call c ON c.id = y.call
            WHERE y.ticket = t.id AND c.wrap_ended_at IS NULL))
"""  # noqa: S608 - constant
_MARK: Final = """
INSERT INTO purged(class, row, at) VALUES (?, ?, ?)
ON CONFLICT(class, row) DO UPDATE SET at = excluded.at
"""
_CALLS_FROM: Final = "SELECT id FROM call WHERE phone IN (SELECT value FROM json_each(?))"
_PEOPLE_AT: Final = """
SELECT DISTINCT caller FROM caller_phone WHERE digits IN (SELECT value FROM json_each(?))
"""
_FIRMS: Final = """
SELECT c.firm, min(p.row IS NOT NULL) FROM caller c
LEFT JOIN purged p ON p.class = 'callers/people' AND p.row = c.id AND p.at > c.called_at
WHERE c.firm <> '' AND c.firm NOT LIKE '▒%' GROUP BY c.firm
"""
_PEOPLE_OF: Final = """
SELECT id FROM caller WHERE firm IN (SELECT value FROM json_each(?))
UNION SELECT CAST(substr(j.subject, 8) AS INTEGER) FROM journal j
    JOIN journal_value v ON v.entry = j.id
    WHERE j.subject >= 'caller:' AND j.subject < 'caller;' AND v.field LIKE 'caller/%/firm'
        AND (v.old IN (SELECT value FROM json_each(?))
            OR v.new IN (SELECT value FROM json_each(?)))
"""
_DROP_DRAFTS: Final = (
    "DELETE FROM ticket_draft WHERE at <= ? AND ticket IN (SELECT value FROM json_each(?))",
    """
    DELETE FROM draft WHERE at <= ? AND call IN (
        SELECT y.call FROM call_ticket y JOIN call c ON c.id = y.call
        WHERE c.wrap_ended_at IS NOT NULL AND y.ticket IN (SELECT value FROM json_each(?)))
    """,
)
_SIZE: Final = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
_TOGETHER_WITH: Final = """
SELECT DISTINCT j.subject FROM journal o
JOIN journal_value m ON m.entry = o.id AND m.field = 'batch'
JOIN journal_value b ON b.field = 'batch' AND b.new = m.new
JOIN journal j ON j.id = b.entry
WHERE o.subject IN (SELECT value FROM json_each(?))
    AND j.subject >= 'caller:' AND j.subject < 'caller;'
"""


@dataclass(frozen=True, slots=True)
class Held:
    """What must not be purged."""

    tickets: Sequence[int] = ()
    """Tickets, with all that was merged with them."""

    callers: Sequence[int] = ()
    """Callers, with all whom they were merged with."""


def find_due(port: Port, what: str, mark: str, since: int, held: Held) -> list[tuple[Any, int]]:
    """List what is due.

    Args:
        port: The database.
        what: ``tickets``, ``people``, ``numbers`` or ``drafts``.
        mark: By which class those are known that were purged before.
        since: The moment after which nothing may have happened, in seconds UTC.
        held: What is held.

    Returns:
        Ids of tickets or callers, or digits; of drafts the tickets; each with when it was
        changed last.
    """
    held_back = (_json(held.tickets), _json(held.callers))
    return [(row[0], row[1]) for row in port.query(_DUE[what], (since, *held_back, mark)).rows]


def find_not_due(port: Port, tickets: Sequence[int], since: int) -> list[int]:
    """List those of some tickets on which something happened meanwhile."""
    return [row[0] for row in port.query(_STILL, (_json(tickets), since, since)).rows]


def mark_purged(of_class: str, row: int, at: int) -> Statement:
    """Write down that a ticket or a caller was purged of a class."""
    return (_MARK, (of_class, row, at))


def find_calls_from(port: Port, digits: Sequence[str]) -> list[int]:
    """List the calls that came from some numbers."""
    return [row[0] for row in port.query(_CALLS_FROM, (_json(digits),)).rows]


def find_people_at(port: Port, digits: Sequence[str]) -> list[int]:
    """List the callers who have one of some numbers."""
    return [row[0] for row in port.query(_PEOPLE_AT, (_json(digits),)).rows]


def find_firms(port: Port) -> list[tuple[str, bool]]:
    """List the firms on record, each with whether all of its callers were purged."""
    return [(row[0], bool(row[1])) for row in port.query(_FIRMS).rows]


def find_people_of(port: Port, firms: Sequence[str]) -> list[int]:
    """List the callers who have or had one of some firms, spelled exactly like this."""
    wanted = _json(firms)
    return [row[0] for row in port.query(_PEOPLE_OF, (wanted, wanted, wanted)).rows]


def find_chains_with(port: Port, chains: Sequence[str]) -> list[str]:
    """List the chains of callers in which an act wrote that wrote in some others too."""
    return [row[0] for row in port.query(_TOGETHER_WITH, (_json(chains),)).rows]


def drop_drafts(tickets: Sequence[int], since: int) -> list[Statement]:
    """Forget what stands in the note boxes of some tickets since long ago."""
    return [(sql, (since, _json(tickets))) for sql in _DROP_DRAFTS]


def get_size(port: Port) -> int:
    """The size of the database, in bytes."""
    return int(port.query(_SIZE).value())


def _json(values: Sequence[int] | Sequence[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
