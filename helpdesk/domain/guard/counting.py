"""Digits in a note: what they count, what they number, and where a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from helpdesk.domain.guard.label_words import ACTIVATION, CODES, IDS, SEEDED, UNITS
from helpdesk.domain.guard.shapes import is_ordinary
from helpdesk.domain.guard.words import Word


def digits_of(words: Sequence[Word], place: int) -> str:
    """The digits of a number, also written in groups; empty for what is none."""
    low = words[place].low
    if low[:1] == "#":
        low = low[1:]
    digits = re.sub(r"[-.,_/]", "", low)
    if not digits.isdigit() or (
        low != digits
        and is_ordinary(low)
        and not re.fullmatch(r"\d{2,4}-\d{2,4}(?:-\d{2,4})*|\d{2}-\d{6,8}-\d", low)
    ):
        return ""
    for word in words[place + 1 : place + 10]:
        if word.before not in {"", "-", "."} or not word.low.isdigit():
            break
        digits += word.low
    return digits


def is_number(words: Sequence[Word], place: int, least: int, most: int) -> bool:
    """Whether a number of so many digits stands there, and counts nothing."""
    digits = digits_of(words, place)
    return least <= len(digits) <= most and is_no_count(words, place)


def is_no_count(words: Sequence[Word], place: int) -> bool:
    """Whether it is no count of something."""
    following = words[place + 1] if place + 1 < len(words) else None
    if following is None or following.before.strip() or following.low not in UNITS:
        return True
    if following.low not in {"to", "-", "of", "or", "more", "different", "failed"}:
        return False
    then = words[place + 2].low if place + 2 < len(words) else ""
    return len(words[place].low) > 3 and not then[:1].isdigit()


def is_after_id(words: Sequence[Word], place: int) -> bool:
    """Whether the word before says what the number is: a case, an account, a page."""
    return place > 0 and words[place - 1].low in IDS and words[place].before not in {":", "="}


def is_year(digits: str) -> bool:
    """Whether four digits may be a year."""
    return len(digits) == 4 and digits[:2] in {"19", "20"}


def is_end(gap: str) -> bool:
    """Whether a sentence or a line ends there."""
    return any(each in gap for each in ";\n!?") or "." in gap.replace("...", "")


def is_error_near(words: Sequence[Word], place: int) -> bool:
    """Whether an error or a page is spoken of."""
    near = {each.low for each in words[max(0, place - 6) : place + 4]}
    return bool(near & {"error", "errors", "err", "page", "screen", "message", "shows", "http"})


def is_named(words: Sequence[Word], at: int) -> bool:
    """Whether it says what kind of code it is."""
    before = [each.low for each in words[max(0, at - 3) : at]]
    if words[at].low.endswith("digit") or any(ACTIVATION.match(each) for each in before):
        return True
    return bool(CODES & set(before[-2:])) or (
        words[at].low in {"mfa", "2fa", "tfa"}
        and at + 1 < len(words)
        and words[at + 1].low in {"code", "codes"}
    )


def is_seed(words: Sequence[Word], at: int) -> bool:
    """Whether the word before says that the key is one of an authenticator."""
    before = {each.low for each in words[max(0, at - 2) : at]}
    return bool(before & SEEDED) or words[at].low.startswith("seed")
