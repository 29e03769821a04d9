"""The list of tickets: walked through however long it is, searched, and its saved views."""

from __future__ import annotations

import asyncio
import re
import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.saved_views import list_views, save_view
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.errors import StoreBusy
from helpdesk.tui.desk_thread import DeskThread
from helpdesk.tui.screens.tickets import TicketsScreen
from helpdesk.tui.ticket_window import MOST
from helpdesk.tui.widgets.query_lines import MeantLine
from helpdesk.tui.widgets.row_list import RowList
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.records import many_calls
from tests.support.screens import (
    WIDEST,
    Console,
    app_of,
    burst,
    echo,
    lines,
    press,
    resize,
    running,
    settled,
    until,
    words,
)

TICKETS = 450
ENDLESS = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e9)
    SELECT count(*) FROM n"""


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a desk with more tickets than a list keeps in memory, a minute apart."""
    desk = open_as(tmp_path_factory.mktemp("long"), StillClock())
    record_history(desk, many_calls(TICKETS))
    desk.close()
    return desk.folder.home


@pytest.fixture
def long(_made: Path, tmp_path: Path, clock: StillClock) -> Desk:
    """A desk of one test's own with those tickets."""
    return open_as(Path(shutil.copytree(_made, tmp_path / "long")), clock)


def listed(console: Console) -> RowList:
    return console.app.screen.query_one(RowList)


def chosen(console: Console) -> str:
    row = listed(console).chosen
    return row.key if row else ""


def number(n: int) -> str:
    return f"T-26-{n:05}"


def meant(console: Console) -> str:
    return console.app.screen.query_one(MeantLine).said.strip()


async def test_end_is_the_last_ticket_of_all_and_few_rows_are_kept(long: Desk) -> None:
    last = number(TICKETS)
    async with running(long) as console:
        await press(console, "gt")
        assert (chosen(console), meant(console)) == (last, "450 tickets, newest first")
        await console.press("end")
        await settled(console)
        assert chosen(console) == number(1)
        assert "Roe, Pat 0" in lines(console)[-3], "the last line of the list"
        await press(console, "↑")
        assert chosen(console) == number(2)
        await press(console, "↓↓")
        assert chosen(console) == last, "one row below the last is the first"
        await press(console, "↑")
        assert chosen(console) == number(1)
        assert len(listed(console).rows) <= MOST
        await console.press("home")
        await settled(console)
        assert chosen(console) == last


async def test_a_list_fills_a_tall_terminal_as_soon_as_it_is_opened(long: Desk) -> None:
    async with running(long, (200, 80)) as console:
        await press(console, "gt")
        assert "↓ more" in lines(console)[-3]
        await console.press("end")
        await settled(console)
        assert "Roe, Pat 0" in lines(console)[-3]


async def test_the_last_row_stays_on_the_last_line_whatever_became_of_the_height(
    long: Desk,
) -> None:
    async with running(long) as console:
        await press(console, "gt")
        await console.press("end")
        for height in (24, 30, 24, 25, 24):
            await resize(console, (80, height))
            assert "Roe, Pat 0" in lines(console)[-3], height
            await press(console, "↑↓")
            assert "Roe, Pat 0" in lines(console)[-3], height


async def test_every_ticket_passes_once_downwards_and_upwards(long: Desk) -> None:
    async with running(long) as console:
        await press(console, "gt")
        seen = [chosen(console)]
        for key in ("pagedown", "pageup"):
            for _ in range(TICKETS // 10):
                await console.press(key)
                await settled(console)
                assert len(listed(console).rows) <= MOST
                if chosen(console) == seen[-1]:
                    break
                seen.append(chosen(console))
        page = listed(console).size.height - 1
        down, up = seen[: seen.index(number(1)) + 1], seen[seen.index(number(1)) :]
        assert down[:3] == [number(TICKETS - page * place) for place in range(3)]
        assert down[:-1] == sorted(down[:-1], reverse=True)
        assert len(down) == -(-(TICKETS - 1) // page) + 1
        assert up[:3] == [number(1 + page * place) for place in range(3)]
        assert up[-1] == number(TICKETS)


async def test_what_is_fetched_ahead_is_asked_for_once_the_key_is_painted(
    long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.tui.screens.soon.BLINK_SECONDS", 60)
    async with running(long) as console:
        await press(console, "gt")
        app, told = app_of(console), list[str]()
        display, read = app._display, app.thread.read

        def shown(*args: Any) -> None:  # noqa: ANN401 - Textual's own
            told.append("painted")
            display(*args)

        def asked(act: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any act
            told.append(act.__name__)
            return read(act, *args, **kwargs)

        monkeypatch.setattr(app, "_display", shown)
        monkeypatch.setattr(app.thread, "read", asked)
        while "list_tickets" not in told:
            told.clear()
            await press(console, "⇟")
        assert told[0] == "painted"


async def test_what_would_be_fetched_ahead_of_a_list_that_was_left_is_not(long: Desk) -> None:
    async with running(long) as console:
        await app_of(console).ready_call.prepare()
        await press(console, "gt")
        left = console.app.screen
        assert isinstance(left, TicketsScreen)
        assert left.window is not None
        held = left.window.rows
        await press(console, "⎋")
        assert not left.stands
        await TicketsScreen.fetch_beyond.__wrapped__(left, left.window, len(held))  # type: ignore[attr-defined]
        assert left.window.rows is held


async def test_the_cursor_stays_on_its_ticket_when_others_write(
    long: Desk, clock: StillClock
) -> None:
    other = open_as(long.folder.home, clock, RVANCE, "clerk")
    async with running(long) as console:
        await press(console, "gt")
        for _ in range(12):
            await press(console, "⇟")
        await press(console, "↓↓")
        before, shown = chosen(console), lines(console)
        finish_call(other, start_call(other), "dropped")
        await app_of(console)._others_wrote()
        await settled(console)
        assert chosen(console) == before
        assert lines(console)[5:-2] == shown[5:-2], "nothing moves under the eyes"
        await console.press("home")
        await settled(console)
        assert chosen(console) == number(TICKETS + 1)
    other.close()


async def test_orders_filters_and_counts_are_the_same_for_any_length(long: Desk) -> None:
    async with running(long) as console:
        await press(console, "/ firewall ␣ sort:oldest ⏎")
        assert chosen(console) == number(2)
        assert meant(console) == "225 tickets, oldest first"
        await console.press("end")
        await settled(console)
        assert chosen(console) == number(TICKETS)
        await press(console, "g h / opened:today ␣ cache ⏎")
        assert "tickets, newest first   opened 2026-06-01 00:00 CDT … 2026-06-02" in meant(console)
        await press(console, "g h / roe ␣ 17 ⏎")
        assert "best first" in meant(console)


async def test_a_wrong_word_is_pointed_at_and_the_list_stays(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "/ whitfield ␣ court:inb")
        assert lines(console)[3].startswith(" " * 17 + "^^^ not applied yet: There is no court")
        assert chosen(console) == number(1)
        await press(console, "⏎")
        assert "did you mean “ianb”" in echo(console)
        assert lines(console)[3].rstrip() == " " * 17 + "^^^"
        await press(console, "⌫⌫ anb ⏎")
        assert "^" not in lines(console)[3]


async def test_earlier_searches_come_back_and_the_last_one_is_there_again(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "/ whitfield ⏎ ⎋ ⎋ g h / court:ianb ⏎ g h")
        await press(console, "g t")
        assert "court:ianb" in lines(console)[2]
        await press(console, "g h /")
        assert "words, court:ianb" in lines(console)[2], "a new search begins empty"
        await press(console, "↑")
        assert lines(console)[2].strip() == "court:ianb"
        await press(console, "↑")
        assert lines(console)[2].strip() == "whitfield"
        await press(console, "↑ ⏎")
        assert "T-26-" in words(console)
    assert not list(known.folder.home.rglob("*search*"))


async def test_digits_open_views_and_a_query_is_saved_under_one(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "gt 5")
        assert lines(console)[2].strip() == "opened:today"
        assert ">5 today" in lines(console)[1]
        await press(console, "/ ␣ whitfield ⏎ S 8")
        await press(console, "Dana ⏎ m")
        assert "View 8 is “Dana” now: opened:today whitfield" in echo(console)
        assert [view.name for view in list_views(known)][-1] == "Dana"
        await press(console, "g h g t 9")
        assert "There is no view 9" in echo(console)
        await press(console, "8")
        assert lines(console)[2].strip() == "opened:today whitfield"
        await press(console, "S x 8")
        assert "was taken away" in echo(console)
        assert "Dana" not in [view.name for view in list_views(known)]


async def test_the_list_is_right_however_fast_one_types(long: Desk) -> None:
    async with running(long) as console:
        await burst(console, "gt / firewall ␣ pat ␣ 17⌫⌫ 41 ⏎ ")
        await settled(console)
        screen = console.app.screen
        if isinstance(screen, TicketsScreen):
            assert "Roe, Pat 41" in words(console)
        assert "given up" not in words(console)


async def test_escape_gives_up_a_search_that_takes_long_and_nothing_else(
    long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(desk: Desk, typed: str) -> None:
        del typed
        desk.port.query(ENDLESS)

    async with running(long) as console:
        await press(console, "gt / 41")
        with monkeypatch.context() as patched:
            patched.setattr("helpdesk.tui.screens.tickets.query_of", slow)
            for key in ("enter", "escape"):
                app_of(console).post_message(events.Key(key, None))
            assert await until(lambda: "Given up" in words(console))
        assert "accept" in lines(console)[-1], "it is still the search box"
        assert "Roe, Pat 41" in words(console)
        await press(console, "⏎")
        assert "Given up" not in words(console)


async def test_what_is_counted_makes_way_for_what_is_read(long: Desk) -> None:
    begun, asked = threading.Event(), list[int]()

    def count(desk: Desk) -> int:
        begun.set()
        asked.append(1)
        return int(desk.port.query(ENDLESS if len(asked) < 3 else "SELECT 17").value())

    thread = DeskThread(long)
    counting = asyncio.ensure_future(thread.read_behind(count))
    await asyncio.to_thread(begun.wait)
    for _ in range(3):  # as keys do, each at once
        assert await thread.read(count_tickets, query_of(long, "")) == TICKETS
    assert await counting == 17
    await thread.close()


async def test_tickets_are_counted_also_when_one_moves_on_at_once(
    long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.tui.screens.counted._REST_SECONDS", 0.5)
    async with running(long) as console:
        await press(console, "gt/")
        app_of(console).post_message(events.Key("f", "f"))
        assert await until(lambda: meant(console).startswith("…"))
        await press(console, "↓")
        assert chosen(console) == number(TICKETS - 1)
        assert meant(console) == f"{TICKETS} tickets, newest first"


async def test_no_search_is_said_to_go_on_that_was_given_up(
    long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(long) as console:
        await press(console, "gt/f")
        app, go_on = app_of(console), asyncio.Event()
        read = app.thread.read

        async def slow(act: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any act
            await go_on.wait()
            return await read(act, *args, **kwargs)

        monkeypatch.setattr(app.thread, "read", slow)
        app.post_message(events.Key("i", "i"))
        assert await until(lambda: meant(console).startswith("searching"))
        for key in ("backspace", "down"):  # the list is right again, as it stands
            app.post_message(events.Key(key, None))
        await asyncio.sleep(0.1)  # the keys are taken by then, or soon
        go_on.set()
        await settled(console)
        assert chosen(console) == number(TICKETS - 1)
        assert meant(console) == f"{TICKETS} tickets, newest first"


async def test_a_search_that_is_refused_is_said_to_go_on_no_longer(
    long: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(long) as console:
        await press(console, "gt/")
        app, go_on = app_of(console), asyncio.Event()

        async def refused(*_: Any) -> None:  # noqa: ANN401 - any act
            await go_on.wait()
            raise StoreBusy("Another program holds the database.")

        monkeypatch.setattr(app.thread, "read", refused)
        app.post_message(events.Key("f", "f"))
        assert await until(lambda: meant(console).startswith("searching"))
        go_on.set()
        await settled(console)
        assert not meant(console)
        assert "Another program holds" in echo(console)


async def test_a_read_that_nobody_waits_for_ends_and_disturbs_no_other(long: Desk) -> None:
    begun = threading.Event()

    def count(desk: Desk) -> int:
        begun.set()
        return int(desk.port.query(ENDLESS).value())

    thread = DeskThread(long)
    for _ in range(20):
        begun.clear()
        waiting = asyncio.ensure_future(thread.read(count))
        await asyncio.to_thread(begun.wait)
        others = [thread.read(count_tickets, query_of(long, "")) for _ in range(3)]
        waiting.cancel()
        assert await asyncio.gather(*others) == [TICKETS] * 3
        assert len(await thread.read(list_tickets, query_of(long, "firewall"), 5)) == 5
        assert waiting.cancelled()
    await thread.close()


async def test_what_comes_below_the_rows_is_drawn_where_there_was_room_for_it(long: Desk) -> None:
    async with running(long) as console:
        await press(console, "/")
        rows = listed(console)
        held, more = rows._rows, (False, True)
        for before, drawn in ((3, True), (len(held) - 1, False)):
            rows.show_part(held[:before], more=more, steady=True)
            await settled(console)
            rows.show_part(held, more=more, steady=True, unseen=True)
            assert bool(rows._repaint_regions) is drawn


async def test_every_saved_view_stands_with_its_digit_and_its_count_at_80_columns(
    known: Desk,
) -> None:
    async with running(known) as console:
        await press(console, "gt")
        assert " 4 escala… 0  5 today 0  6 late 0  7 flagged 0" in lines(console)[1]
        save_view(known, 8, "twenty letters to it", "status:open")
        await press(console, "gt")
        counted = re.findall(r"(\d) (\S+) 0(?: |$)", lines(console)[1])
        assert [digit for digit, _ in counted] == list("12345678")
        assert (counted[0][1], counted[7][1]) == ("open", "twe…")
        await resize(console, WIDEST)
        assert "4 escalated 0" in lines(console)[1]
        assert "8 twenty letters to it 0" in lines(console)[1]
