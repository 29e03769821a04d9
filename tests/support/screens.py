"""The console in tests: keys as FLOW writes them, and screens as text or as a picture."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from rich.segment import Segment
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual import events
from textual._queue import Queue
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import open_console
from helpdesk.domain.keys import Keymap
from helpdesk.tui.app import HelpdeskApp
from helpdesk.tui.screens.soon import SoonScreen
from helpdesk.tui.widgets.lines import EchoLine

Console = Pilot[Any]
"""A console that runs without a terminal."""

NARROW: Final = (80, 24)
"""The reference: one column."""

WIDE: Final = (120, 40)
"""Two columns."""

WIDEST: Final = (200, 60)
"""Three columns."""

_QUIET: Final = 2
"""So many times in turn nothing must be left to be done: a task may be about to begin."""

_LOOKS: Final = 100
"""So many times it is looked without a pause."""

_SIGNS: Final = {
    "⏎": "enter", "⇥": "tab", "⎋": "escape", "␣": "space", "⌫": "backspace", "↑": "up",
    "↓": "down", "⇟": "pagedown", "⇞": "pageup",
}  # fmt: skip


class TextScreen(SingleFileSnapshotExtension):
    """One ``.txt`` file a screen: the characters, without colour."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


@asynccontextmanager
async def running(
    desk: Desk, size: tuple[int, int] = NARROW, keymap: Keymap | None = None
) -> AsyncIterator[Console]:
    """Run the console on a desk, without a terminal.

    Args:
        desk: The desk; closed with the console.
        size: Columns and rows.
        keymap: Which key does what; as shipped when not given.

    Yields:
        The console, its first screen drawn.
    """
    open_console(desk)
    async with HelpdeskApp(desk, keymap or Keymap()).run_test(size=size) as console:
        await settled(console)
        yield console


def keys(said: str) -> list[str]:
    """Read keys as FLOW writes them.

    Args:
        said: Such as ``n 0144 ⏎ li ⏎``: each sign is a key; blanks only part them.

    Returns:
        The keys as Textual names them.
    """
    signs = (sign for sign in said if sign != " ")
    return [
        _SIGNS.get(sign) or (sign if sign.isalnum() else _character_to_key(sign)) for sign in signs
    ]


async def press(console: Console, said: str) -> int:
    """Press keys one after the other, each done before the next, as a person does.

    Args:
        console: The console.
        said: The keys as FLOW writes them.

    Returns:
        How many keys were pressed.
    """
    pressed = keys(said)
    for key in pressed:
        console.app.post_message(_event(key))
        await taken(console)
    await settled(console)
    return len(pressed)


async def burst(console: Console, said: str) -> None:
    """Send keys all at once, as a terminal does after a pause of the line.

    Args:
        console: The console.
        said: The keys as FLOW writes them.
    """
    await send(console, *map(_event, keys(said)))


async def paste(console: Console, text: str) -> None:
    """Paste a text, as a terminal with bracketed paste does."""
    await send(console, events.Paste(text))


async def send(console: Console, *sent: events.Event) -> None:
    """Hand events to the console at once, and wait until all is done.

    Args:
        console: The console.
        *sent: Keys and pastes.
    """
    for event in sent:
        console.app.post_message(event)
    await settled(console)


async def taken(console: Console) -> None:
    """Wait until every message is taken.

    Textual's own way sends each widget one more message, which takes longer than most keys.

    Raises:
        TimeoutError: When something was not done with a message after half a minute.
    """
    app, looks, quiet = console.app, 0, 0
    async with asyncio.timeout(30):
        while quiet < _QUIET and not app._exception_event.is_set():
            pumps = (app, *app.screen.walk_children(with_self=True))
            quiet = quiet + 1 if all(map(_waits, pumps)) else 0
            looks += 1
            await asyncio.sleep(0 if looks < _LOOKS else 0.001)  # by then a thread is at work


def _waits(pump: MessagePump) -> bool:
    """Whether nothing is left to be taken, and nothing that was taken is still being done."""
    queue: Queue[Any] = pump._message_queue
    left = queue.values or pump._pending_message or pump._next_callbacks
    waiting: deque[Any] = queue.ready_event._waiters
    return pump._closing or (not left and bool(waiting))


async def settled(console: Console) -> None:
    """Wait until every key is taken, all beside the keys is done and the screen is drawn.

    Textual's own pause waits until the processor rests, which is slow and depends on others.
    """
    for _ in range(4):
        await taken(console)
        for worker in list(console.app.workers):  # each for itself: one given up ends no wait
            with suppress(WorkerCancelled):
                await worker.wait()
        for screen in console.app.screen_stack:
            if isinstance(screen, SoonScreen) and screen.soon is not None:
                await asyncio.wait({screen.soon})
        console.app.screen._on_timer_update()


async def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds that comes by itself; the machine may be busy.

    Args:
        holds: Whether it does.

    Returns:
        Whether it came to hold within half a minute.
    """
    for _ in range(1_500):
        if holds():
            return True
        await asyncio.sleep(0.02)
    return False


async def resize(console: Console, size: tuple[int, int]) -> None:
    """Make the terminal larger or smaller.

    Args:
        console: The console.
        size: Columns and rows.
    """
    driver = console.app._driver
    assert isinstance(driver, HeadlessDriver)
    driver._size = size
    console.app.post_message(events.Resize(Size(*size), Size(*size)))
    await settled(console)
    for _ in range(400):  # Textual gathers several changes of the size into one
        if console.app.screen._compositor.size == size:
            break
        await asyncio.sleep(0.005)
    await settled(console)


def app_of(console: Console) -> HelpdeskApp:
    """The console's app, with what only ours has."""
    assert isinstance(console.app, HelpdeskApp)
    return console.app


def text(console: Console) -> str:
    """The screen as lines of characters, blanks at their ends removed."""
    return "\n".join(said.rstrip() for said in lines(console)) + "\n"


def lines(console: Console) -> list[str]:
    """The lines of the screen."""
    return ["".join(segment.text for segment in line) for line in segments(console)]


def segments(console: Console) -> list[list[Segment]]:
    """The screen as it goes to the terminal: every line in pieces of one style."""
    return [list(strip) for strip in console.app.screen._compositor.render_strips()]


def picture(console: Console) -> str:
    """The screen as Textual draws it, without the number that depends on its content."""
    return re.sub(r"\bterminal-\d+", "terminal", console.app.export_screenshot(simplify=True))


def echo(console: Console) -> str:
    """What the console said about the last key."""
    return console.app.screen.query_one("#echo", EchoLine).said


def words(console: Console) -> str:
    """The screen as one line, for words that may be wrapped."""
    return " ".join(text(console).split())


def _event(key: str) -> events.Key:
    name = REPLACED_KEYS.get(key, key)
    try:
        character: str | None = unicodedata.lookup(_get_unicode_name_from_key(name))
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)
