from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.calls import Caller
from helpdesk.domain.courts import local
from helpdesk.domain.records import CallRecord
from helpdesk.domain.whens import moment_from_iso
from tests.cli.conftest import Run
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.tables import tables_of

pytestmark = pytest.mark.usefixtures("desk")

WHO = ("--caller", "Whitfield, Dana", "--phone", "(212) 555-0144")
WHAT = ("--court", "ncmb", "--symptom", "forgot-cmecf-before-link")
CALL = (*WHO, *WHAT)
THEN = ("--started", "2024-06-03T09:30", "--minutes", "12.5")
CHECKED = (
    "--answer", "cmecf=yes", "--answer", "unlinked=yes", "--action", "called-back",
    "--action", "name-and-firm",
)  # fmt: skip
ISSUED = (*CHECKED, "--action", "temporary-password:delivery=called back")


def logged(run: Run, *more: str) -> dict[str, Any]:
    """Log a call that must go in, and read the ticket."""
    ran = run("log", *CALL, *more, "--json")
    assert (ran.status, ran.err) == (0, "")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_a_call_is_written_down_and_its_number_printed(run: Run, desk: Desk) -> None:
    assert run("log", *CALL, *THEN).out == "T-24-00001\n"
    assert run("log", *CALL, *THEN).out == "T-24-00002\n"
    assert len(rows(desk, "SELECT id FROM caller")) == 1


def test_everything_said_is_on_the_ticket(run: Run) -> None:
    ticket = logged(run, *THEN, *ISSUED, "--note", "Chrome, an old PC")
    assert ticket["status"] == ticket["outcome"] == "resolved"
    assert ticket["caller"]["phone"] == "2125550144"
    (call,) = ticket["calls"]
    assert call["started_at"] == "2024-06-03T13:30:00Z"
    assert (call["talk_s"], call["hold_s"], call["wrap_s"]) == (750, 0, 0)
    assert [(each["step"], each["answer"]) for each in ticket["answers"]] == [
        ("cmecf", "yes"), ("unlinked", "yes"),
    ]  # fmt: skip
    assert [each["kind"] for each in ticket["actions"]] == [
        "called-back", "name-and-firm", "temporary-password",
    ]  # fmt: skip
    assert ticket["notes"][0]["text"] == "Chrome, an old PC"


def test_a_temporary_password_is_recorded_and_none_is_made(run: Run) -> None:
    ran = run("log", *CALL, *THEN, *ISSUED)
    assert ran.out == "T-24-00001\n"
    assert ran.err == ""
    ticket = json.loads(run("show", "T-24-00001", "--json").out)
    assert ticket["actions"][2]["fields"] == {"delivery": "called back"}
    assert ticket["actions"][2]["expires_at"] is not None


def test_without_minutes_nobody_knows_how_long_it_took(run: Run) -> None:
    (call,) = logged(run)["calls"]
    assert (call["talk_s"], call["hold_s"], call["wrap_s"]) == (None, None, None)


def test_nought_minutes_are_nought(run: Run) -> None:
    (call,) = logged(run, "--minutes", "0")["calls"]
    assert (call["talk_s"], call["hold_s"], call["wrap_s"]) == (0, 0, 0)


def test_a_promise_is_read_in_the_zone_of_the_caller(run: Run) -> None:
    ticket = logged(run, "--outcome", "waiting", "--until", "tom 9")
    (promise,) = ticket["promises"]
    due = local(moment_from_iso(promise["due_at"], "UTC"), "America/New_York")
    assert (due.hour, due.minute) == (9, 0)


def test_an_office_can_be_named(run: Run) -> None:
    ticket = logged(run, "--court", "ianb/sioux-city")
    assert (ticket["court"], ticket["office"]) == ("ianb", "sioux-city")


def test_a_value_may_hold_commas_and_signs(run: Run) -> None:
    ticket = logged(run, "--action", "instructions-sent:by=e-mail,what=steps 1, 2 and a=b")
    assert ticket["actions"][0]["fields"] == {"by": "e-mail", "what": "steps 1, 2 and a=b"}


def test_log_leaves_the_same_rows_as_a_history_of_that_call(
    run: Run, desk: Desk, tmp_path: Path, clock: StillClock
) -> None:
    assert run("log", *CALL, *THEN, *ISSUED, "--note", "an old PC").status == 0
    at = moment_from_iso("2024-06-03T09:30", "America/New_York")
    other = open_as(tmp_path / "other", clock)
    record = CallRecord(
        at, "ncmb", "greensboro", Caller(0, name="Whitfield, Dana"), "(212) 555-0144",
        "forgot-cmecf-before-link", (("cmecf", "yes"), ("unlinked", "yes")),
        (
            ("called-back", {}), ("name-and-firm", {}),
            ("temporary-password", {"delivery": "called back"}),
        ),
        "an old PC", talk_s=750, hold_s=0, wrap_s=0,
    )  # fmt: skip
    record_history(other, [record])
    clerk = {f"{table}.clerk" for table in ("ticket", "call", "call_segment", "answer", "action",
                                            "note", "promise")}  # fmt: skip
    texts = {"ticket_text.text"}  # they name the clerk
    assert tables_of(desk, clerk | texts) == tables_of(other, clerk | texts)
    other.close()


@pytest.mark.parametrize(
    ("said", "option", "way_out"),
    [
        (("--court", "xx"), "--court", "there are: ianb"),
        (("--court", "ianb/xx"), "--court", "it has: cedar-rapids, sioux-city"),
        (("--symptom", "nope"), "--symptom", "helpdesk playbooks list"),
        (("--answer", "cmecf"), "--answer", "STEP=ANSWER, such as cmecf=yes"),
        (("--answer", "nope=yes"), "--answer", "it has: cmecf"),
        (("--answer", "cmecf=maybe"), "--answer", "it takes: yes, no, dont-know"),
        (("--action", "nope"), "--action", "there are: called-back"),
        (("--action", "called-back:by"), "--action", "KIND:field=value"),
        (("--action", "called-back:by=phone"), "--action", "it has: none"),
        (("--action", "link-checked"), "--action", "needs “found”"),
        (("--outcome", "waiting"), "--until", "needs a time"),
        (("--until", "tom 9"), "--until", "leave it out"),
        (("--outcome", "waiting", "--until", "soon"), "--until", "write it like tom 9"),
        (("--started", "yesterday"), "--started", "write it like 2026-06-01T09:30:00"),
        (("--started", "2099-01-01"), "--started", "give an earlier start"),
        (("--started", "0024-01-01"), "--started", "four digits"),
        (("--started", "2024-03-10T02:30"), "--started", "put forward from 02:00 to 03:00 then"),
        (("--phone", "unknown"), "--phone", "write it like 212-555-0144"),
        (("--phone", "2.12555E+09"), "--phone", "format the column as text"),
        (("--note", "the password is Hunter2!x"), "--note", "take it out"),
        (("--caller", "SSN 123-45-6789"), "--caller", "take it out"),
        (("--action", "other:what=card 4111 1111 1111 1111"), "--action", "take it out"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_that_names_the_option(
    run: Run, desk: Desk, said: tuple[str, ...], option: str, way_out: str
) -> None:
    ran = run("log", *CALL, *said)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"helpdesk: {option}: ")
    assert ran.err.count("\n") == 1
    assert way_out in ran.err
    assert rows(desk, "SELECT id FROM ticket") == []


def test_a_start_in_an_hour_that_came_twice_is_the_first_one(run: Run, desk: Desk) -> None:
    assert run("log", *CALL, "--started", "2024-11-03T01:30").status == 0
    (call,) = rows(desk, "SELECT started_at, zone FROM call")
    assert f"{local(call['started_at'], call['zone']):%H:%M %Z}" == "01:30 EDT"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (ISSUED[4:], "First answer whether the accounts are linked"),
        ((*ISSUED[:2], *ISSUED[4:]), "First answer whether the accounts are linked"),
        (("--answer", "unlinked=no", *ISSUED[4:]), "The accounts are linked"),
        ((*ISSUED[:4], *ISSUED[-2:]), "Record 2 identity checks first"),
        ((*ISSUED[:4], "--action", "name-and-firm", *ISSUED[-2:]), "Record 2 identity checks"),
        ((*ISSUED[:6], *ISSUED[-2:]), "Record 1 more identity check"),
        ((*CHECKED, "--action", "temporary-password"), "needs “delivery”"),
        ((*CHECKED, "--action", "temporary-password:delivery=fax"), "“delivery” is one of"),
    ],
)
def test_a_temporary_password_without_what_it_needs_is_refused(
    run: Run, desk: Desk, said: tuple[str, ...], why: str
) -> None:
    ran = run("log", *CALL, *said)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("helpdesk: --action: ")
    assert why in ran.err
    assert rows(desk, "SELECT id FROM ticket") == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (CALL[2:], "--caller"),
        (CALL[:-2], "--symptom"),
        ((*CALL, "--outcome", "fine"), "'resolved', 'waiting', 'callback'"),
        ((*CALL, "--minutes", "-1"), "--minutes"),
        ((*CALL, "--minutes", "many"), "--minutes"),
    ],
)
def test_a_wrong_use_of_the_options_ends_with_status_2(
    run: Run, said: tuple[str, ...], why: str
) -> None:
    ran = run("log", *said)
    assert (ran.status, ran.out) == (2, "")
    assert why in ran.err
