"""What keeps the console going: its desk, its clock, and the order in which keys are taken."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from rich.text import Text
from textual import events, work
from textual.app import App

from helpdesk.desk.crashes import crash_file
from helpdesk.desk.desk import Desk
from helpdesk.desk.home import (
    SIGN_OF_LIFE_SECONDS,
    close_console,
    home_view,
    say_alive,
)
from helpdesk.desk.opening import title_of
from helpdesk.domain.courts import local
from helpdesk.domain.home import HomeView
from helpdesk.domain.keys import Keymap
from helpdesk.domain.safe_text import line
from helpdesk.errors import HelpdeskError
from helpdesk.tui.desk_thread import DeskThread
from helpdesk.tui.driver import LastingDriver
from helpdesk.tui.looks import LOOKS, look_of
from helpdesk.tui.playbook_watch import PLAYBOOK_SECONDS, PlaybookWatch
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.surroundings import PRESENCE_SECONDS, Surroundings
from helpdesk.tui.words import call_clock, time_of_day, with_untaken

if TYPE_CHECKING:
    from helpdesk.desk.report_scope import Question
    from helpdesk.domain.calls import CallView

SMALLEST: Final = (80, 24)
"""Below this many columns and rows the console says so instead of drawing half of itself."""

_WARM_SECONDS: Final = 0.2
_IDLE_SECONDS: Final = 20 * 60


class Console(App[int]):
    """The console without its commands."""

    TITLE = "helpdesk"
    CSS_PATH = "app.tcss"
    SMALLEST = SMALLEST
    ENABLE_COMMAND_PALETTE = False  # Textual's would offer to write a screenshot of a ticket
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-slim"),
        (SMALLEST[0], "-narrow"),
        (110, "-wide"),
        (180, "-widest"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (SMALLEST[1], "-low"),
        (36, "-high"),
        (50, "-tall"),
    ]

    def __init__(self, desk: Desk, keymap: Keymap) -> None:
        """Prepare the console.

        Args:
            desk: The open desk; closed with the console.
            keymap: Which key does what.
        """
        # Textual would make greys of colours; of the terminal's own it made black on black.
        plain = True if os.environ.get("NO_COLOR") else None
        super().__init__(driver_class=LastingDriver, ansi_color=plain)
        self.desk = desk
        self.keymap = keymap
        self.thread = DeskThread(desk)
        self.view: CallView | None = None
        self.left_notes: dict[int, str] = {}
        self.home = HomeView()
        self.surroundings = Surroundings(self)
        self.searches: list[str] = []  # the newest last; of this console alone, never on disk
        self.reported: Question | None = None  # what was asked of a report last
        self._pressed = desk.clock.monotonic()
        self._minute = desk.clock.now() // 60
        self._warm = False
        self.playbook_watch = PlaybookWatch(self)
        for look in LOOKS.values():
            self.register_theme(look)
        self.theme = look_of(desk.settings.theme)

    async def on_mount(self) -> None:
        """Open the home screen and begin to watch, to live and to be ended."""
        self.set_class(not self.desk.settings.lines, "-no-lines")
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, partial(self.exit, None, 128 + number))
        self.set_interval(1.0, self._tick)
        self.set_interval(SIGN_OF_LIFE_SECONDS, self._say_alive)
        self.set_interval(PLAYBOOK_SECONDS, self.look_at_playbooks)
        self.set_interval(PRESENCE_SECONDS, self.look_around_soon)
        self.thread.watch(self._tell_others_wrote)
        self.set_timer(_WARM_SECONDS, self._warm_up)

    async def on_event(self, event: events.Event) -> None:
        """Take keys and pastes one after the other, each done before the next."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if isinstance(event, events.Key) and event.key.startswith("alt+"):
                await self._take(events.Key("escape", None))
                event = plain_key(event)
            await self._take(event)
            return
        await super().on_event(event)

    async def run_command(self, command: str, screen: DeskScreen) -> None:
        """Do what a command says; the screen's state knows how, or the screen, or the console.

        Args:
            command: Its id.
            screen: The screen on top.
        """
        name = f"do_{command.replace('-', '_')}"
        for owner in (*screen.owners(), self):
            method = getattr(owner, name, None)
            if method is not None:
                await method()
                return

    def head_parts(self, title: str) -> list[str]:
        """What the first line says.

        Args:
            title: What the screen is called.

        Returns:
            The parts from the left, the last one for the right.
        """
        now = self.desk.clock.now()
        office = self.view.office if self.view else self.desk.home_office
        parts = [call_clock(self.view, now), self.view.number, "saved"] if self.view else ["READY"]
        if not self.view and title:
            parts.append(title)
        parked = sum(1 for call in self.home.running if call.mine and call.parked)
        if parked:
            parts.append(f"{parked} parked")
        if self._warm and self.desk.library.faults:
            parts.append("! playbook file broken")
        if self.home.due:
            late = f" ({self.home.late} late)" if self.home.late else ""
            parts.append(f"promises {self.home.due} due{late}")
        here = f"{time_of_day(now, office.zone)} {local(now, office.zone):%Z}"
        who = f"{self.desk.clerk.login.upper()} {here}"
        room = self.size.width - len(who) - len("    ")
        return [*with_untaken(parts, self.home.untaken, ("saved", title), room), who]

    def symptom_title(self, slug: str) -> str:
        """A symptom as people read it."""
        return line(title_of(self.desk.library, slug))

    async def refresh_home(self) -> HomeView:
        """Fetch what goes on at the desk.

        Returns:
            The same as ``home``.
        """
        self.home = await self.thread.read(home_view)
        return self.home

    async def on_unmount(self) -> None:
        """Say that the console was left, and close the desk."""
        with suppress(HelpdeskError):
            await self.thread.do(close_console)
        await self.thread.close()

    def _handle_exception(self, error: Exception) -> None:
        """Keep a fault of ours in a file for its user alone; Textual would show variables."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        try:
            kept = f"Details: {crash_file(error, self.desk.clock.now())}"
        except OSError as unwritable:
            kept = f"No report could be kept ({type(error).__name__}): {unwritable}"
        self._return_code = 70
        self.panic(Text(f"helpdesk stopped, nothing that was saved is lost. {kept}"))

    async def _take(self, event: events.Key | events.Paste) -> None:
        self._pressed = self.desk.clock.monotonic()
        screen = self.screen
        if isinstance(screen, DeskScreen):
            await screen.take(event)
        else:
            await super().on_event(event)

    def _tick(self) -> None:
        if not os.isatty(0) and not self.is_headless:
            self.exit(return_code=129)
        self._wake_what_is_due()
        screen = self.screen
        if isinstance(screen, DeskScreen):
            screen.show_lines()
            if self._is_idle():
                screen.say("Still on the call? Any key says yes; h if it ended.", refused=True)

    def _wake_what_is_due(self) -> None:
        """Look anew at each full minute: what waits wakes then, and nobody writes it."""
        minute = self.desk.clock.now() // 60
        if minute != self._minute:
            self._minute = minute
            self.call_later(self._others_wrote)

    def _is_idle(self) -> bool:
        """Whether a call goes on and no key came for a long time."""
        talking = self.view is not None and self.view.ended_at is None
        return talking and self.desk.clock.monotonic() - self._pressed > _IDLE_SECONDS

    @work(group="warm")
    async def _warm_up(self) -> None:
        """Have ready what the first call needs, beside the keys, once the first screen stands."""
        from helpdesk.desk.symptoms import rank_symptoms  # noqa: PLC0415 - after the first screen

        await asyncio.to_thread(import_module, "helpdesk.tui.screens.call")
        if not self.is_running:
            return
        await self.thread.read(rank_symptoms, "warm")
        self._warm = True
        if not gc.isenabled():  # as the start of the program put it off
            gc.freeze()
            gc.enable()
        self.playbook_watch.say_broken()

    @work(group="playbooks")
    async def look_at_playbooks(self) -> None:
        """Take playbook files that were changed, beside the keys."""
        await self.playbook_watch.look()

    async def _say_alive(self) -> None:
        with suppress(HelpdeskError):
            await self.thread.do(say_alive)

    @work(group="presence", exclusive=True)
    async def look_around_soon(self) -> None:
        """Tell which ticket is on this screen and hear of those on others, beside the keys."""
        with suppress(HelpdeskError):
            await self.surroundings.look()

    def _tell_others_wrote(self) -> None:
        with suppress(RuntimeError):  # the console is being left
            self.call_later(self._others_wrote)

    async def _others_wrote(self) -> None:
        with suppress(HelpdeskError):
            await self.refresh_home()
        screen = self.screen if self.is_running else None
        if isinstance(screen, DeskScreen):
            await screen.do_or_say(screen.refreshed)
            screen.show_lines()


def plain_key(event: events.Key) -> events.Key:
    """A key pressed with alt, or right after Escape, as the key alone.

    Args:
        event: Such as ``alt+h`` or ``alt+shift+h``.

    Returns:
        The key without alt.
    """
    key = event.key.removeprefix("alt+")
    if key.startswith("shift+") and len(key) == len("shift+h"):
        key = key[-1].upper()
    return events.Key(key, event.character or (key if len(key) == 1 else None))
