"""The promise that a playbook suggests: Enter on the empty box takes it, said before Enter."""

from __future__ import annotations

from datetime import date

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.domain.whens import said_in
from tests.support.calls import rows
from tests.support.screens import echo, press, running, words

TO_THE_LETTER = "n 0144 ⏎ pe ⏎ 1 y 2 n n y"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A desk with the playbooks that are shipped."""
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    code = desk.library.playbooks["pacer-login-error-not-activated"].codes[0]
    assert code == "pe"
    return desk


def due(desk: Desk) -> list[tuple[str, str]]:
    kept = rows(desk, "SELECT kind, due_at, zone FROM promise")
    return [(row["kind"], said_in(row["due_at"], row["zone"])) for row in kept]


async def test_the_letter_is_waited_for_ten_business_days_from_registering(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_LETTER} May␣28 ⏎ hw")
        assert "10 business days from 2026-05-28" in words(console)
        said = "enter takes Thu 11 Jun 09:00 EDT there = Thu 11 Jun 08:00 CDT here"
        assert said in " ".join(echo(console).split())
        await press(console, "⏎")
        assert "READY" in words(console)
        assert due(known) == [("waiting", "Thu 11 Jun 09:00 EDT")]


async def test_without_the_day_it_is_counted_from_today_and_any_other_time_can_be_typed(
    known: Desk,
) -> None:
    court = known.courts["ncmb"]._replace(closed=(date(2026, 6, 8),))
    known.courts = {**known.courts, "ncmb": court}
    async with running(known) as console:
        await press(console, f"{TO_THE_LETTER} ⎋ hw")
        assert "Tue 16 Jun 09:00 EDT there" in echo(console)
        assert "from today (day of registering not known)" in words(console)
        await press(console, "3bd")
        assert "Thu 04 Jun 09:00 EDT there" in echo(console)
        await press(console, "⌫⌫⌫ sat␣10")
        assert echo(console).endswith("CDT here ! Saturday")
        await press(console, "⌫⌫⌫⌫⌫⌫")
        assert "Tue 16 Jun 09:00 EDT there" in echo(console)
        await press(console, "2bd ␣ eod ⏎")
        assert due(known) == [("waiting", "Wed 03 Jun 17:00 EDT")]


async def test_what_is_over_already_is_said_and_enter_takes_nothing(known: Desk) -> None:
    async with running(known) as console:
        await press(console, f"{TO_THE_LETTER} 4/30 ⏎ hw")
        assert "10 business days from 2026-04-30 were over on 2026-05-14" in words(console)
        await press(console, "⏎")
        assert "Say when" in echo(console)
        assert due(known) == []


async def test_nothing_is_suggested_where_the_playbook_says_nothing(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n 0144 ⏎ li ⏎ hw")
        assert echo(console) == ""
        await press(console, "⏎")
        assert "Say when" in echo(console)
        await press(console, "⎋ b")
        assert "Call back when?" in words(console)


async def test_a_call_back_to_nobody_says_how_to_record_who_it_is(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n ⏎ pe ⏎ hb")
        assert "Nobody to call is recorded: esc esc, then w" in echo(console)
        await press(console, "⎋⎋ w 0144 ⏎ hb")
        assert "Nobody" not in echo(console)
        await press(console, "tom␣9 ⏎")
        assert [kind for kind, _ in due(known)] == ["callback"]


async def test_a_name_and_a_number_in_one_line_are_both_recorded(known: Desk) -> None:
    async with running(known) as console:
        await press(console, "n Gonzales,␣Maria␣515␣555␣0142 ⏎ ⏎")
        assert "Gonzales, Maria" in words(console)
        kept = rows(
            known, "SELECT c.name, p.digits FROM caller c JOIN caller_phone p ON p.caller = c.id"
        )
        assert ("Gonzales, Maria", "5155550142") in {(row["name"], row["digits"]) for row in kept}
