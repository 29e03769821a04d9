"""What keeps the console going: its desk, its clock, and the order in which keys are taken."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from textual import events, work

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import SIGN_OF_LIFE_SECONDS, close_console, home_view, say_alive
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.domain.home import HomeView
from helpdesk.domain.keys import Keymap
from helpdesk.domain.outbox import SAVED
from helpdesk.domain.safe_text import block, line
from helpdesk.errors import HelpdeskError
from helpdesk.tui.desk_thread import DeskThread
from helpdesk.tui.driver import LastingDriver
from helpdesk.tui.head import head_parts
from helpdesk.tui.leaving import Leaving
from helpdesk.tui.looks import Dressed
from helpdesk.tui.nightly_watch import NIGHT_SECONDS, NightlyWatch
from helpdesk.tui.painting import Painting
from helpdesk.tui.pasting import plain_key
from helpdesk.tui.playbook_watch import PLAYBOOK_SECONDS, PlaybookWatch
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.surroundings import PRESENCE_SECONDS, Surroundings

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from helpdesk.desk.report_scope import Question
    from helpdesk.domain.calls import CallView
    from helpdesk.tui.beside import Beside
    from helpdesk.tui.ready_call import ReadyCall

SMALLEST: Final = (80, 24)
"""Below this many columns and rows the console says so instead of drawing half of itself."""

_WARM_SECONDS: Final = 0.2
_IDLE_SECONDS: Final = 20 * 60


class Console(Leaving, Painting, Dressed):
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

    seen = -1
    """The newest journal entry that the first screen knows of; -1 for the newest there is."""

    def __init__(
        self, desk: Desk, keymap: Keymap, opener: ThreadPoolExecutor | None = None
    ) -> None:
        """Prepare the console.

        Args:
            desk: The open desk; closed with the console.
            keymap: Which key does what.
            opener: The one thread that opened the desk.
        """
        # Textual would make greys of colours; of the terminal's own it made black on black.
        plain = True if os.environ.get("NO_COLOR") else None
        super().__init__(desk.settings.theme, driver_class=LastingDriver, ansi_color=plain)
        self.desk = desk
        self.keymap = keymap
        self.thread = DeskThread(desk, opener)
        self.view: CallView | None = None
        self.left_notes: dict[int, str] = {}
        self.home = HomeView()
        self.surroundings = Surroundings(self)
        self.searches: list[str] = []  # the newest last; of this console alone, never on disk
        self.reported: Question | None = None  # what was asked of a report last
        self._pressed = desk.clock.monotonic()
        self._minute = desk.clock.now() // 60
        self.is_warm = False
        self.playbook_watch = PlaybookWatch(self)
        self.nightly_watch = NightlyWatch(self)

    async def on_mount(self) -> None:
        """Open the home screen and begin to watch and to live."""
        self.set_class(not self.desk.settings.lines, "-no-lines")
        self.set_interval(1.0, self._tick)
        self.set_interval(SIGN_OF_LIFE_SECONDS, self._say_alive)
        self.set_interval(PLAYBOOK_SECONDS, self.look_at_playbooks)
        self.set_interval(PRESENCE_SECONDS, self.look_around_soon)
        self.set_interval(NIGHT_SECONDS, self.look_at_night)
        # A timer alone ran out before the first paint on a slow machine, and delayed it.
        self.screen.call_after_refresh(self.thread.watch, self._tell_others_wrote, self.seen)
        self.screen.call_after_refresh(self.set_timer, _WARM_SECONDS, self._warm_up)

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

    @cached_property
    def ready_call(self) -> ReadyCall:
        """What keeps the call screen ready."""
        from helpdesk.tui.ready_call import ReadyCall  # noqa: PLC0415 - after the first paint

        return ReadyCall(self)

    @cached_property
    def beside(self) -> Beside:
        """The process beside that makes reports."""
        from helpdesk.tui.beside import Beside  # noqa: PLC0415 - on this way only

        return Beside(self.desk, self.thread)

    def head_parts(self, title: str) -> list[str]:
        """What the first line says; the parts from the left, the last one for the right."""
        return head_parts(self, title)

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text into the terminal's clipboard, without what another terminal would obey.

        Args:
            text: The text.
        """
        super().copy_to_clipboard(block(text, len(text)))

    def symptom_title(self, slug: str) -> str:
        """A symptom as people read it."""
        return line(symptom_title(self.desk, slug))

    async def refresh_home(self) -> HomeView:
        """Fetch what goes on at the desk.

        Returns:
            The same as ``home``.
        """
        self.home = await self.thread.read(home_view)
        return self.home

    async def on_unmount(self) -> None:
        """Say that the console was left, and close the desk."""
        from helpdesk.desk.access import keep_access  # noqa: PLC0415 - after the first screen

        await self.nightly_watch.stop()
        if "beside" in self.__dict__:
            await self.beside.leave()
        with suppress(HelpdeskError):
            await self.thread.do(keep_access)
        with suppress(HelpdeskError):
            await self.thread.do(close_console)
        await self.thread.close()

    @property
    def on_top(self) -> DeskScreen | None:
        """The screen of ours on top; none before the first one and while the console is left."""
        screen = self.screen_stack[-1] if self.is_running and self.screen_stack else None
        return screen if isinstance(screen, DeskScreen) else None

    async def _take(self, event: events.Key | events.Paste) -> None:
        self._pressed = self.desk.clock.monotonic()
        if screen := self.on_top:
            await self.painted_once(screen.take(event))
        else:
            await super().on_event(event)
        if self.desk.looked:
            self.keep_access_soon()

    @work(group="access")
    async def keep_access_soon(self) -> None:
        """Write down who looked at whom, behind the paint; what cannot be written waits."""
        from helpdesk.desk.access import keep_access  # noqa: PLC0415 - after the first screen

        with suppress(HelpdeskError):
            await self.thread.do(keep_access)

    def _tick(self) -> None:
        if not os.isatty(0) and not self.is_headless:
            self.exit(return_code=129)
        self._wake_what_is_due()
        self._lock_when_idle()
        if screen := self.on_top:
            screen.show_lines()
            self._say_outbox(screen)
            if self._is_idle():
                screen.say("Still on the call? Any key says yes; h if it ended.", refused=True)

    def _say_outbox(self, screen: DeskScreen) -> None:
        """Say what became of steps that waited, once nothing else is said."""
        if self.desk.outbox and not screen.says and (said := self.desk.outbox.told()):
            screen.say(said, refused=not said.endswith(SAVED), yields=True)

    def _wake_what_is_due(self) -> None:
        """Look anew at each full minute: what waits wakes then, and nobody writes it."""
        from helpdesk.desk.keeping_up import keep_up  # noqa: PLC0415 - after the first screen

        minute = self.desk.clock.now() // 60
        if minute != self._minute:
            self._minute = minute
            self.call_later(self._others_wrote)
            self.thread.beside(keep_up)

    def _lock_when_idle(self) -> None:
        """Lock after the minutes of the settings, behind whatever key is being done."""
        minutes = self.desk.settings.lock_after
        if minutes and self.desk.clock.monotonic() - self._pressed > 60 * minutes:
            self._pressed = self.desk.clock.monotonic()
            self.call_later(self.lock_when_idle)

    async def lock_when_idle(self) -> None:
        """Lock the console."""

    def _is_idle(self) -> bool:
        """Whether a call goes on and no key came for a long time."""
        talking = self.view is not None and self.view.ended_at is None
        return talking and self.desk.clock.monotonic() - self._pressed > _IDLE_SECONDS

    @work(group="warm")
    async def _warm_up(self) -> None:
        """Have ready what the first call needs, beside the keys, once the first screen stands."""
        from helpdesk.tui.warming import warm_up  # noqa: PLC0415 - after the first screen

        await warm_up(self)

    @work(group="playbooks")
    async def look_at_playbooks(self) -> None:
        """Take playbook files that were changed, beside the keys."""
        with suppress(HelpdeskError):
            await self.playbook_watch.look()

    @work(group="night")
    async def look_at_night(self) -> None:
        """Have the work of the night done when it is due, by a process of its own."""
        with suppress(HelpdeskError):
            await self.nightly_watch.look()

    async def _say_alive(self) -> None:
        with suppress(HelpdeskError):
            await self.thread.do(say_alive)

    @work(group="presence", exclusive=True)
    async def look_around_soon(self) -> None:
        """Tell which ticket is on this screen and hear of those on others, beside the keys."""
        with suppress(HelpdeskError):
            await self.surroundings.look()

    def _tell_others_wrote(self, head: int | None) -> None:
        with suppress(RuntimeError):  # the console is being left
            self.call_later(self._others_wrote, head)

    async def _others_wrote(self, head: int | None = None) -> None:
        """Fetch what may have changed, but for what the screen on top has fetched since.

        Args:
            head: The newest entry of the journal; nothing is known to be fetched without it.
        """
        from helpdesk.desk.staff import look_at_role  # noqa: PLC0415 - after the first screen

        screen = self.on_top
        if screen and head is not None and head <= screen.as_of:
            return
        with suppress(HelpdeskError):
            await self.thread.read(look_at_role)
            if not (screen and screen.FETCHES_HOME):
                await self.refresh_home()
        if screen := self.on_top:
            await screen.do_or_say(partial(screen.brought_up_to, head))
            screen.show_lines()
