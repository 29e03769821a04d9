"""Keeps secrets out of everything that is written down (DESIGN §5, facts.md §20 and §21).

This part knows labelled secrets, social security numbers and card numbers. It looks at
whole texts before they are saved; of a text that is still being typed only the finished,
harmless words may be saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that must not be kept."""

    kind: str
    """What it looks like, for the refusal; never the secret itself."""

    start: int
    """Where it begins in the text."""

    end: int
    """Where it ends."""


_LABEL: Final = (
    r"pass(?:word|wd|code|phrase)s?|pwd?|pins?|(?:activation |security |access |mfa |backup |"
    r"one-time |verification )?(?<!error )(?<!zip )(?<!area )codes?|otp|tokens?|"
    r"(?:cm/?ecf |e-?filing |ecf |user ?)?log-?ins?|user ?names?|(?:security |secret )?answers?"
)
_LABELLED: Final = re.compile(
    rf"\b(?P<label>{_LABEL})\b(?:\s+for\s+[^\s:=]+)?\s*"
    r"(?P<sign>[:=]|->|\b(?:is|was|to|as)\b:?)\s*(?:(?:not|now|still)\s+)?"
    r"(?P<quote>[\"'“‘(]?)(?P<value>[^\s\"'”’)]{3,})",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\b(?:pass(?:word|wd|code|(?=\s+[a-z]{3,}\d))|pwd?|pin|otp|(?:activation|security|access|mfa|backup|one-time|"
    r"verification) code|(?<!error )(?<!zip )code(?=\s+\d{6,8}\b))\s+"
    r"(?!\d{1,2}[/-]\d{1,2}\b)(?P<value>(?=\S*\d)\S{4,})",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"\b(?:log-?in|user ?name|user ?id)\s+(?P<value>[a-z][a-z._]*\d{2,}\w*)", re.IGNORECASE
)
_SSN: Final = re.compile(
    r"(?<![\d-])(?!000|666|9)\d{3}([- .‑–])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])"
)
_SSN_LABELLED: Final = re.compile(
    r"\b(?:ssn|social(?: security)?(?: number| no\.?| #)?)\W{0,3}"
    r"(?:is |was |end(?:s|ing)? (?:in |with )?|last (?:four|4) )*(?P<value>\d[\d -]{2,10}\d)",
    re.IGNORECASE,
)
_CARD: Final = re.compile(
    r"(?<![\d-])(?:\d{4}([ .‑–-])\d{4}\1\d{4}\1\d{1,7}|\d{4}[ .-]\d{6}[ .-]\d{4,5}|\d{13,19})"
    r"(?![\d-])"
)
_BANK: Final = re.compile(
    r"\b(?:routing|aba|iban|bank|checking|savings)(?: acc(?:oun)?t)?(?: number| no\.?| #)?"
    r"\W{0,3}(?:is |was )?(?P<value>\d[\d -]{4,}\d)",
    re.IGNORECASE,
)
_BORN: Final = re.compile(
    r"\b(?:born|dob|date of birth|birth ?date|birthday)\W{0,3}(?:is |was |on |in )?"
    r"(?P<value>[^\s,;]*\d[^,;\n]*|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]* \d{1,2}(?:\w\w)?(?:,? \d{2,4})?)",
    re.IGNORECASE,
)
_STOPS_SAVING: Final = re.compile(
    r"\b(?:pass(?:word|wd|code|phrase)s?|pwd?|pins?|otp|codes?|tokens?|ssn|social|log-?ins?|"
    r"user ?names?|answers?|born|dob|birth|birth ?date|birthday)\b",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"(?<!\S)(?:\d{3,4}(?: \d+)*(?: \S*)?|\S*)\Z")
"""The last word, and number groups before it that may become a secret with it."""

_CHANGES: Final = re.compile(r"\b(?:chang|set|reset|updat|switch)\w*\b[^.;\n]*\Z", re.IGNORECASE)
"""What makes *password to ...* name the password, and not whom it was given to."""

_WEB: Final = re.compile(r"www\.|https?:|\S+\.(?:gov|com|org|net)\b", re.IGNORECASE)
_PLAIN_WORD: Final = re.compile(r"[^\W\d_][^\W\d_A-Z]*(?:-[^\W\d_A-Z]+)?\Z")


def find_secret(text: str) -> Secret | None:
    """Look for something that must not be kept.

    Args:
        text: The whole text.

    Returns:
        The first secret found, or ``None``.
    """
    for kind, pattern in (("a social security number", _SSN), ("a card number", _CARD)):
        for match in pattern.finditer(text):
            if pattern is not _CARD or passes_luhn(match[0]):
                return Secret(kind, match.start(), match.end())
    for kind, pattern in (
        ("a social security number", _SSN_LABELLED),
        ("a bank number", _BANK),
        ("a date of birth", _BORN),
        ("a password or code", _BARE),
        ("a login name", _LOGIN),
    ):
        if found := pattern.search(text):
            return Secret(kind, found.start("value"), found.end("value"))
    for match in _LABELLED.finditer(text):
        if _is_secret(match):
            kind = f"a secret after “{match['label']}”"
            return Secret(kind, match.start("value"), match.end("value"))
    return None


def blanked(text: str) -> str:
    """The text with every secret replaced by dots.

    Args:
        text: The text.

    Returns:
        The text, in which nothing is found any more.
    """
    while found := find_secret(text):
        text = f"{text[: found.start]}…{text[found.end :]}"
    return text


def safe_to_save(text: str) -> str:
    """What of a text that is still being typed may be saved already.

    Args:
        text: What stands in the box.

    Returns:
        The finished words of each line, up to a word that announces a secret, and nothing
        when the text holds one.
    """
    if find_secret(text):
        return ""
    unfinished = _UNFINISHED.search(text)
    finished = text[: unfinished.start()] if unfinished else text
    lines = []
    for line in finished.split("\n"):
        stop = _STOPS_SAVING.search(line)
        lines.append(line[: stop.end()] if stop else line)
    return "\n".join(lines)


def passes_luhn(number: str) -> bool:
    """The check sum that every card number passes.

    Args:
        number: Digits, with or without separators.

    Returns:
        Whether it passes; ten of a hundred random numbers do.
    """
    digits = [int(sign) for sign in number if sign.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


_ORDINARY_WORDS: Final = (
    "not the old new reset lost unknown forgotten expired wrong very too out saved stored sent "
    "being required needed case different same still never gone dead refused rejected accepted "
    "changed correct incorrect invalid linked disabled locked working link log file call get use "
    "come pacer cm/ecf court wait shown typed asked asking that this what only now here there "
    "for his her their our your mine from with and but see try was had has can cannot "
    "ecf cmecf nextgen mma psc nef bad good fine done none n/a fixed issued given emailed "
    "e-mailed mailed works worked fails failed unchanged case-sensitive temporary yes"
)
_ORDINARY: Final = frozenset(_ORDINARY_WORDS.split())


def _is_secret(match: re.Match[str]) -> bool:
    label, sign, value = match["label"].lower(), match["sign"].lower(), match["value"]
    bare = value.rstrip(".,;:!?")
    if bare.lower() in _ORDINARY or len(bare) < 3 or _WEB.match(bare):  # noqa: PLR2004
        return False
    if sign == "to" and ("@" in bare or not _CHANGES.search(match.string[: match.start()])):
        return False
    named = sign in {":", "="} and not label.startswith(("answer", "code", "token"))
    return named or match["quote"] not in {"", "("} or not _PLAIN_WORD.match(bare)
