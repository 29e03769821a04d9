"""Puts together what was spelled out: capital T r 0 u b, one two three, 4 8 1 9 2 2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.domain.guard.words import Word

_DIGITS: Final = {
    name: str(digit)
    for digit, names in enumerate(
        ("zero oh nought", "one", "two", "three", "four", "five", "six", "seven", "eight",
         "nine niner")
    )
    for name in names.split()
}  # fmt: skip
_TENS: Final = dict(
    zip(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty "
        "thirty forty fifty sixty seventy eighty ninety".split(),
        "10 11 12 13 14 15 16 17 18 19 20 30 40 50 60 70 80 90".split(),
        strict=True,
    )
)
_ALPHABET: Final = {
    name: name[0]
    for name in (
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima "
        "mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray x-ray "
        "yankee zulu".split()
    )
}
_SIGNS: Final = {
    "dash": "-", "hyphen": "-", "underscore": "_", "dot": ".", "period": ".", "star": "*",
    "asterisk": "*", "hash": "#", "hashtag": "#", "ampersand": "&", "dollar": "$", "bang": "!",
    "exclamation": "!", "percent": "%", "plus": "+", "pound": "#", "at-sign": "@",
}  # fmt: skip
_SILENT: Final = frozenset(
    "capital cap caps capitalized uppercase upper lowercase lower case small big letter digit "
    "number then sign point mark as in like for and double triple space all the".split()
)
_SPELLERS: Final = frozenset("capital cap caps uppercase lowercase".split())
_LEAST: Final = 4
_MOST: Final = 48


def joined(words: Sequence[Word]) -> list[Word]:
    """Make one word of each run of letters, digits and signs that were spelled out.

    Args:
        words: The words of a text.

    Returns:
        The words; a run of at least four spelled characters is one, marked as spelled.
    """
    if not any(_first(each) for each in words):
        return list(words)
    found: list[Word] = []
    at = 0
    while at < len(words):
        run = _run(words, at) if _first(words[at]) else None
        if run is None:
            found.append(words[at])
            at += 1
        elif run[0] is None:
            found += words[at : run[1]]
            at = run[1]
        else:
            found.append(run[0])
            at = run[1]
    return found


def _first(word: Word) -> bool:
    return bool(_said(word)) or word.low in _SPELLERS or "-" in word.text[1:2]


def _said(word: Word) -> str:
    """The character that a word spells; empty if it spells none."""
    low = word.low
    if len(low) == 1:
        return word.text
    return _DIGITS.get(low) or _TENS.get(low) or _ALPHABET.get(low) or _SIGNS.get(low) or ""


def _run(words: Sequence[Word], first: int) -> tuple[Word | None, int]:
    """The run that begins at a word, if it is one, and where it ends."""
    dashed = _dashed(words[first])
    if dashed:
        return dashed, first + 1
    text, last, count, spoken, at = "", first, 0, False, first
    while at < min(len(words), first + _MOST):
        word = words[at]
        if at > first and (
            _parted(word.before) or ("\n" in word.before and not word.low.isdigit())
        ):
            break
        said = _said(word)
        if word.low == "question" and at + 1 < len(words) and words[at + 1].low == "mark":
            said = "?"
        if said:
            text, last, count = text + said, at, count + 1
            at += 4 if _as_in(words, at) else 1
            last = at - 1
            continue
        if word.low not in _SILENT:
            piece = word.text if spoken and len(word.text) <= 12 and count else ""
            if piece and last == at - 1 and words[at - 2].low in _SPELLERS:
                text, last, count = text + piece, at, count + len(piece)
                at += 1
                continue
            break
        spoken = spoken or word.low in _SPELLERS
        at += 1
    if count < _LEAST or _harmless(words[first : last + 1]):
        return None, max(last + 1, at)
    start = words[first]
    return Word(
        text, start.start, words[last].end, start.before, text.lower(), spelled=True
    ), last + 1


def _parted(before: str) -> bool:
    return ";" in before or "|" in before


def _as_in(words: Sequence[Word], at: int) -> bool:
    """Whether *as in Tom* follows."""
    following = words[at + 1 : at + 4]
    return len(following) == 3 and (following[0].low, following[1].low) == ("as", "in")


def _harmless(words: Sequence[Word]) -> bool:
    """Counted words (one, a, in) that only look like a run."""
    return all(each.low in {"a", "i", "for", "and", "one", "in"} for each in words)


def _dashed(word: Word) -> Word | None:
    """Letters with a sign between each: p-a-s-s."""
    parts = word.text.split("-")
    if len(parts) >= _LEAST and all(len(each) == 1 for each in parts):
        text = "".join(parts)
        return Word(text, word.start, word.end, word.before, text.lower(), spelled=True)
    return None


def is_spelling(word: str) -> bool:
    """Whether a word may be a part of something that is spelled or counted out.

    Args:
        word: A word with the signs around it.

    Returns:
        Whether it is a number, a single letter, or the name of a digit, letter or sign.
    """
    low = word.lower().strip(".,;:!?\"'()")
    return (
        len(low) <= 1
        or low[:1].isdigit()
        or low in _DIGITS
        or low in _TENS
        or low in _ALPHABET
        or low in _SIGNS
        or low in _SPELLERS
    )
