"""What a query asks of the full-text index: its filters are tokens of the indexed text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from helpdesk.domain.queries import Clause, Query
from helpdesk.store.search import as_token

_TOKEN_FIELDS: Final = ("court", "office", "symptom", "clerk", "outcome", "tag", "action")
"""Names of which the indexed text has a token each."""

_WORD_FIELDS: Final = ("word", "caller", "firm", "phone")
"""Fields that only the index can look for."""

_TYPED_FIELDS: Final = ("word", "caller", "firm")
"""Fields whose values are words of what somebody typed."""

Words = Callable[[str], Sequence[str]]
"""Gives the words of the index that begin with something; none when there are too many."""

_EVERY_TICKET: Final = '"_ticket"'
_KEPT: Final = 4
"""How long the beginnings are that the index keeps (m007)."""

_STANDS: Final = {"open": ("open", "waiting", "escalated")}
"""The statuses as kept that may count as another one by now."""


def match_of(query: Query, words: Words) -> str:
    """The index's own query for what a person asked.

    Args:
        query: What was asked.
        words: Looks up which words begin with what was typed of one.

    Returns:
        Quoted words and tokens; empty when the index is not needed.
    """
    wanted: list[str] = []
    refused: list[str] = []
    for clause in query.clauses:
        if clause.field in _WORD_FIELDS or (clause.field in _TOKEN_FIELDS and not clause.negated):
            (refused if clause.negated else wanted).append(_any_of(clause, words))
    if not wanted and not refused:
        return ""
    wanted += [_status(clause) for clause in query.of("status") if not clause.negated]
    match = " AND ".join(wanted or [_EVERY_TICKET])
    return f"({match}) NOT ({' OR '.join(refused)})" if refused else match


def asks_index(query: Query) -> bool:
    """Whether anything is asked that no column of a ticket tells.

    Args:
        query: What was asked.

    Returns:
        Whether only the index can say which tickets are meant.
    """
    return any(clause.field in _WORD_FIELDS for clause in query.clauses)


def _any_of(clause: Clause, words: Words) -> str:
    last = len(clause.values) - 1
    said = [
        _said(clause, value, words if clause.half and place == last else None)
        for place, value in enumerate(clause.values)
    ]
    return f"({' OR '.join(said)})"


def _said(clause: Clause, value: str, words: Words | None) -> str:
    """What finds one value; its last word is a beginning when there is something to look it up."""
    if "_" in value and clause.field in _TYPED_FIELDS:  # in older texts it parts no words
        either = (_words(clause.field, each, words) for each in (value, value.replace("_", " ")))
        return f"({' OR '.join(either)})"
    if clause.field in _TYPED_FIELDS:
        return _words(clause.field, value, words)
    if clause.field == "phone":  # the whole number, its last seven digits or its last four
        number = f'"_phone_{value.replace(" ", "")}" *'
        return f'({number} OR "{value}" *)' if " " in value else number  # in groups also in a text
    return f'"_{clause.field}_{as_token(value)}"'


def _words(field: str, value: str, words: Words | None) -> str:
    if field == "word":
        return _last(value, words)
    *whole, last = (f"_{field}_{word}" for word in value.split())
    found = [*map('"{}"'.format, whole), _last(last, words)]
    return f"({' AND '.join(found)})"


def _last(word: str, words: Words | None) -> str:
    """A whole word, or a beginning.

    The index gathers all hits of a beginning before it gives the first, unless it is as short as
    those that it keeps; whole words it goes through one hit after the other. Of words that are
    looked for side by side, such as those that a hyphen joins, only the last one is begun. Too
    many numbers begin alike to be looked up.
    """
    if words is None:
        return f'"{word}"'
    before, blank, begun = word.rpartition(" ")
    plain = begun.isascii() and begun.replace("_", "").isalnum() and not begun.isdigit()
    found = words(begun.lower()) if plain and len(begun) > _KEPT else ()
    said = (f'"{before}{blank}{each}"' for each in found)
    return f"({' OR '.join(said)})" if found else f'"{word}" *'


def _status(clause: Clause) -> str:
    kept = {each for value in clause.values for each in _STANDS.get(value, (value,))}
    tokens = [f'"_status_{each}"' for each in sorted(kept)]
    return f"({' OR '.join(tokens)})"
