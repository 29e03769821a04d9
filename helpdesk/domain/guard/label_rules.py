"""What a value looks like behind each kind of label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from helpdesk.domain.guard.counting import (
    digits_of,
    is_after_id,
    is_error_near,
    is_named,
    is_no_count,
    is_number,
    is_year,
)
from helpdesk.domain.guard.label_words import (
    ACCOUNTS,
    BANKED,
    MONEY,
)
from helpdesk.domain.guard.password_rules import is_password, is_tried
from helpdesk.domain.guard.shapes import is_evident, is_mixed, is_ordinary, is_plain, is_stemmed
from helpdesk.domain.guard.vocabulary import is_prose
from helpdesk.domain.guard.words import Word


def _pin(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    direct = place == at + 1 or bool(sign)
    if is_number(words, place, 4, 12):
        return (
            near or direct or not (is_after_id(words, place) or is_year(digits_of(words, place)))
        )
    return near and direct and is_mixed(words[place].text) and not is_stemmed(words[place].low)


def _code(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    label, text, low = words[at].low, words[place].text, words[place].low
    known = label not in {
        "code",
        "codes",
        "token",
        "tokens",
        "mfa",
        "2fa",
        "tfa",
        "pac",
    } or is_named(words, at)
    direct = near and (place == at + 1 or bool(sign))
    digits = digits_of(words, place)
    if digits:
        return _digits_of_code(words, place, at, digits, near=near, sign=sign, known=known)
    if is_evident(text):
        return True
    if not is_mixed(text) or len(text) < 4:
        return (
            direct
            and known
            and sign == "hard"
            and is_plain(text)
            and (text.isupper() or len(text) >= 6)
        )
    if is_stemmed(low) or any(each in low for each in ("err_", "error")):
        return False
    if not known and text.isupper() and len(text) >= 6 and not is_error_near(words, place):
        known = True
    return (direct and (known or any(each.isdigit() for each in text))) or (
        known and any(each.isdigit() for each in text) and not is_after_id(words, place)
    )


def _digits_of_code(
    words: Sequence[Word],
    place: int,
    at: int,
    digits: str,
    *,
    near: bool,
    sign: str,
    known: bool,
) -> bool:
    label, low = words[at].low, words[place].low
    direct = near and (place == at + 1 or bool(sign))
    short = label.startswith("cv") or (words[at - 1].low == "security" and near)
    least = 3 if short else 4 if known or sign else 5
    if not direct and len(digits) in {7, 10, 11}:
        return False
    if not least <= len(digits) <= 12 or (is_after_id(words, place) and not direct):
        return False
    if not known and is_error_near(words, place) and len(digits) < 6:
        return False
    if low.isdigit() and is_year(digits) and not direct:
        return False
    return (
        (known or direct or near or len(digits) in {6, 8})
        and is_no_count(words, place)
        and not ("/" in low and is_ordinary(low))
    )


def _seed(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    text = words[place].text
    del at, sign
    if len(text) >= 8 and not is_prose(words[place].low) and not is_ordinary(words[place].low):
        return True
    return near and len(text) == 4 and not is_prose(words[place].low) and is_plain(text)


def _ssn(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    digits = digits_of(words, place)
    if not digits or (
        is_after_id(words, place)
        and words[place - 1].low not in {"in", "#", "no", "number", "sec"}
    ):
        return False
    if words[at].low in {"ein", "fein", "tin", "itin", "ss"} and len(digits) < 9:
        return False
    said = {each.low for each in words[at + 1 : place]} | {
        each.low for each in words[max(0, at - 4) : at]
    }
    four = near or bool(said & {"last", "four", "ends", "ending", "end"})
    if len(digits) == 4:
        return four and (not is_year(digits) or bool(sign) or place == at + 1 or "last" in said)
    return (
        7 <= len(digits) <= 11 and not is_ordinary(words[place].low) and (near or len(digits) == 9)
    )


def _login(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    text, low = words[place].text, words[place].low
    name = (
        words[at].low.startswith("u")
        or words[at].low in {"loginid", "login-id", "loginname", "id", "ids"}
        or any(each.low in {"id", "name", "ids"} for each in words[at + 1 : place][:1])
    )
    weak = words[at].low in {"usr", "user"} and not name
    if not near:
        odd = "_" in text or any(each.isdigit() for each in text)
        told = bool(sign) and place <= at + 7 and is_mixed(text) and odd
        return is_evident(text) or (told and not is_stemmed(low))
    if is_ordinary(low):
        return sign == "hard" and "@" in low and place <= at + 3
    direct = place == at + 1 or bool(sign) or name
    if not direct:
        return False
    if is_number(words, place, 4, 12) and low.isdigit():
        return bool(sign) and not is_stemmed(low)
    if is_mixed(text) or re.fullmatch(r"[a-z]+[._][a-z]+\d*", low):
        return not is_stemmed(low) and not is_prose(low)
    if not is_plain(text) or low.endswith("'s"):
        return False
    return (
        sign == "hard"
        or (sign == "soft" and not weak)
        or (name and not weak and text == low)
        or (place == at + 1 and not weak and is_tried(words, place, at))
    )


def _bank(words: Sequence[Word], place: int, at: int, *, near: bool, sign: str) -> bool:
    label = words[at].low
    del sign
    digits = digits_of(words, place)
    if label == "iban":
        return bool(digits and len(digits) >= 8) or (
            len(words[place].text) >= 8 and is_mixed(words[place].text)
        )
    if label in ACCOUNTS and digits:
        return (len(digits) >= 9 or not is_ordinary(words[place].low)) and _account(
            words, at, digits
        )
    if label == "ach" and digits:
        return len(digits) >= 8 and not is_ordinary(words[place].low)
    if (
        not digits
        or is_ordinary(words[place].low)
        or (is_after_id(words, place) and words[place - 1].low not in BANKED)
    ):
        return False
    between = {each.low for each in words[at + 1 : place]}
    if label in {"routing", "aba", "rtn"}:
        return len(digits) >= 6
    if between & BANKED:
        return 5 <= len(digits) <= 17
    return near and 8 <= len(digits) <= 17 and label != "bank"


def _account(words: Sequence[Word], at: int, digits: str) -> bool:
    """An account at a bank: its number is longer than PACER's, or a bank is spoken of."""
    before = {each.low for each in words[max(0, at - 2) : at]}
    if before & {"pacer", "cso", "psc", "ecf", "cm/ecf", "billing"} or "*" in digits:
        return False
    if 10 <= len(digits) <= 11 and before & {"ach", "by", "call"}:
        return False
    near = {each.low for each in words[max(0, at - 12) : at + 14]}
    return 5 <= len(digits) <= 17 and (len(digits) >= 9 or bool(near & MONEY))


RULES: Final = {
    "password": is_password, "pin": _pin, "code": _code, "seed": _seed, "ssn": _ssn,
    "login": _login, "bank": _bank,
}  # fmt: skip
"""What a value looks like, by the kind of its label."""
