"""How the rows of a list of tickets are reached, and what must hold of them.

It is chosen by counting the candidates, never further than so many: through the full-text index,
from a short list of candidates that is sorted, or along the index of the order.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from helpdesk.domain.queries import BEST, Query
from helpdesk.domain.tickets import ACTIVE
from helpdesk.port import Port
from helpdesk.store.matching import asks_index, match_of
from helpdesk.store.search import find_words
from helpdesk.store.ticket_filters import (
    NEVER,
    Candidates,
    Condition,
    candidates,
    conditions,
    joined,
    kept_statuses,
)
from helpdesk.store.tickets import ROOT, of_all

FEW: Final = 5_000
"""So many candidates are gone through and sorted; more are reached in their order."""

HANDFUL: Final = 1_000
"""Of so many candidates each one's text is looked up rather than each hit of the index."""

STRETCH: Final = 10_000
"""So many tickets are looked at in their order before any list of hits is made."""

_LONG: Final = 100_000
"""A list of ids is looked through for its oldest ticket no further."""

BY_TIME: Final = ("", "newest", "oldest", BEST)
"""Orders that the full-text index has by itself, or by its ranking."""

_EPOCH: Final = 1_577_836_800
"""Seconds are counted from here in a ticket's id, and in the number of its text (m007)."""

_APART: Final = 7 * 86_400
"""How far that number may be from the moment it was opened: far more than ever happens."""

_BITS: Final = 30
"""So many bits of a ticket's id are chance; those above are the number that its text wants."""

COUNTED: Final = "SELECT count(*) FROM ({})"
"""Counts the rows of a SELECT."""

_ANY: Final = (0, NEVER)
_ENDS: Final = "SELECT min(id), max(id) FROM ({})"
_OLDEST: Final = "SELECT count(*), min(id) FROM ({} LIMIT ?)"
_FOUND: Final = "ticket_search s CROSS JOIN ticket_text d ON d.doc = s.rowid"
_HITS: Final = f"SELECT d.ticket FROM {_FOUND} WHERE ticket_search MATCH ?"  # noqa: S608
_HOW_MANY: Final = "SELECT s.rowid FROM ticket_search s WHERE ticket_search MATCH ?"
_AMONG_TEXTS: Final = f"IN ({_HOW_MANY} AND s.rowid >= ? AND s.rowid <= ?)"
_TEXT_OF: Final = "(SELECT d.doc FROM ticket_text d WHERE d.ticket = t.id)"
_THROUGH_INDEX: Final = f"{_FOUND} CROSS JOIN ticket t ON t.id = d.ticket"
_WITH_TEXTS: Final = "ticket t CROSS JOIN ticket_text d ON d.ticket = t.id"
ALONG: Final = {
    "opened": "ticket t INDEXED BY ticket_opened",
    "active": "ticket t INDEXED BY ticket_active",
    "status": "ticket t INDEXED BY ticket_status",
    "changed": "ticket t INDEXED BY ticket_changed",
    "caller": "ticket t INDEXED BY ticket_caller",
    "due": f"""promise q INDEXED BY promise_due CROSS JOIN ticket b ON b.id = q.ticket
        CROSS JOIN ticket t ON t.id = {ROOT}""",
}
"""What is walked along in the order of an index."""

_OF_CALLERS: Final = "t.caller IN (SELECT value FROM json_each(?))"
_IS_ACTIVE: Final = "t.status IN ('open', 'waiting', 'escalated')"
_IS_OPEN: Final = "q.done_at IS NULL AND q.struck = 0"
_IS_SOONEST: Final = of_all("""NOT EXISTS (
    SELECT 1 FROM promise e WHERE e.ticket OF_T AND e.done_at IS NULL AND e.struck = 0
        AND (e.due_at, e.id) < (q.due_at, q.id))""")
_STRETCH: Final = """
SELECT count(*), min(place), max(place), min(id), max(id) FROM (
    SELECT t.changed_at AS place, t.id AS id FROM ticket t INDEXED BY ticket_changed
    WHERE {where} ORDER BY place {turned} LIMIT ?)
"""


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


class Way(NamedTuple):
    """A way to the rows."""

    source: str
    """What stands behind FROM."""

    held: list[Condition]
    """What must hold of them."""

    doc: str = ""
    """The number of a ticket's text, where rows are in its order."""

    is_long: bool = False
    """Whether it may go through very many rows, or list very many hits, for each page."""


def way_of(port: Port, query: Query, now: int) -> Way:
    """Choose how the rows are reached, and what must hold of them.

    Args:
        port: The database.
        query: Which ones, and in which order.
        now: The moment, for what wakes by itself.

    Returns:
        The way.
    """
    match, by_time = match_of(query, partial(find_words, port)), query.sort in BY_TIME
    lists = [
        each for each in candidates(query, now, opened=not by_time)
        if _is_short(port, (each.counted, each.params))
    ]  # fmt: skip
    held = list(conditions(query, now, {each.clause for each in lists}))
    if match and by_time:
        return _way_by_time(port, query, match, lists, held)
    if query.sort == "due":
        held.append((_IS_SOONEST, ()))
    among = _among("t.id", lists)
    is_short = bool(match) and _is_short(port, (_HOW_MANY, (match,)))
    if is_short or (match and not lists and query.sort != "due"):
        among.append((f"+t.id IN ({_HITS})", (match,)))
    elif match and asks_index(query):
        among.append(_among_texts(match, _ends(port, lists[0]) if lists else _ANY))
    if (lists or is_short) and query.sort != "due":
        (sql, params), *others = among
        return Way("ticket t", [(sql.removeprefix("+"), params), *others, *held])
    source, first = _along(query)
    is_bounded = lists or is_short or query.callers or not query.clauses
    is_long = query.sort == "changed" and not is_bounded
    return Way(source, [*first, *among, *held], is_long=is_long)


def _way_by_time(
    port: Port, query: Query, match: str, lists: Sequence[Candidates], held: Sequence[Condition]
) -> Way:
    found: Condition = ("ticket_search MATCH ?", (match,))
    handful = [each for each in lists if _is_short(port, (each.counted, each.params), HANDFUL)]
    if not handful or query.sort == BEST or _is_short(port, (_HOW_MANY, (match,))):
        bounds = _numbers(query, "s.rowid", 0)
        return Way(
            _THROUGH_INDEX, [found, *bounds, *_among("d.ticket", lists), *held],
            "" if query.sort == BEST else "s.rowid",
        )  # fmt: skip
    lists = sorted(lists, key=lambda each: each not in handful)
    (sql, params), *others = _among("t.id", lists)
    texts = _among_texts(match, _ends(port, lists[0]), "+d.doc")
    return Way(_WITH_TEXTS, [(sql.removeprefix("+"), params), texts, *others, *held], "d.doc")


def _among_texts(match: str, ends: Sequence[Any], text: str = _TEXT_OF) -> Condition:
    """That the index finds a ticket; only hits between the least and the greatest id are read."""
    least, most = (each or 0 for each in ends)
    bounds = ((least >> _BITS) - _APART, (most >> _BITS) + _APART)
    return f"{text} {_AMONG_TEXTS}", (match, *bounds)


def _ends(port: Port, listed: Candidates) -> tuple[Any, ...]:
    return port.query(_ENDS.format(listed.sql), listed.params).rows[0]


def _among(ticket: str, lists: Collection[Candidates]) -> list[Condition]:
    return [(f"+{ticket} IN ({each.sql})", each.params) for each in lists]


def _is_short(port: Port, ids: Condition, few: int | None = None) -> bool:
    """Whether a list of ids is short enough to be gone through."""
    few = FEW if few is None else few
    sql, params = ids
    return bool(port.query(COUNTED.format(f"{sql} LIMIT ?"), (*params, few + 1)).value() <= few)


def _along(query: Query) -> tuple[str, list[Condition]]:
    """The index that has the order, and what makes it usable."""
    if query.callers:
        return ALONG["caller"], [(_OF_CALLERS, (json.dumps(query.callers),))]
    if query.sort == "changed":
        return ALONG["changed"], _numbers(query, "+t.id", _BITS)
    if query.sort == "due":
        return ALONG["due"], [(_IS_OPEN, ())]
    kept = kept_statuses(query)
    if kept == ACTIVE:
        return ALONG["active"], [(_IS_ACTIVE, ())]
    return (ALONG["status"], [("t.status = ?", kept)]) if kept else (ALONG["opened"], [])


class Start(NamedTuple):
    """Where a walk along the tickets as they were changed begins."""

    at: int | None
    """What it begins at; ``None`` for the end of the index."""

    falling: bool
    """Whether the greatest comes first."""


def way_in_stretch(port: Port, query: Query, now: int, start: Start) -> tuple[Way, bool]:
    """The way along a stretch of the tickets as they were changed, each looked at for itself.

    Args:
        port: The database.
        query: Which ones.
        now: The moment, for what wakes by itself.
        start: Where it begins.

    Returns:
        The way, the index of texts being asked for words alone, and whether there is no more
        behind the stretch.
    """
    place, held = ORDERS["changed"].place, list[Condition]([("1", ())])
    if start.at is not None:
        held.append((f"{place} {'<=' if start.falling else '>='} ?", (start.at,)))
    where, params = joined(held)
    turned = "DESC" if start.falling else "ASC"
    sql = _STRETCH.format(where=where, turned=turned)
    count, least, most, *ends = port.query(sql, (*params, STRETCH)).rows[0]
    if count == STRETCH:  # of several with one place, some may lie behind the stretch
        held.append((f"{place} > ?", (least,)) if start.falling else (f"{place} < ?", (most,)))
    if asks_index(query):
        held.append(_among_texts(match_of(query, partial(find_words, port)), ends))
    held += conditions(query, now)
    return Way(ALONG["changed"], held), count < STRETCH


def _numbers(query: Query, number: str, bits: int) -> list[Condition]:
    """The numbers that tickets opened in a period can have: no others are read.

    They are those of texts, or ids, which are the same number shifted by some bits.
    """
    bounds: list[Condition] = []
    for clause in query.clauses:
        told = clause.field in {"opened", "changed", "resolved"} and not clause.negated
        if not told or len(clause.ranges) != 1:
            continue
        (wanted,) = clause.ranges
        if wanted.least is not None and clause.field == "opened":
            bounds.append((f"{number} >= ?", (wanted.least - _APART - _EPOCH << bits,)))
        if wanted.below is not None:
            bounds.append((f"{number} < ?", (wanted.below + _APART - _EPOCH << bits,)))
    return bounds


def since_oldest(port: Port, query: Query, now: int, way: Way) -> Way:
    """Begin a walk from the oldest ticket on where the first that can be meant was opened.

    Args:
        port: The database.
        query: Which ones, in the order of time.
        now: The moment.
        way: The way.

    Returns:
        The same way; what was opened before all that was changed or resolved in a period is
        passed over.
    """
    if way.source not in {ALONG["opened"], _THROUGH_INDEX}:
        return way
    number, epoch = (way.doc, 0) if way.doc else ("t.opened_at", _EPOCH)
    held = list(way.held)
    for each in candidates(query, now):
        if each.params and each.counted == each.sql:  # a range of an index alone
            count, oldest = port.query(_OLDEST.format(each.sql), (*each.params, _LONG)).rows[0]
            if oldest is not None and count < _LONG:
                held.append((f"{number} >= ?", ((oldest >> _BITS) + epoch - _APART,)))
    return way._replace(held=held)
