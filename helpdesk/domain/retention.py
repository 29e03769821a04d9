"""Rules of retention: how long what class of data is kept once a ticket is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.personal_data import CALLER, DRAFT, PHONE, SAID
from helpdesk.domain.removing import PURGED, SIGN, pseudonym
from helpdesk.errors import BadInput

RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        SAID: "notes, reasons, what was filled in and typed, texts of actions",
        CALLER: "names, firms, addresses and bar numbers",
        PHONE: "phone numbers",
        DRAFT: "what stands in a note box and was not saved",
    }
)
"""The classes that a rule may name, with what each is."""

DONE: Final = ("resolved", "closed", "void")
"""Where a ticket must stand before anything of it is purged."""

_AGE: Final = re.compile(r"([1-9][0-9]{0,4})\s*([dmy])\Z")
_LEAST_DAYS: Final = 31
_MONTHS: Final = 12
_PLAIN: Final = frozenset({"", "unknown", "list"})


@dataclass(frozen=True, slots=True)
class Age:
    """How long something is kept."""

    many: int
    """So many."""

    unit: str
    """``d`` days, ``m`` months or ``y`` years."""

    def __str__(self) -> str:
        """As it is written in the settings."""
        return f"{self.many}{self.unit}"


def read_age(text: str, of_class: str) -> Age:
    """Read how long something is kept.

    Args:
        text: ``90d``, ``18m``, ``7y``.
        of_class: What is kept, one of ``RULES``.

    Returns:
        The age.

    Raises:
        BadInput: When it is no age, or callers or numbers would go while repeats still count.
    """
    found = _AGE.match(text.strip().lower())
    if not found:
        raise BadInput(f"“{text}” is no age: write 90d, 18m or 7y.")
    age = Age(int(found[1]), found[2])
    short = age.unit == "d" and age.many < _LEAST_DAYS
    if short and of_class in {CALLER, PHONE}:
        raise BadInput(
            f"{text} is too short: who calls again is counted for up to 30 days, so that "
            f"{_LEAST_DAYS}d is the least."
        )
    return age


def kept_since(age: Age, now: int, zone: str) -> int:
    """The moment before which a ticket must have been changed last.

    Args:
        age: How long it is kept.
        now: The moment, in seconds UTC.
        zone: The zone of the desk's office.

    Returns:
        The moment, in seconds UTC.
    """
    there = local(now, zone)
    if age.unit == "d":
        return int((there.astimezone(UTC) - timedelta(days=age.many)).timestamp())
    months = (
        there.year * _MONTHS + there.month - 1 - age.many * (_MONTHS if age.unit == "y" else 1)
    )
    year, month = divmod(max(_MONTHS, months), _MONTHS)
    for day in range(there.day, 27, -1):
        try:
            return int(there.replace(year=year, month=month + 1, day=day).timestamp())
        except ValueError:  # such as 31 June
            continue
    return int(there.replace(year=year, month=month + 1).timestamp())


def purged_text(text: str) -> str:
    """What stands in place of a text that is purged.

    Args:
        text: The text.

    Returns:
        The sign of it; an empty text stays, and so does what was taken out before.
    """
    return text if not text or text.startswith(SIGN) else PURGED


def purged_match(text: str) -> str:
    """The same for how a caller was found; that nobody was found stays."""
    return text if text in _PLAIN else purged_text(text)


def purged_identity(text: str, salt: str) -> str:
    """What stands in place of a number or a firm: the same for the same, and nothing leads back.

    Args:
        text: The digits, or the firm however it is spaced and in whatever case.
        salt: The salt of this run, which is gone when it is over.

    Returns:
        A pseudonym; an empty text stays, and so does one that is a pseudonym already.
    """
    if not text or text.startswith(SIGN):
        return text
    folded = " ".join(text.split()).casefold()
    return pseudonym(sha256(f"{salt}\x1f{folded}".encode(errors="surrogatepass")).hexdigest())


def local_day(at: int, zone: str) -> str:
    """A day as it is said in a plan of a purge.

    Args:
        at: A moment, in seconds UTC.
        zone: The zone.

    Returns:
        Such as ``2026-06-01``.
    """
    return f"{local(at, zone):%Y-%m-%d}"
