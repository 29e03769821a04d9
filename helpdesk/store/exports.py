"""Rows of many tickets at once, for files."""

from __future__ import annotations

import json
from collections.abc import Sequence

from helpdesk.port import Port, Rows

_MEMBERS = """
WITH RECURSIVE member(place, root, id, depth) AS (
    SELECT j.key, j.value, j.value, 0 FROM json_each(?) j
    UNION
    SELECT m.place, m.root, t.id, m.depth + 1 FROM member m JOIN ticket t ON t.merged_into = m.id
)
"""
"""The tickets asked for, each with all that go on in it."""

_CALLS = f"""{_MEMBERS}
SELECT m.root AS ticket, o.year, o.n, min(m.depth) AS depth,
    l.id, l.started_at, l.ended_at, l.zone, l.direction, l.court, l.office,
    c.name, c.firm, l.phone, c.email, k.login AS clerk, l.outcome, l.reason, l.talk_s, l.hold_s,
    l.wrap_s, l.talk_s + l.hold_s + l.wrap_s AS handle_s, l.edited, l.clock_changed,
    l.precision, l.source
FROM member m CROSS JOIN ticket o ON o.id = m.id JOIN call_ticket x ON x.ticket = o.id
JOIN call l ON l.id = x.call JOIN clerk k ON k.id = l.clerk LEFT JOIN caller c ON c.id = l.caller
GROUP BY m.place, l.id ORDER BY m.place, l.started_at, l.id
"""  # noqa: S608 - constant; a call on two tickets that became one is one call
_ACTIONS = f"""{_MEMBERS}
SELECT m.root AS ticket, o.year, o.n, m.depth,
    a.id, a.at, k.login AS clerk, a.kind, a.fields, a.expires_at, a.struck
FROM member m CROSS JOIN ticket o ON o.id = m.id JOIN action a ON a.ticket = o.id
JOIN clerk k ON k.id = a.clerk
ORDER BY m.place, a.at, a.id
"""  # noqa: S608 - constant

_JOURNAL_COLUMNS = """
j.id, j.subject, t.year, t.n, j.seq, j.at, j.who, j.act, j.undoes, v.field, v.old, v.new, j.hash
"""
_WITH_VALUES = """
LEFT JOIN journal_value v ON v.entry = j.id
LEFT JOIN ticket t ON j.subject LIKE 'ticket:%' AND t.id = CAST(substr(j.subject, 8) AS INTEGER)
"""
_JOURNAL = f"""
SELECT {_JOURNAL_COLUMNS}
FROM (SELECT * FROM journal WHERE id > ? ORDER BY id LIMIT ?) j {_WITH_VALUES}
ORDER BY j.id, v.field
"""  # noqa: S608 - constant
_JOURNAL_OF = f"""{_MEMBERS}
SELECT {_JOURNAL_COLUMNS}
FROM member m CROSS JOIN journal j ON j.subject = 'ticket:' || m.id {_WITH_VALUES}
ORDER BY m.place, m.id, j.seq, v.field
"""  # noqa: S608 - constant
_COUNTED = """
SELECT count(*) FROM journal j LEFT JOIN journal_value v ON v.entry = j.id
"""


def calls_of(port: Port, tickets: Sequence[int]) -> Rows:
    """Fetch the calls of tickets and of all that were merged into them.

    Args:
        port: The database.
        tickets: The tickets' ids.

    Returns:
        The rows, ticket by ticket in the order given, first call to last; ``year`` and ``n``
        are those of its own ticket, ``depth`` is 0 where that was asked for.
    """
    return port.query(_CALLS, (json.dumps(tickets),))


def actions_of(port: Port, tickets: Sequence[int]) -> Rows:
    """Fetch the actions of tickets and of all that were merged into them, also those struck.

    Args:
        port: The database.
        tickets: The tickets' ids.

    Returns:
        The rows, ticket by ticket in the order given, oldest first; with the columns of its own
        ticket as those of calls.
    """
    return port.query(_ACTIONS, (json.dumps(tickets),))


def journal_of(port: Port, tickets: Sequence[int]) -> Rows:
    """Fetch the entries of tickets and of all that were merged into them, one row a value.

    Args:
        port: The database.
        tickets: The tickets' ids.

    Returns:
        The rows, ticket by ticket in the order given, each chain in its own; an entry without
        values once.
    """
    return port.query(_JOURNAL_OF, (json.dumps(tickets),))


def journal_after(port: Port, entry: int, limit: int) -> Rows:
    """Fetch entries of all chains in the order of writing, one row a value.

    Args:
        port: The database.
        entry: The id of the entry after which they come.
        limit: The most entries.

    Returns:
        The rows.
    """
    return port.query(_JOURNAL, (entry, limit))


def count_journal(port: Port) -> int:
    """Count the rows of the whole journal, one for each value.

    Args:
        port: The database.

    Returns:
        How many there are.
    """
    return int(port.query(_COUNTED).value())
