"""Looks for callers: by any part of anything, by words nearly right, by the number of a ticket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.masking import require_persons
from helpdesk.desk.ticket_rows import said_number, typed_row
from helpdesk.domain.callers import (
    LEAST_LETTERS,
    MOST_WORDS,
    CallersFound,
    Fit,
    Group,
    fit_of,
    holds_all,
    nearest_words,
    words_of,
)
from helpdesk.domain.phones import looks_like_phone, looks_whole, read_phone
from helpdesk.port import Rows
from helpdesk.store import caller_search as store
from helpdesk.store.caller_merging import find_as_one, find_caller_roots
from helpdesk.store.callers import get_callers

LISTED: Final = 50
"""How many callers a list shows; it says how many more there are."""

_COUNTED: Final = 200
"""How many hits are compared with each other; beyond them nobody reads."""

_LAST: Final = 200
"""How many of those who called last are looked at where too many fit."""

_SAMPLE: Final = 100

_Order = tuple[int, int, int]
_Hits = dict[int, _Order]
"""By caller: how far off, how well it fits, and when they called last, negative."""


@act("read")
def look_for_callers(desk: Desk, typed: str, *, counted: bool = False) -> CallersFound:
    """Find callers by whatever was typed into the caller box.

    Args:
        desk: The desk.
        typed: A part of a number in any spelling, of a name, firm, mail address or bar number,
            or a ticket's number; nothing lists who called last.
        counted: Whether it matters how many there are when nothing is typed.

    Returns:
        At most fifty callers, the likeliest first, and how many there are.
    """
    if typed.strip():
        require_persons(desk, "words")
    else:
        rows = store.find_last(desk.port, _COUNTED if counted else LISTED)
        return _found(desk, {hit[0]: (0, 0, -hit[2]) for hit in rows.rows}, rows)
    if looks_like_phone(typed):
        groups: list[Group] = [(read_phone(typed).digits,)]
        found = _by_digits(desk, groups)
    else:
        groups = [(word,) for word in words_of(typed)[:MOST_WORDS]]
        found = _by_words(desk, groups)
    by_ticket = _of_ticket(desk, typed)
    if by_ticket is not None:
        return _with_ticket(desk, found, *by_ticket)
    if found.callers or looks_like_phone(typed):
        return found
    return _nearly(desk, groups) or found


def _by_digits(desk: Desk, groups: Sequence[Group]) -> CallersFound:
    digits = groups[0][0]
    endings = store.find_whole_words(desk.port, digits, _COUNTED)
    inside = store.find_words(desk.port, groups, _COUNTED)
    parts = store.find_parts(desk.port, [] if looks_whole(digits) else [digits], _COUNTED)
    hits: _Hits = {}
    for rows, fit in ((parts, Fit.OTHER), (inside, Fit.INSIDE_NUMBER), (endings, Fit.ENDING)):
        hits |= {hit[0]: (0, fit, -hit[2]) for hit in rows.rows}
    return _found(desk, hits, endings, inside, parts)


def _by_words(desk: Desk, groups: Sequence[Group]) -> CallersFound:
    if not groups:
        return CallersFound((), 0)
    begun = store.find_words(desk.port, groups, _COUNTED)
    words = [word for group in groups for word in group]
    parts = store.find_parts(desk.port, words, _COUNTED)
    short = [(word,) for word in words if len(word) < LEAST_LETTERS]
    hits = _ranked(groups, begun.rows)
    hits |= _ranked(groups, (hit for hit in parts.rows if hit[0] not in hits), short)
    if len(begun.rows) < _COUNTED and len(parts.rows) < _COUNTED:
        return _found(desk, hits, begun, parts)
    last = store.find_last(desk.port, _LAST)
    more = (hit for hit in last.rows if hit[0] not in hits and holds_all(groups, hit[-1]))
    hits |= _ranked(groups, more)
    return _found(desk, hits, begun, parts, last)


def _nearly(desk: Desk, groups: Sequence[Group]) -> CallersFound | None:
    """The callers that fit when one or two words were typed wrongly."""
    wrong = [one for one in groups if not store.find_words(desk.port, [one], 1).rows] or groups
    near = [_meant(desk, one[0]) or one if one in wrong else one for one in groups]
    if near == list(groups):
        return None
    begun = store.find_words(desk.port, near, _COUNTED)
    found = _found(desk, _ranked(near, begun.rows), begun)
    meant = tuple(dict.fromkeys(group[0] for group in near))
    return CallersFound(found.callers, found.count, found.more, meant=meant)


def _meant(desk: Desk, word: str) -> Group:
    """What a word may stand for: words that begin alike, or have one half of it.

    All words with the same first letter are many: they are looked at only when nothing is near.
    """
    if len(word) < LEAST_LETTERS:
        return ()
    half = len(word) // 2
    parts = (word[: max(3, half)], word[-max(3, len(word) - half) :])
    known = set(store.find_terms(desk.port, word[:2]))
    for text in store.find_texts(desk.port, parts, _SAMPLE):
        known.update(words_of(text))
    return nearest_words(word, known) or nearest_words(word, store.find_terms(desk.port, word[0]))


def _ranked(
    groups: Sequence[Group], rows: Iterable[Sequence[Any]], short: Sequence[Group] = ()
) -> _Hits:
    """How well each row fits; words too short for the index of parts must be in name or firm."""
    hits: _Hits = {}
    for caller, _, called_at, name, firm, *_ in rows:
        if not short or holds_all(short, f"{name} {firm}"):
            off, fit = fit_of(groups, name, firm)
            hits[caller] = (off, fit, -called_at)
    return hits


def _found(desk: Desk, hits: _Hits, *sources: Rows) -> CallersFound:
    """The best of all hits; who was merged is found under whom they were merged into."""
    pointers = {hit[0] for rows in sources for hit in rows.rows if hit[1]}
    roots = find_caller_roots(desk.port, list(pointers)) if pointers else {}
    best: _Hits = {}
    for caller, order in hits.items():
        root = roots.get(caller, caller)
        best[root] = min(order, best.get(root, order))
    ids = [caller for _, caller in sorted((order, caller) for caller, order in best.items())]
    more = any(len(rows.rows) >= _COUNTED for rows in sources)
    return CallersFound(tuple(get_callers(desk.port, ids[:LISTED])), len(ids), more)


def _of_ticket(desk: Desk, typed: str) -> tuple[str, int | None] | None:
    """The ticket whose number was typed: how it is said, and its caller if it has one."""
    row = typed_row(desk, typed)
    return (said_number(row), row["caller"]) if row else None


def _with_ticket(desk: Desk, found: CallersFound, number: str, caller: int | None) -> CallersFound:
    if caller is None:
        return CallersFound(found.callers, found.count, found.more, no_caller=number)
    root = find_as_one(desk.port, caller)[0]
    others = [each for each in found.callers if each.id != root]
    first = get_callers(desk.port, [root])
    count = found.count + (len(others) == len(found.callers))
    return CallersFound((*first, *others)[:LISTED], count, found.more)
