"""What a single word looks like: a date, a case number, a password on its own, a plain word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from helpdesk.domain.guard.vocabulary import VOCABULARY, is_prose

_ORDINARY: Final = re.compile(
    r"""
      \d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?                          # 5/28/2026, 2026-05-28
    | \d{1,4}[/-]\d{1,4}
    | \d{1,2}(?::\d\d){0,2}(?:[ap]\.?m?)?(?:-\d{1,2}(?::\d\d)?(?:[ap]\.?m?)?)?   # 9:30a-11
    | \d{1,2}:\d\d(?::\d\d)?(?:[a-z]{1,4})?
    | \d{4}-\d\d-\d\dt[\d:.]+(?:z|[+-][\d:]+)?
    | \d+(?:st|nd|rd|th)
    | \d+-?(?:x|h|hrs?|hours?|m|mins?|minutes?|s|secs?|d|days?|bd|wks?|weeks?|mos?|months?|yrs?|
        years?|yo|mb|kb|gb|k|mbps|px|dpi|pg|pgs|pp|pages?|bit|chars?|characters?|digits?|letters?|
        steps?|ish|ct|cents?|am|pm|users?|cases?|files?|v\d+)
    | .*\d[:_]\d\d-[a-z][a-z]-\d{3,6}(?:-.*)?
    | \d+(?:\.[0-9a-f]+){2,}
    | x\d+ | \d+x\d+ | \d\dh[12] | ao-?\d{1,3}[a-z]?
    | (?:\d:)?\d{2,4}-?(?:cv|cr|bk|ap|mc|mj|mp|ad|cb|md|po|br|misc|mdl|mb|sw|pr|dp|rj|gj|cm|vv|ag)
        -?\d{2,6}(?:-[a-z0-9]+)*
    | (?:\d:)?\d{2}-\d{3,6}(?:-[a-z0-9]{1,6})*
    | \d{2}-\d{4,5}[a-z]{2,4}\d{0,2}
    | [a-z]{1,3}-\d{2}-\d{4,7}
    | [$€£]\d[\d,.]*[km]? | \d[\d,]*\.\d\d | \d{1,3}(?:,\d{3})+ | \d+(?:\.\d+)?% | \d\d?\.\d
    | v?\d+(?:\.\d+){1,4}(?:-?[a-z]{1,5}\d*)?
    | \+?\d?[-.(]{0,2}\d{3}[-.)]{1,2}\d{3}[-.]\d{4}(?:x\d+|ext\.?\d+)? | \d{3}-\d{4}
    | [^@\s]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+
    | https?:.* | www\..* | [a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gov|com|org|net|us|edu|example|
        mil)(?:[/:].*)?
    | .*\.(?:pdf|docx?|xlsx?|txt|rtf|png|jpe?g|gif|tiff?|msg|eml|zip|csv|html?|exe|msi|dll|js|
        log|xml|
        json|pptx?|mp[34]|wpd|yaml|ini|bat|dmg)
    | (?:[a-z]+::)?(?:err|error|sec|ssl|dns|net|pr|mozilla|inet|ns|status|win|http)_[a-z0-9_]+
    | [a-z]+(?:_[a-z]+){2,}(?:_[a-z0-9]+)*
    | (?:ctrl|control|alt|shift|cmd|command|fn|win|option)(?:[+-]\w+)+
    | 0x[0-9a-f]+ | kb\d{5,8} | tls1?\.?\d
    | [a-z]:\\.* | \\\\.* | /[\w./-]*
    | [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}
    | (?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}
    | [a-z]{1,2}&[a-z]{1,2} | c\+\+\d* | 24/7 | 9/80 | w-?[249] | 1099(?:-[a-z]+)? | 10[-]?k |
         3\.?\d?[a-z]?
    """,
    re.VERBOSE,
)
_STEM: Final = re.compile(r"([a-z]+(?:-[a-z]+)?)[-.#]?(\d{1,6}[a-z]?)(?:\.\d+)*")
_STEMS: Final = frozenset(
    "win windows chrome firefox ff edge ie safari ios ipados android office acrobat adobe word "
    "outlook macos ubuntu java room rm ext extn form rule page pg step line item exhibit exh ex "
    "doc dkt docket ecf chapter ch part level version ver build v ticket case acct account dell "
    "hp latitude optiplex thinkpad surface iphone ipad galaxy pixel laserjet http https sha md "
    "utf base oauth ipv tls ssl usb mp h count section sec schedule sched attachment att entry "
    "ste suite unit apt bldg box po fy q local phone line tel fax cell error err code status "
    "file motion order claim judge courtroom ctrm cr bar no num number ref receipt lot batch "
    "count zone win-server server pc floor fl building jan feb mar apr may jun jul aug sep sept "
    "oct nov dec january february march april june july august september october november "
    "december mon tue wed thu fri sat sun highway hwy route rt i us option press ring day week "
    "year rev draft copy print pdf scan image img adv als bk cv note call fee invoice inv order "
    "opt tier group grp user attempt try prong prop proposed photoshop excel powerpoint project "
    "visio autocad wordperfect quickbooks lexis westlaw".split()
)
_PERIOD: Final = re.compile(r"(?:last|next)-\d{1,3}d?")  # half typed, as queries have it
_CHANGES: Final = re.compile(r"[a-z]+|[A-Z]+|\d+|[^a-zA-Z\d]+")
_ON_ITS_OWN: Final = re.compile(
    r"""
      [A-Z]?[a-z]{4,}[-_.]?\d{2,6} | [A-Z][a-z]{2,}\d{2,6} | [A-Z]{5,}\d{2,4}
    | [A-Za-z]*[a-z][A-Z][a-z]+\d{1,4}
    """,
    re.VERBOSE,
)
_TITLED: Final = re.compile(r"[A-Z][a-z]+(?:[._][A-Z][a-z]+)+[._]?\d+")
_HEX: Final = re.compile(r"[0-9a-f]{6,40}|[0-9A-F]{6,64}|[0-9a-f]{64}")
_LEET: Final = re.compile(r"[a-z]+(?:[0134578]+[a-z]+)+\d*|[a-z]+[0134578]+[a-z]+\d{2,}")
_SIGNS: Final = frozenset("!@#$%^&*+?~=")
_NUMBERED: Final = re.compile(
    r"(?:acct|account|case|ticket|doc|dkt|docket|ecf|ext|ref|no|bar|claim|ch|room|rm|receipt|"
    r"invoice|"
    r"inv|id|order|exh|ex|entry|item|pacer|line|step|unit|apt|suite|ste|po|t|p|conf|check|ck|"
    r"case)?#.*",
)
_SHORTEST, _LONGEST = 6, 80


@lru_cache(maxsize=4_096)
def is_ordinary(low: str) -> bool:
    """Whether a word has the shape of something that notes are full of, and never a secret's.

    Args:
        low: The word in small letters.

    Returns:
        Whether it is a date, time, count, case or phone number, an address, a file, a version.
    """
    return len(low) > _LONGEST or _ORDINARY.fullmatch(low.rstrip("!?.")) is not None


def is_stemmed(low: str) -> bool:
    """Whether it is a known name with its number: win11, exhibit12, ext123.

    Args:
        low: The word in small letters.

    Returns:
        Whether it is.
    """
    found = _STEM.fullmatch(low)
    return found is not None and found[1] in _STEMS


@lru_cache(maxsize=4_096)
def is_evident(text: str) -> bool:
    """Whether a word looks like a password even when nothing announces it.

    Args:
        text: The word as typed.

    Returns:
        Whether it does: ``Winter2025``, ``Tr0ub4dor&3``, ``kR7mWq4p``.
    """
    low = text.lower()
    if ";" in text or "]" in text:
        return False  # a control sequence or markup, not a word
    if not _SHORTEST <= len(text) <= _LONGEST or low.isalpha() or low.isdigit():
        return False
    if is_ordinary(low) or is_stemmed(low) or low in _NAMED or "\\" in text:
        return False
    if _PERIOD.fullmatch(low):
        return False
    if "/" in text:
        parts = text.split("/")
        return len(parts) == 2 and any(map(is_evident, parts))
    letters = sum(each.isalpha() for each in text)
    if _SIGNS & set(text):
        return _signed(text, low, letters)
    if letters < 3 or _vocabulary_numbered(text, low):
        return False
    if _ON_ITS_OWN.fullmatch(text) or _is_name_numbered(text, low):
        return True
    if not text.isalnum():
        return _parted(text, low)
    if _HEX.fullmatch(text):
        return False
    return _jumbled(text) or (
        len(text) > _SHORTEST and bool(_LEET.fullmatch(low)) and text != text.upper()
    )


def _signed(text: str, low: str, letters: int) -> bool:
    """With signs among its letters."""
    if _NUMBERED.fullmatch(low) or (low[0] in "@$#+=~*&" and text[1:].isalpha()):
        return False
    digits = sum(each.isdigit() for each in text)
    kinds = set(text) & _SIGNS
    if digits == 0:
        if "@" in kinds:
            return (
                letters >= 5
                and low.index("@") <= 2
                and low[:2] in {"p@", "s@", "@"} | {f"{a}@" for a in "bcdfghjklmnrtvw"}
            )
        return letters >= 5 and bool(re.search(r"[a-z][$^][a-z]", low))
    if letters >= 3 and digits >= 1 and kinds - {"="}:
        inside = low.strip("+=~*&")
        return not (is_ordinary(inside) or is_stemmed(inside))
    return letters >= 1 and digits >= 2 and len(kinds) >= 2


def _vocabulary_numbered(text: str, low: str) -> bool:
    """A word of the trade in small letters with a short number behind it."""
    stem = low.rstrip("0123456789")
    number = len(low) - len(stem)
    return text == low and stem in VOCABULARY and number <= 3 and stem not in _GUESSED


def _parted(text: str, low: str) -> bool:
    """Words and digits with dashes, dots or underscores between: Blue-Ox-33."""
    parts = [each for each in re.split(r"[-._]|\d+", low) if len(each) > 1]
    known = all(is_prose(each) or each in _STEMS for each in parts)
    if _TITLED.fullmatch(text):
        return True
    if known or low in _NAMED or not any(each.isdigit() for each in text):
        return False
    cased = text not in {low, text.upper()}
    digits = sum(each.isdigit() for each in text)
    tidy = re.fullmatch(
        r"[a-z]{3,}(?:[._-][a-z]{3,})+[._-]?\d{1,4}|[a-z]{3,}-\d{2,}-[a-z]{3,}", low
    )
    return bool(tidy) or (cased and (digits > 1 or len(parts) > 1 or "_" in text))


def _is_name_numbered(text: str, low: str) -> bool:
    """An unknown word with one digit behind it: ecftrain9."""
    return (
        len(text) >= 8
        and low[:-1].isalpha()
        and low[-1].isdigit()
        and text[1:] == low[1:]
        and not is_prose(low[:-1])
    )


_GUESSED: Final = frozenset(
    "password welcome login admin court secret change access security pacer winter summer "
    "spring".split()
)


def _jumbled(text: str) -> bool:
    """Small and big letters and digits in disorder."""
    if len(text) < 7 or text in {text.lower(), text.upper()}:
        return False
    if not any(each.isdigit() for each in text):
        return False
    return len(_CHANGES.findall(text)) >= 4


@lru_cache(maxsize=4_096)
def is_mixed(text: str) -> bool:
    """Whether a word behind a label looks like a made-up one.

    Args:
        text: The word as typed.

    Returns:
        Whether letters and digits, signs, or big letters stand inside of it.
    """
    low = text.lower()
    if len(text) < 3 or is_ordinary(low) or low in _NAMED:
        return False
    if _SIGNS & set(text.rstrip("!?")) and not _NUMBERED.fullmatch(low):
        return True
    digit = any(each.isdigit() for each in text)
    if digit and any(each.isalpha() for each in text):
        return True
    if text.isalpha() and text[1:] != text[1:].lower() and text != text.upper():
        return not is_prose(low) and low not in _NAMED
    return "_" in text or sum(is_plain(each) for each in low.split("-")) > 1


_NAMED: Final = frozenset(
    "covid-19 1password 2fas 3m 7-zip 7zip 365 0auth oauth2 nextgen powerpoint javascript "
    "youtube linkedin lexisnexis westlaw paypal courtlink onedrive sharepoint icloud iphone ipad "
    "ios macos macbook mcafee lastpass onepassword bitlocker dropbox sonicwall fortinet "
    "wordperfect quickbooks github courtlistener docketbird pacerpro juralaw".split()
)


def is_plain(word: str) -> bool:
    """Whether a word is made of letters and no ordinary one: a name, or a secret.

    Args:
        word: The word as typed.

    Returns:
        Whether it is.
    """
    low = word.lower()
    letters = low.replace("-", "").replace("'", "").replace(".", "").replace("_", "")
    return len(letters) > 1 and letters.isalpha() and not is_prose(low) and not is_ordinary(low)
