"""Saving a query as a view: which digit, what name, for whom; or taking a view away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from helpdesk.desk.saved_views import (
    drop_shared_view,
    drop_view,
    list_views,
    save_shared_view,
    save_view,
)
from helpdesk.desk.tickets import query_of
from helpdesk.domain.permissions import allows
from helpdesk.domain.saved_views import PLACES, SavedView, checked_name
from helpdesk.errors import BadInput
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp

_AWAY = "x"
_WHOSE = {"own": "yours", "shared": "shared", "ours": "built in"}


async def asked_to_save(console: HelpdeskApp, typed: str) -> Question:
    """Make the question that saves what is listed.

    Args:
        console: The console.
        typed: The query.

    Returns:
        The question.

    Raises:
        BadInput: When there is no query, or it cannot be read.
    """
    if not typed.strip():
        raise BadInput("A view needs a query: look for something first (/).")
    await console.thread.read(query_of, typed)
    views = {view.place: view for view in await console.thread.read(list_views)}
    rows = [Row(str(place), _row(place, views.get(place))) for place in PLACES]
    saved = [view for view in views.values() if _may_drop(console, view)]
    if saved:
        rows.append(Row(_AWAY, f"{_AWAY}  take a view away"))
    return Question(
        "Under which digit?",
        partial(_digit_taken, console, typed, saved, views),
        rows,
        lines=(f"Save as a view: {typed}",),
    )


def _row(place: int, view: SavedView | None) -> str:
    return f"{place}  {view.name} ({_WHOSE[view.kind]}): {view.query}" if view else f"{place}  -"


def _may_drop(console: HelpdeskApp, view: SavedView) -> bool:
    return view.kind == "own" or (view.kind == "shared" and _may_share(console))


def _may_share(console: HelpdeskApp) -> bool:
    return allows(console.desk.clerk.role, "history")


async def _digit_taken(
    console: HelpdeskApp,
    typed: str,
    saved: list[SavedView],
    views: dict[int, SavedView],
    key: str,
) -> Question:
    if key == _AWAY:
        rows = [Row(str(view.place), _row(view.place, view)) for view in saved]
        return Question("Which one is taken away?", partial(_dropped, console, views), rows)
    place = int(key)
    there = views.get(place)
    name = there.name if there is not None and there.kind != "ours" else ""
    return Question(
        f"What is view {place} called?", partial(_named, console, place, typed), box=True,
        example="such as IANB linking", filled=name, echo=partial(checked_name, place),
    )  # fmt: skip


async def _named(console: HelpdeskApp, place: int, typed: str, name: str) -> Question | str:
    name = checked_name(place, name)
    if not _may_share(console):
        return await _saved(console, (place, name, typed), "m")
    rows = (Row("m", "m  mine alone"), Row("e", "e  everybody's"))
    return Question("For whom?", partial(_saved, console, (place, name, typed)), rows)


async def _saved(console: HelpdeskApp, said: tuple[int, str, str], whose: str) -> str:
    await console.thread.do(save_shared_view if whose == "e" else save_view, *said)
    return f"View {said[0]} is “{said[1]}” now: {said[2]}"


async def _dropped(console: HelpdeskApp, views: dict[int, SavedView], key: str) -> str:
    view = views[int(key)]
    await console.thread.do(drop_view if view.kind == "own" else drop_shared_view, view.place)
    return f"The view “{view.name}” was taken away."
