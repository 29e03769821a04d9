"""Finds playbooks by whatever the caller says or the clerk types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from helpdesk.playbooks.evidence import Evidence
from helpdesk.playbooks.indexing import Index
from helpdesk.playbooks.spelling import Spelling
from helpdesk.playbooks.wording import Word, features, groups, is_filling, read_words

_GUESSED: Final = 0.8
_SHORT_CODE: Final = 2


@dataclass(frozen=True, slots=True)
class Found:
    """One playbook that fits what was typed."""

    slug: str
    """The playbook."""

    title: str
    """Its title."""

    code: str
    """Its first code."""

    score: float
    """How well it fits; only the order means anything."""

    why: tuple[str, ...] = ()
    """The words that matched, those that speak most for it first."""

    known: str = ""
    """What the desk knows that speaks for it, or empty."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What the desk knows that speaks for a symptom, apart from the words."""

    weight: float
    """How much of the first playbook's score it is worth, 0 to 1."""

    said: str
    """What it is, for the clerk."""


class Finder:
    """The words of a library, ready to be compared with what is typed."""

    def __init__(self, index: Index) -> None:
        """Take the words in.

        Args:
            index: The words of the playbooks.
        """
        self._books = index.books
        self._evidence = Evidence(index.evidence)
        self._spelling = Spelling(index.words)
        self._codes = {code: slug for slug, book in self._books.items() for code in book.codes}

    def find(self, typed: str) -> tuple[Found, ...]:
        """Rank the playbooks.

        Args:
            typed: What was typed; nothing lists all by title.

        Returns:
            Those that fit, best first; an exact code is always first.
        """
        if not typed.strip():
            every = sorted(self._books, key=lambda slug: (self._books[slug].title, slug))
            return tuple(self._found(slug, 0.0) for slug in every)
        asked, telling = self._read(typed)
        ranked = self._evidence.ranked(asked)
        found = [self._found(slug, ranked[slug], why) for slug, why in self._why(telling).items()]
        found.sort(key=lambda each: (-round(each.score, 9), each.slug))
        return self._with_code(typed.strip().lower(), found)

    def is_code(self, typed: str) -> bool:
        """Whether a playbook is chosen by what was typed, whatever the case of its letters."""
        return typed.lower() in self._codes

    def _read(self, typed: str) -> tuple[dict[str, float], list[Word]]:
        """What to compare, and how sure it is; and the words that may tell why."""
        words = read_words(typed)
        asked = dict.fromkeys(sorted(features(words)), 1.0)
        telling = [word for word in words if self._is_known(word)]
        for place, word in enumerate(words):
            if self._is_known(word):
                continue
            unfinished = place == len(words) - 1 and typed[-1].isalnum()
            guesses = self._spelling.guess(word.shown, unfinished=unfinished)
            telling += guesses
            for guess in guesses:
                for feature in (guess.stem, *groups(guess.stem)):
                    asked[feature] = max(asked.get(feature, 0.0), _GUESSED / len(guesses))
        matter = [word for word in telling if not is_filling(word.stem)]
        return asked, matter or telling

    def _is_known(self, word: Word) -> bool:
        return any(map(self._evidence.speaks_for, (word.stem, *groups(word.stem))))

    def _why(self, telling: Iterable[Word]) -> dict[str, tuple[str, ...]]:
        """The words that speak for each playbook, the strongest first."""
        why: dict[str, list[tuple[float, str]]] = {}
        for shown, stem in {word.shown: word.stem for word in telling}.items():
            strongest: dict[str, float] = {}
            for feature in (stem, *groups(stem)):
                for slug, speaks in self._evidence.speaks_for(feature).items():
                    strongest[slug] = max(strongest.get(slug, 0.0), speaks)
            for slug, speaks in strongest.items():
                why.setdefault(slug, []).append((-speaks, shown))
        return {slug: tuple(word for _, word in sorted(said)) for slug, said in why.items()}

    def _with_code(self, typed: str, found: list[Found]) -> tuple[Found, ...]:
        """Put first what the code names, and for one or two letters the codes they begin."""
        first = [self._codes[typed]] if typed in self._codes else []
        if typed.isalpha() and len(typed) <= _SHORT_CODE:
            begun = (self._codes[code] for code in sorted(self._codes) if code.startswith(typed))
            first = list(dict.fromkeys((*first, *begun)))
        top = found[0].score if found else 0.0
        coded = (self._found(slug, top + 1.0, (typed,)) for slug in first)
        return (*coded, *(each for each in found if each.slug not in first))

    def _found(self, slug: str, score: float, why: tuple[str, ...] = ()) -> Found:
        title, codes = self._books[slug]
        return Found(slug, title, codes[0] if codes else "", score, why)


def ordered_by_hints(found: Sequence[Found], hints: Mapping[str, Hint]) -> tuple[Found, ...]:
    """Order what follows the first by what the desk knows; the first stays first.

    Args:
        found: What fits the words, best first.
        hints: What speaks for a symptom, by slug.

    Returns:
        The same playbooks; the same words and hints always give the same order.
    """
    told = [
        replace(each, known=hints[each.slug].said) if each.slug in hints else each
        for each in found
    ]
    if not told:
        return ()
    first, *others = told
    worth = abs(first.score)

    def place(each: Found) -> float:
        hint = hints.get(each.slug)
        return -(each.score + (hint.weight * worth if hint else 0.0))

    return (first, *sorted(others, key=place))
