"""The words that announce a secret, also mistyped: password, pin, code, ssn, login, born."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from helpdesk.domain.guard.vocabulary import VOCABULARY
from helpdesk.domain.slips import slips

_KINDS: Final = {
    "password": (
        "password passwords pw pws pwd pwds passwd passwds passphrase passphrases pass-phrase "
        "pass-word pswd psw psswd pword p/w p.w passw pasw paswd passwort secretword password's "
        "creds cred credentials "
        "contrasena contraseña clave passwds' pass pswrd pwrd psword passwrd passwo passwor"
    ),
    "pin": "pin pins pincode pin-code pin-number",
    "code": (
        "code codes passcode passcodes pass-code otp otps totp mfa 2fa tfa token tokens passkey "
        "6-digit six-digit cd cod cde cvv cvc cvv2 csc cid pac"
    ),
    "seed": "seed seeds key keys secret",
    "ssn": (
        "ssn ssns ssan soc social socials itin tin ss ss# soc-sec soc.sec socsec soc.sec.no "
        "soc.security s.s.n ssn#"
    ),
    "login": (
        "login logins log-in log-ins logon log-on loginid login-id loginname userid user-id uid "
        "user "
        "username usernames user-name user-names uname usr user usrname usernm"
    ),
    "bank": (
        "ach acct accts accnt acnt# acount account a/c acc acct.no iolta routing aba iban "
        "checking savings bank rtn"
    ),
    "birth": (
        "dob d.o.b born birthdate birthdates birthday b-day bday brith brth birht birth "
        "birth-date bdate"
    ),
    "answer": "answer answers answered",
}
_OF: Final = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_MISTYPED: Final = (
    ("password", 2, "password"),
    ("passwords", 2, "password"),
    ("passphrase", 2, "password"),
    ("passcode", 1, "code"),
    ("username", 2, "login"),
    ("routing", 1, "bank"),
    ("account", 1, "bank"),
    ("birthday", 1, "birth"),
    ("birthdate", 1, "birth"),
)
_OTHERS: Final = frozenset(
    "surname surnames passport passports passage passable rooting outing routine".split()
)
_SHORTEST, _LONGEST = 6, 12


@lru_cache(maxsize=4_096)
def label_kind(low: str) -> str:
    """What a word announces.

    Args:
        low: The word in small letters.

    Returns:
        ``password``, ``pin``, ``code``, ``seed``, ``ssn``, ``login``, ``bank``, ``birth``,
        ``answer``, or empty.
    """
    bare = low.rstrip("#.'’").removesuffix("'s") or low
    if bare in _OF:
        return _OF[bare]
    if not _SHORTEST <= len(bare) <= _LONGEST or bare in VOCABULARY or bare in _OTHERS:
        return ""
    if not bare.isalpha():
        return ""
    for name, most, kind in _MISTYPED:
        if _may_be(bare, name, most) and slips(bare, name, most) <= most:
            return kind
    return ""


def _may_be(word: str, name: str, most: int) -> bool:
    """Whether so few slips may lie between: each of them brings or takes one letter at most."""
    letters, wanted = set(word), set(name)
    return max(len(letters - wanted), len(wanted - letters)) <= most
