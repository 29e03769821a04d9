"""Reports on the screen: walked over, narrowed down, and what is behind each figure."""

from __future__ import annotations

import re
import shutil
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from syrupy.assertion import SnapshotAssertion
from textual import events

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import OnScreen, Progress, report_on_screen
from helpdesk.desk.tickets import count_tickets, list_tickets
from helpdesk.domain.queries import Query
from helpdesk.store import ticket_ways
from helpdesk.tui.screens import patient
from helpdesk.tui.screens.behind import BehindScreen
from helpdesk.tui.screens.call import CallScreen
from helpdesk.tui.screens.report import ReportScreen
from helpdesk.tui.widgets.figure_grid import FigureGrid
from helpdesk.tui.widgets.row_list import RowList
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import (
    NARROW,
    WIDE,
    Console,
    app_of,
    echo,
    lines,
    paste,
    press,
    running,
    send,
    settled,
    text,
    until,
    words,
)

ZONE = ZoneInfo("America/Chicago")
PERIOD = "p ⌫⌫⌫⌫⌫⌫⌫⌫ 2026-04 ⏎"


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with made-up calls of half a year."""
    desk = open_as(tmp_path_factory.mktemp("calls"), StillClock())
    fill_demo(desk, 400, seed=3, days=180)
    desk.close()
    return desk.folder.home


@pytest.fixture
def calls(_made: Path, tmp_path: Path, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk of one test's own with those calls; no report of it takes long on a slow machine."""
    monkeypatch.setattr(patient, "LONG_SECONDS", 60)
    return open_as(Path(shutil.copytree(_made, tmp_path / "calls")), clock)


def grid(console: Console) -> FigureGrid:
    return console.app.screen.query_one(FigureGrid)


def cell(console: Console) -> str:
    """What stands in brackets."""
    here = [each for each in lines(console) if "[" in each and each.startswith(">")]
    return here[0].partition("[")[2].partition("]")[0].strip() if here else ""


def numbers(desk: Desk, condition: str, *params: str | int) -> set[str]:
    """The tickets of inbound calls of April 2026, counted from the rows alone."""
    first, after = (int(datetime(2026, month, 1, tzinfo=ZONE).timestamp()) for month in (4, 5))
    rows = desk.port.query(
        f"""SELECT DISTINCT t.year, t.n FROM call c JOIN call_ticket x ON x.call = c.id
        JOIN ticket t ON t.id = x.ticket
        WHERE c.direction = 'in' AND c.started_at >= ? AND c.started_at < ? AND {condition}""",
        (first, after, *params),
    ).rows
    return {f"T-{year % 100:02}-{n:05}" for year, n in rows}


async def listed(console: Console) -> set[str]:
    """Every ticket of the list, walked to its end."""
    screen = console.app.screen
    assert isinstance(screen, BehindScreen)
    rows = screen.query_one(RowList)
    seen: set[str] = set()
    for _ in range(20):
        seen |= {row.key for row in rows.rows}
        await console.press("pagedown")
        await settled(console)
    return seen


async def test_enter_lists_exactly_the_tickets_behind_a_figure_and_back_is_the_same_cell(
    calls: Desk,
) -> None:
    async with running(calls) as console:
        await press(console, f"gr2 {PERIOD}")
        rows = grid(console).grid.rows
        await press(console, "↓")
        assert cell(console) == rows[1][1] != ""
        linking = calls.library.playbooks
        slug = next(slug for slug, book in linking.items() if book.title == rows[1][0])
        await press(console, "⏎")
        assert await listed(console) == numbers(calls, "t.symptom = ?", slug)
        assert f"behind calls ({rows[1][1]}), {rows[1][0]}, 2026-04" in words(console)
        await press(console, "⎋")
        assert grid(console).place == (1, 1)
        assert cell(console) == rows[1][1]
        await console.press("end")
        await press(console, "⏎")
        assert await listed(console) == numbers(calls, "1")


@pytest.mark.parametrize("most", [5_000, 50], ids=["sorted", "along the index"])
def test_pages_of_certain_tickets_hold_each_of_them_once_newest_first(
    calls: Desk, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(ticket_ways, "FEW", most)
    every = [row[0] for row in calls.port.query("SELECT id FROM ticket ORDER BY id", ()).rows]
    wanted = Query(only=tuple(every[::2]))
    seen, page = [], list_tickets(calls, wanted, 30)
    while page:
        seen += [(each.opened_at, each.id) for each in page]
        page = list_tickets(calls, wanted, 30, page[-1])
    assert {ticket for _, ticket in seen} == set(every[::2])
    assert seen == sorted(seen, reverse=True)
    assert count_tickets(calls, wanted) == len(seen) == 200
    calls.close()


async def test_a_cell_of_the_heat_map_lists_the_calls_of_its_weekday_and_half_hour(
    calls: Desk,
) -> None:
    async with running(calls, WIDE) as console:
        await press(console, f"gr6 {PERIOD}")
        places = [row[0] for row in grid(console).grid.rows]
        await press(console, "↓" * places.index("10:00"))
        await console.press("right")
        await press(console, "⏎")
        found = await listed(console)
        local = "datetime(c.started_at - 5 * 3600, 'unixepoch')"  # daylight time all of April
        tuesdays = f"strftime('%w', {local}) = '2' AND strftime('%H:%M', {local}) >= '10:00' "
        tuesdays += f"AND strftime('%H:%M', {local}) < '10:30'"
        assert found == numbers(calls, tuesdays) != set()


async def test_the_question_mark_says_the_formula_and_then_the_keys(calls: Desk) -> None:
    async with running(calls, WIDE) as console:
        await press(console, "gr2?")
        assert "inbound calls, trials and void tickets left out, that began in range" in words(
            console
        )
        await press(console, "?")
        assert "of-period" in words(console)
        await press(console, "⎋⎋")
        assert isinstance(console.app.screen, ReportScreen)
        await press(console, "⎋ 1 ?")
        assert "calls: value" in words(console)
        assert "that began in range: running and dropped ones included" in words(console)


async def test_a_period_that_cannot_be_read_is_one_sentence_and_changes_nothing(
    calls: Desk,
) -> None:
    async with running(calls) as console:
        await press(console, f"gr2 {PERIOD}")
        before = list(grid(console).grid.rows)
        await press(console, "p")
        assert "2026-04-01 00:00 CDT … 2026-05-01 00:00 CDT (America/Chicago)" in echo(console)
        await paste(console, "2026-04")  # takes the place of the one that stood there
        await press(console, "3")
        assert echo(console).startswith("! period: “2026-043” is")
        await press(console, "⏎")
        assert "2026-043" in echo(console)
        assert echo(console).startswith("!")
        await press(console, "⎋")
        assert isinstance(console.app.screen, ReportScreen)
        assert list(grid(console).grid.rows) == before
        assert "2026-04-01 00:00 CDT" in words(console)
        await press(console, "t 2027-01-01 ⏎")
        assert "lies ahead" in echo(console)


async def test_what_was_asked_last_is_asked_of_the_next_report(calls: Desk) -> None:
    async with running(calls) as console:
        await press(console, f"gr2 {PERIOD} c ianb ⏎")
        await press(console, "⎋ 3")
        assert "2026-04-01 00:00 CDT … 2026-05-01" in words(console)
        assert "court: ianb;" in words(console)


async def test_a_clerk_sees_the_own_row_and_is_told_why_no_other(
    calls: Desk, clock: StillClock
) -> None:
    everybody = {row[0] for row in calls.port.query("SELECT login FROM clerk", ()).rows}
    other = (everybody - {"mortiz"}).pop()
    clerk = open_as(calls.folder.home, clock, role="clerk")
    calls.close()
    async with running(clerk) as console:
        await press(console, f"gr3 {PERIOD}")
        assert [row[0] for row in grid(console).grid.rows] in ([], ["mortiz"])
        before = grid(console).grid
        await press(console, f"w {other} ⏎")
        assert "sees its own figures only" in echo(console)
        assert grid(console).grid == before


async def test_what_takes_long_shows_a_bar_and_escape_gives_it_up(
    calls: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient, "LONG_SECONDS", 0.1)
    async with running(calls) as console:
        await press(console, "gr2")
        before, held = grid(console).grid, threading.Event()
        blocked = app_of(console).thread._reading.submit(held.wait)
        try:
            console.app.post_message(events.Key("r", "r"))
            assert await until(lambda: "Esc gives it up" in words(console))
            assert "Making the report. Esc gives it up." in echo(console)
            assert "%" in text(console).splitlines()[-6]
            console.app.post_message(events.Key("escape", None))
            assert await until(lambda: "Given up" in echo(console))
        finally:
            held.set()
            blocked.result()
        await settled(console)
        assert grid(console).grid == before
        await press(console, "r")
        assert "Given up" not in words(console), "r asks again"


async def test_the_phone_rings_while_a_report_is_made_and_the_call_does_not_wait(
    calls: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patient, "LONG_SECONDS", 0.1)
    async with running(calls) as console:
        await press(console, "gr2")
        held = threading.Event()
        blocked = app_of(console).thread._reading.submit(held.wait)
        try:
            console.app.post_message(events.Key("r", "r"))
            console.app.post_message(events.Key("n", "n"))
            asked = "SELECT 1 FROM call WHERE ended_at IS NULL"
            assert await until(lambda: bool(calls.port.query(asked).rows)), (
                "the call is in the database though nothing can be read"
            )
        finally:
            held.set()
            blocked.result()
        await settled(console)
        assert isinstance(console.app.screen, CallScreen)


def begin(console: Console, *pressed: str) -> None:
    """Press keys without waiting for what they begin."""
    for key in pressed:
        console.app.post_message(events.Key(key, key if len(key) == 1 else None))


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set for reports to be made at once; while it is not each takes until it is given up."""
    held = threading.Event()

    def made_late(desk: Desk, question: Question, progress: Progress) -> OnScreen:
        while not held.wait(0.01):
            progress(0, 1)
        return report_on_screen(desk, question, progress)

    monkeypatch.setattr("helpdesk.tui.screens.report.report_on_screen", made_late)
    monkeypatch.setattr(patient, "LONG_SECONDS", 0.1)
    return held


async def test_a_period_typed_while_a_report_is_made_is_the_reports_and_rings_no_phone(
    calls: Desk, held: threading.Event
) -> None:
    begun = "SELECT count(*) FROM call"
    async with running(calls) as console:
        many = calls.port.query(begun).value()
        begin(console, *"gr2")
        assert await until(lambda: "Esc gives it up" in words(console))
        begin(console, "p", *["backspace"] * 8, *"last-month")
        held.set()
        await press(console, "⏎")
        assert isinstance(console.app.screen, ReportScreen)
        assert calls.port.query(begun).value() == many
        assert "2026-05-01 00:00 CDT … 2026-06-01 00:00 CDT" in words(console)


async def test_a_report_that_was_given_up_is_the_one_that_r_asks_again(
    calls: Desk, held: threading.Event
) -> None:
    async with running(calls) as console:
        held.set()
        await press(console, "gr2")
        before = grid(console).grid
        held.clear()
        begin(console, "p", *["backspace"] * 8, *"2026-04", "enter")
        assert await until(lambda: "Esc gives it up" in words(console))
        begin(console, "escape")
        assert await until(lambda: "Given up" in echo(console))
        assert grid(console).grid == before
        held.set()
        await press(console, "r")
        assert "2026-04-01 00:00 CDT … 2026-05-01" in words(console)


async def test_a_report_that_the_phone_interrupts_is_made_after_the_call(
    calls: Desk, held: threading.Event
) -> None:
    async with running(calls) as console:
        begin(console, *"gr2")
        assert await until(lambda: "Esc gives it up" in words(console))
        begin(console, "n")
        assert await until(lambda: isinstance(console.app.screen, CallScreen))
        held.set()
        await press(console, "⎋ hd")
        assert isinstance(console.app.screen, ReportScreen)
        assert grid(console).grid.places


async def test_the_picture_comes_back_as_the_table(calls: Desk) -> None:
    async with running(calls) as console:
        await press(console, f"gr2 {PERIOD} v")
        assert "o all calls so far in % (right)" in words(console)
        await press(console, "v")
        assert cell(console) == grid(console).grid.rows[0][1]


async def test_a_picture_that_cannot_be_drawn_is_said_and_the_console_goes_on(
    calls: Desk,
) -> None:
    async with running(calls) as console:
        await press(console, f"gr2 {PERIOD}")
        await app_of(console).beside.leave()  # from now on it refuses whatever is asked
        await press(console, "v")
        assert "The console is being left" in echo(console)
        await press(console, "v")
        assert cell(console) == grid(console).grid.rows[0][1]


async def test_every_column_is_reached_and_the_last_one_is_a_row_of_blocks(calls: Desk) -> None:
    async with running(calls) as console:
        await press(console, f"gr4 {PERIOD}")
        many = len(grid(console).grid.headings)
        for column in range(1, many):
            assert grid(console).place[1] == column
            assert grid(console).grid.rows[0][column].startswith(cell(console).rstrip("…"))
            await console.press("right")
            await settled(console)
        assert grid(console).place[1] == 0
        await send(console, events.Key("left", None))
        assert set(cell(console)) <= set("▁▂▃▄▅▆▇█·")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_what_reports_look_like(
    calls: Desk, size: tuple[int, int], text_screen: SnapshotAssertion
) -> None:
    async with running(calls, size) as console:
        await press(console, f"gr2 {PERIOD}")
        for name, said in (
            ("menu", "⎋"),
            ("table", "2"),
            ("formula", "?"),
            ("pareto", "⎋ v"),
            ("half-hours", "v ⎋ 5"),
            ("heat-map", "⎋ 6"),
            ("trend", "⎋ 7 v"),
            ("behind", "v ⏎"),
        ):
            await press(console, said)
            shown = re.sub(r"\b([0-9a-f]{64}\b|[0-9a-f]{16}…)", "(hash)", text(console))
            assert shown == text_screen(name=name)


async def test_a_report_is_saved_as_it_stands_and_never_over_a_file(
    calls: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with running(calls) as console:
        await press(console, f"gr2 {PERIOD}")
        shown = grid(console).grid.places
        for answer in ("rows in june.csv", "june.csv is there already"):
            await press(console, "e")
            await console.press("ctrl+u")
            await press(console, "june.csv⏎")
            await settled(console)
            assert answer in words(console)
        assert "--force" not in words(console)
    saved = (tmp_path / "june.csv").read_text("utf-8-sig").splitlines()
    assert len(saved) == shown  # the headings stand where the screen has the total
    assert (tmp_path / "june.csv.meta.json").exists()


async def test_a_span_goes_along_only_to_a_report_that_is_made_by_it(calls: Desk) -> None:
    async with running(calls) as console:
        await press(console, f"gr7 {PERIOD}b4")
        assert "Trend by sunday-week" in words(console)
        await press(console, "⎋")
        await press(console, "8")
        assert "Repeat callers" in words(console)
        await press(console, "b4")
        assert "!" not in words(console).partition("Repeat callers")[0]
        await press(console, "⎋")
        await press(console, "2")
        assert "Calls by symptom" in words(console)
        assert "span" not in lines(console)[-1]


async def test_the_list_names_its_figure_as_the_report_shows_it(calls: Desk) -> None:
    async with running(calls) as console:
        await press(console, f"gr3 {PERIOD}")
        shown = grid(console).grid
        column, total = shown.headings.index("occupied"), shown.total or ()
        assert ":" in total[column]
        await console.press("end", *["right"] * (column - 1))
        await press(console, "⏎")
        assert f"behind occupied ({total[column]}), total, 2026-04," in words(console)
        await press(console, "⎋ ⎋ 1")
        heading, started = grid(console).grid.rows[0][:2]
        await press(console, "⏎")
        assert heading == "calls"
        assert f"tickets behind calls ({started}), 2026-04," in words(console)


async def test_a_narrow_screen_holds_what_a_report_is_called_and_what_became_of_a_callback(
    calls: Desk,
) -> None:
    async with running(calls, NARROW) as console:
        await press(console, "gr")
        assert "helpdesk stats repeat-callers" in text(console)
        assert "…" not in text(console)
        await press(console, f"9 {PERIOD}")
        heading = next(each for each in lines(console) if " due " in each)
        assert "state" in heading
        assert re.search(r" \d\d-\d\d \d\d:\d\d ", text(console))
        whole = report_on_screen(calls, Question("callbacks", period="2026-04")).answered.table
        assert "2026-04-" in str(whole.rows[0])


async def test_what_the_role_hides_is_not_said_to_be_unknown(
    calls: Desk, clock: StillClock
) -> None:
    clerk = open_as(calls.folder.home, clock, role="clerk")
    calls.close()
    async with running(clerk) as console:
        await press(console, f"gr8 {PERIOD}")
        assert grid(console).grid.headings[1] == "firm"
        assert "caller 1: firm hidden from your role" in words(console)
        await press(console, "?")
        assert "caller 1: firm hidden from your role" in words(console)


async def test_a_total_is_called_so_where_its_first_cell_is_blank(calls: Desk) -> None:
    async with running(calls) as console:
        await press(console, f"gre {PERIOD}")
        assert "total: by " in words(console)
        await press(console, "?")
        assert "total: by " in words(console)
