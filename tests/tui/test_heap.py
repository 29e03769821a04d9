"""What a console does not need any more goes back to the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cached_cell_len, cell_len

from helpdesk.tui.heap import give_back

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="only Linux tells how much memory it is"
)

HOLES = """
import ctypes
from pathlib import Path
from helpdesk.tui.heap import give_back, share_heap

def pages():
    return int(Path("/proc/self/statm").read_text().split()[1])

share_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
held = [libc.malloc(60_000) for _ in range(1_000)]
for each in held:
    ctypes.memset(each, 1, 60_000)
for each in held[:-1]:  # the last one keeps the end of the heap where it is
    libc.free(each)
before = pages()
give_back()
print(before - pages())
"""


def test_holes_in_the_heap_are_given_back() -> None:
    told = subprocess.run(
        [sys.executable, "-c", HOLES], capture_output=True, text=True, check=True
    ).stdout
    assert int(told) * 4096 > 40_000_000


CYCLES = """
import gc
import weakref
from helpdesk.tui.heap import give_back

class Screen:
    pass

gc.disable()
screen = Screen()
screen.itself, left = screen, weakref.ref(screen)
del screen
give_back()
print(left() is None)
"""


def test_what_only_holds_itself_is_let_go_of() -> None:
    told = subprocess.run(
        [sys.executable, "-c", CYCLES], capture_output=True, text=True, check=True
    ).stdout
    assert told == "True\n"


def test_widths_of_texts_are_not_remembered_for_good() -> None:
    cell_len("a text that is not seen any more")
    give_back()
    assert cached_cell_len.cache_info().currsize == 0
