"""How long a caller takes to find on a desk that 200,000 people call, beside the bare queries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from random import Random
from time import thread_time
from typing import Final

import pytest

from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Clock, Desk
from helpdesk.domain.calls import Caller
from helpdesk.store.callers import add_caller, add_phone
from helpdesk.store.connecting import connected
from helpdesk.store.search import INDEX_CALLERS
from tests.benchmarks.conftest import Compare
from tests.support.desks import open_as
from tests.support.watched import WatchedFile

PEOPLE: Final = 200_000
ROUNDS: Final = 15
MOST_SECONDS: Final = 0.030
"""Of the thread that looks, so that other programs on the machine do not count."""
TYPED: Final = {
    "a letter": ("w", "d"),
    "a name": ("whit", "whitfield", "dana whit"),
    "a number": ("0144", "212", "2125550144", "(319) 555-0144"),
    "a middle part": ("field", "itfiel", "4481"),
    "a typing error": ("Whitfeld", "Witfield", "Whitfield dnaa", "Ehitfield"),
}
BEGUN: Final = ("Whit", "Lind", "Wal", "Hart", "Mar", "Ber", "Stan", "Ros", "Dun", "Kel", "Oka")
MIDDLES: Final = ("", "er", "ing", "es", "ow", "an", "el", "or", "ic", "al", "om", "ud")
ENDED: Final = ("field", "man", "ley", "ton", "qvist", "wood", "ham", "low", "berg", "son", "ell")
GIVEN: Final = ("Dana", "Pat", "Ada", "Sol", "Lee", "Kim", "Hugo", "Petra", "Otis", "Wren", "Uma")


def somebody(chance: Random, number: int) -> Caller:
    family = "".join(map(chance.choice, (BEGUN, MIDDLES, MIDDLES, ENDED)))
    given = chance.choice(GIVEN)
    firm = f"{chance.choice(BEGUN)}{chance.choice(MIDDLES)}{chance.choice(ENDED)}"
    return Caller(
        number, f"{family}, {given}", f"{firm} LLP", "attorney",
        f"{given}.{family}@{firm}-law.example".lower(), f"{chance.randrange(99_999):05}", "ianb",
    )  # fmt: skip


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that so many people have called."""
    desk = open_as(tmp_path_factory.mktemp("crowded"), Clock())
    chance, path = Random(1), desk.folder.database  # noqa: S311 - made-up people
    desk.port.close()
    with closing(connected(path, "rw")) as connection:
        connection.execute("BEGIN")
        for number in range(1, PEOPLE + 1):
            phone = f"{chance.randrange(201, 990)}555{chance.randrange(10_000):04}"
            connection.execute(*add_caller(somebody(chance, number), chance.randrange(10**9)))
            connection.execute(*add_phone(number, phone, ""))
        for first in range(1, PEOPLE, 2_000):
            connection.execute(INDEX_CALLERS, (json.dumps(list(range(first, first + 2_000))),))
        connection.execute("COMMIT")
    desk.port = WatchedFile(path)
    yield desk
    desk.close()


@pytest.mark.parametrize("what", TYPED)
def test_finding_a_caller_among_200_000(what: str, compare: Compare, crowded: Desk) -> None:
    port = crowded.port
    assert isinstance(port, WatchedFile)
    ours, floor = [], []
    with closing(connected(port.path, "ro")) as connection:
        for typed in TYPED[what] * ROUNDS:
            port.asked.clear()
            begun = thread_time()
            found = look_for_callers(crowded, typed)
            ours.append(thread_time() - begun)
            begun = thread_time()
            for sql, params in port.asked:
                connection.execute(sql, params).fetchall()
            floor.append(thread_time() - begun)
            assert found.callers or typed not in {"whit", "field", "Whitfeld", "Witfield"}
    slowest = sorted(ours)[int(len(ours) * 0.95)]
    assert slowest <= MOST_SECONDS, f"{what}: 95 % within {slowest * 1000:.1f} ms"
    least = f"the bare queries; 95 % within {slowest * 1000:.1f} ms"
    compare(f"finding by {what}, 200,000 callers", ours, floor, least)
