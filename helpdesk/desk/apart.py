"""Makes things in a process of its own, so that another core can go on with them meanwhile."""

from __future__ import annotations

import gc
import marshal
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from queue import Queue
from threading import Thread
from typing import Any, BinaryIO, Final

import helpdesk.errors
from helpdesk.errors import HelpdeskError, StoreProblem

_AHEAD: Final = 64
"""How many things may be made before anybody takes them."""

_SIZE: Final = 8
"""In how many bytes the size of a thing is written."""


def made_apart(things: Iterable[Any]) -> Iterator[Any]:
    """Hand on what is made, made by a copy of this process.

    Args:
        things: Tuples, lists, texts and numbers; made there, one after the other, never far
            ahead of whoever takes them. Nothing that has a connection may be used in it.

    Yields:
        The same.

    Raises:
        HelpdeskError: The one that making them raised there.
        StoreProblem: When that process ended before everything was made.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _make(things, os.fdopen(writing, "wb"))
    os.close(writing)
    try:
        with os.fdopen(reading, "rb", 1 << 20) as frames:
            while (frame := _next(frames)) is not None:
                done, thing = frame
                if done:
                    _raise(thing)
                    return
                yield thing
        raise StoreProblem("What makes the rows ended too early: nothing was kept, try again.")
    finally:
        os.waitpid(child, 0)


def _next(frames: BinaryIO) -> tuple[bool, Any] | None:
    size = int.from_bytes(frames.read(_SIZE))
    written = frames.read(size)
    if not size or len(written) < size:
        return None
    frame: tuple[bool, Any] = marshal.loads(written)  # noqa: S302 - from a copy of ourselves
    return frame


def _make(things: Iterable[Any], frames: BinaryIO) -> None:
    """Make everything and end; nothing of what the copied process had open is closed by it."""
    gc.freeze()  # what the process was copied with is never looked through again
    gc.set_threshold(100_000, 50, 50)
    made: Queue[bytes] = Queue(_AHEAD)
    sending = Thread(target=_send, args=(made, frames))
    sending.start()
    try:
        with suppress(KeyboardInterrupt):
            try:
                for thing in things:
                    made.put(marshal.dumps((False, thing)))
                told = ("", "")
            except HelpdeskError as error:
                told = (type(error).__name__, str(error))
            made.put(marshal.dumps((True, told)))
            made.put(b"")
            sending.join()
    finally:
        os._exit(0)


def _send(made: Queue[bytes], frames: BinaryIO) -> None:
    """Hand on what is made, each thing after its size, until there is no more or nobody takes it.

    A pipe holds less than one thing; whoever takes them does so in spurts.
    """
    with suppress(OSError):
        while thing := made.get():
            frames.write(len(thing).to_bytes(_SIZE))
            frames.write(thing)
            frames.flush()
        return
    os._exit(0)


def _raise(told: tuple[str, str]) -> None:
    name, said = told
    if name:
        raise getattr(helpdesk.errors, name)(said)
