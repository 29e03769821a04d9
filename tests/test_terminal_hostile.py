"""Hostile text, a hostile paste and hostile variables against the program in a real terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Clock, Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.domain.calls import Caller
from tests.support.desks import open_as
from tests.support.hostile import HOSTILE
from tests.support.terminal import Terminal

OBEYED: Final = (
    b"\x1b]0;title", b"\x1b]52;c;aGk=", b"\x1b[31mred", b"\x1bPq#0", b"\x1b_Gf=24", b"\x1b^x",
    b"c\x07d", b"\x00", b"\x05", b"\x08", b"\xc2\x9b", b"\xc2\x90", b"\xc2\x9d", b"\xe2\x80\xae",
    b"\xe2\x81\xa6", b"\xe2\x80\x8b", b"\xef\xbb\xbf",
)  # fmt: skip
"""What a terminal would obey, or what would turn a line round, as it stands in hostile texts."""

VARIABLES: Final = {
    "COLUMNS": "999999999", "LINES": "999999999", "TEXTUAL_PRESS": "n,h,r", "TEXTUAL_DEBUG": "1",
    "TEXTUAL_FPS": "0", "TZ": "No/Where", "LC_ALL": "xx_YY.broken", "USER": "\x1b[31mroot",
    "HOME": "/nowhere",
}  # fmt: skip


def written_down(desk: Desk) -> None:
    """A call of every kind of hostile text, and a caller that the next one can be of."""
    for number, text in enumerate(HOSTILE.values()):
        call = start_call(desk)
        add_caller(desk, call, Caller(0, name=text, firm=text), f"212-555-01{number:02}")
        add_note_to_call(desk, call, text)
        finish_call(desk, call, "resolved")


def test_nothing_that_a_text_a_paste_or_a_variable_says_is_obeyed(home: Path) -> None:
    desk = open_as(home, Clock())
    written_down(desk)
    calls = desk.port.query("SELECT count(*) FROM call").value()
    desk.close()
    with Terminal((120, 40), VARIABLES) as terminal:
        terminal.wait("READY")
        for key, shown in (("gt", "tickets"), ("\r", "T-"), ("gc", "callers")):
            terminal.type(key)
            terminal.wait(shown)
            terminal.rest()
        assert all(len(line) <= 120 for line in terminal.lines)
        terminal.send("\x1b")
        terminal.wait("enter open")
        terminal.type("n0102\r")
        terminal.wait("What is wrong?")
        terminal.type("li\r")
        terminal.wait("step 2")
        for paste in ("yhr", "y\x1b[201~hr", "\x1b" + "h" * 60 + "r", "hr\x1b[201~hr\x1b[200~hr"):
            terminal.send(f"\x1b[200~{paste}\x1b[201~")
            terminal.rest()
        terminal.wait("A paste runs no keys")
        terminal.wait("step 2")
        painted = [sign for sign in OBEYED if sign in terminal.raw]
        assert not painted
        terminal.send("\x03")
        assert terminal.ended() == 0
    desk = open_as(home, Clock())
    assert desk.port.query("SELECT count(*) FROM call").value() == calls + 1
    assert desk.port.query("SELECT count(*) FROM answer WHERE answer = 'yes'").value() <= 1
    desk.close()
