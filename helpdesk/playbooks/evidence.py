"""Weighs what words say: which playbook speaks of them more often than the others do.

Each feature of a text (a word, a group of like words, two words in a row) speaks for a playbook
by the logarithm of how much oftener that playbook has it than all of them together; what a
playbook has never said speaks for none. That is naive Bayes, smoothed by the whole library.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import fsum, log, sqrt
from typing import Final, NamedTuple

from helpdesk.playbooks.wording import Word, features, is_filling, is_group

_SAID_COUNTS: Final = 10
_SHOWN_COUNTS: Final = 1
_HALF: Final = 32
"""How many bits of a feature's number are its second word's. A library has 65,000 features of
playbooks: as numbers in order they take a fifth of what they take as texts in mappings."""

_END: Final = 0
"""No feature's number: stands after each thing that callers say."""

_REMEMBERED: Final = 128
"""Of so many features it is remembered what they speak for, of so many playbooks what is said."""

_FILLING: Final = 0.3
_GROUP: Final = 0.35
_PAIR: Final = 0.3
_PAIR_WITH_FILLING: Final = 0.25
_SMOOTHING: Final = 0.3
_NEVER_SAID: Final = log(_SMOOTHING / (1 + _SMOOTHING))
_LOOKED_AT: Final = 8


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words of one playbook."""

    said: Sequence[Sequence[Word]]
    """Each thing that callers say of it; the first, its title, counts twice."""

    shown: Sequence[Word]
    """What its steps ask and say; it counts little."""


class Counted(NamedTuple):
    """What every feature of a library was counted as, in columns."""

    words: tuple[str, ...]
    """The words and groups that features are of; the first is number 1."""

    slugs: tuple[str, ...]
    """The playbooks."""

    said: tuple[array[int], ...]
    """For each playbook what callers say of it: the features of each thing, then ``_END``."""

    found: array[int]
    """The features that there are, in order, one for each playbook that has it."""

    books: array[int]
    """For each of ``found`` the place of the playbook among ``slugs``."""

    counts: array[int]
    """For each of ``found`` how much it counts in that playbook."""


def counted(spoken: Iterable[tuple[str, Spoken]]) -> Counted:
    """Count the features of a library.

    Args:
        spoken: The slug of each playbook, with its words; one after the other is in memory.

    Returns:
        The counts.
    """
    numbers: dict[str, int] = {}
    all_said: dict[str, array[int]] = {}
    found, books, counts = array("Q"), array("I"), array("I")
    for book, (slug, each) in enumerate(spoken):
        said = [_numbered(numbers, words) for words in each.said]
        count = _counts(said, _numbered(numbers, each.shown))
        all_said[slug] = array("Q", chain(*((*phrase, _END) for phrase in said)))
        found.extend(count)
        books.extend([book] * len(count))
        counts.extend(count.values())
    order = sorted(range(len(found)), key=found.__getitem__)
    return Counted(
        tuple(numbers),
        tuple(all_said),
        tuple(all_said.values()),
        array("Q", map(found.__getitem__, order)),
        array("I", map(books.__getitem__, order)),
        array("I", map(counts.__getitem__, order)),
    )


class Evidence:
    """What every feature of a library speaks for."""

    def __init__(self, of: Counted) -> None:
        """Take the counts; what a feature speaks for is worked out when it is asked about.

        Args:
            of: The counts of a library.
        """
        self._of = of
        self._numbers = {word: number for number, word in enumerate(of.words, 1)}
        self._said = dict(zip(of.slugs, of.said, strict=True))
        self._sizes = [0] * len(of.slugs)
        for book, count in zip(of.books, of.counts, strict=True):
            self._sizes[book] += count
        self._whole = sum(self._sizes)
        self.speaks_for = lru_cache(_REMEMBERED)(self._weighed)
        """What one feature speaks for: for each playbook that has it, how strongly."""
        self._lengths = lru_cache(_REMEMBERED)(self._measured)
        """Everything that callers say of a playbook, each with its length."""

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
        for phrase, length in self._lengths(slug):
            if same := asked.intersection(phrase):
                best = max(best, fsum(squares[number] for number in same) / length)
        return best

    def _measured(self, slug: str) -> Sequence[tuple[array[int], float]]:
        phrases = [array("Q")]
        for number in self._said[slug]:
            if number == _END:
                phrases.append(array("Q"))
            else:
                phrases[-1].append(number)
        words = self._of.words
        return [
            (phrase, _length(_spelled(number, words) for number in phrase))
            for phrase in phrases
            if phrase
        ]

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
        return first << _HALF | second if first and (second or not other) else _END


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


def _numbered(numbers: dict[str, int], words: Sequence[Word]) -> list[int]:
    """The numbers of the features of something that a playbook says; new words get one."""
    found = []
    for feature in features(words):
        one, _, other = feature.partition(" ")
        number = numbers.setdefault(one, len(numbers) + 1) << _HALF
        found.append(number | numbers.setdefault(other, len(numbers) + 1) if other else number)
    return found


def _spelled(number: int, words: Sequence[str]) -> str:
    """The feature that a number stands for."""
    one, other = divmod(number, 1 << _HALF)
    return f"{words[one - 1]} {words[other - 1]}" if other else words[one - 1]


def _length(phrase: Iterable[str]) -> float:
    return sqrt(fsum(strength(feature) ** 2 for feature in phrase))


def _counts(said: Sequence[Iterable[int]], shown: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for features_of, counts in ((chain(*said[:1], *said), _SAID_COUNTS), (shown, _SHOWN_COUNTS)):
        for feature in features_of:
            found[feature] = found.get(feature, 0) + counts
    return found
