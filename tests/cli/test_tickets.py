from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from helpdesk.desk import tickets
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.saved_views import save_shared_view
from helpdesk.domain.calls import Caller
from tests.cli.conftest import Run
from tests.support.clock import StillClock


@pytest.fixture
def many(called: Desk, clock: StillClock) -> Desk:
    for _ in range(4):
        clock.go_on(60)
        finish_call(called, start_call(called), "dropped")
    return called


@pytest.mark.usefixtures("many")
def test_the_newest_come_first_and_what_is_left_out_is_counted(run: Run) -> None:
    ran = run("tickets", "--limit", 3)
    numbers = [line.split()[0] for line in ran.out.splitlines()[2:]]
    assert numbers == ["T-26-00005", "T-26-00004", "T-26-00003"]
    assert "the newest 3 of 5;" in ran.err


@pytest.mark.usefixtures("many")
def test_a_whole_list_says_nothing_more(run: Run) -> None:
    assert run("tickets", "--limit", 5).err == ""


@pytest.mark.usefixtures("many")
def test_words_and_fields_narrow_the_list(run: Run) -> None:
    ran = run("tickets", "dana", "court:ianb", "symptom:forgot", "blocks pop-ups")
    assert ran.out.count("T-26-") == 1
    assert "T-26-00001" in ran.out
    assert "Whitfield, Dana" in ran.out
    assert "212-555-0144" in ran.out


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
def test_nothing_found_is_said(run: Run, form: str) -> None:
    ran = run("tickets", "nobody", "court:iasb", "--format", form)
    assert ran.status == 0
    assert ran.err == "helpdesk: no ticket matches nobody court:iasb\n"
    if form == "json":
        assert json.loads(ran.out) == []


@pytest.mark.usefixtures("desk")
def test_an_empty_desk_says_so(run: Run) -> None:
    assert run("tickets").err == "helpdesk: there is no ticket yet.\n"


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("court:zz", "ianb"),
        ("status:gone", "resolved"),
        ("wxyz:red", "symptom:"),
        ("opened:someday", "last-week"),
        ("%%", "no word"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(run: Run, query: str, named: str) -> None:
    ran = run("tickets", query)
    assert (ran.status, ran.out) == (1, "")
    assert named in ran.err


@pytest.mark.usefixtures("many")
def test_a_minus_leaves_out_and_a_misspelled_option_is_none(run: Run) -> None:
    assert run("tickets", "-whitfield", "--limit", 9).out.count("T-26-") == 4
    assert run("tickets", "-blocks pop-ups", "-court:ncmb").out.count("T-26-") == 4
    ran = run("tickets", "roe", "--limt=3")
    assert (ran.status, ran.out) == (2, "")
    assert "--limt" in ran.err


def test_a_saved_view_is_listed_and_narrowed(run: Run, many: Desk) -> None:
    save_shared_view(many, 8, "dropped", "outcome:dropped")
    assert run("tickets", "--view", 8).out.count("T-26-") == 4
    assert "no ticket matches outcome:dropped nobody" in run("tickets", "--view=8", "nobody").err
    assert "There is no view 9; there are: 1 open" in run("tickets", "--view", 9).err


@pytest.mark.usefixtures("many")
def test_a_refusal_points_at_the_word(run: Run) -> None:
    assert run("tickets", "roe", "court:inb", "opened:2026-05").err.splitlines() == [
        "helpdesk: There is no court “inb”; did you mean “ianb”?",
        "helpdesk: roe court:inb opened:2026-05",
        "helpdesk:           ^^^",
    ]


@pytest.mark.usefixtures("many")
def test_a_period_is_said_with_its_offsets_and_the_order_of_few_hits(run: Run) -> None:
    ran = run("tickets", "opened:2026-05..2026-06", "whitfield")
    assert "opened 2026-05-01 00:00 CDT … 2026-07-01 00:00 CDT\n" in ran.err
    assert "the best first" in ran.err
    assert ran.out.count("T-26-") == 1


@pytest.mark.usefixtures("called")
def test_csv_has_the_shared_names_and_the_local_time(run: Run) -> None:
    out = run("tickets", "--format", "csv").out
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row["number"] == "T-26-00001"
    assert row["caller_phone"] == "2125550144"
    assert row["opened_at"] == "2026-06-01T13:14:03Z"
    assert row["opened_local"] == "2026-06-01T08:14:03-05:00"
    assert row["resolved_at"] == ""
    assert out.count("\n") == 2


def test_csv_guards_what_was_typed_and_nothing_else_as_an_export_does(
    run: Run, called: Desk, tmp_path: Path
) -> None:
    call = start_call(called)
    add_caller(called, call, Caller(0, name="Roe", firm="=1+1"), "2125550199")
    finish_call(called, call, "resolved")
    lines = run("tickets", "--format", "csv").out.splitlines()
    rows = list(csv.DictReader(lines))
    assert [row["utc_offset"] for row in rows] == ["-05:00", "-05:00"]
    assert [row["resolved_offset"] for row in rows] == ["-05:00", ""]
    assert rows[0]["caller_firm"] == "'=1+1"
    run("export", "tickets", "--out", tmp_path / "t.csv", "--no-bom")
    exported = (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()
    assert sorted(exported) == sorted(lines)


@pytest.mark.usefixtures("many")
def test_jsonl_gives_a_line_a_ticket_the_same_as_show(run: Run) -> None:
    lines = run("tickets", "--format", "jsonl").out.splitlines()
    assert len(lines) == 5
    assert json.loads(lines[-1]) == json.loads(run("show", "T-26-00001", "--json").out)
    assert json.loads(run("tickets", "--format", "json").out) == [
        json.loads(line) for line in lines
    ]


@pytest.mark.usefixtures("called")
def test_the_table_cannot_steer_the_terminal(run: Run) -> None:
    ran = run("tickets")
    assert "Roe" in ran.out
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("form", ["table", "csv", "json", "jsonl"])
@pytest.mark.parametrize("query", ["", "sort:oldest", "sort:changed", "outcome:dropped"])
def test_a_list_of_many_pages_is_the_same_as_one_of_a_single_page(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str, query: str
) -> None:
    for limit in (3, 4, 9):
        asked = ("tickets", *query.split(), "--limit", limit, "--format", form)
        whole = run(*asked)
        for page in (1, 2, 5):
            with monkeypatch.context() as patch:
                patch.setattr(tickets, "_PAGE", page)
                assert run(*asked) == whole
