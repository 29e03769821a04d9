"""Lists of tickets, a page at a time from any place in either direction, and their counts.

The SQL is put together from constant fragments. Which way the rows are reached is chosen by
counting the candidates, never further than ``FEW``: through the full-text index, from a short
list of candidates that is sorted, or along the index of the order.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from helpdesk.domain.queries import BEST, Query
from helpdesk.domain.tickets import ACTIVE
from helpdesk.port import Port, Rows, Value
from helpdesk.store.matching import match_of
from helpdesk.store.search import find_words
from helpdesk.store.ticket_filters import (
    Condition,
    candidates,
    conditions,
    kept_statuses,
)
from helpdesk.store.tickets import LINE_COLUMNS, LISTED_COLUMNS, MEMBERS, ROOT

FEW: Final = 5_000
"""So many candidates are gone through and sorted; more are reached in their order."""

_EPOCH: Final = 1_577_836_800
"""Seconds are counted from here in a ticket's id, and in the number of its text (m007)."""

_APART: Final = 7 * 86_400
"""How far that number may be from the moment it was opened: far more than ever happens."""

_LISTED: Final = """
SELECT {columns}, w.place FROM ({page}) w CROSS JOIN ticket t ON t.id = w.id
CROSS JOIN clerk k ON k.id = t.clerk LEFT JOIN caller c ON c.id = t.caller
ORDER BY w.place {way}, w.id {way}
"""
_ROWS: Final = """
SELECT {columns}, {key} AS place FROM {source}
CROSS JOIN clerk k ON k.id = t.clerk LEFT JOIN caller c ON c.id = t.caller
WHERE {where} ORDER BY {by} LIMIT ?
"""
_PAGE: Final = """
SELECT t.id AS id, {key} AS place FROM {source} WHERE {where} ORDER BY {by} LIMIT ?
"""
_SOME: Final = "SELECT {what} FROM {source} WHERE {where} LIMIT ?"
_IDS: Final = "SELECT t.id FROM {source} WHERE {where} LIMIT ?"
_COUNTED: Final = "SELECT count(*) FROM ({})"
_AMONG: Final = "({}) w CROSS JOIN ticket t ON t.id = w.id"
_FOUND: Final = "ticket_search s CROSS JOIN ticket_text d ON d.doc = s.rowid"
_HITS: Final = f"SELECT d.ticket FROM {_FOUND} WHERE ticket_search MATCH ?"  # noqa: S608
_HOW_MANY: Final = "SELECT s.rowid FROM ticket_search s WHERE ticket_search MATCH ?"
_THROUGH_INDEX: Final = f"{_FOUND} CROSS JOIN ticket t ON t.id = d.ticket"
_BEHIND: Final = """
s.rowid {sign} coalesce((SELECT doc FROM ticket_text WHERE ticket = ?), ? >> 30)
"""
_ALONG: Final = {
    "opened": "ticket t INDEXED BY ticket_opened",
    "active": "ticket t INDEXED BY ticket_active",
    "status": "ticket t INDEXED BY ticket_status",
    "changed": "ticket t INDEXED BY ticket_changed",
    "caller": "ticket t INDEXED BY ticket_caller",
    "due": f"""promise q INDEXED BY promise_due CROSS JOIN ticket b ON b.id = q.ticket
        CROSS JOIN ticket t ON t.id = {ROOT}""",
}
_OF_CALLERS: Final = "t.caller IN (SELECT value FROM json_each(?))"
_IS_ACTIVE: Final = "t.status IN ('open', 'waiting', 'escalated')"
_IS_DUE: Final = f"""q.done_at IS NULL AND q.struck = 0 AND NOT EXISTS (
    SELECT 1 FROM promise e WHERE e.ticket IN {MEMBERS} AND e.done_at IS NULL AND e.struck = 0
        AND (e.due_at, e.id) < (q.due_at, q.id))"""  # noqa: S608 - constant


class Order(NamedTuple):
    """How a list is ordered."""

    place: str
    """What it is ordered by, before the id."""

    falling: bool
    """Whether the greatest comes first."""


ORDERS: Final = {
    "newest": Order("t.opened_at", falling=True),
    "oldest": Order("t.opened_at", falling=False),
    "changed": Order("t.changed_at", falling=True),
    "due": Order("q.due_at", falling=False),
    BEST: Order("bm25(ticket_search)", falling=False),
}
"""Every order by its name in the query language."""

_BY_TIME: Final = ("", "newest", "oldest", BEST)
"""Orders that the full-text index has by itself, or by its ranking."""


class Place(NamedTuple):
    """Where a page begins: behind a row, before a row, or at an end."""

    at: tuple[int, int] | None = None
    """What the row is ordered by, and its id; ``None`` for the end of the list."""

    backwards: bool = False
    """Whether the page ends there: the rows before it, or the last page."""

    with_it: bool = False
    """Whether that row itself is in the page."""


def find_page(
    port: Port,
    query: Query,
    now: int,
    limit: int,
    place: Place | None = None,
    *,
    lines: bool = False,
) -> list[tuple[Any, ...]]:
    """Fetch a page of tickets.

    Args:
        port: The database.
        query: Which ones, and in which order.
        now: The moment, for what wakes by itself.
        limit: The most to fetch.
        place: Where; ``None`` for the first page.
        lines: Whether they are shown as lines only: phone and tags are not fetched.

    Returns:
        The rows in the order asked for, each what ``LISTED_COLUMNS`` says, and the place; merged
        tickets are found under the one they went on in.
    """
    page = _page(port, query, now, place or Place())
    sql = _LISTED.format(
        columns=LINE_COLUMNS if lines else LISTED_COLUMNS,
        page=_PAGE.format(**page.parts),
        way=page.way,
    )
    rows = port.query(sql, (*page.params, limit)).rows
    return rows[::-1] if place and place.backwards else rows


def find_rows(port: Port, query: Query, now: int, limit: int, place: Place, columns: str) -> Rows:
    """Fetch columns of one page after the other of very many tickets.

    Args:
        port: The database.
        query: Which ones, and in which order.
        now: The moment, for what wakes by itself.
        limit: The most to fetch.
        place: Where; never backwards.
        columns: Constant SQL: columns of the ticket ``t``, its clerk ``k``, its caller ``c``.

    Returns:
        The rows, ``place`` as the last column.
    """
    page = _page(port, query, now, place)
    sql = _ROWS.format(columns=columns, **page.parts)
    return port.query(sql, (*page.params, limit))


class _Page(NamedTuple):
    """What the statement of a page is put together from."""

    parts: dict[str, str]
    params: tuple[Value, ...]
    way: str


def _page(port: Port, query: Query, now: int, place: Place) -> _Page:
    order = ORDERS[query.sort or "newest"]
    falling = order.falling is not place.backwards
    way, sign = ("DESC", "<") if falling else ("ASC", ">")
    sign += "=" if place.with_it else ""
    source, held = _way(port, query, now)
    through = source == _THROUGH_INDEX and query.sort != BEST
    if place.at is not None and through:
        held.append((_BEHIND.format(sign=sign), (place.at[1], place.at[1])))
    elif place.at is not None:
        held.append((f"({order.place}, t.id) {sign} (?, ?)", place.at))
    by = f"s.rowid {way}" if through else f"{order.place} {way}, t.id {way}"
    where, params = _joined(held)
    parts = {"key": order.place, "source": source, "where": where, "by": by}
    return _Page(parts, tuple(params), way)


def count_tickets(port: Port, query: Query, now: int, most: int) -> int:
    """Count tickets, but no further than anybody reads.

    Args:
        port: The database.
        query: Which ones.
        now: The moment, for what wakes by itself.
        most: Where counting stops.

    Returns:
        How many there are; ``most`` for that many or more.
    """
    lists, what = list(candidates(query, now)), "1"
    source, held = _way(port, query, now)
    if lists and source in _ALONG.values() and query.sort != "due":  # in no order it is quicker
        first, what = lists[0], "DISTINCT t.id"
        held = [("1", first.params), *conditions(query, now, {first.clause})]
        source = _AMONG.format(first.sql)
    if source == _ALONG["opened"] and not query.clauses:  # this index alone knows all of it
        source = _ALONG["status"]
    where, params = _joined(held)
    some = _COUNTED.format(_SOME.format(what=what, source=source, where=where))
    return int(port.query(some, (*params, most)).value())


def find_ids(port: Port, query: Query, now: int, most: int) -> list[int]:
    """Find the tickets of a query without fetching them.

    Args:
        port: The database.
        query: Which ones.
        now: The moment, for what wakes by itself.
        most: The most to find.

    Returns:
        Their ids, in no order.
    """
    source, held = _way(port, query, now)
    where, params = _joined(held)
    sql = _IDS.format(source=source, where=where)
    return [row[0] for row in port.query(sql, (*params, most)).rows]


def _way(port: Port, query: Query, now: int) -> tuple[str, list[Condition]]:
    """Choose how the rows are reached, and what must hold of them."""
    match = match_of(query, partial(find_words, port))
    lists = [
        each for each in candidates(query, now) if _is_short(port, (each.counted, each.params))
    ]
    held = list(conditions(query, now, {each.clause for each in lists}))
    short = [(each.sql, each.params) for each in lists]
    if match and query.sort in _BY_TIME:
        among = [(f"+d.ticket IN ({sql})", params) for sql, params in short]
        found = ("ticket_search MATCH ?", (match,))
        return _THROUGH_INDEX, [found, *_numbers(query), *among, *held]
    long: list[Condition] = []
    if match:
        few = _is_short(port, (_HOW_MANY, (match,)))
        (short if few else long).append((_HITS, (match,)))
    among = [(f"+t.id IN ({sql})", params) for sql, params in (*short, *long)]
    if short and query.sort != "due":
        (sql, params), *others = among
        return "ticket t", [(sql.removeprefix("+"), params), *others, *held]
    source, first = _along(query)
    return source, [*first, *among, *held]


def _is_short(port: Port, ids: Condition) -> bool:
    """Whether a list of ids is short enough to be gone through."""
    sql, params = ids
    return bool(port.query(_COUNTED.format(f"{sql} LIMIT ?"), (*params, FEW + 1)).value() <= FEW)


def _along(query: Query) -> tuple[str, list[Condition]]:
    """The index that has the order, and what makes it usable."""
    if query.callers:
        return _ALONG["caller"], [(_OF_CALLERS, (json.dumps(query.callers),))]
    if query.sort in {"due", "changed"}:
        return _ALONG[query.sort], [(_IS_DUE, ())] if query.sort == "due" else []
    kept = kept_statuses(query)
    if kept == ACTIVE:
        return _ALONG["active"], [(_IS_ACTIVE, ())]
    return (_ALONG["status"], [("t.status = ?", kept)]) if kept else (_ALONG["opened"], [])


def _numbers(query: Query) -> list[Condition]:
    """The numbers of texts whose tickets can have been opened in a period: no others are read."""
    bounds: list[Condition] = []
    for clause in query.clauses:
        told = clause.field in {"opened", "changed", "resolved"} and not clause.negated
        if not told or len(clause.ranges) != 1:
            continue
        (wanted,) = clause.ranges
        if wanted.least is not None and clause.field == "opened":
            bounds.append(("s.rowid >= ?", (wanted.least - _APART - _EPOCH,)))
        if wanted.below is not None:
            bounds.append(("s.rowid < ?", (wanted.below + _APART - _EPOCH,)))
    return bounds


def _joined(held: Sequence[Condition]) -> tuple[str, list[Value]]:
    where = "\n    AND ".join(sql for sql, _ in held)
    return where, [each for _, params in held for each in params]
