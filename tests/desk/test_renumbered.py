"""Another database is put under a console: the call that goes on has another number there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.outbox import AGAIN_SECONDS
from helpdesk.desk.view import call_view
from helpdesk.domain.keys import Keymap
from helpdesk.plain.console import LineConsole
from tests.support.calls import call_of_dana
from tests.support.clock import StillClock
from tests.support.desks import open_as


@pytest.fixture
def another(tmp_path: Path, clock: StillClock) -> Path:
    """A database in which somebody else has the first number."""
    desk = open_as(tmp_path / "another", clock)
    finish_call(desk, call_of_dana(desk), "resolved")
    desk.port.backup(path := tmp_path / "another.db")
    desk.close()
    return path


@pytest.fixture
def console(desk: Desk) -> Iterator[Desk]:
    """A console on the desk."""
    open_console(desk)
    yield desk
    desk.close()


def seen(desk: Desk, clock: StillClock) -> str:
    """Let the console look after its calls, as it does now and then; what it then says."""
    assert desk.outbox is not None
    clock.go_on(AGAIN_SECONDS)
    desk.outbox.look()
    return desk.outbox.told()


def test_it_is_said_which_number_the_call_has_now(
    console: Desk, clock: StillClock, another: Path
) -> None:
    call = start_call(console)
    seen(console, clock)
    another.replace(console.folder.database)
    said = seen(console, clock)
    assert "was replaced by another file" in said
    assert said.endswith("now saved in the database. T-26-00001 is T-26-00002 now.")
    add_note_to_call(console, call, "told")
    assert seen(console, clock) == ""
    assert call_view(console, call).number == "T-26-00002"


def test_plain_lines_that_are_left_say_the_number_that_the_call_has_now(
    console: Desk, clock: StillClock, another: Path
) -> None:
    said, typed = list[str](), iter(["n\n", "0144\n"])

    def read() -> str | None:
        if line := next(typed, None):
            return line
        seen(console, clock)
        another.replace(console.folder.database)
        return None

    LineConsole(console, Keymap(), read, said.append).run()
    assert "call T-26-00001 started" in "".join(said)
    assert "T-26-00001 is T-26-00002 now." in "".join(said)
    assert said[-1].startswith("T-26-00002 is parked, the caller is on hold.")
