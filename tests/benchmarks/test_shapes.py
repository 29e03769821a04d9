"""What a clerk touches on a desk of another shape, beside the demo's of the same size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Clock, Desk
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.tickets import list_tickets, query_of
from tests.benchmarks.conftest import Limit
from tests.benchmarks.growing import PAGE, READING, Ask, in_turn, logging, opened
from tests.benchmarks.made_desks import KEPT, MOST_TICKETS, VERSION, copied
from tests.benchmarks.shapes import BUSIEST, COMMONEST, FIRM, LONG_NOTE, fill_shaped
from tests.support.desks import open_as

TICKETS = min(100_000, MOST_TICKETS)
ROUNDS = 40
CALLS = 15
LONG = """
SELECT t.year, t.n FROM note n JOIN ticket t ON t.id = n.ticket WHERE length(n.text) > ? LIMIT 1
"""
FELT_SECONDS = 0.03
"""Within so long an answer seems to come at once, with what drawing it takes besides."""


@pytest.fixture(scope="module")
def shaped_home() -> Path:
    """A desk of that shape, made once and kept."""
    home = KEPT / f"{TICKETS}-shaped-{VERSION}"
    if not home.exists():
        part = home.with_name(f"{home.name}.part")
        desk = open_as(part, Clock())
        fill_shaped(desk, TICKETS)
        desk.close()
        part.rename(home)
    return home


@pytest.fixture
def shaped(shaped_home: Path) -> Iterator[Desk]:
    with opened([shaped_home]) as (desk,):
        yield desk


def busiest(desk: Desk) -> int:
    return look_for_callers(desk, BUSIEST).callers[0].id


def long_one(desk: Desk) -> str:
    sql = (
        "SELECT t.year, t.n FROM note n JOIN ticket t ON t.id = n.ticket WHERE length(n.text) > ?"
    )
    year, n = desk.port.query(f"{sql} LIMIT 1", (LONG_NOTE // 2,)).rows[0]
    return f"T-{year % 100:02}-{n:05}"


def paged(typed: str, *, backwards: bool = False) -> Callable[[Desk], Ask]:
    def made(desk: Desk) -> Ask:
        query = query_of(desk, typed)
        return lambda: list_tickets(desk, query, PAGE, backwards=backwards)

    return made


def card(desk: Desk) -> Ask:
    who = busiest(desk)
    return lambda: caller_card(desk, who)


def opening(desk: Desk) -> Ask:
    number = long_one(desk)
    return lambda: show_ticket(desk, number)


EXTREME: dict[str, Callable[[Desk], Ask]] = {
    "the card of whom a twentieth of all calls are": card,
    "a ticket with a note of 50,000 characters": opening,
    "first page of the commonest symptom": paged(f"symptom:{COMMONEST}"),
    "last page of the commonest symptom": paged(f"symptom:{COMMONEST}", backwards=True),
    "first page of all but the commonest": paged(f"-symptom:{COMMONEST}"),
    "last page of a firm": paged(f'firm:"{FIRM}"', backwards=True),
    "a word that is in every long note": paged("docket"),
    "a word that is in every long note, by last change": paged("docket sort:changed"),
    "the callers of a firm, typed": lambda desk: lambda: look_for_callers(desk, "thackery"),
}


@pytest.mark.parametrize("what", [*READING, *EXTREME])
def test_another_shape_is_not_felt(what: str, shaped: Desk, limit: Limit) -> None:
    (took,) = in_turn([{**READING, **EXTREME}[what](shaped)], ROUNDS)
    limit(f"{what}, another shape", took, FELT_SECONDS)


def test_logging_a_call_on_a_desk_of_another_shape(
    shaped_home: Path, tmp_path: Path, limit: Limit
) -> None:
    with opened([copied(shaped_home, tmp_path / "copy")]) as (desk,):
        (took,) = in_turn([logging(desk)], CALLS)
    limit("logging a call, another shape", took, None)
