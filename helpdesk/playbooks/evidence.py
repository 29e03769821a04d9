"""Weighs what words say: which playbook speaks of them more often than the others do.

Each feature of a text (a word, a group of like words, two words in a row) speaks for a playbook
by the logarithm of how much oftener that playbook has it than all of them together; what a
playbook has never said speaks for none. That is naive Bayes, smoothed by the whole library.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, log, sqrt
from typing import Final

from helpdesk.playbooks.wording import Word, features, is_filling, is_group

_SAID_COUNTS: Final = 10
_SHOWN_COUNTS: Final = 1
"""Whole numbers, of which Python keeps each small one once: a library has 65,000 counts."""

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


class Evidence:
    """What every feature of a library speaks for."""

    def __init__(self, spoken: Mapping[str, Spoken]) -> None:
        """Count; what a feature speaks for is worked out when it is first asked about.

        Args:
            spoken: The words of each playbook by slug.
        """
        self._said = {  # no sets: each would be ten times as large
            slug: tuple(tuple(features(words)) for words in each.said)
            for slug, each in spoken.items()
        }
        self._counts = {
            slug: _counts(self._said[slug], features(each.shown)) for slug, each in spoken.items()
        }
        self._sizes = {slug: sum(counts.values()) for slug, counts in self._counts.items()}
        self._whole = sum(self._sizes.values())
        self._known: dict[str, Mapping[str, float]] = {}
        self._said_long: dict[str, list[tuple[tuple[str, ...], float]]] = {}

    def speaks_for(self, feature: str) -> Mapping[str, float]:
        """What one feature speaks for.

        Args:
            feature: The feature.

        Returns:
            For each playbook that has it, how strongly; nothing for what none has.
        """
        if feature in self._known:
            return self._known[feature]
        weighed = self._weighed(feature)
        if weighed:  # what nobody says is not kept: a person can type a great deal of it
            self._known[feature] = weighed
        return weighed

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
        for slug in sorted(weights, key=lambda each: (-weights[each], each))[:_LOOKED_AT]:
            weights[slug] += self._agreement(squares, slug) / own
        return weights

    def _agreement(self, squares: Mapping[str, float], slug: str) -> float:
        """How nearly a text is one that is known: its own length where it is the same."""
        best, asked = 0.0, frozenset(squares)
        for phrase, length in self._lengths(slug):
            if same := asked.intersection(phrase):
                best = max(best, fsum(squares[feature] for feature in same) / length)
        return best

    def _lengths(self, slug: str) -> Sequence[tuple[tuple[str, ...], float]]:
        """Everything that callers say of a playbook, each with its length."""
        if slug not in self._said_long:
            said = [phrase for phrase in self._said[slug] if phrase]
            self._said_long[slug] = [(phrase, _length(phrase)) for phrase in said]
        return self._said_long[slug]

    def _weighed(self, feature: str) -> dict[str, float]:
        counted = {slug: counts.get(feature, 0) for slug, counts in self._counts.items()}
        usual = sum(counted.values()) / (self._whole or 1.0)
        extra = _SMOOTHING * self._whole / (len(self._counts) or 1)
        weighed = {
            slug: log((count / usual + extra) / (self._sizes[slug] + extra)) - _NEVER_SAID
            for slug, count in counted.items()
            if count
        }
        return {slug: speaks for slug, speaks in weighed.items() if speaks > 0}


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


def _length(phrase: Iterable[str]) -> float:
    return sqrt(fsum(strength(feature) ** 2 for feature in phrase))


def _counts(said: Sequence[Iterable[str]], shown: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for features_of, counts in ((chain(*said[:1], *said), _SAID_COUNTS), (shown, _SHOWN_COUNTS)):
        for feature in features_of:
            found[feature] = found.get(feature, 0) + counts
    return found
