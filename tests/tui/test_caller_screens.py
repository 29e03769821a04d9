"""Callers away from a call and over one: found, corrected, linked, merged; read the snapshots."""

from __future__ import annotations

import pytest
from syrupy.assertion import SnapshotAssertion

from helpdesk.desk.caller_corrections import correct_caller
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.people import nobody, person
from tests.support.screens import (
    NARROW,
    WIDE,
    Console,
    app_of,
    echo,
    press,
    running,
    settled,
    text,
    words,
)
from tests.tui.scenes import DANA, DAY, repeat_caller, took


@pytest.fixture
def repeated(desk: Desk, clock: StillClock) -> Desk:
    """A desk that Dana Whitfield called four days ago; a second Dana is on record too."""
    repeat_caller(desk, clock)
    person(desk, "Dana Whitfeld", "212-555-0144", court="ncmb")
    clock.go_on(DAY)
    return desk


def one(desk: Desk, typed: str) -> int:
    return look_for_callers(desk, typed).callers[0].id


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_callers_and_all_that_is_asked_of_them(
    repeated: Desk, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    async with running(repeated, size) as console:
        for name, said in (
            ("found-nearly", "gc wihtman"),
            ("card", "⌫⌫⌫⌫⌫⌫⌫ whitfield ␣ dana ⏎"),
            ("change", "a"),
            ("correct", "f"),
            ("same-person", "⎋ d"),
            ("who-stays", "m"),
        ):
            await press(console, said)
            assert text(console) == text_screen(name=name)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_a_repeat_call_is_told_before_the_symptom_is_chosen(
    repeated: Desk, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    async with running(repeated, size) as console:
        await press(console, "n whitfield ⏎")
        await app_of(console)._others_wrote()  # or the watching thread does, a little later
        await settled(console)
        assert "! 2nd call in 7 days, same symptom? T-26-00003 Thu 09:14 resolved" in words(
            console
        )
        assert text(console) == text_screen(name="symptom")
        await press(console, "li ⏎")
        assert "! 2nd call in 7 days, SAME symptom: T-26-00003" in words(console)
        await press(console, "C")
        assert text(console) == text_screen(name="card")
        await press(console, "a e ⌫ s ⏎")
        assert echo(console) == "+ The e-mail is corrected. u takes it back."
        await press(console, "⎋ y")
        assert "step 3" in words(console)


async def test_the_same_symptom_names_its_own_ticket_and_a_late_promise_is_told_on_the_call(
    repeated: Desk, clock: StillClock
) -> None:
    took(repeated, clock, DANA, 2 * DAY, symptom="forgot-pacer", outcome="callback",
         due_at=clock.at - DAY)  # fmt: skip
    async with running(repeated) as console:
        await press(console, "n whitfield ⏎")
        late = "! LATE call back since Mon 09:14, T-26-00005 (C) verified: nothing yet (v)"
        assert late in words(console)
        assert "same symptom? T-26-00005" in words(console)
        await press(console, "li ⏎")
        assert "SAME symptom: T-26-00003" in words(console)
        await press(console, "c")
        assert "Gone on with T-26-00003." in echo(console)
        assert late in words(console)
        await press(console, "v cb ⏎")
        assert late.replace("nothing yet (v)", "1 done") in words(console)


async def test_what_is_typed_after_a_name_goes_into_the_next_empty_field(
    console: Console,
) -> None:
    await press(console, "n Roe,Pat ⏎ ncmb ⇥ a ⏎")
    (row,) = rows(console.app.desk, "SELECT name, court, role FROM caller WHERE name LIKE 'Roe%'")  # type: ignore[attr-defined]
    assert row == {"name": "Roe,Pat", "court": "ncmb", "role": "attorney"}


async def test_enter_on_the_empty_box_keeps_who_calls_already(repeated: Desk) -> None:
    who = (
        "SELECT c.name, matched FROM call l JOIN caller c ON c.id = l.caller "
        "WHERE l.ended_at IS NULL"
    )
    async with running(repeated) as console:
        await press(console, "n Whitfeld ⏎")
        await press(console, "li ⏎")
        before = rows(repeated, who), repeated.port.head()
        assert before[0] == [{"name": "Dana Whitfeld", "matched": "Whitfeld"}]
        await press(console, "w")
        assert "Enter on the empty box: as it is" in words(console)
        await press(console, "⏎")
        assert before == (rows(repeated, who), repeated.port.head())


@pytest.mark.parametrize(
    ("typed", "then"), [("Roe,␣Dana", "New caller"), ("Whitfield,␣Dana", "Whitfield, Dana")]
)
async def test_enter_takes_nobody_of_another_family_name(
    typed: str, then: str, known: Desk
) -> None:
    """Dana Whitfield works at Whitfield & Roe LLP."""
    async with running(known) as console:
        await press(console, f"n {typed}")
        assert "Whitfield, Dana" in words(console)
        await press(console, "⏎")
        assert then in words(console)
        assert ("New caller" in words(console)) is (then == "New caller")


async def test_a_whole_number_can_be_kept_of_a_caller_who_stays_unknown(
    console: Console,
) -> None:
    await press(console, "n 3195550177 ↑ ⏎")
    assert "unknown caller 319-555-0177" in words(console)
    await press(console, "⎋")
    (row,) = rows(console.app.desk, "SELECT phone FROM call WHERE caller IS NULL")  # type: ignore[attr-defined]
    assert row == {"phone": "3195550177"}


async def test_two_who_correct_the_same_field_see_both_values_and_one_key_picks(
    repeated: Desk, other: Desk
) -> None:
    dana = one(repeated, "dana@")
    async with running(repeated) as console:
        await press(console, "gc dana@ ⏎ a r")
        correct_caller(other, dana, "role", "trustee")
        await press(console, "⌫⌫⌫⌫⌫⌫⌫⌫ staff ⏎")
        assert "“trustee” now, and you wanted “staff”" in words(console)
        await press(console, "2")
        assert known_caller(repeated, dana).role == "staff"
        await press(console, "u")
        assert "Taken back" in echo(console)
        assert known_caller(repeated, dana).role == "trustee"


async def test_two_are_merged_on_the_screen_and_taken_apart_again(repeated: Desk) -> None:
    async with running(repeated) as console:
        await press(console, "gc ⎋ d m 1")
        assert "counts as Dana Whitfeld now" in echo(console)
        assert "No pair" in words(console)
        await press(console, "⎋ / 0144")
        assert words(console).count("212-555-0144") == 1
        await press(console, "⏎")
        assert f"also on record as: {DANA.name}" in words(console)
        await press(console, "a x ⏎")
        assert "also on record" not in words(console)
        assert "1 on record may be the same person (d)" in words(console)
        await press(console, "d s")
        assert "are two people" in echo(console)
        await press(console, "⎋")
        assert "may be the same person" not in words(console)


async def test_an_unknown_caller_is_linked_later_with_a_preview(
    repeated: Desk, text_screen: SnapshotAssertion
) -> None:
    for phone in ("646-555-0166", "646-555-0166", "319-555-0155"):
        nobody(repeated, phone)
    number = rows(repeated, "SELECT max(n) AS n FROM ticket")[0]["n"] - 1
    async with running(repeated) as console:
        await press(console, f"/ {number:05} ⏎ a w")
        await press(console, "⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫⌫ dana ␣ whitfield ⏎ ⏎")
        assert text(console) == text_screen(name="preview")
        await press(console, "1")
        assert "has a caller: 2 calls linked" in echo(console)
        await press(console, "u")
        assert "on 2 tickets" in echo(console) or "Taken back" in echo(console)
    assert len(rows(repeated, "SELECT 1 FROM ticket WHERE caller IS NULL")) == 3


async def test_a_list_of_who_called_last_says_of_how_many_and_enter_opens_the_first(
    desk: Desk,
) -> None:
    record_history(
        desk,
        (
            CallRecord(
                desk.clock.now() - 9_999 + number,
                "ianb",
                caller=Caller(0, name=f"Roe, Ann {number}"),
                phone=f"212555{number:04}",
                outcome="resolved",
            )
            for number in range(79)
        ),
    )
    async with running(desk) as console:
        await press(console, "gc")
        assert "50 of 79: type more" in words(console)
        await press(console, "⏎")
        assert "Roe, Ann 78" in words(console)
