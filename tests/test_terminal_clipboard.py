"""What the real program hands to the clipboard of its terminal."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from tests.support.calls import DANA, PHONE
from tests.support.terminal import Terminal

pytestmark = pytest.mark.xdist_group("terminal")


def copied(terminal: Terminal) -> list[str]:
    """Every text that was copied, oldest first."""
    found = re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)(?:\x07|\x1b\\)", terminal.raw)
    return [base64.b64decode(each).decode() for each in found]


def test_the_e_mail_and_its_address_reach_the_terminals_clipboard(home: Path) -> None:
    desk = open_desk(Folder(home))
    call = start_call(desk)
    add_caller(desk, call, DANA, PHONE)
    finish_call(desk, call, "resolved")
    desk.close()
    with Terminal() as terminal:
        terminal.wait("READY")
        terminal.send("n0144\r")
        terminal.wait("What is wrong?")
        terminal.send("ln\r")
        terminal.wait(" of about ")
        terminal.send("ec")
        terminal.wait("E-mail sent to the terminal's clipboard")
        terminal.send("em")
        terminal.wait("mailto: address sent")
        written, address = copied(terminal)
    assert written.startswith("Subject: ")
    assert "Hello Dana Whitfield," in written
    assert address.startswith("mailto:dana@whitfieldroe.example?subject=")
    body = unquote(address.partition("&body=")[2]).replace("\r\n", "\n")
    assert written.endswith(body)
