"""How well a caller fits what was typed, and which word was meant by one typed wrongly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from helpdesk.domain.calls import Caller
from helpdesk.domain.safe_text import storable, words_in
from helpdesk.domain.slips import likeness, slips

Group = tuple[str, ...]
"""One typed word with the words it may stand for, the likeliest first."""

MOST_WORDS: Final = 8
"""How many of the typed words are looked for."""

LEAST_LETTERS: Final = 4
"""A shorter word is taken as it is typed: too many others are near it."""

_LATIN: Final = frozenset(map(chr, range(0x250)))
_ACCENTS: Final = frozenset(map(chr, range(0x300, 0x332)))
"""Marks that the index leaves out where they stand behind a letter as signs of their own."""

_NEAR: Final = 0.75
_MEANT: Final = 5
_CUT: Final = 0.05
_ALIKE: Final = 0.88


class Fit(IntEnum):
    """How a caller fits, the best first."""

    ENDING = 0
    """It is the whole number, or the end of it."""

    NAME = 1
    """The name begins with it."""

    WORD = 2
    """Words of the name begin with it."""

    INSIDE_NAME = 3
    """It stands somewhere in the name."""

    FIRM = 4
    """It stands in the firm."""

    OTHER = 5
    """It stands in the mail address, the bar number or several of all these."""

    INSIDE_NUMBER = 6
    """The digits stand inside of a longer number."""


@dataclass(frozen=True, slots=True)
class CallersFound:
    """What was found for the caller box."""

    callers: tuple[Caller, ...]
    """The likeliest, in order."""

    count: int
    """How many there are."""

    more: bool = False
    """Whether there are more than were counted."""

    no_caller: str = ""
    """The number of a ticket that was typed and has no caller yet."""

    meant: tuple[str, ...] = ()
    """The words that were looked for, where nothing fits those that were typed."""

    @property
    def said(self) -> str:
        """What has to be said beside the list; empty when the list says it all."""
        return self.told("type more")

    def told(self, way_out: str) -> str:
        """What has to be said beside the list.

        Args:
            way_out: How fewer callers are listed.

        Returns:
            Such as ``50 of 79: type more``; empty when the list says it all.
        """
        parts = []
        if self.no_caller:
            parts.append(f"{self.no_caller} has no caller yet")
        if self.meant and self.callers:
            parts.append(f"nobody fits as typed; near it: {' '.join(self.meant)}")
        if self.count > len(self.callers) or self.more:
            parts.append(f"{len(self.callers)} of {self.count:,}{'+' * self.more}: {way_out}")
        return "; ".join(parts)


def folded(text: str) -> str:
    """A text as the index compares it: small letters without accents.

    Args:
        text: The text.

    Returns:
        The same for spellings that find each other.
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_without_accent, unicodedata.normalize("NFC", text.lower())))


@lru_cache(maxsize=4_096)
def _without_accent(sign: str) -> str:
    """A sign as the index has it: accents are left out of Latin letters alone."""
    apart = unicodedata.normalize("NFD", sign)
    if len(apart) > 1:
        return apart[0] if apart[0] in _LATIN else sign
    return "" if sign in _ACCENTS else sign


def words_of(text: str) -> list[str]:
    """The words of a text.

    Args:
        text: What somebody typed, or a name.

    Returns:
        Each folded, without signs.
    """
    return words_in(folded(storable(text)))


def fit_of(groups: Sequence[Group], name: str, firm: str) -> tuple[int, Fit]:
    """How a caller fits words that were typed.

    Args:
        groups: The typed words.
        name: The caller's name.
        firm: The caller's firm.

    Returns:
        How far off the words are that it takes, 0 for those that were typed, and the fit: less
        is better.
    """
    whole = _spoken(name)
    if (off := _places(groups, f" {whole}", " ")) is not None:
        first = any(whole.startswith(word) for group in groups for word in group)
        return off, Fit.NAME if first else Fit.WORD
    if (off := _places(groups, whole)) is not None:
        return off, Fit.INSIDE_NAME
    if (off := _places(groups, folded(firm))) is not None:
        return off, Fit.FIRM
    return len(groups), Fit.OTHER


def has_family_name(typed: str, name: str) -> bool:
    """Whether a name can be the one that was typed with the family name first.

    Args:
        typed: What was typed; where it has no comma, nothing is known of the family name.
        name: The name of somebody who was found, perhaps by the firm.

    Returns:
        Whether the words before the comma stand in the name.
    """
    family, comma, _ = typed.partition(",")
    known = words_of(name)
    return not comma or all(
        any(each.startswith(word) for each in known) for word in words_of(family)
    )


@lru_cache(maxsize=1_024)
def _spoken(name: str) -> str:
    """A name's words; the same callers are looked at again with every letter that is typed."""
    return " ".join(words_of(name))


def holds_all(groups: Sequence[Group], text: str) -> bool:
    """Whether a text holds each of the words, or one that it may stand for.

    Args:
        groups: The typed words.
        text: The text.

    Returns:
        Whether none is missing.
    """
    held = folded(text)
    return all(any(word in held for word in group) for group in groups)


def nearest_words(typed: str, known: Iterable[str]) -> Group:
    """The words that somebody may have meant.

    Args:
        typed: A word, perhaps typed wrongly or only in part.
        known: The words there are.

    Returns:
        At most five, the nearest first; none for a word of two or three letters, or with a
        digit: the number next to a number is another one.
    """
    if len(typed) < LEAST_LETTERS or any(map(str.isdecimal, typed)):
        return ()
    near, letters, wrong = [], set(typed), (1 - _NEAR) * (len(typed) + 2)
    for word in known:
        if len(word) < len(typed) - 2 or len(letters.difference(word)) > wrong:
            continue
        cut = len(word) > len(typed) + 2  # it may be typed only in part
        begun = word[: len(typed)] if cut else word
        longest = max(len(typed), len(begun))
        most = int((1 - _NEAR) * longest)
        if (many := slips(typed, begun, most)) <= most:
            fit = 1.0 - many / longest
            near.append((fit - cut * _CUT, word))
    near.sort(key=lambda each: (-each[0], each[1]))
    return tuple(word for fit, word in near if fit >= _NEAR)[:_MEANT]


def similar_names(one: str, other: str) -> bool:
    """Whether two names may be one person's: the order of the words does not count.

    Args:
        one: A name.
        other: Another.

    Returns:
        Whether they are the same but for a typing error, an initial, a short form or a missing
        first name.
    """
    first, second = sorted(words_of(one)), sorted(words_of(other))
    if not first or not second:
        return False
    few, many = sorted((first, second), key=len)
    if all(any(_same_word(word, each) for each in many) for word in few):
        return True
    return _alike(" ".join(first), " ".join(second))


def _same_word(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and len(short) != 2:  # noqa: PLR2004 - an initial, or Bea of Beatrice
        return True
    return _alike(short, long)


def _alike(one: str, other: str) -> bool:
    return likeness(one, other) > _ALIKE


def _places(groups: Sequence[Group], text: str, before: str = "") -> int | None:
    """How far off the words are that a text has of the groups; nothing when it lacks one."""
    off = 0
    for group in groups:
        for place, word in enumerate(group):
            if before + word in text:
                off += place
                break
        else:
            return None
    return off
