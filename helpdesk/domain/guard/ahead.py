"""Secrets right before the word that tells what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from helpdesk.domain.guard.counting import is_after_id, is_end, is_error_near, is_named, is_year
from helpdesk.domain.guard.label_words import BACK, COMPOUNDS, LINKS
from helpdesk.domain.guard.shapes import is_mixed, is_ordinary, is_plain, is_stemmed
from helpdesk.domain.guard.words import Word

_DIGITS: Final = {
    "ssn": (4, 9), "pin": (4, 12), "code": (4, 10), "password": (4, 12), "bank": (6, 17),
    "login": (4, 12),
}  # fmt: skip


_SAID_NUMBERS: Final = frozenset(
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty "
    "sixty seventy eighty ninety".split()
)
_GROUPED: Final = re.compile(r"\d{3}-\d{3}|\d\d-\d\d-\d\d")


def value_ahead(words: Sequence[Word], at: int, kind: str) -> tuple[int, int]:
    """A value right before its label: *Fluffy is the password*, *6789 (last four of SSN)*."""
    if kind == "seed" or _compound(words, at):
        return -1, -1
    linked, place = "(" in words[at].before or "=" in words[at].before, at - 1
    while place >= 0 and place >= at - 8:
        word, gap = words[place], words[place + 1].before
        if is_end(gap) or ("," in gap and words[place + 1].low not in {"that", "that's", "thats"}):
            return -1, -1
        linked = linked or "(" in gap
        if word.low in LINKS:
            linked = True
        elif word.low not in BACK:
            break
        place -= 1
    linked = linked or (kind == "code" and place >= 0 and _is_named_code(words, place, at))
    if place < 0 or not linked:
        return -1, -1
    first = _begin(words, place, kind)
    fits = first < place or _is_value(words, place, at, kind)
    return (first, place) if fits else (-1, -1)


def _is_named_code(words: Sequence[Word], place: int, at: int) -> bool:
    """Whether digits stand right before *activation code* and the like."""
    first = _begin(words, place, "code")
    digits = sum(len(each.low.replace("-", "")) for each in words[first : place + 1])
    alone = first == 0 or is_end(words[first].before) or bool(words[first].before.strip())
    named = place + 1 < at and is_named(words, at)
    return named and alone and words[place].low.isdigit() and digits in {6, 8, 9}


def _begin(words: Sequence[Word], place: int, kind: str) -> int:
    """Where a phrase or a number of several groups begins that ends at a word."""
    first, low = place, words[place].low
    if low.isdigit() and kind in {"code", "ssn", "bank"}:
        while first > 0 and words[first].before in {"", "-"} and words[first - 1].low.isdigit():
            first -= 1
        digits = sum(len(each.low) for each in words[first : place + 1])
        least = {"code": 6, "ssn": 9, "bank": 9}[kind]
        return first if least <= digits <= _DIGITS[kind][1] else place
    if kind != "password":
        return place
    while first > 1 and words[first].before == "" and words[first].low in _SAID_NUMBERS:
        first -= 1
    numbered = first < place or (low.isdigit() and len(low) < 5)
    if not numbered and not (is_plain(low) and words[place].text == low):
        return place
    while first > max(0, place - 5) and words[first].before == "":
        if not is_plain(words[first - 1].text):
            break
        first -= 1
    return first


def _is_value(words: Sequence[Word], place: int, at: int, kind: str) -> bool:
    word = words[place]
    digits = word.low.replace("-", "")
    if digits.isdigit():
        least, most = _DIGITS[kind]
        known = kind != "code" or is_named(words, at) or len(digits) >= 6
        grouped = kind == "code" and _GROUPED.fullmatch(word.low)
        shaped = bool(grouped) or not is_ordinary(word.low)
        fits = least <= len(digits) <= most and known and shaped
        return fits and not is_year(digits) and not is_after_id(words, place)
    mixed = is_mixed(word.text)
    if kind in {"password", "login"} and (word.spelled or mixed or is_plain(word.text)):
        return not is_stemmed(word.low) and not word.low.endswith("'s")
    digit = any(each.isdigit() for each in word.text)
    return kind == "code" and mixed and digit and not is_error_near(words, place)


def _compound(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else None
    return following is not None and not following.before.strip() and following.low in COMPOUNDS
