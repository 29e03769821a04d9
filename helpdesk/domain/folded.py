"""Rows that are kept small while few of them are looked at."""

from __future__ import annotations

import pickle
import zlib
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final, Generic, TypeVar, overload

T = TypeVar("T")
U = TypeVar("U")

_STRETCH: Final = 256
"""How many rows are folded up together."""

_OPEN: Final = 2
"""How many stretches are kept unfolded: a screen seldom shows rows of more."""


class Few(Sequence[T]):
    """Rows of which a few are wanted at a time: whoever makes it says what one row is."""

    @abstractmethod
    def row(self, place: int) -> T:
        """The row at a place, from 0."""

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...

    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """One row, or some of them."""
        if isinstance(place, slice):
            return tuple(self.row(each) for each in range(*place.indices(len(self))))
        return self.row(range(len(self))[place])


class Folded(Few[T]):
    """Rows folded up in stretches: they take a tenth of the room, and are unfolded as wanted."""

    def __init__(self, rows: Iterable[T]) -> None:
        """Fold rows up.

        Args:
            rows: The rows, of any values that a process can hand to another.
        """
        going = iter(rows)
        self._many, self._stretches = 0, []
        while stretch := tuple(islice(going, _STRETCH)):
            self._many += len(stretch)
            self._stretches.append(zlib.compress(pickle.dumps(stretch), 1))

    def __len__(self) -> int:
        """How many rows there are."""
        return self._many

    def __iter__(self) -> Iterator[T]:
        """All rows, a stretch unfolded at a time."""
        return chain.from_iterable(map(_unfolded, self._stretches))

    def row(self, place: int) -> T:
        """The row at a place, from 0."""
        found: T = _unfolded(self._stretches[place // _STRETCH])[place % _STRETCH]
        return found


class Each(Few[U], Generic[T, U]):
    """What is made of rows, each made when it is wanted."""

    def __init__(self, rows: Sequence[T], made: Callable[[T, int], U]) -> None:
        """Take the rows.

        Args:
            rows: The rows.
            made: Makes something of a row and its place.
        """
        self._rows, self._made = rows, made

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def __iter__(self) -> Iterator[U]:
        """What is made of all rows, one after the other."""
        return map(self._made, self._rows, range(len(self._rows)))

    def row(self, place: int) -> U:
        """What is made of the row at a place, from 0."""
        return self._made(self._rows[place], place)


def folded(rows: Iterable[T]) -> Sequence[T]:
    """Fold rows up where there are so many that it is worth it.

    Args:
        rows: The rows.

    Returns:
        The same rows.
    """
    going = iter(rows)
    first = tuple(islice(going, _STRETCH + 1))
    return first if len(first) <= _STRETCH else Folded(chain(first, going))


@lru_cache(maxsize=_OPEN)
def _unfolded(stretch: bytes) -> tuple[Any, ...]:
    rows: tuple[Any, ...] = pickle.loads(zlib.decompress(stretch))  # noqa: S301 - folded here
    return rows
