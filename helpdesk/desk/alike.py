"""Looks for callers who may be the same person, who called last first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.domain.caller_card import Alike, AlikeFound
from helpdesk.domain.callers import similar_names
from helpdesk.store.alike import find_alike, find_stretch
from helpdesk.store.caller_merging import find_as_one
from helpdesk.store.callers import get_callers

_STRETCH: Final = 200
"""How many callers are looked at in one go."""

_BEYOND: Final = (2**62, 0)
_SURE: Final = ("bar number", "e-mail")
"""What is one person's own; a number or a firm is shared, so that the names must be alike."""


@act("read")
def look_for_alike(desk: Desk, after: tuple[int, int] | None = None) -> AlikeFound:
    """Look for callers who may be the same person: a stretch of those who called last.

    Args:
        desk: The desk.
        after: Where the stretch before ended; ``None`` to begin.

    Returns:
        The pairs, and where to go on.
    """
    rows = find_stretch(desk.port, after or _BEYOND, _STRETCH).rows
    pairs = pairs_of(desk, [row[0] for row in rows])
    last = (rows[-1][1], rows[-1][0]) if len(rows) == _STRETCH else None
    return AlikeFound(tuple(pairs), len(rows), last)


@act("read")
def alike_of(desk: Desk, caller: int) -> list[Alike]:
    """Look for who may be the same person as one caller.

    Args:
        desk: The desk.
        caller: The caller's id.

    Returns:
        The pairs.
    """
    return pairs_of(desk, [find_as_one(desk.port, caller)[0]])


def pairs_of(desk: Desk, callers: Sequence[int]) -> list[Alike]:
    """Who may be the same person as one of some callers.

    Args:
        desk: The desk.
        callers: Their ids, the most interesting first.

    Returns:
        The pairs in that order, each once, without those that were kept apart.
    """
    place = {caller: number for number, caller in enumerate(callers)}
    found: dict[tuple[int, int], list[str]] = {}
    for one, other, why, name, other_name in find_alike(desk.port, callers).rows:
        pair = (one, other)
        if place.get(other, len(place)) < place[one]:
            continue  # the same pair comes from the other one
        if why in _SURE or similar_names(name, other_name):
            found.setdefault(pair, []).append(f"same {why}")
            if why not in _SURE and "similar name" not in found[pair]:
                found[pair].append("similar name")
    people = {
        each.id: each
        for each in get_callers(desk.port, list({caller for pair in found for caller in pair}))
    }
    order = sorted(found, key=lambda pair: (place[pair[0]], place.get(pair[1], len(place))))
    return [Alike(people[one], people[other], tuple(found[one, other])) for one, other in order]
