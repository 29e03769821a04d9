"""Reads words: whatever is typed or written, as the few spellings that playbooks are known by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple
from unicodedata import combining, normalize

from helpdesk.playbooks.vocabulary import ALIKE, FILLING, SHORT_FOR, TOGETHER

_WORD: Final = re.compile(r"[a-z0-9]+")
_ENTRY: Final = re.compile(r"(\w+):([^:]*)(?=\s\w+:|\Z)")
_ENDINGS: Final = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ied", "ers", "er",
    "ed", "es", "s", "ly", "e",
)  # fmt: skip
_ENDING_IN_Y: Final = ("ies", "ied")
_LEAST_STEM: Final = 3


class Word(NamedTuple):
    """One word as it was read."""

    stem: str
    """What it is compared by."""

    shown: str
    """What a person is shown of it."""


def read_words(text: str) -> list[Word]:
    """Read the words of a text.

    Args:
        text: Any text.

    Returns:
        Every word, in order, in one spelling: "Logged on" and "log-in" are both *login*.
    """
    plain = text.lower().replace("’", "").replace("'", "").replace("#", " number ")
    if not plain.isascii():
        plain = "".join(letter for letter in normalize("NFKD", plain) if not combining(letter))
    return _put_together([_word(each) for each in _WORD.findall(plain)])


def features(words: Sequence[Word]) -> set[str]:
    """Everything that a text is compared by.

    Args:
        words: Its words.

    Returns:
        The stems, the groups of like words they belong to, and each two that follow each other.
    """
    stems = [word.stem for word in words]
    found = {f"{one} {other}" for one, other in pairwise(stems)}
    found.update(stems)
    for stem in _GROUPS.keys() & stems:
        found.update(_GROUPS[stem])
    return found


def is_filling(stem: str) -> bool:
    """Whether a word stands in every sentence.

    Args:
        stem: The word's stem.

    Returns:
        Whether it says little by itself.
    """
    return stem in _FILLING


def is_group(feature: str) -> bool:
    """Whether a feature is a group of like words.

    Args:
        feature: One of ``features``.

    Returns:
        Whether it stands for several words.
    """
    return feature.startswith("~")


def groups(stem: str) -> tuple[str, ...]:
    """The groups of like words that a word belongs to.

    Args:
        stem: The word's stem.

    Returns:
        Their features.
    """
    return _GROUPS.get(stem, ())


@lru_cache(maxsize=4_096)
def _word(raw: str) -> Word:
    shown = _SHORT_FOR.get(raw, raw)
    return Word(_stem(shown), shown)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            word = word[: -len(ending)] + "y" * (ending in _ENDING_IN_Y)
            break
    if len(word) > _LEAST_STEM and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word[:-1] if len(word) > _LEAST_STEM and word.endswith("e") else word


def _put_together(words: list[Word]) -> list[Word]:
    found: list[Word] = []
    done = 0
    for place, word in enumerate(words):
        if place < done:
            continue
        for rest, whole in _TOGETHER.get(word.stem, ()):
            after = words[place + 1 : place + 1 + len(rest)]
            if rest == tuple(each.stem for each in after):
                done = place + 1 + len(rest)
                found.append(whole)
                break
        else:
            found.append(word)
    return found


def _entries(table: str) -> Iterator[tuple[str, str]]:
    """Each name of a table, with what stands after it."""
    for entry in _ENTRY.finditer(table):
        yield entry[1], entry[2]


def _read_together() -> dict[str, list[tuple[tuple[str, ...], Word]]]:
    """By the first word, the words that may follow it and what they are together."""
    found: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    for name, parts in _entries(TOGETHER):
        for part in parts.split(","):
            first, *rest = (_word(each).stem for each in part.split())
            found.setdefault(first, []).append((tuple(rest), _word(name)))
    for each in found.values():
        each.sort(key=lambda entry: -len(entry[0]))
    return found


def _read_groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in ALIKE.strip().splitlines():
        like = line.split()
        for each in like:
            stem = _word(each).stem
            found[stem] = (*found.get(stem, ()), f"~{like[0]}")
    return found


_SHORT_FOR: Final = {short: name for name, all_ in _entries(SHORT_FOR) for short in all_.split()}
_FILLING: Final = frozenset(_word(each).stem for each in FILLING.split())
_TOGETHER: Final = _read_together()
_GROUPS: Final = _read_groups()
