"""Reads what was typed to look for tickets: words and ``field:value``."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Final, NamedTuple

from helpdesk.domain.phones import groups_of
from helpdesk.domain.queries import (
    FIELDS,
    LONGEST,
    NAMES,
    NUMBERS,
    PERIODS,
    SORTS,
    TEXTS,
    YES_NO,
    Clause,
    Query,
)
from helpdesk.domain.query_parts import BadQuery, Part, Value, named, parts_of
from helpdesk.domain.query_values import digits_meant, numbers_meant, periods_meant
from helpdesk.domain.safe_text import storable, words_in

_OTHER_NAMES: Final = {"sym": "symptom"}

Known = Callable[[str], Collection[str]]
"""Gives the names there are for a field of ``NAMES``; asked only for fields that are used."""


class Asker(NamedTuple):
    """Who asks, when and where; and which names there are."""

    now: int
    """The moment now, in seconds UTC."""

    zone: str
    """The zone in which days are meant."""

    me: str
    """The login that ``clerk:me`` means."""

    known: Known | None = None
    """The names there are; ``None`` to take any."""


def query_meant(text: str, asker: Asker, *, half_typed: bool = False) -> Query:
    """Read a query.

    Args:
        text: Such as ``court:ianb symptom:linking opened:last-week "clear cache" -tag:test``.
        asker: Who asks.
        half_typed: Whether the person is still typing: then nothing is refused, and what
            cannot be read yet is not applied.

    Returns:
        The query.

    Raises:
        BadQuery: When a part cannot be read; the message names it, and it knows the place.
    """
    typed = storable(text)
    query = Query(half_typed=half_typed)
    if len(typed) > LONGEST:
        said = f"A query has at most {LONGEST:,} characters, not {len(typed):,}: shorten it."
        too_long = BadQuery(said, typed[:LONGEST], 0, 1)
        if half_typed:
            return query._replace(unread=(too_long,))
        raise too_long
    for part in parts_of(typed):
        try:
            query = _with(query, part, asker)
        except BadQuery as wrong:
            pointed = BadQuery(str(wrong), typed, wrong.start, wrong.end)
            if not half_typed:
                raise pointed from None
            query = query._replace(unread=(*query.unread, pointed))
    return query


def _with(query: Query, part: Part, asker: Asker) -> Query:
    field = _OTHER_NAMES.get(part.field, part.field)
    if field and field not in FIELDS:
        if part.sign == ":":
            raise _unknown_field(part)
        field = ""
    if not field:
        return _with_words(query, part)
    if part.sign != ":" and field not in (*PERIODS, *NUMBERS):
        raise _wrong(part.whole, f"“{part.whole.text}”: {field} cannot be compared: use {field}:")
    if not part.values:
        raise _wrong(part.whole, f"“{part.whole.text}”: say which {field} behind the sign.")
    if field == "sort":
        return query._replace(sort=_sort_meant(part))
    clause, periods = _clause(field, part, asker)
    clause = clause._replace(negated=part.negated)
    if part.last and query.half_typed and part.negated:
        return query  # what is left out is known when its word is whole
    half = part.last and query.half_typed and field in TEXTS
    return query._replace(
        clauses=(*query.clauses, clause._replace(half=half)),
        periods=(*query.periods, *periods),
    )


def _with_words(query: Query, part: Part) -> Query:
    number = "" if part.field else groups_of(part.value.text)
    words = number or _words(part.whole.text)
    half = part.last and query.half_typed
    if not words or (half and part.negated):
        return query
    clause = Clause("phone" if number else "word", (words,), negated=part.negated, half=half)
    return query._replace(clauses=(*query.clauses, clause))


def _clause(field: str, part: Part, asker: Asker) -> tuple[Clause, tuple[str, ...]]:
    if field in PERIODS:
        periods = periods_meant(part, asker.now, asker.zone, ahead=field == "due")
        return Clause(field, ranges=tuple(each for each, _ in periods)), tuple(
            f"{field} {said}" for _, said in periods
        )
    if field in NUMBERS:
        return Clause(field, ranges=numbers_meant(field, part)), ()
    if field in YES_NO:
        return Clause(field, (_one_of(part, field, ("yes", "no")),)), ()
    if field == "is":
        return Clause(field, (_one_of(part, field, ("late",)),)), ()
    if field in TEXTS:
        read = digits_meant if field == "phone" else _words_meant
        return Clause(field, tuple(map(read, part.values))), ()
    values = (name for value in part.values for name in _names_meant(field, value, asker))
    return Clause(field, tuple(dict.fromkeys(values))), ()


def _names_meant(field: str, value: Value, asker: Asker) -> list[str]:
    """The names that a value stands for; a symptom's beginning stands for several."""
    name = value.text.lower()
    if field in {"clerk", "escalated-to"} and name == "me":
        return [asker.me]
    if asker.known is None:
        return [name]
    known = asker.known(field)
    whole = [each for each in known if each.lower() == name]
    begun = [each for each in known if field == "symptom" and each.startswith(name)]
    if found := begun or whole:
        return sorted(found)
    if field == "status" and name == "merged":
        raise _wrong(value, "“merged”: a merged ticket is found under the one it went on in.")
    raise _wrong(value, named(NAMES[field], value.text, known))


def _words(text: str) -> str:
    """The words of a text; none begins with the sign that the index has for its own."""
    found = (word.lower().strip("_") for word in words_in(text))
    return " ".join(word for word in found if word)


def _words_meant(value: Value) -> str:
    words = _words(value.text)
    if not words:
        raise _wrong(value, f"“{value.text}” holds no word to look for.")
    return words


def _sort_meant(part: Part) -> str:
    if part.negated:
        raise _wrong(part.whole, "An order cannot be left out: use sort: without the sign before.")
    return _one_of(part, "sort", SORTS)


def _one_of(part: Part, field: str, choices: tuple[str, ...]) -> str:
    (first, *more) = part.values
    if more or first.text.lower() not in choices:
        usable = " or ".join(f"{field}:{each}" for each in choices)
        raise _wrong(part.value, f"“{part.value.text}” cannot stand behind {field}: use {usable}.")
    return first.text.lower()


def _unknown_field(part: Part) -> BadQuery:
    near = get_close_matches(part.field, FIELDS, 1)
    meant = f"did you mean {near[0]}:?" if near else f"use {', '.join(f'{f}:' for f in FIELDS)}"
    start = part.whole.start + part.negated
    place = Value(part.field, start, start + len(part.field))
    return _wrong(
        place,
        f"“{part.whole.text}”: there is no {part.field}: to look for; {meant} "
        "(in quotes it is plain text).",
    )


def _wrong(value: Value, message: str) -> BadQuery:
    return BadQuery(message, "", value.start, value.end)
