"""What a screen does beside the keys, and paints with the key where that takes a moment only."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual._styles_cache import StylesCache
from textual.timer import Timer

from helpdesk.tui.drawing import PaintedScreen
from helpdesk.tui.painting import BLINK_SECONDS, Painting


class SoonScreen(PaintedScreen):
    """A screen that draws what changed, and has one thing at a time done beside its keys."""

    GLANCE_SECONDS = 0.002
    """A key waits no longer for what is done beside it: that is painted after it."""

    PAINT_SECONDS = 0.001
    """The least between two paintings: what is found behind a key is seen right after it."""

    def __init__(self) -> None:
        """Begin with nothing to be done."""
        super().__init__()
        self.soon: asyncio.Task[None] | None = None
        self._shown: asyncio.Future[None] | None = None
        self._glances = False
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
        self.give_up()
        self._shown = asyncio.get_running_loop().create_future()
        self.soon = asyncio.create_task(self._do_beside(wanted))

    def shown_soon(self) -> None:
        """What is begun beside the keys is shown by now; what follows may be painted later."""
        if self._shown is not None and not self._shown.done():
            self._shown.set_result(None)

    @property
    def is_busy(self) -> bool:
        """Whether what was begun beside the keys is not done yet."""
        return self.soon is not None and not self.soon.done()

    async def glance(self) -> None:
        """Wait a moment for what was begun beside the keys: it is painted with the key then."""
        shown = self._shown
        if shown is not None and not shown.done() and not self.app.message_queue_size:
            over = asyncio.get_running_loop().call_later(self.GLANCE_SECONDS, self.shown_soon)
            self._glances = True
            try:
                await shown
            finally:
                self._glances = False
                over.cancel()

    async def painted(self) -> None:
        """Wait until what a key changed is painted, or a blink where nothing is."""
        with suppress(TimeoutError):  # wait_for would go on where it is given up just then
            async with asyncio.timeout(BLINK_SECONDS):
                await self._next_paint.wait()

    def _compositor_refresh(self) -> None:
        super()._compositor_refresh()
        self._next_paint.set()
        self._next_paint = asyncio.Event()

    def show_lines(self) -> None:
        """Bring up to date what every key may change."""

    def give_up(self) -> None:
        """Give up what is done beside the keys: nobody waits for it any more."""
        if self.soon is not None:
            self.soon.cancel()
        self.shown_soon()

    async def on_unmount(self) -> None:
        """Leave nothing to be done, and let go of what was drawn.

        Textual would remember some of it for a thousand widgets, the rest until a sweep finds it.
        """
        self.give_up()
        StylesCache.get_inner_outer.cache_clear()
        for widget in self._compositor.full_map:
            widget._styles_cache.clear()  # noqa: SLF001

    async def _do_beside(self, wanted: Callable[[], Awaitable[None]]) -> None:
        try:
            await self.do_or_say(wanted)
        except Exception as fault:  # noqa: BLE001 - of a task alone nobody would hear
            self.app._handle_exception(fault)  # noqa: SLF001 - as Textual does with a worker's
        if self._glances and self.PAINTS_AT_ONCE and isinstance(self.app, Painting):
            self.show_lines()
            self.app.paint_now()  # before the turns that it takes until the key is done
        self.shown_soon()
