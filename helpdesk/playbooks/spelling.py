"""Guesses what a word that nobody knows was meant to be: half typed, or with a slip."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from helpdesk.domain.slips import slips
from helpdesk.playbooks.wording import Word

_VOWELS: Final = re.compile(r"(?<!^)[aeiou]")
_LEAST_BEGINNING: Final = 2
_LEAST_WITHOUT_VOWELS: Final = 3
_LEAST_WITH_SLIP: Final = 4
_LEAST_WITH_TWO: Final = 8
_MOST_GUESSES: Final = 6
_KEPT: Final = 4_096


class Spelling:
    """The words of a library, to guess from."""

    def __init__(self, words: Mapping[Word, int]) -> None:
        """Learn the words.

        Args:
            words: Every word of every phrase, with how often it stands there.
        """
        self._counts = words
        self._sorted = sorted(self._counts, key=lambda word: word.shown)
        self._by_letter: dict[str, list[Word]] = {}
        for word in self._sorted:
            self._by_letter.setdefault(word.shown[0], []).append(word)
        self._alike = lru_cache(maxsize=_KEPT)(self._find_alike)

    def guess(self, typed: str, *, unfinished: bool) -> tuple[Word, ...]:
        """Guess what a word was meant to be.

        Args:
            typed: What was typed, which no playbook has.
            unfinished: Whether more letters may follow.

        Returns:
            The commonest of the words it may be; none when there is none like it.
        """
        found = (unfinished and self._begun(typed)) or self._alike(typed)
        most = sorted(found, key=lambda word: (-self._counts[word], word.shown))
        return tuple(most[:_MOST_GUESSES])

    def _begun(self, typed: str) -> list[Word]:
        """The words that begin with what was typed."""
        if len(typed) < _LEAST_BEGINNING:
            return []
        first = bisect_left(self._sorted, typed, key=lambda word: word.shown)
        found = []
        for word in self._sorted[first:]:
            if not word.shown.startswith(typed):
                break
            found.append(word)
        return found

    def _find_alike(self, typed: str) -> list[Word]:
        return self._without_vowels(typed) or self._near(typed)

    def _without_vowels(self, typed: str) -> list[Word]:
        """The words that are written so when their vowels are left out."""
        if len(typed) < _LEAST_WITHOUT_VOWELS or _VOWELS.search(typed):
            return []
        like = self._by_letter.get(typed[0], ())
        return [word for word in like if _VOWELS.sub("", word.shown) == typed]

    def _near(self, typed: str) -> list[Word]:
        """The words with the fewest slips between; a long word may have two."""
        if len(typed) < _LEAST_WITH_SLIP or not typed.isalpha():
            return []
        most = 2 if len(typed) >= _LEAST_WITH_TWO else 1
        near = {
            word: slips(typed, word.shown, most)
            for word in self._by_letter.get(typed[0], ())
            if len(word.shown) >= _LEAST_WITH_SLIP
        }
        least = min(near.values(), default=most + 1)
        return [word for word, many in near.items() if many == least <= most]
