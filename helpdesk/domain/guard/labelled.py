"""Secrets behind the word that announces them: password, pin, code, ssn, login, routing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.ahead import value_ahead
from helpdesk.domain.guard.counting import is_end, is_named, is_seed
from helpdesk.domain.guard.label_rules import RULES
from helpdesk.domain.guard.label_words import (
    BREAKS,
    CHANGING,
    COPULA,
    GLUE,
    HARD,
    HOLDERS,
    NAMES,
    NOT_CODES,
    SITES,
    WHO,
    WINDOW,
    WORDS,
)
from helpdesk.domain.guard.labels import label_kind
from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.shapes import is_evident, is_ordinary
from helpdesk.domain.guard.vocabulary import is_prose
from helpdesk.domain.guard.words import Word

_PAIRS: Final = (
    ({"id", "ids"}, HOLDERS, "login"),
    ({"sec", "security"}, {"scl", "soc", "socl", "socal", "socail"}, "ssn"),
    ({"number", "string", "no"}, {"verification", "activation"}, "code"),
    ({"digit"}, {"6", "six", "8", "eight"}, "code"),
    (WORDS, {"pass", "secret"}, "password"),
)
"""Labels of two words: the second, the first, and what both announce."""

_CHANGES: Final = frozenset({"from", "to"})


def find_labelled(words: Sequence[Word]) -> Iterator[Secret]:
    """Find what stands behind a label, or right before one.

    Args:
        words: The words of a text.

    Yields:
        The secrets.
    """
    for at in range(len(words)):
        kind = _kind(words, at)
        if not kind or _is_harmless(words, at, kind):
            continue
        for first, last in (_behind(words, at, kind), value_ahead(words, at, kind)):
            if first >= 0:
                yield Secret(NAMES[kind], words[first].start, words[last].end)


def _kind(words: Sequence[Word], at: int) -> str:
    """What a word announces, alone or with the word before it."""
    low, before = words[at].low, words[at - 1].low if at else ""
    for second, first, kind in _PAIRS:
        if low in second and before in first:
            return kind
    return label_kind(low)


def _is_harmless(words: Sequence[Word], at: int, kind: str) -> bool:
    """Whether a label announces nothing here: an error code, the key of a door."""
    low = words[at].low
    if kind in {"birth", "answer"} or (kind == "seed" and not is_seed(words, at)):
        return True
    if low == "pass" and at + 1 < len(words) and words[at + 1].low in WORDS:
        return True
    if low in {"cd", "cod", "cde"} and not is_named(words, at):
        return True
    if kind != "code" or low.startswith(("otp", "totp", "cv", "pass")):
        return False
    return at > 0 and not is_end(words[at].before) and words[at - 1].low in NOT_CODES


def _behind(words: Sequence[Word], at: int, kind: str) -> tuple[int, int]:
    """The first and last word of the value behind a label; ``-1`` when there is none."""
    near, sign, skip = True, "soft" if words[at].low.endswith("'s") else "", False
    for place in range(at + 1, min(at + 1 + WINDOW, len(words))):
        word, gap = words[place], words[place].before
        if place == at + 1 and gap.strip() == "?" and word.text.islower():
            sign = "soft"
        elif is_end(gap) and not ("\n" in gap and near and (sign or place == at + 1)):
            break
        if "," in gap and place > at + 1 and kind != "password" and not sign:
            near = near and kind in {"code", "pin", "ssn", "bank"}
        if HARD & set(gap):
            sign, skip = "hard", False
        if skip:
            skip = False
            if not (is_evident(word.text) or word.spelled):
                continue
        if word.low in {"for", "on", "at"} and near and not sign:
            skip = words[place + 1 : place + 2] == [] or words[place + 1].low not in SITES
            continue
        if _is_value(words, place, kind, at, near=near, sign=sign):
            return place, _until(words, place, kind)
        if word.low in COPULA or (word.low in _CHANGES and _is_changed(words, at, place)):
            sign = sign or "soft"
            near = near or (place - at <= 4 and words[at + 1].low in WHO)
        elif word.low not in GLUE or word.low in BREAKS:
            near, sign = False, "" if sign != "hard" or word.low in BREAKS else sign
            if label_kind(word.low) and place > at + 1:
                break
            if sign == "hard" and is_prose(word.low):
                sign = ""
    return -1, -1


def _is_changed(words: Sequence[Word], at: int, place: int) -> bool:
    """Whether *to*, or *from* before it, says what a password was changed to or from."""
    if words[place].low == "from" and all(
        each.low != "to" for each in words[place + 2 : place + 4]
    ):
        return False  # where or by whom it was changed
    return any(CHANGING.match(each.low) for each in words[max(0, at - 4) : place])


def _is_value(
    words: Sequence[Word], place: int, kind: str, at: int, *, near: bool, sign: str
) -> bool:
    """Whether a word is what its label announced."""
    word = words[place]
    if label_kind(word.low) and not word.spelled:
        return False
    if word.spelled:
        return True
    rule = RULES[kind]
    return rule(words, place, at, near=near, sign=sign)


def _until(words: Sequence[Word], first: int, kind: str) -> int:
    """The last word of a value: numbers go on with numbers, phrases with unknown words."""
    last = first
    while last + 1 < len(words) and last < first + WINDOW:
        word = words[last + 1]
        if set(word.before) - {"-", "\n", "/", ".", ","} or (
            is_end(word.before) and "\n" not in word.before
        ):
            break
        digits = word.low.replace("-", "").isdigit()
        if not digits and (
            kind in {"pin", "ssn", "bank"}
            or is_prose(word.low)
            or is_ordinary(word.low)
            or "," in word.before
            or "\n" in word.before
        ):
            break
        if digits and is_ordinary(word.low):
            break
        last += 1
    return last
