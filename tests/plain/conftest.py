"""Plain lines to type into."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from helpdesk.domain.keys import Keymap
from helpdesk.plain.console import LineConsole
from tests.support.clock import StillClock
from tests.tui.scenes import known_callers, small_library

Typed = Callable[..., str]


def transcript(desk: Desk, *typed: str, keymap: Keymap | None = None) -> str:
    """What a terminal shows when lines are typed until there are no more.

    Args:
        desk: The desk.
        *typed: The lines.
        keymap: Which key does what; as shipped when not given.

    Returns:
        What was said, and after each prompt what was typed.
    """
    said: list[str] = []
    left = list(typed)

    def read() -> str | None:
        line = left.pop(0) if left else None
        said.append(f"{line or ''}\n")
        return None if line is None else f"{line}\n"

    if desk.console is None:
        open_console(desk)
    LineConsole(desk, keymap or Keymap(), read, said.append).run()
    assert not left, f"never read: {left}"
    return "".join(said)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A fresh desk with a few short playbooks."""
    desk.read_playbooks = small_library
    return desk


@pytest.fixture
def known(desk: Desk, clock: StillClock) -> Desk:
    """A desk that knows Dana Whitfield and Lee Whitman."""
    known_callers(desk, clock)
    return desk
