"""Secrets behind the word that announces them: password, pin, code, ssn, login, routing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from helpdesk.domain.guard.labels import label_kind
from helpdesk.domain.guard.secret import Secret
from helpdesk.domain.guard.shapes import is_evident, is_mixed, is_ordinary, is_plain, is_stemmed
from helpdesk.domain.guard.vocabulary import is_prose
from helpdesk.domain.guard.words import Word

NAMES: Final = {
    "password": "a password",
    "pin": "a PIN",
    "code": "a code",
    "seed": "a secret key",
    "ssn": "a social security number",
    "login": "a login name",
    "bank": "a bank number",
    "answer": "an answer to a security question",
}
"""What each kind of label announces, for the refusal."""

_WINDOW: Final = 14
_HARD: Final = frozenset(":=>~|\"'(-[")
_QUOTES: Final = frozenset("\"'")
_COPULA: Final = frozenset("is was are were be being been equals reads = as became becomes".split())
_CHANGING: Final = re.compile(r"chang|set|reset|updat|switch|made|chose|chosen|picked")
_WHO: Final = frozenset("he she they i we caller atty client attorney".split())
_GLUE: Final = frozenset(
    "nr is was are were be the a an his her their my your our its new old temp temporary current now "
    "still again just set changed reset to as has been for given issued number no nbr num # which "
    "that equals reads he she it they i we me him them us said says gave used uses typed "
    "entered read tried wrote wants pacer cm/ecf ecf cmecf nextgen exactly ie i.e e.g eg "
    "ends end ending in with last four 4 digits digit name id user account acct "
    "full always also caller atty attorney and by one from value today letters first "
    "all caps capital capitals lowercase uppercase lower upper case spelled simply literally "
    "original initial created made generated received got text texted texting sms app phone "
    "voicemail aloud over on file record form".split()
)
_WORDS: Final = frozenset("word words wrd phrase code key".split())
_HOLDERS: Final = frozenset("filer ecf cm/ecf cmecf".split())
_BREAKS: Final = frozenset("from since before until in of ago after".split())
_UNITS: Final = frozenset(
    "times x characters chars char days day weeks week months month years year hours hour hrs hr "
    "minutes minute mins min seconds attempts tries digits digit letters symbols times. people "
    "users accounts courts steps more or to - of different failed pages boxes people's".split()
)
_IDS: Final = frozenset(
    "account acct accounts case cases ticket tickets receipt ref reference error err ext extension "
    "room rm bar zip docket dkt doc docs document invoice page pages confirmation conf tracking claim "
    "chapter ch version ver build order line item article rule form section sec step no # fee exhibit "
    "since from in before of after until year call-back callback status http "
    "batch event part cookie kb policy sop option entry version windows win chrome firefox edge "
    "office ios android dial at court pacer adv".split()
)
_NOT_CODES: Final = frozenset(
    "error zip area status event reason country http https exit bar dress hex color source court "
    "judge office division fee docket relief menu nos nature suit postal qr source- filing flag dialing "
    "program promo discount discovery us u.s bankruptcy local tax building door gate rate "
    "response return stop party role cause jury disposition county citizenship billing client matter "
    "cost project chargeback conduct ethics criminal penal code city state vendor agency".split()
)
_CODES: Final = frozenset(
    "activation access security verification verify auth authentication authenticator authorization mfa 2fa "
    "otp one-time onetime backup back-up recovery confirm confirmation text sms texted login log-in "
    "sign-in reset unlock pin six-digit 6-digit temp temporary passcode two-factor app 8-digit emergency scratch "
    "google duo authy microsoft rescue single-use registration enrollment his her their pacer activ actvation".split()
)
_ACTIVATION: Final = re.compile(r"a[ct]*[a-z]{0,4}vat[a-z]*|actv[a-z]*|act\Z")
_MONEY: Final = frozenset(
    "bank bnk ach iolta trust deposit checking savings wire routing rout escrow operating returned unpaid "
    "nsf check credit union payee wells chase fargo lakeland payments iban transfer".split()
)
_COMPOUNDS: Final = frozenset(
    "reset manager policy page screen hint field box rule rules requirement requirements change link form "
    "prompt problem issue expiry expired vault update error length strength question questions history "
    "recovery sheet letter tab fields".split()
)
_SEEDED: Final = frozenset("secret setup manual recovery authenticator totp qr mfa backup seed 2fa app".split())
_ACCOUNTS: Final = frozenset("acct accts account a/c acc acct.no iolta".split())
_BANKED: Final = frozenset("account acct a/c no nr nbr number num # transit : is".split())
_LINKS: Final = frozenset("that's thats is was are were as for = equals being".split())
_BACK: Final = frozenset(
    "the his her their my your an a new old temp temporary pacer cm/ecf ecf nextgen activation mfa "
    "security one-time backup access last four 4 of digits social correct current real actual only right".split()
)


def find_labelled(words: Sequence[Word]) -> Iterator[Secret]:
    """Find what stands behind a label, or right before one.

    Args:
        words: The words of a text.

    Yields:
        The secrets.
    """
    for at, word in enumerate(words):
        kind = label_kind(word.low)
        if word.low in {"id", "ids"} and at and words[at - 1].low in _HOLDERS:
            kind = "login"
        if word.low in {"sec", "security"} and at and words[at - 1].low in {"scl", "soc", "socl", "socal", "socail"}:
            kind = "ssn"
        if word.low in {"number", "string", "no"} and at and words[at - 1].low in {"verification", "activation"}:
            kind = "code"
        if word.low == "digit" and at and words[at - 1].low in {"6", "six", "8", "eight"}:
            kind = "code"
        if word.low in _WORDS and at and words[at - 1].low in {"pass", "secret"}:
            kind = "password"
        if not kind or kind in {"birth", "answer"}:
            continue
        if kind == "code" and not word.low.startswith(("otp", "totp", "cv", "pass")):
            before = words[at - 1].low if at and not _ends(word.before) else ""
            if before in _NOT_CODES:
                continue
        if word.low == "pass" and at + 1 < len(words) and words[at + 1].low in _WORDS:
            continue
        if word.low in {"cd", "cod", "cde"} and not _is_named(words, at):
            continue
        if kind == "seed" and not _is_seed(words, at):
            continue
        for first, last in (_behind(words, at, kind), _ahead(words, at, kind)):
            if first >= 0:
                yield Secret(NAMES[kind], words[first].start, words[last].end)


def _behind(words: Sequence[Word], at: int, kind: str) -> tuple[int, int]:
    """The first and last word of the value behind a label; ``-1`` when there is none."""
    near, sign, skip = True, "soft" if words[at].low.endswith("'s") else "", False
    for place in range(at + 1, min(at + 1 + _WINDOW, len(words))):
        word, gap = words[place], words[place].before
        if place == at + 1 and gap.strip() == "?" and word.text.islower():
            sign = "soft"
        elif _ends(gap) and not (place == at + 1 and "\n" in gap):
            if not ("\n" in gap and near and (sign or place == at + 1)):
                break
        if "," in gap and place > at + 1 and kind != "password" and not sign:
            near = near and kind in {"code", "pin", "ssn", "bank"}
        if _HARD & set(gap):
            sign, skip = "hard", False
        if skip:
            skip = False
            if not (is_evident(word.text) or word.spelled):
                continue
        if word.low in {"for", "on", "at"} and near and not sign:
            skip = True
            continue
        if _is_value(words, place, kind, at, near=near, sign=sign):
            return place, _until(words, place, kind)
        if word.low in _COPULA or (word.low == "to" and _is_changed(words, at, place)):
            sign = sign or "soft"
            near = near or (place - at <= 4 and words[at + 1].low in _WHO)  # noqa: PLR2004
        elif word.low not in _GLUE or word.low in _BREAKS:
            near, sign = False, "" if sign != "hard" or word.low in _BREAKS else sign
            if label_kind(word.low) and place > at + 1:
                break
            if sign == "hard" and is_prose(word.low):
                sign = ""
    return -1, -1


def _is_changed(words: Sequence[Word], at: int, place: int) -> bool:
    """Whether *to* says what a password was changed to, and not whom it was given to."""
    return any(_CHANGING.match(each.low) for each in words[max(0, at - 4) : place])


def _is_value(
    words: Sequence[Word], place: int, kind: str, at: int, *, near: bool, sign: str
) -> bool:
    """Whether a word is what its label announced."""
    word = words[place]
    if label_kind(word.low) and not word.spelled:
        return False
    if word.spelled:
        return True
    rule = _RULES[kind]
    return rule(words, place, at, near, sign)


def _password(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    word, text, low = words[place], words[place].text, words[place].low
    direct = place == at + 1 or bool(sign)
    if is_evident(text):
        return True
    weak = words[at].low in {"pass", "clave", "cred", "creds", "credentials", "credential"}
    if near and direct and text[0].isdigit() and low.replace("-", "").isdigit():
        ranged = "-" in low and len(low) < 7  # noqa: PLR2004
        return _is_number(words, place, 4, 12) and not weak and not ranged
    shown = text[1:] != low[1:] and text != text.upper()
    if is_mixed(text) and (len(text) >= 4 or shown) and not is_prose(low):  # noqa: PLR2004
        if near and direct:
            return not is_stemmed(low) or bool(sign)
        cased = text not in {low, text.upper()} and text[1:] != low[1:]
        told = _after_id(words, place) and words[place - 1].low not in _BREAKS | {"year", "before", "until", "to", "no"}
        return (len(text) >= 6 or cased or sign == "hard") and not is_stemmed(low) and not told and text != text.upper()  # noqa: PLR2004
    if near and sign and '"' in word.before and _quoted(words, place):
        return True
    if not is_plain(text) or not near:
        return False
    if sign and not (weak and sign != "hard"):
        return len(text) > 2 and not low.endswith("'s")  # noqa: PLR2004
    return not weak and _phrase(words, place) and place == at + 1


def _quoted(words: Sequence[Word], place: int) -> bool:
    """Several words between quotes of which half are unknown."""
    for last in range(place + 1, min(place + 7, len(words))):
        if '"' in words[last].before:
            inside = [is_plain(each.text) for each in words[place:last]]
            return len(inside) > 1 and 2 * sum(inside) >= len(inside)
    return False


def _phrase(words: Sequence[Word], place: int) -> bool:
    """Unknown words with a number behind them: blue horse 42."""
    for next_place in range(place + 1, min(place + 5, len(words))):
        word = words[next_place]
        if word.before.strip():
            return False
        if word.low.isdigit():
            following = words[next_place + 1].low if next_place + 1 < len(words) else ""
            return following not in _UNITS
        if is_prose(word.low):
            return False
    return False


def _pin(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    direct = place == at + 1 or bool(sign)
    if _is_number(words, place, 4, 12):
        return near or direct or not (_after_id(words, place) or _is_year(_digits(words, place)))
    return near and direct and is_mixed(words[place].text) and not is_stemmed(words[place].low)


def _code(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    label, text, low = words[at].low, words[place].text, words[place].low
    known = label not in {"code", "codes", "token", "tokens", "mfa", "2fa", "tfa", "pac"} or _is_named(words, at)
    direct = near and (place == at + 1 or bool(sign))
    digits = _digits(words, place)
    if digits:
        short = label.startswith("cv") or (words[at - 1].low == "security" and near)
        least = 3 if short else 4 if known or sign else 5
        if not direct and len(digits) in {7, 10, 11}:
            return False
        if not least <= len(digits) <= 12 or _after_id(words, place) and not direct:  # noqa: PLR2004
            return False
        if not known and _error_near(words, place) and len(digits) < 6:  # noqa: PLR2004
            return False
        if low.isdigit() and _is_year(digits) and not direct:
            return False
        return (known or direct or near or len(digits) in {6, 8}) and _counts(words, place) and not ("/" in low and is_ordinary(low))  # noqa: E501
    if is_evident(text):
        return True
    if not is_mixed(text) or len(text) < 4:  # noqa: PLR2004
        return direct and known and sign == "hard" and is_plain(text) and (text.isupper() or len(text) >= 6)  # noqa: E501, PLR2004
    if is_stemmed(low) or any(each in low for each in ("err_", "error")):
        return False
    if not known and text.isupper() and len(text) >= 6 and not _error_near(words, place):  # noqa: PLR2004
        known = True
    return (direct and (known or any(each.isdigit() for each in text))) or (
        known and any(each.isdigit() for each in text) and not _after_id(words, place)
    )


def _seed(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    text = words[place].text
    del at, sign
    if len(text) >= 8 and not is_prose(words[place].low) and not is_ordinary(words[place].low):  # noqa: PLR2004
        return True
    return near and len(text) == 4 and not is_prose(words[place].low) and is_plain(text)  # noqa: PLR2004


def _ssn(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    digits = _digits(words, place)
    if not digits or _after_id(words, place) and words[place - 1].low not in {"in", "#", "no", "number", "sec"}:
        return False
    if words[at].low in {"ein", "fein", "tin", "itin", "ss"} and len(digits) < 9:  # noqa: PLR2004
        return False
    said = {each.low for each in words[at + 1 : place]} | {each.low for each in words[max(0, at - 4) : at]}
    four = near or bool(said & {"last", "four", "ends", "ending", "end"})
    if len(digits) == 4:  # noqa: PLR2004
        return four and (not _is_year(digits) or bool(sign) or place == at + 1 or "last" in said)
    return 7 <= len(digits) <= 11 and not is_ordinary(words[place].low) and (near or len(digits) == 9)  # noqa: PLR2004


def _login(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    text, low = words[place].text, words[place].low
    name = words[at].low.startswith("u") or words[at].low in {"loginid", "login-id", "loginname", "id", "ids"} or any(
        each.low in {"id", "name", "ids"} for each in words[at + 1 : place][:1]
    )
    weak = words[at].low in {"usr", "user"} and not name
    if not near:
        told = bool(sign) and place <= at + 7 and is_mixed(text) and any(c.isdigit() for c in text)
        return is_evident(text) or (told and not is_stemmed(low))
    if is_ordinary(low):
        return sign == "hard" and "@" in low and place <= at + 3
    direct = place == at + 1 or bool(sign) or name
    if not direct:
        return False
    if _is_number(words, place, 4, 12) and low.isdigit():
        return bool(sign) and not is_stemmed(low)
    if is_mixed(text) or re.fullmatch(r"[a-z]+[._][a-z]+\d*", low):
        return not is_stemmed(low) and not is_prose(low)
    if not is_plain(text) or low.endswith("'s"):
        return False
    return sign == "hard" or (sign == "soft" and not weak) or (name and not weak and not text.isupper())


def _bank(words: Sequence[Word], place: int, at: int, near: bool, sign: str) -> bool:  # noqa: FBT001
    label = words[at].low
    del sign
    digits = _digits(words, place)
    if label == "iban":
        return bool(digits and len(digits) >= 8) or (len(words[place].text) >= 8 and is_mixed(words[place].text))  # noqa: E501, PLR2004
    if label in _ACCOUNTS and digits:
        return (len(digits) >= 9 or not is_ordinary(words[place].low)) and _account(words, at, digits)  # noqa: PLR2004
    if label == "ach" and digits:
        return len(digits) >= 8 and not is_ordinary(words[place].low)  # noqa: PLR2004
    if not digits or is_ordinary(words[place].low) or _after_id(words, place) and words[place - 1].low not in _BANKED:  # noqa: E501
        return False
    between = {each.low for each in words[at + 1 : place]}
    if label in {"routing", "aba", "rtn"}:
        return len(digits) >= 6  # noqa: PLR2004
    if between & _BANKED:
        return 5 <= len(digits) <= 17  # noqa: PLR2004
    return near and 8 <= len(digits) <= 17 and label != "bank"  # noqa: PLR2004


def _account(words: Sequence[Word], at: int, digits: str) -> bool:
    """An account at a bank: its number is longer than PACER's, or a bank is spoken of."""
    before = {each.low for each in words[max(0, at - 2) : at]}
    if before & {"pacer", "cso", "psc", "ecf", "cm/ecf", "billing"} or "*" in digits:
        return False
    if 10 <= len(digits) <= 11 and before & {"ach", "by", "call"}:  # noqa: PLR2004
        return False
    near = {each.low for each in words[max(0, at - 12) : at + 14]}
    return 5 <= len(digits) <= 17 and (len(digits) >= 9 or bool(near & _MONEY))  # noqa: PLR2004


_RULES: Final = {
    "password": _password, "pin": _pin, "code": _code, "seed": _seed, "ssn": _ssn,
    "login": _login, "bank": _bank,
}  # fmt: skip


def _ahead(words: Sequence[Word], at: int, kind: str) -> tuple[int, int]:
    """A value right before its label: *Fluffy is the password*, *6789 (last four of SSN)*."""
    if kind in {"seed"} or _compound(words, at):
        return -1, -1
    linked, place = "(" in words[at].before or "=" in words[at].before, at - 1
    while place >= 0 and place >= at - 8:
        word, gap = words[place], words[place + 1].before
        if _ends(gap) or ("," in gap and words[place + 1].low not in {"that", "that's", "thats"}):
            return -1, -1
        if word.low in _LINKS:
            linked = True
        elif word.low not in _BACK:
            break
        linked = linked or "(" in gap
        place -= 1
    if place < 0 or not linked:
        return -1, -1
    word = words[place]
    digits = word.low.replace("-", "") if word.low.replace("-", "").isdigit() else ""
    if digits:
        wanted = {"ssn": (4, 9), "pin": (4, 12), "code": (4, 10), "password": (4, 12), "bank": (6, 17), "login": (4, 12)}  # noqa: E501
        least, most = wanted[kind]
        known = kind != "code" or _is_named(words, at) or len(digits) >= 6  # noqa: PLR2004
        fits = least <= len(digits) <= most and known and not is_ordinary(word.low)
        return (place, place) if fits and not _is_year(digits) and not _after_id(words, place) else (-1, -1)
    if kind in {"password", "login"} and (word.spelled or is_mixed(word.text) or is_plain(word.text)):
        return (place, place) if not is_stemmed(word.low) and not word.low.endswith("'s") else (-1, -1)
    if kind == "code" and not _error_near(words, place) and is_mixed(word.text) and any(c.isdigit() for c in word.text):
        return place, place
    return -1, -1


def _compound(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else None
    return following is not None and not following.before.strip() and following.low in _COMPOUNDS


def _is_seed(words: Sequence[Word], at: int) -> bool:
    before = {each.low for each in words[max(0, at - 2) : at]}
    return bool(before & _SEEDED) or words[at].low.startswith("seed")


def _is_named(words: Sequence[Word], at: int) -> bool:
    """Whether it says what kind of code it is."""
    before = [each.low for each in words[max(0, at - 3) : at]]
    if words[at].low.endswith("digit") or any(_ACTIVATION.match(each) for each in before):
        return True
    return bool(_CODES & set(before[-2:])) or (words[at].low in {"mfa", "2fa", "tfa"} and at + 1 < len(words) and words[at + 1].low in {"code", "codes"})  # noqa: E501


def _error_near(words: Sequence[Word], place: int) -> bool:
    near = {each.low for each in words[max(0, place - 6) : place + 4]}
    return bool(near & {"error", "errors", "err", "page", "screen", "message", "shows", "http"})


def _until(words: Sequence[Word], first: int, kind: str) -> int:
    """The last word of a value: numbers go on with numbers, phrases with unknown words."""
    last = first
    while last + 1 < len(words) and last < first + _WINDOW:
        word = words[last + 1]
        if set(word.before) - {"-", "\n", "/", ".", ","} or (_ends(word.before) and "\n" not in word.before):
            break
        digits = word.low.replace("-", "").isdigit()
        if not digits and (kind in {"pin", "ssn", "bank"} or is_prose(word.low) or is_ordinary(word.low) or "," in word.before or "\n" in word.before):  # noqa: E501
            break
        if digits and is_ordinary(word.low):
            break
        last += 1
    return last


def _digits(words: Sequence[Word], place: int) -> str:
    """The digits of a number, also written in groups; empty for what is none."""
    low = words[place].low
    if low[:1] == "#":
        low = low[1:]
    digits = re.sub(r"[-.,_/]", "", low)
    if not digits.isdigit() or (low != digits and is_ordinary(low) and not re.fullmatch(r"\d{2,4}-\d{2,4}(?:-\d{2,4})*|\d{2}-\d{6,8}-\d", low)):  # noqa: E501
        return ""
    for word in words[place + 1 : place + 10]:
        if word.before not in {"", "-", "."} or not word.low.isdigit():
            break
        digits += word.low
    return digits


def _is_number(words: Sequence[Word], place: int, least: int, most: int) -> bool:
    digits = _digits(words, place)
    return least <= len(digits) <= most and _counts(words, place)


def _counts(words: Sequence[Word], place: int) -> bool:
    """Whether it is no count of something."""
    following = words[place + 1] if place + 1 < len(words) else None
    return following is None or bool(following.before.strip()) or following.low not in _UNITS


def _after_id(words: Sequence[Word], place: int) -> bool:
    return place > 0 and words[place - 1].low in _IDS and words[place].before not in {":", "="}


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in {"19", "20"}  # noqa: PLR2004


def _ends(gap: str) -> bool:
    """Whether a sentence or a line ends there."""
    return any(each in gap for each in ";\n!?") or "." in gap.replace("...", "")
