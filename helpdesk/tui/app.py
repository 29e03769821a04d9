"""The console's own commands: a call is begun, a screen is opened, the console is left."""

from __future__ import annotations

from asyncio import wait_for
from contextlib import suppress
from typing import TYPE_CHECKING

from helpdesk.desk.desk import Desk
from helpdesk.desk.home import HomePage
from helpdesk.domain.commands import PLACES, PLACES_FOR
from helpdesk.domain.keys import Keymap
from helpdesk.domain.permissions import allows
from helpdesk.errors import HelpdeskError, NotAllowed
from helpdesk.tui.console import Console
from helpdesk.tui.painting import BLINK_SECONDS
from helpdesk.tui.screens.base import DeskScreen
from helpdesk.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from helpdesk.tui.screens.ask import Question


class HelpdeskApp(Console):
    """The console."""

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap,
        place: str = "",
        page: HomePage | None = None,
        opener: ThreadPoolExecutor | None = None,
    ) -> None:
        """Prepare the console.

        Args:
            desk: The open desk; closed with the console.
            keymap: Which key does what.
            place: One of ``PLACES`` that it opens on; empty for home.
            page: What home lists first; ``None`` until it is fetched.
            opener: The one thread that opened the desk, with its connections; it goes on to write.
        """
        super().__init__(desk, keymap, opener)
        self._place, self._page = place, page
        if page is not None:
            self.seen = page.head

    async def on_mount(self) -> None:
        """Go where the console was opened on; Textual runs that of the base as well."""
        if self._place:
            self.call_later(self._go_first)

    def get_default_screen(self) -> HomeScreen:
        """The home screen, without an empty one below it."""
        return HomeScreen(self._page)

    async def do_new_call(self) -> None:
        """Begin a call."""
        await self.begin_call(0)

    async def begin_call(self, ago: int) -> None:
        """Begin a call: its screen stands at once, and takes no key before the call is saved.

        Args:
            ago: How many seconds ago it rang.
        """
        from helpdesk.desk.calls import start_call  # noqa: PLC0415 - after the first screen

        self.desk.require("call")
        screen = await self.ready_call.empty_screen()
        if screen is None:
            await self.show_call(await self.thread.do(start_call, ago))
            return
        self.ready_call.paint_ahead()
        await self.push_screen(screen)
        await screen.resumed()
        try:
            call = await self.thread.do(start_call, ago)
        except HelpdeskError:
            await self.pop_screen()
            raise
        screen.take_up(call)
        screen.call_later(screen.come_on_top)
        await self._begun(screen)

    async def call_back(self, ticket: int) -> None:
        """Begin to call back on a ticket.

        Args:
            ticket: The ticket's id.
        """
        from helpdesk.desk.callbacks import start_callback  # noqa: PLC0415 - after the first screen

        await self.show_call(await self.thread.do(start_callback, ticket))

    async def go_on_with(self, call: int) -> None:
        """Go on with a call that is parked or was left behind; its clock ran all the while.

        Args:
            call: The call.
        """
        from helpdesk.desk.calls import take_call  # noqa: PLC0415 - after the first screen

        await self.thread.do(take_call, call)
        await self.show_call(call)

    async def end_left_behind(self, call: int, at: int) -> None:
        """Say that a call that was left behind had ended, and ask for its outcome.

        Args:
            call: The call.
            at: When it was last heard of, in seconds UTC.
        """
        from helpdesk.desk.calls import end_call  # noqa: PLC0415 - after the first screen

        await self.thread.do(end_call, call, at)
        await self.show_call(call)

    async def show_call(self, call: int) -> None:
        """Open the call screen over whatever is on top.

        Args:
            call: The call.
        """
        screen = await self.ready_call.screen_for(call)
        await self.push_screen(screen)
        await self._begun(screen)

    async def show_ticket(self, number: str) -> None:
        """Open one ticket with its whole history.

        Args:
            number: Its number as people quote it.
        """
        from helpdesk.tui.screens.ticket import TicketScreen  # noqa: PLC0415

        await self.push_screen(TicketScreen(number))

    async def show_caller(self, caller: int) -> None:
        """Open the card of a caller.

        Args:
            caller: The caller's id.
        """
        from helpdesk.tui.screens.caller import CallerScreen  # noqa: PLC0415

        await self.push_screen(CallerScreen(caller))

    async def show_incident(self, n: int) -> None:
        """Open one incident with its tickets.

        Args:
            n: Its number.
        """
        from helpdesk.tui.screens.incidents import IncidentScreen  # noqa: PLC0415

        await self.push_screen(IncidentScreen(n))

    async def look_into(self, court: str, symptom: str) -> None:
        """Look into more calls than usual: who may declares an incident, others see the tickets.

        Args:
            court: The court's id.
            symptom: The symptom's slug.
        """
        if allows(self.desk.clerk.role, "incident"):
            from helpdesk.tui.declaring import line_question  # noqa: PLC0415

            await self.ask(line_question(self, court, symptom))
            return
        from helpdesk.tui.screens.marking import MarkingScreen  # noqa: PLC0415

        self.searches.append(f"court:{court} symptom:{symptom} opened:today")
        await self.push_screen(MarkingScreen())

    async def ask(self, question: Question) -> None:
        """Ask something over the screen on top.

        Args:
            question: What is asked, and what is done with the answer.
        """
        from helpdesk.tui.screens.ask import AskScreen  # noqa: PLC0415 - after the first paint

        await self.push_screen(AskScreen(question))

    async def go(self, place: str) -> bool:
        """Go to one of the lists.

        Args:
            place: The second key after ``g``, one of ``PLACES``.

        Returns:
            Whether there is such a place here.
        """
        from helpdesk.tui.places import screen_at  # noqa: PLC0415 - after the first paint

        if place not in PLACES or (place in PLACES_FOR and self.view is not None):
            return False
        self.desk.require(PLACES_FOR.get(place, "read"))
        while not isinstance(self.screen, HomeScreen) and self.view is None:
            await self.pop_screen()
        screen = screen_at(place)
        if screen is not None:
            await self.push_screen(screen)
        return True

    async def _begun(self, screen: DeskScreen) -> None:
        """Wait a moment until a screen has fetched what it shows: it is painted at once then."""
        with suppress(TimeoutError):
            await wait_for(screen.begun.wait(), BLINK_SECONDS)

    async def _go_first(self) -> None:
        with suppress(HelpdeskError):
            await self.refresh_home()
        await self.go(self._place)

    async def find(self) -> None:
        """Go to the list of tickets with the cursor in its box."""
        from helpdesk.tui.screens.marking import MarkingScreen  # noqa: PLC0415

        while not isinstance(self.screen, HomeScreen) and self.view is None:
            await self.pop_screen()
        await self.push_screen(MarkingScreen(find=True))

    async def do_help(self) -> None:
        """Show every key that works here."""
        from helpdesk.tui.screens.help import HelpScreen  # noqa: PLC0415

        self.painted.forget()  # whoever wonders may see what something else wrote there
        await self.push_screen(HelpScreen(self._live_here()))

    async def do_palette(self) -> None:
        """Choose a command by its name."""
        from helpdesk.tui.screens.palette import PaletteScreen  # noqa: PLC0415

        await self.push_screen(PaletteScreen(self._live_here()))

    async def do_palette_too(self) -> None:
        """Choose a command by its name, from a box."""
        await self.do_palette()

    async def do_lock(self) -> None:
        """Lock the console, where there is a passcode to come back with."""
        from helpdesk.desk.passcodes import has_passcode  # noqa: PLC0415 - after the first screen

        login = self.desk.clerk.login
        if not await self.thread.read(has_passcode, login):
            said = f"Locking needs a passcode to come back with: helpdesk staff passcode {login}."
            raise NotAllowed(said)
        from helpdesk.tui.screens.lock import LockScreen  # noqa: PLC0415 - after the first paint

        if not isinstance(self.screen, LockScreen):
            await self.push_screen(LockScreen())

    async def lock_when_idle(self) -> None:
        """Lock the console when nobody has touched it for long."""
        with suppress(HelpdeskError):  # nobody could come back without a passcode
            await self.do_lock()

    async def do_quit(self) -> None:
        """Leave; a call that goes on is parked first and can be taken back."""
        if self.view is not None and self.view.ended_at is None:
            from helpdesk.desk.calls import park_call  # noqa: PLC0415 - after the first screen

            with suppress(HelpdeskError):  # hung up elsewhere, say: the next start finds it
                await self.thread.do(park_call, self.view.call)
        self.exit(0)

    async def do_quit_too(self) -> None:
        """Leave."""
        await self.do_quit()

    async def do_leave(self) -> None:
        """Leave."""
        await self.do_quit()

    async def action_quit(self) -> None:
        """Leave, when Textual itself asks."""
        await self.do_quit()

    def _live_here(self) -> tuple[str, ...]:
        screen = self.screen
        return screen.live_now() if isinstance(screen, DeskScreen) else ()
