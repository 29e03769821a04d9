"""Numbers that say by themselves what they are: social security, card and bank numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from helpdesk.domain.guard.secret import Secret

_SSN: Final = re.compile(
    r"(?:(?<![\w$:])|(?i:(?<=ssn)|(?<=soc)))(?<!\d[-./])"
    r"(?:\d{3}(?P<sign> ?- ?| ?\. ?| ?/ ?| |_)\d{2}(?P=sign)\d{4}"
    r"|\d{3}(?: ?- ?\d{2}[ .]?| \d{2} ?- ?)\d{4}"
    r"|\d{3} and \d{2} and \d{4}|\(\d{3}\)[ -]{0,2}\d{2}[ -]\d{4}|"
    r"[xX*#•]{3}[- ]?[xX*#•]{2}[- ]?\d{4})(?![\w])(?!-\d)"
)
_NINE: Final = re.compile(r"(?<![\w$:./#@=?&-])\d{9}(?![\w@/-]|[.,:]\d)")
_GROUP: Final = re.compile(r"(?:(?<!\w)|(?i:(?<=card)|(?<=visa)|(?<=cc)|(?<=ssn)))\d{1,19}(?!\w)")
_GAP: Final = re.compile(r"[ \-.\n/_,]{1,3}(?:(?:then|and|space|dash|next)[ ,\-]{1,2})?")
_IBAN: Final = re.compile(
    r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?!\w)"
)
_CARDS: Final = re.compile(
    r"4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|3(?:0[0-5]|[689]\d)\d{11}|35[2-8]\d{13}"
    r"|62\d{14,17}|5[06-8]\d{12,17}"
)
_TOLD: Final = re.compile(
    r"(?<![a-z])(?:acc(?:oun)?t|receipt|rcpt|tracking|track|ticket|case|ref(?:erence)?|"
    r"conf(?:irmation)?|docket|"
    r"dkt|order|invoice|inv|id|bar|claim|check|ck|serial|doc(?:ument)?|job|incident|batch|"
    r"trans(?:action)?|"
    r"agency|badge|juror|vendor|accession|transfer|parcel|lot|supplier|payment|session|error|"
    r"event|po|tag|asset|number of|policy|license|model|sku|part|item|"
    r"filing|request|submission|notice|nef|record|log|file|sn|s/n|trk|fax|phone|tel)"
    r"[\s.:#(-]*(?:(?:number|num|no|nbr|id|is|was|of|the|tracking|says|shows|from|"
    r"pay\.gov)[\s.:#(-]*){0,4}\Z",
    re.IGNORECASE,
)
_LETTER: Final = re.compile(r"[a-z]", re.IGNORECASE)
_DIGIT: Final = re.compile(r"\d")
_STORED: Final = re.compile(
    r"(?:accession|claim|policy|badge|parcel)[\s.:#]*(?:(?:no|num|number)[\s.:#]*)?\Z",
    re.IGNORECASE,
)
_CARD_SIZES: Final = range(13, 20)


def find_numbers(text: str) -> Iterator[Secret]:
    """Find the numbers that need no label.

    Args:
        text: The folded text.

    Yields:
        Social security numbers however they are parted, card numbers and IBANs by check sum,
        nine digits that nothing ordinary stands before.
    """
    if not _DIGIT.search(text):
        return
    for match in _SSN.finditer(text):
        if _STORED.search(text, max(0, match.start() - 24), match.start()):
            continue
        yield Secret("a social security number", match.start(), match.end())
    yield from _nine(text)
    for match in _IBAN.finditer(text):
        if _is_iban(match[0]):
            yield Secret("a bank number", match.start(), match.end())
    yield from _cards(text)


def _nine(text: str) -> Iterator[Secret]:
    """Nine digits that nothing ordinary stands before."""
    for match in _NINE.finditer(text):
        if text.strip() == match[0]:
            continue  # a phone number that is still being typed
        before = max(0, match.start() - 48), match.start()
        if not (_LETTER.search(text, *before) and _TOLD.search(text, *before)):
            kind = "a bank number" if _is_routing(match[0]) else "a social security number"
            yield Secret(kind, match.start(), match.end())


def _cards(text: str) -> Iterator[Secret]:
    """Card numbers in any grouping."""
    groups = [(each.start(), each.end()) for each in _GROUP.finditer(text)]
    done = 0
    for first, (start, end) in enumerate(groups):
        if start < done or text[start] not in "23456":
            continue
        digits, last = text[start:end], end
        for begin, stop in [(start, end), *groups[first + 1 : first + 19]]:
            if begin != start:
                if not _GAP.fullmatch(text, last, begin):
                    break
                digits += text[begin:stop]
            last = stop
            if len(digits) >= _CARD_SIZES.stop:
                break
            if len(digits) in _CARD_SIZES and _is_card(digits, text[start:last]):
                yield Secret("a card number", start, last)
                done = last
                break


_PHONES: Final = re.compile(
    r"(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}\D.*|(?:\d{7}|\d{10,11})[ ,\n/].*|\d{1,2}/\d{1,2}/.*|"
    r"\d{4}-\d\d-\d\d.*",
    re.DOTALL,
)


def _is_card(digits: str, written: str) -> bool:
    return (
        _CARDS.fullmatch(digits) is not None
        and passes_luhn(digits)
        and not _PHONES.fullmatch(written)
    )


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


def _is_routing(digits: str) -> bool:
    """The check sum of American bank numbers."""
    weights = (3, 7, 1) * 3
    return sum(int(a) * b for a, b in zip(digits, weights, strict=True)) % 10 == 0


def _is_iban(written: str) -> bool:
    plain = re.sub(r"[ -]", "", written).upper()
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(each, 36)) for each in turned)) % 97 == 1
