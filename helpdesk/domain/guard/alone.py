"""Secrets that nothing announces: evident passwords, keys, codes that were texted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.shapes import is_evident, is_ordinary, is_plain, is_stemmed
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
    "texted text authenticator authy sms otp totp mfa 2fa texts one-time duo passcode".split()
)
_MAILED: Final = frozenset("letter letters mailed activation activate code codes".split())
_MAILED_CODE: Final = re.compile(r"(?=[A-Z-]*\d)(?=[\d-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*")
_NUMBERED: Final = frozenset("case account acct ticket bar error no # $ receipt ref docket".split())
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
        if word.spelled:
            if _is_spelled(word.text):
                yield Secret("something spelled out", word.start, word.end)
        elif is_evident(word.text):
            yield Secret("a password", word.start, word.end)
        elif len(word.text) > _LONG and _is_key(word.text):
            yield Secret("a key or code", word.start, word.end)
        elif len(word.text) >= _CODE_DIGITS and _MAILED_CODE.fullmatch(word.text):
            if _was_mailed(words, at):
                yield Secret("a code", word.start, word.end)
        elif word.low in _AS:
            yield from _logged_in(words, at)
        elif len(word.low) == _CODE_DIGITS and word.low.isdigit():
            if _was_texted(words, at):
                yield Secret("a code", word.start, word.end)
        elif len(word.text) == _LEAST_QUARTERS:
            last = _quarters(words, at)
            if last > at:
                yield Secret("a secret key", word.start, words[last].end)


def _is_key(text: str) -> bool:
    if _KEY.fullmatch(text):
        return True
    if not _GROUPS.fullmatch(text):
        return False
    mixed = [_is_mixture(each) for each in text.split("-")]
    return sum(mixed) > 1 and not is_ordinary(text.lower())


def _is_mixture(text: str) -> bool:
    return any(each.isdigit() for each in text) and any(each.isalpha() for each in text)


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
        return digits not in _COUNTED
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
    if (is_plain(word.text) and word.text == word.low) or _is_mixture(word.text) or "_" in word.text:
        yield Secret("a login name", word.start, word.end)


def _was_mailed(words: Sequence[Word], at: int) -> bool:
    near = {each.low for each in words[max(0, at - 8) : at + 7]}
    told = at > 0 and words[at - 1].low in _NUMBERED
    low = words[at].low
    return bool(near & _MAILED) and not (told or is_ordinary(low) or is_stemmed(low))


def _was_texted(words: Sequence[Word], at: int) -> bool:
    near = {each.low for each in words[max(0, at - 6) : at + 5]}
    return bool(near & _TEXTED) and not (at and words[at - 1].low in _NUMBERED)
