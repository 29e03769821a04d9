"""Rows of many tickets at once, for files."""

from __future__ import annotations

import json
from collections.abc import Sequence

from helpdesk.port import Port, Rows

_CALLS = """
SELECT x.ticket, l.id, l.started_at, l.ended_at, l.zone, l.direction, l.court, l.office,
    c.name, c.firm, l.phone, c.email, k.login AS clerk, l.outcome, l.reason, l.talk_s, l.hold_s,
    l.wrap_s, l.talk_s + l.hold_s + l.wrap_s AS handle_s, l.edited, l.clock_changed, l.source
FROM json_each(?) j JOIN call_ticket x ON x.ticket = j.value JOIN call l ON l.id = x.call
JOIN clerk k ON k.id = l.clerk LEFT JOIN caller c ON c.id = l.caller
ORDER BY j.key, l.started_at, l.id
"""
_ACTIONS = """
SELECT a.ticket, a.id, a.at, k.login AS clerk, a.kind, a.fields, a.expires_at, a.struck
FROM json_each(?) j JOIN action a ON a.ticket = j.value JOIN clerk k ON k.id = a.clerk
ORDER BY j.key, a.at, a.id
"""


def calls_of(port: Port, tickets: Sequence[int]) -> Rows:
    """Fetch the calls of tickets.

    Args:
        port: The database.
        tickets: The tickets' ids.

    Returns:
        The rows, ticket by ticket in the order given, first call to last.
    """
    return port.query(_CALLS, (json.dumps(tickets),))


def actions_of(port: Port, tickets: Sequence[int]) -> Rows:
    """Fetch the actions of tickets, those recorded in error among them.

    Args:
        port: The database.
        tickets: The tickets' ids.

    Returns:
        The rows, ticket by ticket in the order given, oldest first.
    """
    return port.query(_ACTIONS, (json.dumps(tickets),))
