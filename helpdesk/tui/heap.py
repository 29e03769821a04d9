"""Has the C library keep less memory than it would by itself."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Final

_ARENA_MAX: Final = -8


def share_heap() -> None:
    """Have all threads take memory from one heap, before there are any.

    Each would have its own, and keep what it once needed: 5 MB more. They seldom wait for each
    other, since all but SQLite's work is done by one at a time anyway. C libraries that know of
    no such heaps are left alone.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
