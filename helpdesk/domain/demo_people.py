"""Made-up callers: firms with several people, and people on their own. Nobody is real."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from random import Random
from typing import Final

from helpdesk.domain.calls import Caller
from helpdesk.domain.courts import Court, Office

_FAMILY: Final = re.findall(
    r"\w+",
    "Abbot Barrow Calder Dunmore Ekberg Farrow Greenlee Hallam Iverson Jessup Kessler Langley "
    "Marlowe Norwood Okafor Pruitt Quimby Rutledge Sandoval Thackery Ulrich Vance Whitfield "
    "Yarrow Zeller Ashcombe Birchall Crandall Delacroix Emberly Fairbank Granger Hollis Ingram "
    "Janssen Kirkwood Lindqvist Merriweather Nakata Oyelaran Penhallow Ravenel Stroud Tolliver",
)
_GIVEN: Final = re.findall(
    r"\w+",
    "Ada Beau Cora Dana Elias Fern Gus Hana Ivo June Kofi Lena Milo Nora Otis Petra Quinn Rosa "
    "Silas Tess Uma Viggo Wren Xenia Yusuf Zora Amos Bryn Cleo Dario Esme Ford Greta Hugo",
)
_AREAS: Final = {"America/Chicago": (319, 515, 563, 641, 712)}
"""Area codes by zone."""

_OTHER_AREAS: Final = (252, 336, 704, 828, 910, 919, 980, 984)
_NUMBERS: Final = 10_000
"""How many numbers 555-nnnn an area has."""

_ROLES: Final = ("attorney",) * 6 + ("staff", "staff", "trustee", "creditor")
_ENDINGS: Final = ("LLP", "PLC", "Law Office", "Legal Group", "P.A.")
_ALONE: Final = 0.3
_LARGEST: Final = 7


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who calls."""

    caller: Caller
    """What is known of them, without an id."""

    phone: str
    """The number they call from."""

    court: Court
    """The court they mostly call about."""

    office: Office
    """The office of that court."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody who calls; a few call often, most now and then."""

    people: tuple[Person, ...]
    """Everybody, who calls most first."""

    weights: tuple[float, ...]
    """How often they call, each added to those before."""

    def pick(self, chance: Random, count: int) -> list[Person]:
        """Pick who calls next.

        Args:
            chance: Where chance comes from.
            count: How many of them.

        Returns:
            The people, in order.
        """
        return chance.choices(self.people, cum_weights=self.weights, k=count)


def made_up_crowd(chance: Random, courts: Sequence[Court], count: int) -> Crowd:
    """Make people up.

    Args:
        chance: Where chance comes from.
        courts: The courts they call about; the first is called about most.
        count: How many people.

    Returns:
        The people, no two with the same number.
    """
    taken: set[str] = set()
    people = []
    for caller, court, office in islice(_callers(chance, courts), count):
        phone = _phone(chance, office.zone)
        while phone in taken:
            phone = _phone(chance, office.zone)
        taken.add(phone)
        people.append(Person(caller, phone, court, office))
    chance.shuffle(people)
    weights = accumulate(1 / (rank + 4) ** 0.85 for rank in range(count))
    return Crowd(tuple(people), tuple(weights))


def _phone(chance: Random, zone: str) -> str:
    area = chance.choice(_AREAS.get(zone, _OTHER_AREAS))
    return f"{area}-555-{chance.randrange(_NUMBERS):04}"


def _callers(chance: Random, courts: Sequence[Court]) -> Iterator[tuple[Caller, Court, Office]]:
    """People without end, firm by firm."""
    while True:
        court = chance.choices(courts, [1 / (place + 1) for place in range(len(courts))])[0]
        office = chance.choice(court.offices)
        if chance.random() < _ALONE:
            role = chance.choice(("attorney", "self-represented", "creditor"))
            yield _caller(chance, "", role), court, office
            continue
        firm = f"{chance.choice(_FAMILY)} & {chance.choice(_FAMILY)} {chance.choice(_ENDINGS)}"
        for _ in range(chance.randint(1, _LARGEST)):
            yield _caller(chance, firm, chance.choice(_ROLES)), court, office


def _caller(chance: Random, firm: str, role: str) -> Caller:
    family, given = chance.choice(_FAMILY), chance.choice(_GIVEN)
    host = "".join(sign for sign in firm.lower() if sign.isalpha()) or "mail"
    bar = f"{chance.randrange(1_000, 99_999):05}" if role in {"attorney", "trustee"} else ""
    email = f"{given}.{family}@{host}.example".lower()
    return Caller(0, f"{family}, {given}", firm, role, email, bar)
