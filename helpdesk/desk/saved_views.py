"""Saved views: numbered queries with live counts, a clerk's own and those that all share."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.desk.tickets import count_said, count_tickets, query_of
from helpdesk.domain.journal import Change
from helpdesk.domain.safe_text import storable
from helpdesk.domain.saved_views import CountedView, SavedView, arranged, checked_name
from helpdesk.errors import BadInput, NotFound
from helpdesk.store.saved_views import add_view, find_views, strike_view

_SHARED = "desk"


@act("read")
def list_views(desk: Desk) -> tuple[SavedView, ...]:
    """List the views that the digits open for whoever is signed in.

    Args:
        desk: The desk.

    Returns:
        One view a place: an own one before a shared one, that before those every desk has.
    """
    return arranged(_saved(desk))


@act("read")
def count_views(desk: Desk) -> tuple[CountedView, ...]:
    """List the same views with how many tickets each finds at this moment.

    Args:
        desk: The desk.

    Returns:
        The views by place.
    """
    return tuple(CountedView(view, _count(desk, view)) for view in list_views(desk))


@act("read")
def view_at(desk: Desk, place: int) -> SavedView:
    """Find the view of a digit.

    Args:
        desk: The desk.
        place: The digit.

    Returns:
        The view.

    Raises:
        NotFound: When none stands there.
    """
    views = list_views(desk)
    for view in views:
        if view.place == place:
            return view
    known = ", ".join(f"{view.place} {view.name}" for view in views)
    raise NotFound(f"There is no view {place}; there are: {known}.")


@act("record", again=True)
def save_view(desk: Desk, place: int, name: str, typed: str) -> SavedView:
    """Save a query as one's own view; what was there of one's own goes.

    Args:
        desk: The desk.
        place: The digit that opens it.
        name: What it is called.
        typed: The query.

    Returns:
        The view.

    Raises:
        BadInput: When the digit, the name or the query will not do.
    """
    return _save(desk, "own", (place, name, typed))


@act("history", again=True)
def save_shared_view(desk: Desk, place: int, name: str, typed: str) -> SavedView:
    """Save a query as a view that everybody sees; the arguments are those of ``save_view``."""
    return _save(desk, "shared", (place, name, typed))


@act("record", again=True)
def drop_view(desk: Desk, place: int) -> None:
    """Take one's own view away; the shared one of that digit is there again.

    Args:
        desk: The desk.
        place: The digit.

    Raises:
        NotFound: When one has none there.
    """
    _drop(desk, "own", place)


@act("history", again=True)
def drop_shared_view(desk: Desk, place: int) -> None:
    """Take a view away that everybody sees; the arguments are those of ``drop_view``."""
    _drop(desk, "shared", place)


def _save(desk: Desk, kind: str, said: tuple[int, str, str]) -> SavedView:
    place, typed = said[0], " ".join(storable(said[2]).split())
    name = checked_name(place, storable(said[1]))
    if not typed:
        raise BadInput("A view needs a query: look for something first.")
    query_of(desk, typed)
    batch = Batch(desk, decided_on=[_chain(desk, kind)])
    view = SavedView(place, name, typed, kind, batch.new_id())
    owner = batch.stamp.clerk if kind == "own" else None
    told = _struck(batch, desk, kind, place)
    batch.write(add_view(view.id, (place, name, typed), owner, batch.stamp.at, batch.stamp.clerk))
    told += [
        Change(f"saved_view/{view.id}/struck", "1", "0"),
        Change(f"view {place}", None, f"{name}: {typed}"),
    ]
    batch.tell(_chain(desk, kind), "save_view", told)
    batch.send()
    return view


def _drop(desk: Desk, kind: str, place: int) -> None:
    batch = Batch(desk, decided_on=[_chain(desk, kind)])
    told = _struck(batch, desk, kind, place)
    if not told:
        whose = "of your own" if kind == "own" else "that is shared"
        raise NotFound(f"There is no view {place} {whose}.")
    batch.tell(_chain(desk, kind), "drop_view", told)
    batch.send()


def _struck(batch: Batch, desk: Desk, kind: str, place: int) -> list[Change]:
    """Take away what stands at a place, and what the journal says of it."""
    old = [view for view in _saved(desk) if (view.kind, view.place) == (kind, place)]
    batch.write(*(strike_view(view.id) for view in old))
    return [Change(f"saved_view/{view.id}/struck", "0", "1") for view in old]


def _chain(desk: Desk, kind: str) -> str:
    return f"clerk:{desk.clerk.id}" if kind == "own" else _SHARED


def _saved(desk: Desk) -> list[SavedView]:
    return [
        SavedView(
            row["place"], row["name"], row["query"], "own" if row["owner"] else "shared", row["id"]
        )
        for row in find_views(desk.port, desk.clerk.id).dicts()
    ]


def _count(desk: Desk, view: SavedView) -> str:
    try:
        return count_said(count_tickets(desk, query_of(desk, view.query)))
    except BadInput:
        return "?"
