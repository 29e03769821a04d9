from __future__ import annotations

import csv
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.import_intervals import import_intervals, plan_intervals
from helpdesk.desk.import_plan import plan_import
from helpdesk.desk.import_undo import undo_import
from helpdesk.desk.imports import import_history, list_imports
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.domain.calls import Caller
from helpdesk.domain.periods import Period
from helpdesk.domain.records import CallRecord
from helpdesk.domain.whens import moment_from_iso
from helpdesk.errors import NotAllowed
from helpdesk.files.row_file import open_rows
from helpdesk.port import Conflict
from helpdesk.stats.phone_system import phone_counts
from helpdesk.stats.scope import Scope
from tests.cli.conftest import Run
from tests.support.calls import rows
from tests.support.clock import START, StillClock
from tests.support.workbooks import write_workbook

NEW_AT_EVERY_DESK = {"number", "call_id", "action_id", "source"}
HOSTILE = CallRecord(
    moment_from_iso("2025-11-02T06:10:00+00:00", "UTC"), "ncmb",
    caller=Caller(0, name="=Roe, Ann", firm="'@home “Ü”", email="ann@roe.example"),
    phone="336-555-0101", symptom="linking-error", talk_s=90, hold_s=0, tags=("test", "urgent"),
    outcome="referred", reason="' =cmd|'/c'!A1\nsecond, \"line\"", edited=True, precision="second",
)  # fmt: skip
LOG = """Date,Start Time,End Time,Agent,Caller,Phone,Problem,Disposition,Comments,Zip
03/04/2025,2:15 PM,2:20 PM,bob,"Roe, Ann",(212) 555-0144,No menus after login,Closed,"ok, done",5
03/13/2025,9:00 AM,9:12 AM,bob,"Roe, Ann",212-555-0144,printer broken,Closed,,
03/09/2025,2:30 AM,3:42 AM,cy,,blocked,,Transferred,to PSC,
11/02/2025,1:30 AM,1:35 AM,cy,"Doe, J",212-555-0199,,Closed,password is Hunter22,
02/30/2025,1:30 PM,1:35 PM,cy,"Doe, J",212-555-0199,,Closed,,
11/03/2025,1:30 PM,1:25 PM,cy,"Doe, J",212-555-0199,,Closed,,
11/04/2025,1:30 PM,1:45 PM,cy,"Doe, J",212-555-0199,,Weird,,
11/05/2025,9:30 AM,9:35 AM,cy,"Doe, J",212-555-0199,,Closed,,
11/05/2025,9:30 AM,9:35 AM,cy,"Doe, J",212-555-0199,,Closed,,
"""


def saved(path: Path) -> Counter[tuple[tuple[str, str], ...]]:
    """The rows of an export, without what is new at every desk."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return Counter(
            tuple((name, cell) for name, cell in row.items() if name not in NEW_AT_EVERY_DESK)
            for row in csv.DictReader(file)
        )


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(LOG)
    return path


@pytest.mark.parametrize("what", ["calls", "tickets", "actions"])
def test_what_is_exported_comes_back_as_the_same_rows_and_only_once(
    run: Run, desk: Desk, tmp_path: Path, what: str
) -> None:
    fill_demo(desk, 60, days=200, until=date(2025, 10, 1))
    first = desk.ids.make(HOSTILE.started_at)
    in_the_wrap = replace(
        HOSTILE, started_at=HOSTILE.started_at + 80, talk_s=None, hold_s=None, wrap_s=None,
        direction="out", continues=first, edited=False, phone="", caller=None, symptom="",
    )  # fmt: skip
    record_history(desk, [replace(HOSTILE, ticket=first)])
    record_history(desk, [replace(in_the_wrap, started_at=HOSTILE.started_at + 900)])
    record_history(desk, [replace(HOSTILE, started_at=HOSTILE.started_at - 3_600, phone="")])
    path, again = tmp_path / f"{what}.csv", tmp_path / "again.csv"
    assert run("export", what, "--out", path).status == 0
    other = tmp_path / "other"
    came = run("--home", other, "import", path, "--yes")
    assert (came.status, "+ 0 imported before + 0 faulty" in came.out) == (0, True)
    assert run("--home", other, "export", what, "--out", again).status == 0
    assert saved(again) == saved(path)
    twice = run("--home", other, "import", path, "--yes")
    here = run("import", path, "--yes")
    assert "= 0 to import" in twice.out
    assert "= 0 to import" in here.out
    assert run("--home", other, "import", "--undo", "1", "--yes").status == 0
    assert run("--home", other, "export", what, "--out", again, "--force").status == 0
    assert not saved(again)
    assert run("--home", other, "import", path, "--yes").out.count("Import 2: ") == 1
    run("--home", other, "export", what, "--out", again, "--force")
    assert saved(again) == saved(path)


def test_actions_come_back_on_the_tickets_of_the_calls_and_are_taken_back_first(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    fill_demo(desk, 60, days=200, until=date(2025, 10, 1))
    there = ("--home", tmp_path / "b")
    for what in ("calls", "actions"):
        run("export", what, "--out", tmp_path / f"{what}.csv")
        run(*there, "import", tmp_path / f"{what}.csv", "--yes")
    run(*there, "export", "actions", "--out", tmp_path / "again.csv")
    assert saved(tmp_path / "again.csv") == saved(tmp_path / "actions.csv")
    refused = run(*there, "import", "--undo", "1", "--yes")
    assert (refused.status, "take that one back first" in refused.err) == (1, True)
    assert "actions are struck" in run(*there, "import", "--undo", "2", "--yes").out
    assert "60 tickets are void" in run(*there, "import", "--undo", "1", "--yes").out


def test_an_old_log_is_shown_and_its_faulty_rows_are_listed_and_never_come_in(
    run: Run, desk: Desk, log: Path, tmp_path: Path
) -> None:
    shown = run("import", log, "--faults", tmp_path / "faults.csv")
    assert (shown.status, rows(desk, "SELECT 1 FROM call")) == (1, [])
    for said in (
        "03/04/2025 2:15 PM -> Tue 2025-03-04 14:15 CST",
        "left out: Zip",
        "symptom “No menus after login” -> no-menus-after-link (1)",
        "symptom “printer broken” -> none; the text goes into the note (1)",
        "2 clerks added to the list: bob, cy",
        "marked as edited (line 4)",
        "line 5: “Comments” looks like a password: take it out.",
        "line 6: “02/30/2025 1:30 PM” is no date",
        "line 7: it ends before it began.",
        "line 8: “Weird” is no outcome",
        "9 rows = 5 to import + 0 imported before + 4 faulty",
    ):
        assert said in shown.out
    assert "Hunter22" not in shown.out + (tmp_path / "faults.csv").read_text()
    done = run("import", log, "--yes")
    assert (done.status, "5 rows came in and opened 5 tickets" in done.out) == (1, True)
    calls = rows(
        desk,
        "SELECT l.*, k.login, n.text FROM call l JOIN clerk k ON k.id = l.clerk "
        "LEFT JOIN note n ON n.call = l.id ORDER BY started_at, l.id",
    )
    assert [(each["login"], each["talk_s"], each["precision"]) for each in calls] == [
        ("bob", 300, "minute"), ("cy", 720, "minute"), ("bob", 720, "minute"),
        ("cy", 300, "minute"), ("cy", 300, "minute"),
    ]  # fmt: skip
    assert [each["edited"] for each in calls] == [0, 1, 0, 0, 0]
    assert [each["text"] for each in calls][:3] == [
        "ok, done",
        "to PSC",
        "Symptom: printer broken",
    ]
    assert {each["source"] for each in calls} == {"import"}
    assert len(rows(desk, "SELECT 1 FROM caller")) == 2
    assert "= 0 to import + 5 imported before + 4 faulty" in run("import", log, "--yes").out


def test_an_undo_leaves_what_was_worked_on_and_is_refused_the_second_time(
    run: Run, desk: Desk, log: Path
) -> None:
    run("staff", "add", "ann")
    log.write_text(LOG.replace("9:35 AM,cy", "9:35 AM,ann"))
    run("import", log, "--yes")
    ticket = rows(desk, "SELECT id FROM ticket ORDER BY n LIMIT 1")[0]["id"]
    add_note_to_ticket(desk, ticket, "called again")
    asked = run("import", "--undo", "1")
    assert (asked.status, "--yes does it" in asked.err) == (0, True)
    undone = run("import", "--undo", "1", "--yes")
    assert undone.status == 1
    assert "4 tickets are void" in undone.out
    assert "left as they are: T-25-00001" in undone.out
    assert "On the staff list stay, because what was taken back still names them: bob, cy" in (
        undone.out
    )
    assert "was taken back already" in run("import", "--undo", "1", "--yes").err
    assert "There is no import 7" in run("import", "--undo", "7", "--yes").err
    assert "log.csv" in run("import", "--list").out
    assert "4 to import + 1 imported before" in run("import", log, "--yes").out
    wrong = [each for each in run("doctor").out.splitlines() if each.startswith("!!")]
    assert all(each.startswith("!!  backups") for each in wrong), wrong  # none was made yet


def test_a_workbook_is_read_and_what_could_mean_two_things_is_asked_for(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "log.xlsx"
    start = (46_000.5, 1)
    write_workbook(path, [["Start", "Duration", "Ticket #"], [start, "5", "A"], [start, "7", "A"]])
    unsaid = run("import", path, "--yes")
    assert (unsaid.status, "--lengths" in unsaid.err) == (1, True)
    faulty = run("import", path, "--lengths", "m", "--yes")
    assert "line 2: no outcome: --outcome names one" in faulty.out
    done = run("import", path, "--lengths", "m", "--outcome", "resolved", "--yes")
    assert "2 rows came in and opened 1 tickets" in done.out
    assert [each["talk_s"] for each in rows(desk, "SELECT talk_s FROM call ORDER BY id")] == [
        300,
        420,
    ]


def test_intervals_of_a_phone_system_come_in_once_and_know_the_hour_that_came_twice(
    run: Run, desk: Desk, tmp_path: Path, clock: StillClock
) -> None:
    path = tmp_path / "acd.csv"
    path.write_text(
        "Interval Start,Calls Offered,Calls Answered,Abandoned,ASA,Within SL\n"
        "11/02/2025 12:30 AM,3,3,0,12,3\n11/02/2025 1:00 AM,3,2,1,0:12,2\n"
        "11/02/2025 1:30 AM,1,1,0,,1\n11/02/2025 1:00 AM,4,2,1,20,2\n"
        "11/02/2025 1:30 AM,5,1,0,,1\n11/13/2025 9:00 AM,x,1,0,,1\n"
    )
    scope = Scope(Period(0, START, "UTC"), clock.at + 10**9)
    assert phone_counts(desk.port, scope) is None
    done = run("import", "--intervals", path, "--yes")
    assert (done.status, "line 7: offered: “x” is no number" in done.out) == (1, True)
    counts = phone_counts(desk.port, scope)
    assert counts is not None
    assert (counts.intervals, counts.minutes, counts.offered, counts.abandoned) == (5, 150, 16, 2)
    assert counts.mean_wait_s == (3 * 12 + 2 * 12 + 2 * 20) / 7
    assert counts.last_at - counts.first_at == 150 * 60
    assert "= 0 to import + 5 imported before + 1 faulty" in run("import", "--intervals", path).out
    path.write_text(path.read_text().replace(",5,1,0", ",5,2,0"))
    assert (
        "line 6: that interval is there with other counts"
        in run("import", "--intervals", path).out
    )
    assert "5 intervals are struck" in run("import", "--undo", "1", "--yes").out
    assert phone_counts(desk.port, scope) is None


def test_only_an_admin_imports(desk: Desk) -> None:
    desk.clerk = desk.clerk._replace(role="supervisor")
    with pytest.raises(NotAllowed, match="ask one of admin"):
        undo_import(desk, 1)


def test_phone_numbers_as_a_spreadsheet_writes_them_are_whole_or_faulty(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    numbers = ("2125550144.0", "2.12555E+09", "2.125550144E9", "12125550199.00")
    path = tmp_path / "log.csv"
    days = enumerate(numbers, 3)
    told = [f'2025-03-{day:02} 14:15,"Roe, Pat",{number},resolved' for day, number in days]
    path.write_text("\n".join(["started_at,caller_name,caller_phone,outcome", *told]))
    ran = run("import", path, "--yes")
    assert (ran.status, "2 to import + 0 imported before + 2 faulty" in ran.out) == (1, True)
    for line, number in ((3, "2.12555E+09"), (4, "2.125550144E9")):
        assert f"line {line}: “{number}” is a phone number that a spreadsheet has short" in ran.out
    kept = rows(desk, "SELECT DISTINCT digits FROM caller_phone ORDER BY digits")
    assert [each["digits"] for each in kept] == ["2125550144", "2125550199"]


def test_a_line_that_is_no_json_is_a_faulty_row_with_its_line_and_the_others_come_in(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    path, faults = tmp_path / "log.jsonl", tmp_path / "faults.csv"
    told = [f'{{"started_at":"2025-03-0{day}T14:15","outcome":"resolved"}}' for day in range(1, 6)]
    told[1] = told[1].replace("}", ",}")
    told[2] = told[2].replace("resolved", "weird")
    told[3] = "resolved"
    path.write_text("\n".join(told))
    ran = run("import", path, "--yes", "--faults", faults)
    assert (ran.status, "= 2 to import + 0 imported before + 3 faulty" in ran.out) == (1, True)
    said = [text for text in ran.out.splitlines() if text.startswith("line ")]
    assert said[0] == "line 2: it is no JSON from character 55 on: correct it there."
    assert said[1].startswith("line 3: “weird” is no outcome")
    assert said[2] == "line 4: it is no JSON from character 1 on: correct it there."
    with faults.open(encoding="utf-8-sig", newline="") as file:
        written = [(each["fault_line"], each["outcome"]) for each in csv.DictReader(file)]
    assert written == [("2", ""), ("3", "weird"), ("4", "")]
    assert len(rows(desk, "SELECT 1 FROM call")) == 2


def test_an_interval_on_a_line_that_is_no_json_is_a_faulty_row(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "phones.jsonl"
    whole = '{"start":"2025-03-03T%s","minutes":30,"offered":3,"answered":2,"abandoned":1}'
    path.write_text("\n".join([whole % "09:00", "{", whole % "09:30"]))
    ran = run("import", "--intervals", path, "--dry-run")
    assert (ran.status, "= 2 to import + 0 imported before + 1 faulty" in ran.out) == (1, True)
    assert "line 2: it is no JSON" in ran.out


ELSEWHERE = (
    "The same rows are being imported elsewhere just now: run it again when that is done; "
    "what is in already is left out."
)


def test_two_imports_of_one_file_at_once_bring_each_row_once_and_say_so_in_a_sentence(
    run: Run, desk: Desk, log: Path
) -> None:
    with (
        closing(plan_import(desk, open_rows(log))) as one,
        closing(plan_import(desk, open_rows(log))) as other,
    ):
        import_history(desk, one)
        with pytest.raises(Conflict) as refused:
            import_history(desk, other)
    assert str(refused.value) == ELSEWHERE
    assert [each["n"] for each in list_imports(desk)] == [1]
    assert len(rows(desk, "SELECT 1 FROM call")) == 5
    again = run("import", log, "--yes")
    assert "= 0 to import + 5 imported before + 4 faulty" in again.out


def test_two_imports_of_the_same_intervals_at_once_bring_each_of_them_once(
    desk: Desk, tmp_path: Path
) -> None:
    path, longer = tmp_path / "phones.csv", tmp_path / "longer.csv"
    told = [f"2025-03-{day:02} {hour:02}:00,1,1,0" for day in range(1, 31) for hour in range(24)]
    told += [text.replace("2025-03", "2025-05") for text in told]
    path.write_text("\n".join(["start,offered,answered,abandoned", told[-1]]))
    longer.write_text("\n".join(["start,offered,answered,abandoned", *told]))
    one, other, third = (plan_intervals(desk, open_rows(each)) for each in (path, path, longer))
    import_intervals(desk, one)
    with pytest.raises(Conflict, match=f"^{ELSEWHERE}$"):
        import_intervals(desk, other)
    with pytest.raises(
        Conflict, match=f"{ELSEWHERE} What came in before stays: helpdesk import --undo 3 takes"
    ):
        import_intervals(desk, third)
    assert [(each["n"], each["rows"]) for each in list_imports(desk)] == [(3, 1_000), (1, 1)]


def test_faulty_rows_go_into_no_file_in_the_place_of_a_folder(
    run: Run, log: Path, tmp_path: Path
) -> None:
    ran = run("import", log, "--faults", f"{tmp_path}/new/")
    assert (ran.status, "There is no folder" in ran.err) == (1, True)
    assert not (tmp_path / "new").exists()
