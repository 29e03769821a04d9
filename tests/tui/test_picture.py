"""The picture in the README is what the console draws."""

from __future__ import annotations

import os
import re
from pathlib import Path

from helpdesk.desk.desk import Desk
from tests.support.clock import StillClock
from tests.support.screens import WIDE, app_of, press, running, settled
from tests.tui.scenes import busy_morning

PICTURE = Path(__file__).parent / "pictures" / "call.svg"
ON_A_CALL = "n 0144 ⏎ li ⏎ yyyn vb ae"


async def test_the_readme_shows_the_console_as_it_is(
    desk: Desk, other: Desk, clock: StillClock
) -> None:
    """``HELPDESK_PICTURE=1 pytest tests/tui/test_picture.py`` draws it anew."""
    busy_morning(desk, other, clock)
    async with running(desk, WIDE) as console:
        await press(console, ON_A_CALL)
        await app_of(console)._others_wrote()
        await settled(console)
        drawn = console.app.export_screenshot(simplify=True, title="helpdesk")
    drawn = re.sub(r"terminal-\d+", "terminal", drawn)
    drawn = re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)  # fetched from elsewhere
    if os.environ.get("HELPDESK_PICTURE"):
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(drawn, encoding="utf-8")
    assert drawn == PICTURE.read_text(encoding="utf-8")
