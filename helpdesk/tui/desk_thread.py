"""Keeps the database off the thread that draws: one thread writes, one reads, one watches."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from helpdesk.desk.desk import Desk
from helpdesk.errors import GivenUp, HelpdeskError

P = ParamSpec("P")
T = TypeVar("T")

_WATCH_SECONDS = 0.05
_AGAIN_SECONDS = 0.005


class DeskThread:
    """The desk, asked from the thread that draws without ever blocking it."""

    def __init__(self, desk: Desk, opener: ThreadPoolExecutor | None = None) -> None:
        """Take the open desk.

        Args:
            desk: The desk; its connections are made on the threads that use them.
            opener: The one thread that opened it, which writes from now on.
        """
        self.desk = desk
        self._writing = opener or ThreadPoolExecutor(1, "desk-writes")
        self._reading = ThreadPoolExecutor(1, "desk-reads")
        self._reader = 0
        self._behind: set[Future[Any]] = set()
        self._left = threading.Event()
        self._watching: threading.Thread | None = None
        self._beside: threading.Thread | None = None
        self._begins = threading.Lock()
        desk.does_beside = self.beside

    async def do(
        self, act: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Have an act done that writes. One that has begun is finished, whoever waits.

        Args:
            act: A function of :mod:`helpdesk.desk`.
            *args: What it takes after the desk.
            **kwargs: What it takes by name.

        Returns:
            What it returned.
        """
        job = self._begun(self._writing, lambda: act(self.desk, *args, **kwargs))
        return await asyncio.wrap_future(job)

    async def read(
        self, act: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Have an act done that only reads; ended at once when nobody waits for it any more.

        Args:
            act: A function of :mod:`helpdesk.desk`.
            *args: What it takes after the desk.
            **kwargs: What it takes by name.

        Returns:
            What it returned.
        """
        for job in self._behind:
            self._end(job)
        return await self._answer(lambda: act(self.desk, *args, **kwargs))

    async def read_behind(
        self, act: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Have an act done that only reads, and makes way for whatever else is read.

        Args:
            act: A function of :mod:`helpdesk.desk`; it is begun again once the way is free.
            *args: What it takes after the desk.
            **kwargs: What it takes by name.

        Returns:
            What it returned.
        """
        return await self._answer(lambda: act(self.desk, *args, **kwargs), behind=True)

    async def _answer(self, asked: Callable[[], T], *, behind: bool = False) -> T:
        while True:
            job = self._begun(self._reading, partial(self._read, asked))
            if behind:
                self._behind.add(job)
            try:
                return await asyncio.wrap_future(job)
            except asyncio.CancelledError:
                job.cancel()
                self._end(job)
                raise
            except GivenUp:  # it was meant for the one before, or makes way
                if self._left.is_set():
                    raise
            finally:
                self._behind.discard(job)

    def _begun(self, pool: ThreadPoolExecutor, wanted: Callable[[], T]) -> Future[T]:
        """Hand something over to a thread; whoever asks while the console is left is refused."""
        try:
            return pool.submit(wanted)
        except RuntimeError:
            if not self._left.is_set():
                raise
            raise GivenUp("The console is being left.") from None

    def _end(self, job: Future[T]) -> None:
        """End a read, also one that is between two questions just now."""
        if not job.done():
            if job.running():
                self.desk.port.interrupt(self._reader)
            asyncio.get_running_loop().call_later(_AGAIN_SECONDS, self._end, job)

    def _read(self, wanted: Callable[[], T]) -> T:
        self._reader = threading.get_ident()
        return wanted()

    def watch(self, changed: Callable[[int | None], None], seen: int = -1) -> None:
        """Begin to watch for what others write.

        Args:
            changed: Called on the watching thread after each change, with the newest entry of
                the journal; without it when steps that waited were looked at.
            seen: The newest journal entry that is known; -1 for the newest there is.
        """

        def wait() -> None:
            nonlocal seen
            outbox = self.desk.outbox
            while not self._left.is_set():
                try:
                    head = self.desk.port.wait(seen, _WATCH_SECONDS)
                except HelpdeskError:  # a locked database is told by whoever wants to write
                    self._left.wait(_WATCH_SECONDS)
                    head = seen
                if head > seen >= 0:
                    changed(head)
                seen, before = head, seen
                if outbox is not None and (head > before or outbox.wants()) and outbox.look():
                    seen = -1
                    changed(None)

        self._watching = threading.Thread(target=wait, name="desk-watch", daemon=True)
        self._watching.start()

    def beside(self, act: Callable[[Desk, Callable[[int, int], None]], object]) -> None:
        """Have an act done on a thread of its own, where it is in nobody's way.

        Args:
            act: Takes the desk, and what it tells how far it is; given up when the console is
                left, and not begun while the one before goes on.
        """

        def go_on(done: int, total: int) -> None:
            del done, total
            if self._left.is_set():
                raise GivenUp("The console is left.")

        def run() -> None:
            with suppress(HelpdeskError):
                act(self.desk, go_on)

        with self._begins:
            if self._beside is None or not self._beside.is_alive():
                self._beside = threading.Thread(target=run, name="desk-beside", daemon=True)
                self._beside.start()

    async def close(self) -> None:
        """Finish what was begun, end the threads and close the desk."""
        self._left.set()
        self.desk.port.interrupt()
        loop = asyncio.get_running_loop()
        for pool in (self._writing, self._reading):
            await loop.run_in_executor(None, lambda pool=pool: pool.shutdown(wait=True))  # type: ignore[misc]
        for thread in (self._watching, self._beside):
            if thread is not None:
                await loop.run_in_executor(None, thread.join)
        self.desk.close()
