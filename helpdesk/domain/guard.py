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
    r"one-time |verification )?codes?|otp|tokens?|(?:cm/?ecf |e-?filing |ecf |user ?)?log-?ins?|"
    r"user ?names?|(?:security |secret )?answers?"
)
_LABELLED: Final = re.compile(
    rf"\b(?P<label>{_LABEL})\b(?:\s+for\s+\S+)?\s*(?P<sign>[:=]|->|\b(?:is|was|to|as)\b:?)\s*"
    r"(?P<quote>[\"'“‘(]?)(?P<value>[^\s\"'”’)]{3,})",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\b(?:pass(?:word|wd|code)|pwd?|pin|otp)\s+(?P<value>\S*\d\S*)", re.IGNORECASE
)
_SSN: Final = re.compile(r"(?<![\d-])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])")
_SSN_LABELLED: Final = re.compile(
    r"\b(?:ssn|social(?: security)?(?: number| no\.?| #)?)\W{0,3}(?:is |was |ends? in |last four )*"
    r"(?P<value>\d[\d -]{2,10}\d)",
    re.IGNORECASE,
)
_CARD: Final = re.compile(
    r"(?<![\d-])(?:\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{1,7}|\d{4}[ -]\d{6}[ -]\d{4,5}|\d{13,19})(?![\d-])"
)
_BORN: Final = re.compile(
    r"\b(?:born|dob|date of birth|birth ?date)\W{0,3}(?:is |was |on )?(?P<value>[^\s,;]*\d[^,;\n]*)",
    re.IGNORECASE,
)
_STOPS_SAVING: Final = re.compile(
    r"\b(?:pass(?:word|wd|code|phrase)s?|pwd?|pins?|codes?|ssn|social|log-?ins?|born|dob)\b",
    re.IGNORECASE,
)


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
        ("a date of birth", _BORN),
        ("a password or code", _BARE),
    ):
        if match := pattern.search(text):
            return Secret(kind, match.start("value"), match.end("value"))
    for match in _LABELLED.finditer(text):
        if _is_secret(match["label"], match["sign"], match["quote"], match["value"]):
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
    finished = text if not text or text[-1].isspace() else text[: _last_word(text)]
    lines = []
    for line in finished.split("\n"):
        stop = _STOPS_SAVING.search(line)
        lines.append(line[: stop.end()] if stop else line)
    kept = "\n".join(lines)
    return "" if find_secret(kept) else kept


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


_ORDINARY: Final = frozenset(
    "not the old new reset lost unknown forgotten expired wrong very too out saved stored sent "
    "being required needed case different same still never gone dead refused rejected accepted "
    "changed correct incorrect invalid linked disabled locked working link log file call get use "
    "come pacer cm/ecf court wait shown typed asked asking that this what only now here there "
    "for his her their our your mine from with and but see try was had has can cannot".split()
)


def _is_secret(label: str, sign: str, quote: str, value: str) -> bool:
    bare = value.rstrip(".,;:!?").lower()
    if bare in _ORDINARY or len(bare) < 3:  # noqa: PLR2004
        return False
    odd = any(not each.isalpha() for each in value.rstrip(".,;:!?'")) or value[1:] != value[1:].lower()
    named = not label.lower().startswith(("answer", "code", "token"))
    return odd or bool(quote and quote != "(") or (sign in {":", "="} and named)


def _last_word(text: str) -> int:
    return max(text.rfind(space) for space in " \n\t") + 1
