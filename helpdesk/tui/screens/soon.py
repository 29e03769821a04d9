"""What a screen does beside the keys, and paints with the key where that takes a moment only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from textual import work
from textual.reactive import Reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from helpdesk.tui.drawing import Drawing
from helpdesk.tui.painting import BLINK_SECONDS

_SOON: Final = "soon"
_GLANCE_SECONDS: Final = 0.002
"""A key waits no longer for what is done beside it: that is painted after it."""


class SoonScreen(Screen[None]):
    """A screen that draws what changed, and has one thing at a time done beside its keys."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """Who has the keys; the boxes show it, and Textual would paint the whole screen anew."""

    PAINT_SECONDS = 0.001
    """The least between two paintings: what is found behind a key is seen right after it."""

    def __init__(self) -> None:
        """Begin with nothing to be done."""
        super().__init__()
        self._compositor = Drawing()
        self._soon_over = asyncio.Event()
        self._soon_over.set()
        self._next_paint = asyncio.Event()
        self._painting: Timer | None = None

    @property
    def _update_timer(self) -> Timer:
        """What paints when something changed; Textual would wait for the sixtieth of a second."""
        if self._painting is None:
            paint = self._on_timer_update
            self._painting = self.set_interval(self.PAINT_SECONDS, paint, pause=True)
        return self._painting

    async def do_or_say(self, wanted: Callable[[], Awaitable[None]]) -> None:
        """Do something, or say why it is refused.

        Args:
            wanted: What to do.
        """
        await wanted()

    def do_soon(self, wanted: Callable[[], Awaitable[None]]) -> None:
        """Do something beside the keys; a newer one takes the place of an older one.

        Args:
            wanted: What to do.
        """
        self._soon_over = asyncio.Event()
        self._do_beside(wanted, self._soon_over)

    def shown_soon(self) -> None:
        """What is begun beside the keys is shown by now; what follows may be painted later."""
        self._soon_over.set()

    async def glance(self) -> None:
        """Wait a moment for what was begun beside the keys: it is painted with the key then."""
        if self._soon_over.is_set() or self.app.message_queue_size:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._soon_over.wait(), _GLANCE_SECONDS)

    async def painted(self) -> None:
        """Wait until what a key changed is painted, or a blink where nothing is."""
        with suppress(TimeoutError):  # wait_for would go on where it is given up just then
            async with asyncio.timeout(BLINK_SECONDS):
                await self._next_paint.wait()

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        self._next_paint.set()
        self._next_paint = asyncio.Event()

    def paint_now(self) -> None:
        """Paint what was changed by now, before all is done that a key does."""
        self.note_changes()
        app = self.app
        batches, app._batch_count = app._batch_count, 0  # noqa: SLF001
        try:
            self._compositor_refresh()
        finally:
            app._batch_count = batches  # noqa: SLF001

    def note_changes(self) -> None:
        """Take note of what was changed by now: its widgets will tell of it only afterwards."""
        seen = self._compositor.visible_widgets
        changed = {each for each in seen if each._repaint_regions}  # noqa: SLF001
        self._compositor.update_widgets(changed)

    def give_up(self) -> None:
        """Give up what is done beside the keys: nobody waits for it any more."""
        self.workers.cancel_group(self, _SOON)
        self._soon_over.set()

    @work(exclusive=True, group=_SOON)
    async def _do_beside(self, wanted: Callable[[], Awaitable[None]], over: asyncio.Event) -> None:
        await self.do_or_say(wanted)
        over.set()
