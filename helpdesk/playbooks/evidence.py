"""Weighs what words say: which playbook speaks of them more often than the others do.

Each feature of a text (a word, a group of like words, two words in a row) speaks for a playbook
by the logarithm of how much oftener that playbook has it than all of them together; what a
playbook has never said speaks for none. That is naive Bayes, smoothed by the whole library.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import fsum, log, sqrt
from typing import Final

from helpdesk.playbooks.counting import END, Counted
from helpdesk.playbooks.wording import is_filling, is_group

_REMEMBERED: Final = 128
"""Of so many features it is remembered what they speak for, of so many playbooks how long each
thing is that callers say."""

_FILLING: Final = 0.3
_GROUP: Final = 0.35
_PAIR: Final = 0.3
_PAIR_WITH_FILLING: Final = 0.25
_SMOOTHING: Final = 0.3
_NEVER_SAID: Final = log(_SMOOTHING / (1 + _SMOOTHING))
_LOOKED_AT: Final = 8


class Evidence:
    """What every feature of a library speaks for."""

    def __init__(self, of: Counted) -> None:
        """Take the counts; what a feature speaks for is worked out when it is asked about.

        Args:
            of: The counts of a library.
        """
        self._of = of
        self._half = of.half
        self._numbers = {word: number for number, word in enumerate(of.words, 1)}
        self._said = dict(zip(of.slugs, of.said, strict=True))
        self._sizes = [0] * len(of.slugs)
        for book, count in zip(of.books, of.counts, strict=True):
            self._sizes[book] += count
        self._whole = sum(self._sizes)
        self.speaks_for = lru_cache(_REMEMBERED)(self._weighed)
        """What one feature speaks for: for each playbook that has it, how strongly."""
        self._lengths = lru_cache(_REMEMBERED)(self._measured)
        """How long everything is that callers say of a playbook, one after the other."""

    def ranked(self, asked: Mapping[str, float]) -> dict[str, float]:
        """Weigh every playbook against a text.

        Args:
            asked: The features of the text with how sure they are, 0 to 1.

        Returns:
            The weight of each playbook that has any of them; only the order means anything.
        """
        weights: dict[str, float] = {}
        whole = 0.0
        for feature, sure in asked.items():
            if found := self.speaks_for(feature):
                counts = sure * strength(feature)
                whole += counts
                for slug, speaks in found.items():
                    weights[slug] = weights.get(slug, 0.0) + counts * speaks
        for slug in weights:
            weights[slug] /= sqrt(whole)
        squares = {feature: strength(feature) ** 2 for feature in asked}
        own = sqrt(fsum(squares.values()) or 1.0)
        numbered = {self._number(feature): square for feature, square in squares.items()}
        for slug in sorted(weights, key=lambda each: (-weights[each], each))[:_LOOKED_AT]:
            weights[slug] += self._agreement(numbered, slug) / own
        return weights

    def _agreement(self, squares: Mapping[int, float], slug: str) -> float:
        """How nearly a text is one that is known: its own length where it is the same."""
        best, asked = 0.0, frozenset(squares)
        for phrase, length in zip(_phrases(self._said[slug]), self._lengths(slug), strict=True):
            if same := asked.intersection(phrase):
                best = max(best, fsum(squares[number] for number in same) / length)
        return best

    def _measured(self, slug: str) -> Sequence[float]:
        phrases = _phrases(self._said[slug])
        return array("d", (_length(map(self._spelled, phrase)) for phrase in phrases))

    def _weighed(self, feature: str) -> dict[str, float]:
        number, of = self._number(feature), self._of
        first, after = bisect_left(of.found, number), bisect_right(of.found, number)
        books, counts = of.books[first:after], of.counts[first:after]
        usual = sum(counts) / (self._whole or 1.0)
        extra = _SMOOTHING * self._whole / (len(of.slugs) or 1)
        weighed = {
            of.slugs[book]: log((count / usual + extra) / (self._sizes[book] + extra))
            - _NEVER_SAID
            for book, count in zip(books, counts, strict=True)
        }
        return {slug: speaks for slug, speaks in weighed.items() if speaks > 0}

    def _number(self, feature: str) -> int:
        """The number of a feature; one that no feature has for what no playbook says."""
        one, _, other = feature.partition(" ")
        first, second = self._numbers.get(one, 0), self._numbers.get(other, 0)
        return first << self._half | second if first and (second or not other) else END

    def _spelled(self, number: int) -> str:
        """The feature that a number stands for."""
        (one, other), words = divmod(number, 1 << self._half), self._of.words
        return f"{words[one - 1]} {words[other - 1]}" if other else words[one - 1]


def strength(feature: str) -> float:
    """How much a feature counts, whatever it speaks for.

    Args:
        feature: The feature.

    Returns:
        1 for a word that matters, less for filling, groups of like words, and pairs.
    """
    if is_group(feature):
        return _GROUP
    one, _, other = feature.partition(" ")
    filling = is_filling(one) or is_filling(other)
    if other:
        return _PAIR_WITH_FILLING if filling else _PAIR
    return _FILLING if filling else 1.0


def _phrases(said: array[int]) -> Iterator[array[int]]:
    """Each thing that callers say of a playbook, as the numbers of its features."""
    start = 0
    while start < len(said):
        end = said.index(END, start)
        if end > start:
            yield said[start:end]
        start = end + 1


def _length(phrase: Iterable[str]) -> float:
    return sqrt(fsum(strength(feature) ** 2 for feature in phrase))
