"""A typed query cut into its parts, each with its place, and refusals that point at a word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Final, NamedTuple

from helpdesk.domain.phones import WRITTEN
from helpdesk.errors import BadInput

_PART: Final = re.compile(
    rf"""(?P<not>-)?
    (?:(?P<field>[a-z][a-z-]*)(?P<sign>:|[<>]=?))?
    (?P<value>(?:(?<![:<>=])|(?<=phone:)){WRITTEN}|(?:"[^"]*(?:"|\Z)|[^\s"])*)""",
    re.IGNORECASE | re.VERBOSE,
)
_VALUE: Final = re.compile(r'(?:"[^"]*(?:"|\Z)|[^,"])+')
_MOST_NAMED: Final = 12


class Value(NamedTuple):
    """One of the values behind a field, or the whole of a plain word."""

    text: str
    """What was typed, without quotes."""

    start: int
    """Where it begins in the typed text, counted from 0."""

    end: int
    """Where it ends."""


class Part(NamedTuple):
    """One part of a query: a word, a phrase, or a field with its values."""

    whole: Value
    """All of it as it was typed."""

    negated: bool
    """Whether it must not hold."""

    field: str
    """What stands before the sign, in small letters; empty for plain words."""

    sign: str
    """``:``, ``<``, ``>``, ``<=`` or ``>=``; empty for plain words."""

    value: Value
    """What stands behind the sign, quotes and all."""

    last: bool
    """Whether the text ends with it, so that it may still be being typed."""

    @property
    def values(self) -> tuple[Value, ...]:
        """The values, which commas part; what stands in quotes stays whole."""
        begin = self.value.start
        return tuple(
            Value(each[0].replace('"', "").strip(), begin + each.start(), begin + each.end())
            for each in _VALUE.finditer(self.value.text)
        )


class BadQuery(BadInput):
    """A query that cannot be read; knows the word that is wrong."""

    def __init__(self, message: str, typed: str, start: int, end: int) -> None:
        """Take the sentence and the place.

        Args:
            message: What is wrong and the way out; names the word.
            typed: The whole query.
            start: Where the word begins in it.
            end: Where it ends.
        """
        super().__init__(message)
        self.typed = typed
        self.start = start
        self.end = max(end, start + 1)

    @property
    def carets(self) -> str:
        """A line to set under the typed text, with a sign under each letter of the word."""
        before = "".join(_blanks(sign) for sign in self.typed[: self.start])
        return before + "^" * max(1, len("".join(map(_blanks, self.typed[self.start : self.end]))))


def parts_of(typed: str) -> Iterator[Part]:
    """Cut a query into its parts.

    Args:
        typed: The query.

    Yields:
        Each part, from the left.
    """
    for found in _PART.finditer(typed):
        if not found[0]:
            continue
        yield Part(
            Value(found[0], found.start(), found.end()),
            found["not"] is not None and found[0] != "-",
            (found["field"] or "").lower(),
            found["sign"] or "",
            Value(found["value"], found.start("value"), found.end("value")),
            found.end() == len(typed) and not (len(found[0]) > 1 and found[0].endswith('"')),
        )


def named(what: str, value: str, known: Collection[str]) -> str:
    """Say that there is no such name, and which was meant or which there are.

    Args:
        what: What kind of thing.
        value: What was typed.
        known: The names there are.

    Returns:
        One sentence.
    """
    said = f"There is no {what} “{value}”"
    if near := get_close_matches(value, known, 1):
        return f"{said}; did you mean “{near[0]}”?"
    names = sorted(known)
    if not names:
        return f"{said}; there is none yet."
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{said}; there are: {', '.join(names[:_MOST_NAMED])}{more}."


def _blanks(sign: str) -> str:
    """As many blanks as a sign takes cells."""
    return " " * (
        0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "FW")
    )
