"""A colleague makes the ticket of a call void, or merges it: the call says so, and its end too."""

from __future__ import annotations

import pytest

from helpdesk.desk.corrections import correct_ticket
from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.statuses import change_status
from tests.support.calls import rows
from tests.support.screens import Console, app_of, echo, lines, press, settled, words

ON_A_CALL = "n 0144 ⏎ li ⏎"


def ids(desk: Desk) -> dict[int, int]:
    """The tickets by their place in the series."""
    return {row["n"]: row["id"] for row in rows(desk, "SELECT n, id FROM ticket")}


async def heard(console: Console) -> list[str]:
    """The screen once the console has heard of what others wrote."""
    await app_of(console)._others_wrote()
    await settled(console)
    return lines(console)


async def deaf(head: int | None = None) -> None:
    """Hear nothing of what others wrote."""


def as_supervisor(desk: Desk) -> Desk:
    """The colleague may make tickets void."""
    desk.clerk = desk.clerk._replace(role="supervisor")
    return desk


async def test_a_call_on_a_ticket_that_was_made_void_says_so_and_promises_nothing(
    console: Console, other: Desk
) -> None:
    await press(console, ON_A_CALL)
    before = lines(console)
    change_status(as_supervisor(other), ids(other)[3], "void", "typed twice")
    shown = await heard(console)
    stands = next(n for n, line in enumerate(shown) if "T-26-00003 was made void mean" in line)
    assert [line for n, line in enumerate(shown) if n != stands] == [
        line for n, line in enumerate(before) if n != stands
    ]
    await press(console, "hb tue␣9⏎")
    assert echo(console).startswith("! T-26-00003 was made void meanwhile: nothing can be prom")
    await press(console, "⎋ e supervisor⏎")
    assert echo(console).startswith("! T-26-00003 was made void meanwhile: nobody can take it")
    await press(console, "⎋ r")
    assert "READY" in words(console)
    assert "T-26-00003 was made void meanwhile and stays so" in echo(console)
    assert rows(other, "SELECT outcome FROM call WHERE outcome IS NOT NULL ORDER BY id")[-1] == {
        "outcome": "resolved"
    }


async def test_a_call_on_a_ticket_that_was_merged_says_where_it_went_on_and_what_was_settled(
    console: Console, other: Desk
) -> None:
    await press(console, ON_A_CALL)
    number = ids(other)
    merge_tickets(other, number[3], number[2])
    shown = await heard(console)
    assert any("! T-26-00003 went on in T-26-00002 meanwhile" in line for line in shown)
    await press(console, "hr")
    assert "T-26-00003 went on in T-26-00002: that is resolved." in echo(console)


async def test_a_symptom_that_a_colleague_corrects_is_said_and_ones_own_is_not(
    console: Console, other: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await press(console, ON_A_CALL)
    correct_ticket(other, ids(other)[3], "symptom", "store-card")
    assert any("Store" in line for line in await heard(console))
    title = app_of(console).symptom_title("store-card")
    said = f"! The symptom is now {title}: RVANCE changed it."
    assert echo(console) == said
    await press(console, "s li ⏎")
    assert "RVANCE" not in words(console)
    await press(console, "i Chrome. ⏎")
    with monkeypatch.context() as before_it_looked:
        before_it_looked.setattr(app_of(console), "_others_wrote", deaf)
        correct_ticket(other, ids(other)[3], "symptom", "store-card")
        await press(console, "u")  # which says what it has taken back, and that first
        assert "struck, in error: note: Chrome." in words(console)
    assert echo(console) == said
    correct_ticket(app_of(console).desk, ids(other)[3], "symptom", "linking-error")
    await press(console, "⎋")
    await heard(console)
    assert "MORTIZ changed" not in words(console)
