"""Finds playbooks by whatever the caller says or the clerk types.

Every word is weighed by how few playbooks know it; one that agrees with a whole phrase of a
playbook counts more than the same words scattered over it. The last word may be half typed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import Final

from helpdesk.domain.playbook import Playbook
from helpdesk.playbooks.library import Library

_WORD: Final = re.compile(r"[a-z0-9]+")
_STOP: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "got",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "im",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "ive",
        "me",
        "my",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "out",
        "say",
        "says",
        "she",
        "so",
        "some",
        "tell",
        "tells",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "up",
        "us",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
_SAME: Final = {
    "acct": "account", "accts": "account", "activ": "activate", "adv": "adversary",
    "atty": "attorney", "auth": "authorized", "bankr": "bankruptcy", "bk": "bankruptcy",
    "cc": "card", "creditcard": "card", "ecf": "cmecf", "err": "error", "fwd": "forward",
    "info": "information", "log": "login", "logon": "login", "msg": "message", "nef": "notice",
    "pacers": "pacer", "passwd": "password", "password": "password", "pswd": "password",
    "psc": "pacer", "pw": "password", "pwd": "password", "reg": "register", "regis": "register",
    "sec": "secretary", "signin": "login", "uname": "username", "userid": "username",
}  # fmt: skip
_TITLE, _PHRASE, _TEXT = 3.0, 2.0, 0.6


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
    """The words that matched."""


class Finder:
    """The words of a library, ready to be compared with what is typed."""

    def __init__(self, library: Library) -> None:
        """Take the words in.

        Args:
            library: The playbooks.
        """
        self._playbooks = dict(library.playbooks)
        self._weights = {slug: _weights(book) for slug, book in self._playbooks.items()}
        self._phrases = {
            slug: [frozenset(words(text)) for text in (book.title, *book.phrases)]
            for slug, book in self._playbooks.items()
        }
        counts = Counter(word for weights in self._weights.values() for word in weights)
        many = len(self._weights)
        self._rarity = {word: log(1 + many / count) for word, count in counts.items()}
        self._codes = {code: slug for slug, book in self._playbooks.items() for code in book.codes}

    def find(self, typed: str) -> tuple[Found, ...]:
        """Rank the playbooks.

        Args:
            typed: What was typed; nothing lists all by title.

        Returns:
            Those that fit, best first; an exact code is always first.
        """
        asked = words(typed)
        if not asked and not typed.strip():
            every = sorted(self._playbooks.values(), key=lambda book: book.title)
            return tuple(_found(book, 0.0) for book in every)
        spellings = [self._spellings(word, last=word == asked[-1]) for word in asked]
        ranked = [self._rated(slug, spellings) for slug in self._playbooks]
        found = [each for each in ranked if each.score > 0]
        found.sort(key=lambda each: (-each.score, each.slug))
        return self._with_code(typed.strip().lower(), found)

    def _with_code(self, typed: str, found: list[Found]) -> tuple[Found, ...]:
        slug = self._codes.get(typed)
        begun = [
            self._codes[code]
            for code in sorted(self._codes)
            if typed and code.startswith(typed) and code != typed
        ]
        first = [slug] if slug else []
        if typed.isalpha() and len(typed) <= 2:  # noqa: PLR2004 - codes have two letters or three
            first += [each for each in begun if each not in first]
        rest = [each for each in found if each.slug not in first]
        top = found[0].score if found else 0.0
        coded = tuple(_found(self._playbooks[each], top + 1.0, (typed,)) for each in first)
        return (*coded, *rest)

    def _rated(self, slug: str, spellings: list[dict[str, float]]) -> Found:
        weights, score, matched = self._weights[slug], 0.0, []
        hit: set[str] = set()
        for spelling in spellings:
            best = max(
                ((weights[word] * self._rarity[word] * sure, word)
                 for word, sure in spelling.items() if word in weights),
                default=None,
            )  # fmt: skip
            if best:
                score += best[0]
                matched.append(best[1])
                hit.add(best[1])
        together = max((self._agreement(hit, phrase) for phrase in self._phrases[slug]), default=0)
        whole = len(matched) / len(spellings) if spellings else 0.0
        return _found(
            self._playbooks[slug], (score + 3 * together) * (0.4 + whole), tuple(matched)
        )

    def _agreement(self, hit: set[str], phrase: frozenset[str]) -> float:
        """How much of a phrase was said, by the rarity of its words."""
        if not phrase or not hit & phrase:
            return 0.0
        said = sum(self._rarity[word] for word in hit & phrase)
        return said * said / sum(self._rarity.get(word, 1.0) for word in phrase | hit)

    def _spellings(self, word: str, *, last: bool) -> dict[str, float]:
        """Words of the library that a typed word may mean, and how surely."""
        if word in self._rarity:
            return {word: 1.0}
        found = {}
        if last or len(word) >= 4:  # noqa: PLR2004 - shorter beginnings mean nothing
            found = {known: 0.7 for known in self._rarity if known.startswith(word)}
        if not found and len(word) >= 4:  # noqa: PLR2004
            found = {known: 0.6 for known in self._rarity if _one_slip(word, known)}
        return found


def find_playbooks(library: Library, typed: str) -> tuple[Found, ...]:
    """Rank a library's playbooks for what was typed.

    Args:
        library: The playbooks.
        typed: What was typed.

    Returns:
        Those that fit, best first.
    """
    return _finder(_Identity(library)).find(typed)


def words(text: str) -> list[str]:
    """The words that matter, in one spelling.

    Args:
        text: Any text.

    Returns:
        Lower-case stems without filling words.
    """
    plain = text.lower().replace("cm/ecf", "cmecf").replace("e-fil", "efil").replace("'", "")
    found = [_stem(_SAME.get(word, word)) for word in _WORD.findall(plain)]
    kept = [word for word in found if word not in _STOP]
    return kept or found


class _Identity:
    """A library as a key: equal only to itself."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __hash__(self) -> int:
        return id(self.library)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.library is self.library


@lru_cache(maxsize=2)
def _finder(key: _Identity) -> Finder:
    return Finder(key.library)


def _found(book: Playbook, score: float, why: tuple[str, ...] = ()) -> Found:
    return Found(book.slug, book.title, book.codes[0] if book.codes else "", score, why)


def _weights(book: Playbook) -> dict[str, float]:
    weights: dict[str, float] = {}
    texts = [(book.title, _TITLE), (book.slug.replace("-", " "), _TITLE)]
    texts += [(phrase, _PHRASE) for phrase in book.phrases]
    texts += [(f"{step.ask} {step.say}", _TEXT) for step in book.steps.values()]
    for text, weight in texts:
        for word in words(text):
            weights[word] = max(weights.get(word, 0.0), weight)
    return weights


def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:  # noqa: PLR2004
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _one_slip(typed: str, known: str) -> bool:
    """Whether one letter is wrong, missing, doubled, or two are swapped."""
    if abs(len(typed) - len(known)) > 1 or typed[0] != known[0]:
        return False
    start = 0
    while start < min(len(typed), len(known)) and typed[start] == known[start]:
        start += 1
    ends = {
        typed[start:],
        typed[start + 1 :],
        typed[start + 1 : start + 2] + typed[start : start + 1] + typed[start + 2 :],
    }
    return known[start:] in ends or known[start + 1 :] in {typed[start:], typed[start + 1 :]}
