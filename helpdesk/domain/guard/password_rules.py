"""What a password looks like behind its label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.domain.guard.counting import is_after_id, is_number
from helpdesk.domain.guard.label_words import BREAKS, OUTCOMES, UNITS, USES
from helpdesk.domain.guard.shapes import is_evident, is_mixed, is_plain, is_stemmed
from helpdesk.domain.guard.vocabulary import is_prose
from helpdesk.domain.guard.words import Word

_SHORTEST_TRIED: Final = 5

_NO_IDS: Final = BREAKS | {"year", "before", "until", "to", "no"}


def is_password(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    """Whether a word behind *password* is one.

    Args:
        words: The words of a text.
        place: Where the word stands.
        at: Where its label stands.
        near: Whether nothing but known words stands between.
        sign: ``hard`` behind a colon and the like, ``soft`` behind *is*, empty without.

    Returns:
        Whether it is.
    """
    word, text, low = words[place], words[place].text, words[place].low
    direct = place == at + 1 or bool(sign)
    if is_evident(text):
        return True
    weak = words[at].low in {"pass", "clave", "cred", "creds", "credentials", "credential"}
    if near and direct and text[0].isdigit() and low.replace("-", "").isdigit():
        ranged = "-" in low and len(low) < 7
        return is_number(words, place, 4, 12) and not weak and not ranged
    shown = text[1:] != low[1:] and text != text.upper()
    if is_mixed(text) and (len(text) >= 4 or shown) and not is_prose(low):
        return _is_made_up(words, place, near=near, direct=direct, sign=sign)
    if near and sign and '"' in word.before and _quoted(words, place):
        return True
    if near and direct and _passphrase(words, place, sign):
        return True
    if not is_plain(text) or not near:
        return False
    if sign and not (weak and sign != "hard"):
        return len(text) > 2 and not low.endswith("'s")
    if weak or place != at + 1:
        return False
    return _phrase(words, place) or is_tried(words, place, at)


def _is_made_up(words: Sequence[Word], place: int, *, near: bool, direct: bool, sign: str) -> bool:
    """Whether a word with letters and digits or signs is meant, and no name with its number."""
    text, low = words[place].text, words[place].low
    if near and direct:
        return not is_stemmed(low) or bool(sign)
    cased = text not in {low, text.upper()} and text[1:] != low[1:]
    told = is_after_id(words, place) and words[place - 1].low not in _NO_IDS
    return (
        (len(text) >= 6 or cased or sign == "hard")
        and not is_stemmed(low)
        and not told
        and text != text.upper()
    )


def is_tried(words: Sequence[Word], place: int, at: int) -> bool:
    """Whether an unknown word right behind its label was tried.

    Args:
        words: The words of a text.
        place: Where the word stands.
        at: Where its label stands.

    Returns:
        Whether it says what became of the word, or what was done with it.
    """
    text, low = words[place].text, words[place].low
    if text != low or len(text) < _SHORTEST_TRIED or low.endswith("'s"):
        return False
    if set(words[place].before) & set("\"',("):
        return "," not in words[place].before or _ends_with(words, place, ",")
    following = words[place + 1] if place + 1 < len(words) else None
    if following is not None and following.low in OUTCOMES:
        return True
    if following is not None and not following.before and is_plain(following.text):
        return following.text == following.low
    if words[place].before.strip() in {"/", "..."}:
        return True
    before = {each.low for each in words[max(0, at - 3) : at]}
    if "no" in before or "not" in before:
        return False
    ends = following is None or bool(following.before.strip())
    return bool(before & USES) or (ends and place + 1 - at == len(words))


def _ends_with(words: Sequence[Word], place: int, sign: str) -> bool:
    """Whether a sign follows a word."""
    return place + 1 < len(words) and sign in words[place + 1].before


def _quoted(words: Sequence[Word], place: int) -> bool:
    """Several words between quotes of which half are unknown."""
    for last in range(place + 1, min(place + 7, len(words))):
        if '"' in words[last].before:
            inside = [is_plain(each.text) for each in words[place:last]]
            return len(inside) > 1 and 2 * sum(inside) >= len(inside)
    return False


def _passphrase(words: Sequence[Word], place: int, sign: str) -> bool:
    """Several words of which some are unknown, or with a number behind: a phrase to log in."""
    last = place
    while last + 1 < len(words) and last < place + 4 and words[last + 1].before == "":
        last += 1
    phrase = words[place : last + 1]
    unknown = [is_plain(each.text) and each.text == each.low for each in phrase]
    if len(phrase) > 2 and sum(unknown) > 1 and unknown[1]:
        return True
    numbered = next((at for at, each in enumerate(phrase) if each.low.isdigit()), 0)
    if not numbered or len(phrase[numbered].low) > 4:
        return False
    titled = all(each.text.istitle() for each in phrase[:numbered])
    counted = numbered + 1 < len(phrase) and phrase[numbered + 1].low in UNITS
    stem = is_stemmed(phrase[numbered - 1].low + phrase[numbered].low)
    return bool(sign) and titled and numbered > 1 and not counted and not stem


def _phrase(words: Sequence[Word], place: int) -> bool:
    """Unknown words with a number behind them: blue horse 42."""
    for next_place in range(place + 1, min(place + 5, len(words))):
        word = words[next_place]
        if word.before.strip():
            return False
        if word.low.isdigit():
            following = words[next_place + 1].low if next_place + 1 < len(words) else ""
            return following not in UNITS
        if is_prose(word.low):
            return False
    return False
