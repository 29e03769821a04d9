"""Secrets that nothing announces: evident passwords, keys, codes that were texted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.shapes import is_evident, is_mixed, is_ordinary, is_plain, is_stemmed
from helpdesk.domain.guard.words import Word

_IN_ADDRESS: Final = re.compile(
    r"://[^\s/@:]{1,200}:(?P<user>[^\s/@]{1,200})@"
    r"|[?&](?:token|password|passwd|pwd|pass|code|otp|key|secret|sig)=(?P<query>[^\s&#]{3,})"
)
_KEY: Final = re.compile(
    r"otpauth://.+|AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|eyJ[\w-]{10,}\.[\w.-]+"
    r"|(?=[A-Z]*[2-7])(?=[2-7]*[A-Z])[A-Z2-7]{16,64}"
)
_GROUPS: Final = re.compile(r"(?:[A-Za-z0-9]{4,5}-){2,7}[A-Za-z0-9]{4,5}")
_QUARTER: Final = re.compile(r"[a-z2-7]{4}|[A-Z2-7]{4}")
_LONG, _LEAST_QUARTERS = 11, 4
_TEXTED: Final = frozenset(
    "app verification texted text authenticator authy sms otp totp mfa 2fa texts one-time duo "
    "passcode".split()
)
_MAILED: Final = frozenset("letter letters mailed activation activate code codes".split())
_MAILED_CODE: Final = re.compile(r"(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*")
_CODE_PART: Final = re.compile(r"\d{2,8}|\d{3}-\d{3}|\d\d-\d\d-\d\d")
_DAY: Final = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])[0-3]\d")
_NUMBERED: Final = frozenset(
    "case account acct ticket bar error no # $ receipt ref docket".split()
)
_SAYING: Final = frozenset(
    "typed types typing told gave gives reads tried tries entered enters entering wrote uses "
    "using with say says said mumbled put puts".split()
)
_WHOM: Final = frozenset("him her them me it in the to atty caller us login as".split())
_AS: Final = frozenset("logs logged logging log login signs signed signing sign".split())
_WITH: Final = frozenset("as with using under".split())
_WHERE: Final = frozenset("in on to into pacer cm/ecf ecf".split())
_CODE_DIGITS: Final = 6
_COUNTED: Final = frozenset({4, 5, 7, 10, 11})
"""How many digits a phone number has, or an account: spelled out, they are no secret alone."""


def find_alone(text: str, words: Sequence[Word]) -> Iterator[Secret]:
    """Find what is a secret by its shape.

    Args:
        text: The folded text.
        words: Its words.

    Yields:
        The secrets.
    """
    if "=" in text or "://" in text:
        for match in _IN_ADDRESS.finditer(text):
            yield Secret("a password or code", *match.span(str(match.lastgroup)))
    for at, word in enumerate(words):
        if word.low in _SAYING:
            yield from _said(words, at)
        kind = _shape(words, at)
        if kind:
            yield Secret(kind, word.start, word.end)
        elif word.low in _AS:
            yield from _logged_in(words, at)
        elif not word.spelled:
            yield from _run(words, at)


def _shape(words: Sequence[Word], at: int) -> str:
    """What a single word is by its shape; empty for nothing."""
    word = words[at]
    if word.spelled:
        return "something spelled out" if _is_spelled(word.text) else ""
    if is_evident(word.text):
        return "a password"
    if len(word.text) > _LONG and _is_key(word.text):
        return "a key or code"
    coded = len(word.text) >= _CODE_DIGITS and _MAILED_CODE.fullmatch(word.text)
    return "a code" if coded and _was_mailed(words, at) else ""


def _run(words: Sequence[Word], at: int) -> Iterator[Secret]:
    """Digits that were texted, or the groups of a key, that begin at a word."""
    word = words[at]
    if _CODE_PART.fullmatch(word.low):
        last = _code_until(words, at)
        if last >= at:
            yield Secret("a code", word.start, words[last].end)
    elif len(word.text) == _LEAST_QUARTERS and not (at and _is_quarter(words[at - 1])):
        last = _quarters(words, at)
        if last > at:
            yield Secret("a secret key", word.start, words[last].end)


def _digits(low: str) -> str:
    return low.replace("-", "")


def _code_until(words: Sequence[Word], at: int) -> int:
    """The last word of digits that were texted, mailed, or are one of many codes; or ``-1``."""
    digits, last = _digits(words[at].low), at
    while last + 1 < len(words) and len(digits) < _CODE_DIGITS and words[last + 1].low.isdigit():
        if words[last + 1].before or len(words[last + 1].low) > 3:
            break
        last += 1
        digits += words[last].low
    following = words[last + 1] if last + 1 < len(words) else None
    if following is not None and following.low.isdigit() and not following.before:
        return -1
    if len(digits) == _CODE_DIGITS and _was_texted(words, at):
        return last
    return last if len(digits) == 8 and _is_of_many(words, at) else -1


def _is_of_many(words: Sequence[Word], at: int) -> bool:
    """Whether it is behind *activate*, or one of several numbers of the same length."""
    low = words[at].low
    alike = [
        each
        for each in words[max(0, at - 2) : at + 3]
        if each.low.isdigit() and len(each.low) == len(low)
    ]
    activated = any(each.low in {"activate", "activation"} for each in words[max(0, at - 6) : at])
    told = at > 0 and words[at - 1].low in _NUMBERED
    return not (told or _DAY.fullmatch(low)) and (
        activated or (len(alike) > 2 and any(each.low == "codes" for each in words))
    )


def _is_key(text: str) -> bool:
    if _KEY.fullmatch(text):
        return True
    if not _GROUPS.fullmatch(text):
        return False
    mixed = [_is_mixture(each) for each in text.split("-")]
    return sum(mixed) > 1 and not is_ordinary(text.lower())


def _is_mixture(text: str) -> bool:
    return any(each.isdigit() for each in text) and any(each.isalpha() for each in text)


def _is_quarter(word: Word) -> bool:
    return len(word.text) == _LEAST_QUARTERS and _QUARTER.fullmatch(word.text) is not None


def _quarters(words: Sequence[Word], at: int) -> int:
    """The last of a key's groups of four; the first word itself when it is no key."""
    last, mixed = at, 0
    while last < len(words) and last < at + 16 and len(words[last].text) == _LEAST_QUARTERS:
        if not _QUARTER.fullmatch(words[last].text):
            break
        mixed += _is_mixture(words[last].text)
        last += 1
    return last - 1 if last - at >= _LEAST_QUARTERS and mixed > 1 else at


def _is_spelled(text: str) -> bool:
    """Whether what was spelled out can be no name and no phone number."""
    digits = sum(each.isdigit() for each in text)
    if text.isdigit():
        return digits not in _COUNTED and text not in "123456789"  # somebody counts
    if digits or not text.isalnum():
        return len(text) >= _CODE_DIGITS - (digits > 0)
    return len(text) >= _CODE_DIGITS and text[1:] != text[1:].lower() and text != text.upper()


def _logged_in(words: Sequence[Word], at: int) -> Iterator[Secret]:
    """Logs in as NAME."""
    place = at + 1
    while place < min(at + 5, len(words)) and words[place].low in _WHERE:
        place += 1
    if place + 1 >= len(words) or words[place].low not in _WITH:
        return
    word = words[place + 1]
    if is_ordinary(word.low) or is_stemmed(word.low):
        return
    if (
        (is_plain(word.text) and word.text == word.low)
        or _is_mixture(word.text)
        or "_" in word.text
    ):
        yield Secret("a login name", word.start, word.end)


def _said(words: Sequence[Word], at: int) -> Iterator[Secret]:
    """Typed X, told him X, gave her X: a mixed word, or unknown words with a number."""
    place = at + 1
    while place < min(at + 5, len(words)) and words[place].low in _WHOM:
        place += 1
    if place >= len(words) or set(words[place].before) & set(";\n"):
        return
    word = words[place]
    if is_ordinary(word.low) or is_stemmed(word.low) or word.spelled:
        return
    if (
        _is_mixture(word.text)
        and is_mixed(word.text)
        and len(word.text) > 5
        and "=" not in word.text
        and not word.text.isupper()
    ):
        yield Secret("a password", word.start, word.end)
    last = place
    while (
        last < min(place + 5, len(words))
        and is_plain(words[last].text)
        and words[last].text.islower()
    ):
        if last > place and words[last].before:
            return
        last += 1
    numbered = last < len(words) and words[last].low.isdigit() and not words[last].before
    if last - place > 1 and numbered and len(words[last].low) < 5:
        yield Secret("a password", word.start, words[last].end)


def _was_mailed(words: Sequence[Word], at: int) -> bool:
    near = {each.low for each in words[max(0, at - 8) : at + 7]}
    told = at > 0 and words[at - 1].low in _NUMBERED
    low = words[at].low
    return bool(near & _MAILED) and not (told or is_ordinary(low) or is_stemmed(low))


def _was_texted(words: Sequence[Word], at: int) -> bool:
    near = {each.low for each in words[max(0, at - 8) : at + 10]}
    return bool(near & _TEXTED) and not (at and words[at - 1].low in _NUMBERED)
