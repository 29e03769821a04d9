"""Memory that nobody needs any more: swept, and the C library's heap given back to the system."""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress
from typing import Final

from rich.cells import cached_cell_len

GIVE_BACK_SECONDS: Final = 1
"""How often what is free is given back: it takes a few milliseconds. Where it waits for three
seconds, screens that were left push the heap 3 MB higher."""

_ARENA_MAX: Final = -8
"""What the C library is told how many heaps there may be by."""


def share_heap() -> None:
    """Have all threads take memory from one heap, before there are any.

    Each would have its own, and keep what it once needed: 5 MB more. They seldom wait for each
    other, since all but SQLite's work is done by one at a time anyway. C libraries that know of
    no such heaps are left alone.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give what nobody needs any more back to the system.

    A screen that was left is garbage until a sweep finds it, and of the C library's heap only the
    end is given back by itself: a console kept 5 MB of what its start had needed, 3 of screens.
    Rich remembers how wide the last 4,000 short texts were, the texts with it: another MB;
    Textual what it reckoned with rectangles that never come again, as much.
    """
    from textual.geometry import Region  # noqa: PLC0415 - what it imports waits for a moment

    for each in (cached_cell_len, *vars(Region).values()):
        if hasattr(each, "cache_clear"):
            each.cache_clear()
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
