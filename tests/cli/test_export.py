from __future__ import annotations

import csv
from pathlib import Path

import pytest

from helpdesk.desk.calls import start_call
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.exports import export_rows
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import merge_tickets
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.domain.whens import moment_from_iso
from tests.cli.conftest import Run
from tests.support.calls import rows
from tests.support.clock import START, StillClock

AUTUMN = CallRecord(
    moment_from_iso("2025-11-02T06:10:00+00:00", "UTC"), "ncmb",
    caller=Caller(0, name="=Roe, Ann", firm="@home", email="ann@roe.example"),
    phone="336-555-0101", symptom="linking-error", note="line one\nline two", talk_s=90,
    hold_s=0, wrap_s=None, tags=("test", "urgent"),
)  # fmt: skip
"""Ten past one on the day that has that hour twice, the second time."""


def exported(run: Run, path: Path, *arguments: str) -> list[dict[str, str]]:
    """Export to a file, and read it as another program would."""
    ran = run("export", *arguments, "--out", path)
    assert (ran.status, ran.out) == (0, "")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_call_is_exported_with_all_that_is_known_of_it(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    record_history(desk, [AUTUMN])
    (row,) = exported(run, tmp_path / "calls.csv", "calls")
    call_id = rows(desk, "SELECT id FROM call")[0]["id"]
    assert row == {
        "number": "T-25-00001",
        "call_id": f"C{call_id:x}",
        "started_at": "2025-11-02T06:10:00Z",
        "started_local": "2025-11-02T01:10:00-05:00",
        "utc_offset": "-05:00",
        "zone": "America/New_York",
        "ended_at": "2025-11-02T06:11:30Z",
        "ended_local": "2025-11-02T01:11:30-05:00",
        "ended_offset": "-05:00",
        "direction": "in",
        "court": "ncmb",
        "office": "greensboro",
        "caller_name": "'=Roe, Ann",
        "caller_firm": "'@home",
        "caller_phone": "3365550101",
        "caller_email": "ann@roe.example",
        "clerk": "mortiz",
        "symptom": "linking-error",
        "outcome": "resolved",
        "reason": "",
        "talk_s": "90",
        "hold_s": "0",
        "wrap_s": "",
        "handle_s": "",
        "edited": "0",
        "clock_changed": "0",
        "precision": "second",
        "source": "log",
        "tags": "test urgent",
        "merged_from": "",
    }


def test_what_is_merged_is_exported_once_under_the_ticket_it_went_on_in(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    nothing: dict[str, str] = {}
    sent = (("instructions-sent", nothing),)
    record_history(desk, [CallRecord(START - n * 60, "ianb", actions=sent) for n in (3, 2, 1)])
    first, second, third = (row["id"] for row in rows(desk, "SELECT id FROM ticket ORDER BY id"))
    on_both = (
        "INSERT INTO call_ticket(call, ticket) SELECT call, ? FROM call_ticket WHERE ticket = ?"
    )
    desk.port.transact("on both", START, [(on_both, (first, third))])
    merge_tickets(desk, third, second)
    merge_tickets(desk, second, first)
    for what in ("calls", "actions"):
        found = exported(run, tmp_path / f"{what}.csv", what)
        assert [(row["number"], row["merged_from"]) for row in found] == [
            ("T-26-00001", ""),
            ("T-26-00001", "T-26-00002"),
            ("T-26-00001", "" if what == "calls" else "T-26-00003"),
        ]


def test_a_running_call_has_no_end(run: Run, desk: Desk, tmp_path: Path) -> None:
    start_call(desk)
    (row,) = exported(run, tmp_path / "calls.csv", "calls")
    assert (row["ended_at"], row["outcome"], row["talk_s"]) == ("", "", "")


def test_an_action_is_exported_with_its_fields(run: Run, desk: Desk, tmp_path: Path) -> None:
    nothing: dict[str, str] = {}
    done = (("instructions-sent", {"by": "e-mail"}), ("called-back", nothing))
    record_history(desk, [CallRecord(START, "ianb", actions=done)])
    found = exported(run, tmp_path / "actions.csv", "actions")
    assert [(row["kind"], row["fields"], row["struck"]) for row in found] == [
        ("instructions-sent", '{"by": "e-mail"}', "0"), ("called-back", "", "0"),
    ]  # fmt: skip


def test_nothing_is_cut_and_nothing_comes_twice(run: Run, desk: Desk, tmp_path: Path) -> None:
    fill_demo(desk, 1_200, days=90)
    for table in ("ticket", "call", "action"):
        found = exported(run, tmp_path / f"{table}.csv", f"{table}s")
        assert len(found) == rows(desk, f"SELECT count(*) AS n FROM {table}")[0]["n"]
        assert len({tuple(row.values()) for row in found}) == len(found)


@pytest.mark.parametrize("what", ["tickets", "calls", "actions", "journal"])
def test_what_wakes_while_it_is_written_is_in_the_file_as_it_was_at_the_beginning(
    desk: Desk, clock: StillClock, what: str
) -> None:
    done: tuple[str, dict[str, str]] = ("called-back", {})
    record_history(desk, [
        CallRecord(START - 600 + n, "ianb", outcome="waiting", actions=(done,),
                   due_at=START + (30 if n < 20 else 9_000))
        for n in range(230)
    ])  # fmt: skip
    written = export_rows(desk, what, "status:waiting", lambda *_: clock.go_on(60))
    numbers = {row[1 if what == "journal" else 0] for row in written}
    assert numbers == {f"T-26-{n:05}" for n in range(1, 231)}


def test_a_query_chooses_the_tickets(run: Run, desk: Desk, tmp_path: Path) -> None:
    record_history(desk, [AUTUMN, CallRecord(START - 60, "ianb", note="line two")])
    both = exported(run, tmp_path / "a.csv", "calls", "line two")
    assert len(both) == 2
    (row,) = exported(run, tmp_path / "b.csv", "calls", "court:ncmb", "two")
    assert row["court"] == "ncmb"


def test_files_are_newest_first_whatever_order_is_asked_for(
    run: Run, desk: Desk, tmp_path: Path
) -> None:
    past = [CallRecord(START - day * 86_400, "ianb", note="cache") for day in (3, 2, 1)]
    record_history(desk, past)
    for place, asked in enumerate(("cache", "sort:oldest cache", "sort:changed", "sort:due")):
        found = exported(run, tmp_path / f"{place}.csv", "tickets", *asked.split())
        times = [row["opened_at"] for row in found]
        assert len(times) == len(past)
        assert times == sorted(times, reverse=True)


def test_lines_end_as_the_standard_has_it_and_the_headings_are_always_there(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "none.csv"
    assert exported(run, path, "calls") == []
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnumber,call_id,")
    assert path.read_bytes().endswith(b",tags,merged_from\r\n")
    run("export", "calls", "--out", path, "--force", "--no-bom")
    assert path.read_bytes().startswith(b"number,")


def test_a_file_that_is_there_is_replaced_only_by_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("mine")
    ran = run("export", "calls", "--out", path)
    assert (ran.status, path.read_text()) == (1, "mine")
    assert "add --force" in ran.err
    assert run("export", "calls", "--out", path, "--force").status == 0
    assert {each.name for each in tmp_path.glob("*calls*")} == {"calls.csv", "calls.csv.meta.json"}


@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        (("calls", "court:zz", "--out", "x.csv"), 1, "there are: ianb"),
        (("calls", "nope:zz", "--out", "x.csv"), 1, "there is no nope:"),
        (("calls", "--out", ".csv"), 1, "“.csv” is an ending without a name"),
        (("calls", "--out", "x.pdf"), 1, "must end in .csv, .xlsx or .jsonl"),
        (("calls", "--out", "/nowhere/x.csv"), 1, "choose another place"),
        (("calls",), 2, "--out"),
        (("moons", "--out", "x.csv"), 2, "'tickets', 'calls', 'actions'"),
    ],
)
def test_what_is_wrong_is_said_and_no_file_is_left(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    said: tuple[str, ...], status: int, why: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    ran = run("export", *said)
    assert (ran.status, ran.out) == (status, "")
    assert why in ran.err
    assert list(tmp_path.glob("*.csv")) == []
