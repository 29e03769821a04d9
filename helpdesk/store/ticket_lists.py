"""Lists of tickets, a page at a time from any place in either direction, and their counts.

The SQL is put together from constant fragments. In another order than that of time a page is
looked for in a stretch along the index of that order first, and only then among all hits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from helpdesk.domain.queries import Query
from helpdesk.port import Port, Rows, Value
from helpdesk.store.ticket_filters import (
    Condition,
    candidates,
    candidates_by_calls,
    conditions,
    joined,
)
from helpdesk.store.ticket_ways import (
    ALONG,
    COUNTED,
    ORDERS,
    Start,
    Way,
    since_oldest,
    way_in_stretch,
    way_of,
)
from helpdesk.store.tickets import LINE_COLUMNS, LISTED_COLUMNS

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
_AMONG: Final = "({}) w CROSS JOIN ticket t ON t.id = w.id"
_BEHIND: Final = """
{doc} {sign} coalesce((SELECT doc FROM ticket_text WHERE ticket = ?), ? >> 30)
"""


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
    place, rows = place or Place(), list[tuple[Any, ...]]()
    columns = LINE_COLUMNS if lines else LISTED_COLUMNS
    for page in _pages(port, query, now, place):
        listed = _PAGE.format(**page.parts)
        sql = _LISTED.format(columns=columns, page=listed, way=page.way)
        rows = port.query(sql, (*page.params, limit)).rows
        if page.is_all or len(rows) == limit:
            break
    return rows[::-1] if place.backwards else rows


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
    rows = Rows((), [])
    for page in _pages(port, query, now, place):
        sql = _ROWS.format(columns=columns, **page.parts)
        rows = port.query(sql, (*page.params, limit))
        if page.is_all or len(rows.rows) == limit:
            break
    return rows


class _Page(NamedTuple):
    """What the statement of a page is put together from."""

    parts: dict[str, str]
    params: tuple[Value, ...]
    way: str
    is_all: bool
    """Whether a page that is not full is the last one."""


def _pages(port: Port, query: Query, now: int, place: Place) -> Iterator[_Page]:
    """The statements of a page, one after the other until one fills it or sees the end."""
    way = way_of(port, query, now)
    if not _falls(query, place):
        way = since_oldest(port, query, now, way)
    if way.is_long:
        start = Start(place.at and place.at[0], _falls(query, place))
        stretch, is_all = way_in_stretch(port, query, now, start)
        yield _page(stretch, query, place, is_all=is_all)
        if is_all:
            return
    yield _page(way, query, place)


def _falls(query: Query, place: Place) -> bool:
    """Whether the page is read from its greatest row on."""
    return ORDERS[query.sort or "newest"].falling is not place.backwards


def _page(way: Way, query: Query, place: Place, *, is_all: bool = True) -> _Page:
    key, held = ORDERS[query.sort or "newest"].place, way.held
    turned, sign = ("DESC", "<") if _falls(query, place) else ("ASC", ">")
    sign += "=" if place.with_it else ""
    if place.at is not None and way.doc:
        behind = _BEHIND.format(doc=way.doc, sign=sign)
        held = [*held, (behind, (place.at[1], place.at[1]))]
    elif place.at is not None:
        held = [*held, (f"({key}, t.id) {sign} (?, ?)", place.at)]
    by = f"{way.doc} {turned}" if way.doc else f"{key} {turned}, t.id {turned}"
    where, params = joined(held)
    parts = {"key": key, "source": way.source, "where": where, "by": by}
    return _Page(parts, tuple(params), turned, is_all)


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
    source, held = _all(port, query, now)
    if not lists and source == ALONG["opened"] and not query.of("opened"):
        lists = list(candidates_by_calls(query))
    if lists and source in ALONG.values() and query.sort != "due":  # in no order it is quicker
        first, what = lists[0], "DISTINCT t.id"
        held = [("1", first.params), *conditions(query, now, {first.clause})]
        source = _AMONG.format(first.sql)
    if source == ALONG["opened"] and not query.clauses:  # this index alone knows all of it
        source = ALONG["status"]
    where, params = joined(held)
    some = COUNTED.format(_SOME.format(what=what, source=source, where=where))
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
    source, held = _all(port, query, now)
    where, params = joined(held)
    sql = _IDS.format(source=source, where=where)
    return [row[0] for row in port.query(sql, (*params, most)).rows]


def _all(port: Port, query: Query, now: int) -> tuple[str, list[Condition]]:
    """The way to all rows, in no order."""
    way = way_of(port, query if query.sort == "due" else query._replace(sort=""), now)
    if way.doc:
        way = since_oldest(port, query, now, way)
    return way.source, way.held
