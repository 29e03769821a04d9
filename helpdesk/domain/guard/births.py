"""Dates of birth: a date, in digits or in words, that is said to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.labels import label_kind
from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.words import Word

_MONTH: Final = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|tember|"
    r"ober|ember)?\.?"
)
_SAID: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|"
    r"twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth))"
)
_DAY: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?|{_SAID})"
_YEAR: Final = r"(?:'?\d{2}(?:\d{2})?|nineteen[- ]\w+(?:[- ]\w+)?|(?:two thousand|twenty)[- ]?\w*)"
_DATE: Final = (
    rf"(?:{_MONTH}[ ,.-]*(?:the )?{_DAY}\b(?:(?:,| of| in)? ?{_YEAR}\b)?"
    rf"|{_DAY} ?(?:of )?[ -]?{_MONTH}\b(?:[ ,.-]*(?:in )?{_YEAR}\b)?"
    rf"|{_MONTH}[ ,]+(?:of )?{_YEAR}\b"
    r"|\d{1,4} ?[/.-] ?\d{1,2} ?[/.-] ?\d{2,4}|\d{1,2}[/-]\d{1,2}(?![\d/-])"
    r"|(?:19|20)\d\d(?:\d{4})?\b|\d{6}(?:\d\d)?\b|\d\d? \d\d? (?:\d{2}){1,2}\b)"
)
_LABEL: Final = (
    r"(?<![a-z])(?:d[./]? ?o[./]? ?b\.?|(?:da?te?|day|month|year) (?:of|o) ?(?:his |her |"
    r"their )?(?:birth|brith|brth|birht)|"
    r"birth ?-?(?:date|day|dt|year|dy|dya|dat)s?|b-?days?|bdate|born|birth|brith|b\.(?= ?(?:\d|"
    r"[A-Za-z]{3,9}\.? \d)))(?![a-z])"
)
_LINK: Final = (
    r"(?:[ \t\n:=#>(\[\"',.*?&-]|\b(?:is|was|on|of|in|as|the|said|says|given|gave|shows?|reads?|"
    r"listed|"
    r"he|she|it|they|that|to|her|his|their|atty|attorney|caller|client|file|record|pacer|psc|"
    r"form|for|at|account|has|confirmed|verified|entered|typed|used|put|from|and|with|were|"
    r"correct|actual|real|date|me|us|system|number|must|be|should|not|now|per|roll|bar|by|"
    r"spouse|wife|husband|mother|father|child|mom|dad|wrong|incorrect|off|actually|really|"
    r"instead|reads|saying|changed|corrected|full)\b){0,24}"
)
_LABELLED: Final = re.compile(rf"{_LABEL}(?P<link>{_LINK})(?P<value>{_DATE})", re.IGNORECASE)
_BEFORE: Final = re.compile(
    rf"(?<![\w/.-])(?P<value>{_DATE})[ \t\"')\]]*(?:[:=(,-] ?|\b(?:is|was|as|for|the|his|her|"
    rf"their|my|a|"
    rf"given|listed|entered|caller's|attorney's|atty's|real|correct)\b ?){{1,6}}{_LABEL}"
    r"(?! (?:on|form|field|question|mismatch|check|does|did))",
    re.IGNORECASE,
)
_NOW: Final = re.compile(
    r".*20(?:1[5-9]|[2-9]\d)\Z|\d{1,2}[/.-]\d{1,2}[/.-]2[4-9]\Z|20(?:1[5-9]|[2-9]\d)[/.-]"
)
_THIS_YEAR: Final = re.compile(r"20[12]\d")
_WORDS: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_DIRECT: Final = frozenset(
    "is was on of in as the said at file record born he she it to her his given should be "
    "listed reads child caller".split()
)
_SHORT: Final = re.compile(r"\d{1,2}[/-]\d{1,2}|\d{6}")


def find_births(text: str, words: Sequence[Word]) -> Iterator[Secret]:
    """Find dates that are said to be somebody's birth.

    Args:
        text: The folded text.
        words: Its words.

    Yields:
        The dates; one of this decade is none, and a day without a year only right behind
        its label.
    """
    if not any(each.low in {"b", "d/o/b"} or label_kind(each.low) == "birth" for each in words):
        return
    for pattern in (_LABELLED, _BEFORE):
        for match in pattern.finditer(text):
            if not _is_other(match):
                yield Secret("a date of birth", match.start("value"), match.end("value"))


def _is_other(match: re.Match[str]) -> bool:
    value = match["value"]
    link = match.groupdict().get("link")
    words = {each.lower() for each in _WORDS.findall(link or "")}
    if _THIS_YEAR.fullmatch(value):
        return True
    if _NOW.match(value):
        return link is None or bool(words - _DIRECT)
    return bool(_SHORT.fullmatch(value)) and bool(words - _DIRECT)
