"""What every screen of the console has: a first and a last line, and keys taken in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.widgets import Static

from helpdesk.domain.presence import here_said
from helpdesk.errors import HelpdeskError, NotAllowed, SecretFound
from helpdesk.tui.pasting import refuse_longer
from helpdesk.tui.screens.soon import SoonScreen
from helpdesk.tui.widgets.lines import EchoLine, HeadLine, HereLine, KeyLine

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp
    from helpdesk.tui.widgets.boxes import Box

EVERYWHERE = ("help", "palette", "lock", "quit", "quit-too")
"""Commands that work on every screen outside of a box."""

IN_A_BOX = ("palette-too", "lock", "quit", "quit-too")
"""Commands that work while somebody types."""


class DeskScreen(SoonScreen):
    """A screen of the console."""

    AUTO_FOCUS = ""
    TITLE_OF_SCREEN = ""
    """What the first line says when no call goes on."""

    ticket_shown: int | None = None
    """The id of the ticket that the screen is about, for colleagues to know of."""

    says = False
    """Whether something is said now, until the next key."""

    KEYS_WAIT = True
    """Whether keys wait until the screen has fetched for the first time what they are about."""

    FETCHES_HOME = False
    """Whether what goes on at the desk is fetched with what the screen shows."""

    as_of = -1
    """The newest entry of the journal that all that is shown takes account of, if known."""

    was_refused = False
    """Whether it was said, when a key came, why the one before it was refused."""

    secret_refused = False
    """Whether a text was refused because it holds a secret, which still stands there."""

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self.begun = asyncio.Event()
        # Kept, for every key changes them: to find them is to walk through the whole screen.
        self._head, self._here = HeadLine(), HereLine()
        self._echo, self._keys = EchoLine(), KeyLine()

    @property
    def console(self) -> HelpdeskApp:
        """The running console."""
        return cast("HelpdeskApp", self.app)

    @property
    def stands(self) -> bool:
        """Whether it has its widgets: they go one by one while it is being left."""
        on_stack = self.is_attached and self in self.console.screen_stack
        return on_stack and self.is_mounted and self.console.is_running

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield self._head
        yield Static("", id="too-small", markup=False)
        yield from self.body()
        yield self._here
        yield self._echo
        yield self._keys

    def body(self) -> ComposeResult:
        """What stands between the first line and the last two."""
        yield from ()

    def live(self) -> tuple[str, ...]:
        """The commands that work now, the most important first."""
        return EVERYWHERE

    def live_now(self) -> tuple[str, ...]:
        """The commands that work now; where a secret was refused, also the one that blanks it."""
        live = self.live()
        if not self.secret_refused or self.box() is None or "blank" in live:
            return live
        accept, *further = live
        return (accept, "blank", *further)

    async def do_blank(self) -> None:
        """Put dots in place of what must not be saved, in every box of the screen."""
        from helpdesk.domain.guard import blanked  # noqa: PLC0415 - seldom wanted
        from helpdesk.tui.widgets.boxes import LineBox, NoteBox  # noqa: PLC0415

        boxes = (*self.query(LineBox), *self.query(NoteBox))
        held = [
            (each, without) for each in boxes if (without := blanked(each.content)) != each.content
        ]
        here = self.box()
        if not held and self.secret_refused and here is not None:
            held = [(here, "…")]  # only with the question before it is it a secret
        if not held:
            raise NotAllowed("Nothing that stands here looks like a secret.")
        for box, without in held:
            box.fill(without)
        self.secret_refused = False
        self.typed()

    def owners(self) -> tuple[object, ...]:
        """Whose ``do_`` methods are asked for a command, in this order."""
        return (self,)

    def box(self) -> Box | None:
        """The box that is being typed in, if any."""
        return None

    def typed(self) -> None:
        """Something was typed into the box."""

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take a key that is no command, such as a letter of an open menu.

        Args:
            key: As Textual names it.
            character: What it prints, if anything.

        Returns:
            Whether something was done.
        """
        del key, character
        return False

    async def refreshed(self) -> None:
        """Fetch what the screen shows; called when it is opened and when others wrote."""

    async def brought_up_to(self, head: int | None) -> None:
        """Fetch what others may have changed.

        Args:
            head: The newest entry of the journal, where only the journal can have changed it.
        """
        del head
        await self.refreshed()

    async def fetch_ahead(self) -> None:
        """Fetch what keys are about that come before the screen is shown again."""
        await self.console.refresh_home()

    async def people_moved(self) -> None:
        """Show who is at which ticket by now, where the screen lists tickets."""

    def on_resize(self, event: events.Resize) -> None:
        """Say how large the terminal must be; the style sheet shows it where it is too small."""
        width, height = self.console.SMALLEST
        said = f"This needs {width} columns and {height} rows, not {event.size.width} by "
        said += f"{event.size.height}: enlarge the terminal, or use "
        said += "helpdesk --plain. Nothing is lost, the clock runs on."
        for line in self.query("#too-small").results(Static):  # none while it is taken down
            line.update(said)
        self.call_after_refresh(self._after_resize)

    def resized(self) -> None:
        """Lay out anew what depends on the width; the widgets have their new size by now."""

    async def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Fetch what may have changed while another screen was on top, and at the start."""
        event.refresh_styles = False  # nothing that they depend on changes while it is covered
        if self.size != self.app.size:  # also its first size came before it stood
            self.post_message(events.Resize(self.app.size, self.app.size))
        await self.come_on_top()

    async def come_on_top(self) -> None:
        """Fetch what is to be shown, and tell which ticket is on the screen."""
        await self.console.painted_once(self._taken_up())
        self.console.look_around_soon()

    async def _taken_up(self) -> None:
        self.show_lines()
        try:
            await self.do_or_say(self.refreshed)
        finally:
            self.begun.set()
        self.show_lines()

    async def take(self, event: events.Key | events.Paste) -> None:
        """Do what a key or a paste asks; refusals are said, faults are not swallowed.

        Args:
            event: What came.
        """
        if self.KEYS_WAIT:
            await self.begun.wait()
        if isinstance(event, events.Paste):
            await self.do_or_say(partial(self._take_text, event))
        else:
            await self.do_or_say(partial(self._take_key, event))
        if top := self.console.on_top:
            top.show_lines()

    async def do_or_say(self, wanted: Callable[[], Awaitable[None]]) -> None:
        """Do something, or say on the screen that is on top then why it is refused.

        Args:
            wanted: What to do.
        """
        try:
            await wanted()
        except HelpdeskError as refusal:
            shown = self.console.on_top or self
            shown.secret_refused = isinstance(refusal, SecretFound)
            shown.say(str(refusal), refused=True)
            shown.show_lines()
        except NoMatches:
            if self.stands:
                raise

    def say(self, text: str, *, refused: bool = False, yields: bool = False) -> None:
        """Say what was done, or why it was not.

        Args:
            text: One sentence; empty to say nothing.
            refused: Whether it tells why something was not done.
            yields: Whether what comes of itself may take its place before the next key.
        """
        self.says = bool(text) and not yields
        self._echo.say(text, refused=refused)

    def head_parts(self) -> list[str]:
        """What the first line says; the last part stands at the right."""
        return self.console.head_parts(self.TITLE_OF_SCREEN)

    def show_lines(self) -> None:
        """Bring the first and the last line up to date."""
        if self.stands:
            self.write_lines()

    def write_lines(self) -> None:
        """Write the first and the last line, also of a screen that stands ready."""
        self._head.show(self.head_parts())
        there, ticket = self.console.surroundings.there, self.ticket_shown
        self._here.show(here_said(there, ticket) if ticket else "")
        keymap = self.console.keymap
        live = sorted(self.live_now(), key=lambda command: command == "help")
        shown = [command for command in keymap.described(live) if command.label]
        self._keys.show([(keymap.key(command.id), command.label) for command in shown])

    def _after_resize(self) -> None:
        """Lay out anew, and put the cursor back: a box that was not drawn has lost it."""
        if self.stands:
            self.resized()
            self.set_focus(self.box())

    async def _take_key(self, event: events.Key) -> None:
        self.was_refused = self._echo.is_refusal
        if self.box() is None:
            self.say("")  # what was said about the key before; a box keeps its refusal
        if await self.take_key(event.key, event.character):
            return
        command = self.console.keymap.command(event.key, self.live_now())
        if command is not None:
            self.say("")
            await self.console.run_command(command.id, self)
        elif self.box() is not None:
            await self._take_text(event)
        elif event.is_printable:
            self.say(f"“{event.character}” does nothing here; ? shows the keys.", refused=True)

    async def _take_text(self, event: events.Key | events.Paste) -> None:
        box = self.box()
        if isinstance(event, events.Paste):
            if box is None:
                self.say("A paste runs no keys: open a box first (i for a note).", refused=True)
                return
            refuse_longer(event, len(box.content))
        if box is not None and await box.take(event):
            if self.secret_refused:
                from helpdesk.domain.guard import blanked  # noqa: PLC0415 - seldom wanted

                self.secret_refused = blanked(box.content) != box.content
                if not self.secret_refused:
                    self.say("")
            self.typed()
            await self.glance()
