"""Counts what playbooks say: which features their words have, and how often."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from helpdesk.playbooks.wording import Word, features

_SAID_COUNTS: Final = 10
_SHOWN_COUNTS: Final = 1
_HALF: Final = 32
"""How many bits of a feature's number are its second word's while words are counted. A library has
65,000 features of playbooks: as numbers in order they take a tenth of what they take as texts."""

END: Final = 0
"""No feature's number: stands after each thing that callers say."""


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
    """For each playbook what callers say of it: the features of each thing, then ``END``."""

    found: array[int]
    """The features that there are, in order, one for each playbook that has it."""

    books: array[int]
    """For each of ``found`` the place of the playbook among ``slugs``."""

    counts: array[int]
    """For each of ``found`` how much it counts in that playbook."""

    @property
    def half(self) -> int:
        """How many bits of a feature's number are its second word's."""
        return len(self.words).bit_length()


def counted(spoken: Iterable[tuple[str, Spoken]]) -> Counted:
    """Count the features of a library.

    Args:
        spoken: The slug of each playbook, with its words; one after the other is in memory.

    Returns:
        The counts.
    """
    numbers: dict[str, int] = {}
    all_said: dict[str, array[int]] = {}
    found, books, counts = array("Q"), array("Q"), array("Q")
    for book, (slug, each) in enumerate(spoken):
        said = [_numbered(numbers, words) for words in each.said]
        count = _counts(said, _numbered(numbers, each.shown))
        all_said[slug] = array("Q", chain(*((*phrase, END) for phrase in said)))
        found.extend(count)
        books.extend([book] * len(count))
        counts.extend(count.values())
    order = sorted(range(len(found)), key=found.__getitem__)
    half = len(numbers).bit_length()
    return Counted(
        tuple(numbers),
        tuple(all_said),
        tuple(tight(_nearer(said, half)) for said in all_said.values()),
        tight(_nearer(map(found.__getitem__, order), half)),
        tight(map(books.__getitem__, order)),
        tight(map(counts.__getitem__, order)),
    )


def _numbered(numbers: dict[str, int], words: Sequence[Word]) -> list[int]:
    """The numbers of the features of something that a playbook says; new words get one."""
    found = []
    for feature in features(words):
        one, _, other = feature.partition(" ")
        number = numbers.setdefault(one, len(numbers) + 1) << _HALF
        found.append(number | numbers.setdefault(other, len(numbers) + 1) if other else number)
    return found


def _nearer(numbers: Iterable[int], half: int) -> Iterator[int]:
    """The numbers of features with no more bits between their words than are wanted."""
    for number in numbers:
        first, second = divmod(number, 1 << _HALF)
        yield first << half | second


def tight(numbers: Iterable[int]) -> array[int]:
    """Pack numbers into as few bytes each as hold the greatest.

    Args:
        numbers: None less than 0, none of more than 64 bits.

    Returns:
        The same numbers.
    """
    held = array("Q", numbers)
    most = max(held, default=0).bit_length()
    return array(next(kind for kind in "BHIQ" if most <= 8 * array(kind).itemsize), held)


def _counts(said: Sequence[Iterable[int]], shown: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for features_of, counts in ((chain(*said[:1], *said), _SAID_COUNTS), (shown, _SHOWN_COUNTS)):
        for feature in features_of:
            found[feature] = found.get(feature, 0) + counts
    return found
