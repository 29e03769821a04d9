"""Has what reads much done by a process beside the console, while that goes on taking keys."""

from __future__ import annotations

import asyncio
import pickle
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from helpdesk.desk.desk import Clock, Desk
from helpdesk.desk.reading_beside import (
    SIZE,
    TELLS,
    WHERE,
    Told,
    Wanted,
    frame,
    program,
    seat_of,
)
from helpdesk.errors import GivenUp
from helpdesk.tui.desk_thread import DeskThread

P = ParamSpec("P")
T = TypeVar("T")

_IDLE_SECONDS: Final = 30
"""How long the process is kept when nobody asks it for anything."""


class Beside:
    """The process beside one console: begun when it is wanted, gone when it is not any more."""

    def __init__(self, desk: Desk, thread: DeskThread) -> None:
        """Begin without one.

        Args:
            desk: The desk.
            thread: Does what is asked where no process can.
        """
        self._desk, self._thread = desk, thread
        self._process: Process | None = None
        self._one = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None
        self._ending: asyncio.Task[None] | None = None
        self._left = False

    async def begin(self) -> None:
        """Have the process ready: something will be asked of it soon."""
        if self._can:
            with suppress(OSError, GivenUp):
                async with self._one:
                    await self._begun()
                    self._rest()

    async def read(
        self, act: Callable[Concatenate[Desk, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Have an act done that only reads; ended at once when nobody waits for it any more.

        Args:
            act: A function of :mod:`helpdesk.desk`, or of a module that the console imported.
            *args: What it takes after the desk; what is told how far it is may raise to end it.
            **kwargs: What it takes by name, where no process can do it.

        Returns:
            What it returned.
        """
        if self._can and not kwargs:
            with suppress(OSError, EOFError):  # where none can run, or it ended
                answer: T = await self._asked(act, args)
                return answer
        self._go_on()  # leaving may have ended it
        return await self._thread.read(act, *args, **kwargs)

    @property
    def _can(self) -> bool:
        """Whether a process sees what this one does: it knows no clock but the machine's."""
        return type(self._desk.clock) is Clock

    async def leave(self) -> None:
        """End the process with the console, and begin no other."""
        self._left = True
        await self._close()

    async def _close(self) -> None:
        process, self._process = self._process, None
        if self._idle is not None:
            self._idle.cancel()
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _asked(self, act: Callable[..., Any], given: tuple[object, ...]) -> Any:  # noqa: ANN401
        tell = next(filter(callable, given), None)
        told_to = tuple(TELLS if callable(each) else each for each in given)
        wanted = Wanted(seat_of(self._desk), act, told_to)
        async with self._one:
            process = await self._begun()
            assert process.stdin is not None  # noqa: S101 - it has both
            assert process.stdout is not None  # noqa: S101
            try:
                process.stdin.write(frame(wanted))
                while (told := await _next(process.stdout)).far is not None:
                    if tell is not None:
                        tell(*told.far)
            except EOFError:  # it has ended by itself
                self._process = None
                await process.wait()
                raise
            except BaseException:
                await self._close()  # nobody waits for it: no write of it is ever half
                raise
            self._rest()
        if told.refused is not None:
            raise told.refused
        return told.answer

    def _go_on(self) -> None:
        if self._left:
            raise GivenUp("The console is being left.")

    async def _begun(self) -> Process:
        self._go_on()
        if self._idle is not None:
            self._idle.cancel()
        if self._process is None or self._process.returncode is not None:
            words = program(self._desk.folder.home)
            self._process = await asyncio.create_subprocess_exec(
                *words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=WHERE
            )
        return self._process

    def _rest(self) -> None:
        """Let the process end if nobody asks for anything for a while."""
        self._idle = asyncio.get_running_loop().call_later(_IDLE_SECONDS, self._end)

    def _end(self) -> None:
        if not self._one.locked():
            self._ending = asyncio.create_task(self._close())


async def _next(answers: asyncio.StreamReader) -> Told:
    size = int.from_bytes(await answers.readexactly(SIZE))
    told: Told = pickle.loads(await answers.readexactly(size))  # noqa: S301 - of our own process
    return told
