"""Ids that grow with time, so that rows can be related before they are written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import Final

_EPOCH: Final = 1_577_836_800
"""2020-01-01: ids count from there."""


def random_bits(count: int) -> int:
    """Make a random number; the same as ``secrets.randbits``, whose import takes 4 ms.

    Args:
        count: How many bits it has at most.

    Returns:
        The number.
    """
    spare = -count % 8
    return int.from_bytes(os.urandom((count + spare) // 8)) >> spare


class _Tape(local):
    """What a thread was given before; a default of the class, since asking in vain is slow."""

    ids: list[int] | None = None
    place = 0


class Ids:
    """Makes ids that grow with time, so that they can be given before a row is written."""

    def __init__(self, bits: Callable[[int], int] = random_bits) -> None:
        """Begin below every id.

        Args:
            bits: Gives a number of so many random bits; a seeded one for made-up histories.
        """
        self._bits = bits
        self._last = 0
        self._lock = Lock()
        self._tape = _Tape()

    @contextmanager
    def taped(self, tape: list[int]) -> Iterator[None]:
        """Give what this thread makes inside from a list, and write down there what is new.

        Args:
            tape: The ids that an act was given before, in order; it grows.

        Yields:
            Nothing.
        """
        self._tape.ids, self._tape.place = tape, 0
        try:
            yield
        finally:
            self._tape.ids = None

    def make(self, at: int, count: int = 1) -> int:
        """Make one, or several in a row.

        Args:
            at: The moment, in seconds UTC.
            count: How many.

        Returns:
            The first: a number of at most 62 bits, above every one made here before for that
            moment.
        """
        tape = self._tape.ids
        if tape is None or count > 1:
            return self._made(at, count)
        if self._tape.place == len(tape):
            tape.append(self._made(at, 1))
        self._tape.place += 1
        return tape[self._tape.place - 1]

    def _made(self, at: int, count: int) -> int:
        with self._lock:
            made = max(0, at - _EPOCH) << 30 | self._bits(30)
            first = made if made > self._last or made >> 30 < self._last >> 30 else self._last + 1
            self._last = first + count - 1
            return first

    def salts(self, count: int) -> tuple[str, ...]:
        """Make the salts of an entry's values.

        Args:
            count: How many.

        Returns:
            Each 16 hexadecimal digits.
        """
        return tuple(self._bits(64 * count).to_bytes(8 * count).hex(" ", 8).split())
