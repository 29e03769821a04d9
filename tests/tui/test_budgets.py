"""The key budgets: what a clerk presses for the calls of every day, and what is kept of it.

The keys are written as the flow sheet gives them, each sign a key, so that a reader can
count them; the playbooks are the ones that are shipped.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.incidents import declare_incident
from helpdesk.desk.playbook_files import PlaybookReader
from tests.support.clock import StillClock
from tests.support.screens import Console, echo, press, running, words
from tests.tui.scenes import DANA, DAY, HOUR, MINUTE, PHONES, took

# Never above these, whatever the flow sheet says later: 18, 46, 12, 27 and 18.
ROUTINE = "n 0144 ⏎ li ⏎ yyyn ae hr"
NEW_CALLER = "n 2125550199 ⏎ Roe,PatCorwith ⇥ ncmb ⇥ a ⏎ li ⏎ yyyn ae hr"
REPEAT = "n 0144 ⏎ ⏎ yn hr"
PASSWORD = "n 0144 ⏎ pw ⏎ yy vb ve at ⏎ hw tom␣9 ⏎"
NOT_OURS = "n 0144 ⏎ qu ⏎ yyyn hx 1 ⏎"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with the playbooks that are shipped."""
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    return desk


def last_ticket(desk: Desk) -> dict[str, Any]:
    """The newest ticket with its call and whatever belongs to it."""
    port = desk.port
    ticket = port.query("SELECT * FROM ticket ORDER BY n DESC LIMIT 1").one()
    assert ticket is not None
    found = dict(ticket)
    call = port.query(
        "SELECT call.* FROM call JOIN call_ticket l ON l.call = call.id WHERE l.ticket = ? "
        "ORDER BY call.started_at DESC, call.id DESC LIMIT 1",
        (found["id"],),
    ).one()
    for table in ("answer", "action", "note", "promise"):
        rows = port.query(
            f"SELECT * FROM {table} WHERE ticket = ? AND struck = 0 ORDER BY id", (found["id"],)
        )
        found[f"{table}s"] = [dict(row) for row in rows.dicts()]
    found["call"] = dict(call) if call else {}
    found["who"] = port.query(
        "SELECT name FROM caller WHERE id = ?", (found["caller"] or 0,)
    ).value()
    return found


async def test_s1_a_routine_call_of_a_known_caller_takes_17_keys(known: Desk) -> None:
    async with running(known) as console:
        assert await press(console, ROUTINE) == 17
        assert "READY | home" in words(console)
        kept = last_ticket(known)
    assert (kept["who"], kept["status"], kept["outcome"]) == (DANA.name, "resolved", "resolved")
    assert kept["symptom"] == "linking-error"
    assert kept["call"]["matched"] == "0144"
    assert kept["call"]["typed"] == "li"
    assert [each["answer"] for each in kept["answers"]] == ["yes", "yes", "yes", "no"]
    assert [each["kind"] for each in kept["actions"]] == ["instructions-sent"]
    assert kept["call"]["wrap_ended_at"] is not None


async def test_s2_a_new_caller_takes_45_keys_of_which_29_are_data(known: Desk) -> None:
    async with running(known) as console:
        assert await press(console, NEW_CALLER) == 45
        kept = last_ticket(known)
        caller = known.port.query("SELECT * FROM caller WHERE id = ?", (kept["caller"],)).one()
        phones = known.port.query(
            "SELECT digits FROM caller_phone WHERE caller = ?", (kept["caller"],)
        )
    assert len("2125550199") + len("Roe,PatCorwith") + len("ncmb") + len("a") == 29
    assert caller is not None
    assert (caller["name"], caller["role"], caller["court"]) == (
        "Roe,PatCorwith", "attorney", "ncmb",
    )  # fmt: skip
    assert phones.rows == [("2125550199",)]
    assert (kept["court"], kept["status"], kept["symptom"]) == (
        "ncmb", "resolved", "linking-error",
    )  # fmt: skip
    assert [each["answer"] for each in kept["answers"]] == ["yes", "yes", "yes", "no"]


async def test_s3_a_repeat_call_goes_on_with_the_old_ticket_in_11_keys(
    desk: Desk, clock: StillClock
) -> None:
    took(desk, clock, DANA, 4 * DAY, symptom="linking-error")
    async with running(desk) as console:
        assert await press(console, REPEAT) == 11
        older, newer = desk.port.query("SELECT * FROM ticket ORDER BY n").dicts()
        calls = desk.port.query(
            "SELECT count(*) FROM call_ticket WHERE ticket = ?", (older["id"],)
        )
    assert (newer["status"], newer["merged_into"]) == ("merged", older["id"])
    assert (older["status"], older["reopened"]) == ("resolved", 1)
    assert calls.value() == 2


async def test_s4_a_temporary_password_takes_26_keys_and_promises_to_look_again(
    known: Desk, clock: StillClock
) -> None:
    async with running(known) as console:
        assert await press(console, PASSWORD) == 26
        kept = last_ticket(known)
    assert (kept["status"], kept["outcome"]) == ("waiting", "waiting")
    assert [each["kind"] for each in kept["actions"]] == [
        "called-back", "email-on-record", "temporary-password",
    ]  # fmt: skip
    issued = kept["actions"][-1]
    assert json.loads(issued["fields"]) == {"delivery": "called back"}
    assert issued["expires_at"] == clock.now() + 24 * HOUR
    linked, waits = kept["promises"]
    assert (linked["kind"], linked["due_at"]) == ("linked-by-then", clock.now() + 24 * HOUR)
    nine_there = clock.now() - 14 * MINUTE - 3 + DAY
    assert (waits["kind"], waits["due_at"]) == ("waiting", nine_there)


async def test_s6_what_is_not_ours_takes_17_keys_and_says_who_helps(known: Desk) -> None:
    async with running(known) as console:
        assert await press(console, NOT_OURS) == 17
        assert "READY | home" in words(console)
        assert "PACER Service Center (800) 676-6856" in words(console)
        assert "open now" in words(console)
        kept = last_ticket(known)
    assert (kept["status"], kept["outcome"]) == ("closed", "referred")
    assert kept["call"]["reason"] == "search-inactive"
    assert [each["answer"] for each in kept["answers"]] == ["yes", "yes", "yes", "no"]


@pytest.mark.parametrize("digit", ["2", "4"])
async def test_self_service_is_said_before_the_service_center_for_passwords_and_mfa(
    console: Console, digit: str
) -> None:
    await press(console, f"n ⏎ qu ⏎ hx {digit}")
    assert echo(console).startswith("+ First: ")
    assert echo(console).index("First: ") < echo(console).index("Then: ")


async def test_s5_parking_for_a_second_line_costs_two_keys(known: Desk, clock: StillClock) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ y")
        assert await press(console, "p") + await press(console, "n 0155 ⏎ bc ⏎ hr P") == 13
        assert "T-26-00003" in words(console)
        assert "step 3" in words(console)
        clock.go_on(30)
        await press(console, "yyn hr")
        kinds = known.port.query(
            "SELECT kind FROM call_segment s JOIN call c ON c.id = s.call "
            "WHERE c.started_at = ? AND c.caller = (SELECT id FROM caller WHERE name = ?) "
            "ORDER BY s.from_at, s.id",
            (clock.now() - 30, DANA.name),
        )
        statuses = known.port.query("SELECT status FROM ticket WHERE n > 2 ORDER BY n")
    assert [kind for (kind,) in kinds.rows] == ["talk", "hold", "talk", "wrap"]
    assert statuses.rows == [("resolved",), ("resolved",)]


async def test_s9_a_forgotten_key_begins_the_call_back_then_and_says_so(
    known: Desk, clock: StillClock
) -> None:
    async with running(known) as console:
        assert await press(console, "N 12m ⏎") == 5
        assert "ON CALL 12:00" in words(console)
        call = last_ticket(known)["call"]
    assert call["started_at"] == clock.now() - 12 * MINUTE
    assert call["edited"] == 1


async def test_s10_after_a_dropped_line_the_next_call_goes_on_with_it(
    known: Desk, clock: StillClock
) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ y hd")
        clock.go_on(90)
        await press(console, "n 0144 ⏎")
        assert "> continue T-26-00003" in words(console)
        await press(console, "⏎ yyn hr")
        tickets = known.port.query("SELECT status, outcome FROM ticket WHERE n > 2 ORDER BY n")
        answers = known.port.query("SELECT count(*) FROM answer").value()
    assert tickets.rows == [("resolved", "resolved"), ("merged", None)]
    assert answers == 4


async def test_s11_a_known_outage_takes_three_keys_once_the_symptom_is_said(known: Desk) -> None:
    declare_incident(known, "ncmb", "linking-error", "Linking is out; nothing to change.")
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎")
        assert "! INCIDENT 1" in words(console)
        assert await press(console, "o h r") == 3
        kept = last_ticket(known)
        tied = known.port.query("SELECT count(*) FROM incident_ticket WHERE struck = 0").value()
    assert (kept["status"], kept["symptom"], kept["answers"]) == ("resolved", "linking-error", [])
    assert tied == 1


async def test_s11_who_is_promised_to_hear_takes_one_key_more(known: Desk) -> None:
    declare_incident(known, "ncmb", "linking-error", "Linking is out; nothing to change.")
    async with running(known) as console:
        assert await press(console, "n 0144 ⏎ li ⏎") == 9
        assert await press(console, "o h b ⏎") == 4
        kept = last_ticket(known)
    assert (kept["status"], kept["promises"][0]["kind"]) == ("waiting", "callback")
    assert kept["promises"][0]["incident"] is not None


@pytest.mark.parametrize("leave", ["⎋", "⏎"], ids=["escape", "enter"])
async def test_s12_a_note_at_any_time_is_saved_when_its_box_is_left(
    known: Desk, leave: str
) -> None:
    async with running(known) as console:
        await press(console, f"n ⏎ li ⏎ i Chrome,␣no␣pop-ups {leave} y")
        kept = last_ticket(known)
    assert [each["text"] for each in kept["notes"]] == ["Chrome, no pop-ups"]
    assert [each["answer"] for each in kept["answers"]] == ["yes"]


async def test_s13_a_typed_note_and_hanging_up_from_inside_its_box(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n ⏎ li ⏎ i firewall ⏎ hr")
        kept = last_ticket(known)
    assert [each["text"] for each in kept["notes"]] == ["firewall"]
    assert kept["outcome"] == "resolved"


async def test_s14_undo_twice_and_redo_say_what_they_did(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ y ae")
        said = []
        for key in "uuU":
            await press(console, key)
            said.append(echo(console))
        kept = last_ticket(known)
        struck = known.port.query("SELECT kind, struck FROM action").rows
    answer = "the answer yes to “Log in to PACER and open Manage My Account. Doe…”."
    assert said == [
        "+ Taken back: “Instructions sent” (struck, recorded in error). U does it again.",
        f"+ Taken back: {answer} U does it again.",
        f"+ Done again: {answer}",
    ]
    assert [each["answer"] for each in kept["answers"]] == ["yes"]
    assert struck == [("instructions-sent", 1)]


async def test_hanging_up_twice_does_no_harm(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ h h h r")
        kept = last_ticket(known)
    assert kept["outcome"] == "resolved"


def test_the_numbers_in_these_tests_are_nobodys() -> None:
    assert all("-555-01" in phone for phone in PHONES.values())
