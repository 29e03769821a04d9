"""What is done with a ticket away from a call: changed, noted, called back, merged."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from helpdesk.desk.desk import Desk
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.staff import add_member
from helpdesk.desk.statuses import change_status
from helpdesk.domain.bulk import BulkChange
from helpdesk.tui.screens.bulk import BulkScreen
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.screens import (
    WIDE,
    Console,
    app_of,
    echo,
    lines,
    press,
    running,
    settled,
    words,
)
from tests.tui.scenes import DANA, HOUR, LEE, took

EMPTIED = "⌫" * len("2026-06-01T08:14:03-04:00")
"""Empties a box that was filled with a moment."""


@pytest.fixture
def colleague(known: Desk, clock: StillClock) -> Iterator[Desk]:
    """The same desk as rvance has it open."""
    other = open_as(known.folder.home, clock, RVANCE, "clerk")
    yield other
    other.close()


@pytest_asyncio.fixture
async def console(known: Desk, clock: StillClock) -> AsyncIterator[Console]:
    """A console on one ticket that waits: T-26-00003 of Dana Whitfield."""
    took(known, clock, DANA, HOUR, symptom="linking-error", outcome="waiting",
         due_at=clock.now() + HOUR)  # fmt: skip
    async with running(known) as console:
        await press(console, "gt⏎")
        yield console


def ticket(desk: Desk, n: int = 3) -> dict[str, object]:
    (row,) = rows(desk, "SELECT * FROM ticket WHERE n = ?", n)
    return row


def ticket_id(desk: Desk, n: int = 3) -> int:
    return int(str(ticket(desk, n)["id"]))


@pytest.mark.parametrize(
    ("keys", "status", "said"),
    [
        ("ar", "resolved", "T-26-00003 is resolved. u takes it back."),
        ("ax done␣by␣letter ⏎", "closed", "T-26-00003 is closed. u takes it back."),
        ("aw tom␣9 ⏎", "waiting", "T-26-00003: waits Tue 02 Jun 09:00 EDT there"),
        ("ak 45m ⏎", "waiting", "T-26-00003: call back Mon 01 Jun 09:59 EDT there"),
        ("ae sup ⏎", "escalated", "T-26-00003 waits to be taken over by supervisor."),
        ("av a␣trial ⏎", "void", "T-26-00003 is void."),
        ("ad they␣wrote ⏎", "open", "is dealt with"),
    ],
)
async def test_a_status_is_changed_in_a_few_keys_and_taken_back_with_one(
    console: Console, known: Desk, keys: str, status: str, said: str
) -> None:
    before = ticket(known)
    await press(console, keys)
    assert ticket(known)["status"] == status
    assert said in echo(console)
    await press(console, "u" if status != "void" else "⎋ u")
    assert "Taken back: " in echo(console)
    after = ticket(known)
    assert {**after, "changed_at": 0} == {**before, "changed_at": 0}


@pytest.mark.parametrize(("typed", "whom"), [("sup", "supervisor"), ("JL", "jlee")])
async def test_a_call_escalated_to_the_beginning_of_a_name_says_the_whole_of_it(
    console: Console, known: Desk, typed: str, whom: str
) -> None:
    add_member(known, "jlee")
    await press(console, f"n 0144 ⏎ li ⏎ h e {typed} ⏎")
    assert f"escalated: {whom}." in echo(console)
    (row,) = rows(known, "SELECT target FROM escalation")
    assert row == {"target": whom}


async def test_the_time_is_echoed_in_both_zones_before_enter(console: Console) -> None:
    await press(console, "aw thu␣2:30p")
    assert "Thu 04 Jun 14:30 EDT there = Thu 04 Jun 13:30 CDT here" in echo(console)
    await press(console, "x")
    assert "is not a time" in echo(console)


async def test_a_promise_on_a_closed_day_is_warned_of_before_enter_and_taken(
    console: Console, known: Desk
) -> None:
    await press(console, "aw 2026-06-19␣9")
    said = " ".join(echo(console).split())
    assert said.endswith("here ! Fri 19 Jun is a holiday: the court is closed")
    await press(console, "⏎")
    assert ticket(known)["status"] == "waiting"


async def test_the_times_of_a_call_are_typed_as_times_of_its_day_and_echoed(
    console: Console, known: Desk
) -> None:
    await press(console, f"az {EMPTIED} 9:15")
    assert "in the future" in echo(console)
    await press(console, "⏎")
    assert "When did it really begin?" in words(console)
    await press(console, "⌫⌫⌫⌫ 8:02")
    assert "Mon 2026-06-01 08:02:00 EDT" in echo(console)
    await press(console, f"⏎ {EMPTIED} 2026-06-01␣08:12:30␣EDT")
    assert "Mon 2026-06-01 08:12:30 EDT" in echo(console)
    await press(console, "⏎")
    assert "The times are corrected" in echo(console)
    (call,) = rows(known, "SELECT started_at, ended_at FROM call WHERE edited = 1")
    assert call["ended_at"] - call["started_at"] == 630


async def test_a_clerk_is_refused_before_anything_is_asked(
    known: Desk, clock: StillClock, colleague: Desk
) -> None:
    took(known, clock, DANA, HOUR, symptom="linking-error")
    async with running(colleague) as console:
        await press(console, "gt⏎ az")
        assert "rvance is clerk: ask one of supervisor" in echo(console)
        assert "When did it really begin?" not in words(console)
        await press(console, "v")
        assert "rvance is clerk" in echo(console)
        assert "Why does" not in words(console)


async def test_the_second_who_changes_the_owner_picks_with_one_key(
    console: Console, known: Desk, colleague: Desk
) -> None:
    await press(console, "am")
    assign_ticket(colleague, ticket_id(known), "rvance")
    from helpdesk.desk.staff import add_member

    add_member(known, "jlee", "clerk")
    await press(console, "⎋ am jlee")
    await settled(console)
    await press(console, "⏎")
    assert ticket(known)["clerk"] != known.clerk.id


async def test_two_who_give_the_same_ticket_another_status_see_both_values(
    console: Console, known: Desk, colleague: Desk
) -> None:
    await press(console, "ax no␣answer")
    change_status(colleague, ticket_id(known), "resolved")
    await press(console, "⏎")
    assert "The status was changed by rvance: it is “resolved” now" in words(console)
    await press(console, "2")
    assert ticket(known)["status"] == "closed"


@pytest.mark.parametrize("what", ["owner", "merge", "close"])
async def test_a_note_being_typed_stays_whatever_a_colleague_does(
    console: Console, known: Desk, colleague: Desk, what: str
) -> None:
    await press(console, "i The␣firewall␣blocks")
    number = ticket_id(known)
    if what == "owner":
        assign_ticket(colleague, number, "rvance")
    elif what == "merge":
        change_status(colleague, ticket_id(known, 1), "open")
        merge_tickets(colleague, number, ticket_id(known, 1))
    else:
        change_status(colleague, number, "closed", "done")
    await app_of(console)._others_wrote()
    await settled(console)
    await press(console, "␣pop-ups ⏎")
    notes = rows(known, "SELECT text, ticket FROM note")
    assert notes == [{"text": "The firewall blocks pop-ups", "ticket": number}]


async def test_a_note_left_by_a_kill_is_in_its_box_again(known: Desk, console: Console) -> None:
    await press(console, "i The␣firewall␣blocks")
    app = app_of(console)
    await app.screen.note_draft().keep(whole=True)  # type: ignore[attr-defined]
    (draft,) = rows(known, "SELECT text FROM ticket_draft")
    assert draft["text"].strip() == "The firewall blocks"


async def test_calling_back_goes_on_with_the_ticket_and_keeps_the_promise(
    console: Console, known: Desk, clock: StillClock
) -> None:
    await press(console, "b")
    assert "WE CALL 00:00 | T-26-00003" in words(console)
    assert "Whitfield, Dana" in words(console)
    clock.go_on(60)
    await press(console, "h r")
    (call,) = rows(known, "SELECT direction, phone, outcome FROM call WHERE direction = 'out'")
    assert call == {"direction": "out", "phone": "2125550144", "outcome": "resolved"}
    assert rows(known, "SELECT ended FROM promise") == [{"ended": "called"}]


async def test_a_call_back_that_reaches_nobody_leaves_the_promise_as_it_was(
    console: Console, known: Desk
) -> None:
    await press(console, "b hd")
    assert ticket(known)["status"] == "waiting"
    assert rows(known, "SELECT done_at FROM promise") == [{"done_at": None}]


@pytest.mark.parametrize("typed", ["pw", "forgot␣cmecf␣pasword"])
async def test_the_symptom_is_corrected_by_a_code_or_by_words(
    typed: str, console: Console, known: Desk
) -> None:
    await press(console, f"as {typed} ⏎")
    assert "is corrected" in echo(console)
    assert ticket(known)["symptom"] == "forgot-cmecf-before-link"


async def test_a_merge_is_made_and_undone_from_the_ticket(console: Console, known: Desk) -> None:
    await press(console, "aj 1 ⏎")
    assert "Something is promised on T-26-00003, and T-26-00001 is resolved" in words(console)
    change_status(known, ticket_id(known, 1), "open")
    await press(console, "⏎")
    assert (ticket(known)["status"], ticket(known)["merged_into"]) == (
        "merged",
        ticket_id(known, 1),
    )
    assert echo(console) == "+ T-26-00003 goes on in T-26-00001. u takes it back."
    await press(console, "an")
    assert ticket(known)["status"] == "waiting"
    change_status(known, ticket_id(known, 2), "open")
    await press(console, "aj 2 ⏎")
    assert echo(console).startswith("+ Another caller's: T-26-00003 goes on in T-26-00002.")


async def test_an_older_act_is_taken_back_from_the_ticket_s_history(
    console: Console, known: Desk
) -> None:
    await press(console, "at urgent ⏎ ac iasb ⏎ au")
    assert "a tag" in words(console)
    await press(console, "↓ ⏎")
    assert rows(known, "SELECT * FROM tag") == []
    assert ticket(known)["court"] == "iasb"


async def test_older_acts_are_told_apart_by_their_words_before_one_is_taken_back(
    known: Desk,
) -> None:
    async with running(known, WIDE) as console:
        said = "i first␣note ⏎ i a␣second,␣longer␣note␣on␣what␣the␣caller␣tried␣before ⏎"
        await press(console, f"n 0144 ⏎ li ⏎ y {said} a f 2 hr gt ⏎ at urgent ⏎ ac iasb ⏎ au")
        listed = [row.partition("mortiz")[2].strip() for row in lines(console) if "mortiz" in row]
        assert listed[:7] == [
            "a correction: ticket court: ncmb > iasb; ticket office: greensboro > des-moines",
            "a tag: tag urgent: 0 > 1",
            "the outcome (open > resolved)",
            "“E-filing request looked at” (approved)",
            "the note “a second, longer note on what the caller tried before”",
            "the note “first note”",
            "the answer yes to “Log in to PACER and open Manage My Account. Doe…”",
        ]


async def test_all_that_is_listed_is_changed_after_a_preview_and_one_undo_takes_it_back(
    known: Desk, clock: StillClock
) -> None:
    took(known, clock, LEE, HOUR, symptom="mfa-required", outcome="escalated")
    async with running(known) as console:
        await press(console, "gt V *")
        assert "Change 3 tickets: what?" in words(console)
        await press(console, "r")
        assert "will change 1, will refuse 2, because 2× it is resolved already." in words(console)
        await press(console, "y")
        assert "Changed 1 tickets, 2 left as they are." in echo(console)
        assert {str(row["status"]) for row in rows(known, "SELECT status FROM ticket")} == {
            "resolved"
        }
        await press(console, "u")
        assert ticket(known)["status"] == "escalated"


async def test_a_change_of_many_is_given_up_with_nothing_changed(
    known: Desk, clock: StillClock
) -> None:
    took(known, clock, LEE, HOUR, symptom="mfa-required", outcome="escalated")
    async with running(known) as console:
        await press(console, "gt V * r")
        tickets = [ticket_id(known, n) for n in (1, 2, 3)]
        screen = BulkScreen(tickets, BulkChange("status", "resolved"), lambda: None)
        await screen.do_menu_leave()
        await console.app.switch_screen(screen)
        await settled(console)
        assert "Given up: nothing was changed." in echo(console)
        assert ticket(known)["status"] == "escalated"


async def test_a_merged_ticket_is_opened_by_its_number_and_taken_out_from_either_screen(
    console: Console, known: Desk
) -> None:
    merge_tickets(known, ticket_id(known, 2), ticket_id(known, 1))
    await press(console, "gh / T-26-00002 ⏎")
    assert "merged: it goes on in T-26-00001" in words(console)
    await press(console, "an")
    assert ticket(known, 2)["status"] == "resolved"
    await press(console, "u gh / T-26-00001 ⏎")
    assert "Merged in T-26-00002" in words(console)
    await press(console, "a")
    assert "n take T-26-00002 out again" in words(console)
    await press(console, "n")
    assert "T-26-00002 stands on its own again" in echo(console)
    assert ticket(known, 2)["status"] == "resolved"


async def test_of_several_merged_tickets_one_is_chosen_to_be_taken_out(
    console: Console, known: Desk
) -> None:
    for n in (1, 2):
        merge_tickets(known, ticket_id(known, n), ticket_id(known))
    await press(console, "gh / 26-3 ⏎ an")
    assert "Which is taken out again?" in words(console)
    await press(console, "↓ ⏎")
    assert [ticket(known, n)["status"] for n in (1, 2)] == ["merged", "resolved"]


async def test_a_number_in_the_caller_box_opens_its_ticket_where_nobody_is_known(
    console: Console, known: Desk
) -> None:
    known.port.transact("no caller", 0, [("UPDATE ticket SET caller = NULL", ())])
    merge_tickets(known, ticket_id(known, 2), ticket_id(known, 1))
    await press(console, "gc T-26-00002 ⏎")
    assert "merged: it goes on in T-26-00001" in words(console)


async def test_what_was_promised_on_a_merged_ticket_is_dealt_with_where_it_goes_on(
    console: Console, known: Desk
) -> None:
    change_status(known, ticket_id(known, 1), "open")
    merge_tickets(known, ticket_id(known), ticket_id(known, 1))
    await press(console, "gh / T-26-00001 ⏎ ad")
    assert "Why does nobody need to call any more?" in words(console)
    await press(console, "they␣wrote ⏎")
    assert rows(known, "SELECT ended FROM promise") == [{"ended": "dropped"}]


@pytest.mark.parametrize("keys", ["u", "a u ⏎"], ids=["the-last-act", "an-older-act"])
async def test_a_call_whose_outcome_is_taken_back_is_said_at_once_to_be_in_wrap(
    console: Console, keys: str
) -> None:
    await press(console, "n 0144 ⏎ li ⏎ h r")
    assert "in wrap" not in words(console)
    await press(console, keys)
    said = " ".join(echo(console).split())
    assert said.endswith("Its call is in wrap again and needs an outcome.")
    assert "| 1 in wrap" in lines(console)[0]
    await press(console, "⎋ n")
    assert "| 1 in wrap" in lines(console)[0]
    await press(console, "⏎ li ⏎ h")
    assert lines(console)[0].count("1 in wrap") == 1
    await press(console, "r ⎋⎋ 1")
    assert "how did it end?" in words(console)
    assert "in wrap" not in lines(console)[0]
