"""What a clerk presses all day, drawn by lot: calls, lists, searches, reports, menus, help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final

ENTER: Final = "\r"
BACK: Final = "\x7f"
ESCAPE: Final = "\x1b[27u"
"""As terminals send it that can tell it from the beginning of another key."""

UP, DOWN, LEFT, RIGHT = ("\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C")
FIRST, LAST = ("\x1b[H", "\x1b[F")
PAGE_UP, PAGE_DOWN = ("\x1b[5~", "\x1b[6~")
EMPTY_BOX: Final = "\x15"

HOME: Final = (ESCAPE, ESCAPE, ESCAPE, "g", "h")
"""Back to the first screen, wherever one is off a call."""

_MOVES: Final = ("j", "j", "k", DOWN, UP, PAGE_DOWN, PAGE_DOWN, PAGE_UP, LAST, FIRST)
_SEARCHED: Final = (
    "firewall", "whitfield", "0144", "court:ianb linking", "status:open", "sort:oldest",
    "opened:2026-03", "sort:changed cache", "symptom:linking", "clerk:jlee", "dana", "is:late",
)  # fmt: skip
_CALLED: Final = ("whit", "dana", "2125550144", "3125550", "crandall", "field", "smi")
_WRONG: Final = ("li", "na", "fe", "du", "sl", "cj", "pw", "menus gone", "query error", "card")
_SAID: Final = (
    "asked to sign in again, page stays white", "will call the firm's own help first",
    "link works in another browser", "sent the steps by e-mail",
)  # fmt: skip
_OUTCOMES: Final = (("r",), ("d",), ("r", ENTER), ("w", ENTER, ENTER), ("b", ENTER, ENTER))
_ORDERED: Final = "abcdefghijklmopqrstuvwxyz0123456789"  # n begins a call

Deed = Callable[[Random], Iterator[str]]


def _some(chance: Random, keys: Sequence[str], most: int) -> Iterator[str]:
    yield from chance.choices(keys, k=chance.randint(1, most))


def _call(chance: Random) -> Iterator[str]:
    """A call from the ring to its outcome, some things looked up on the way."""
    yield "n"
    yield from chance.choice(_CALLED)
    yield from _some(chance, (DOWN, UP), 2)
    yield from (ENTER, ESCAPE, "s")
    yield from chance.choice(_WRONG)
    yield ENTER
    for _ in range(chance.randint(1, 6)):
        yield from _some(chance, ("y", "n", "d", " ", "1", BACK), 4)
        yield from chance.choice((_note, _read_on_a_call))(chance)
    yield from (ESCAPE, ESCAPE, "h", *chance.choice(_OUTCOMES))
    yield from (ESCAPE, "h", "d", ESCAPE, "h", "d")


def _note(chance: Random) -> Iterator[str]:
    yield from ("i", *chance.choice(_SAID), ENTER, ESCAPE)


def _read_on_a_call(chance: Random) -> Iterator[str]:
    yield from chance.choice((("C", DOWN), ("k",), ("?", PAGE_DOWN), ("a", DOWN), ("v", DOWN)))
    yield from (ESCAPE, ESCAPE)


def _list(chance: Random) -> Iterator[str]:
    """A list of any kind walked through, rows of it opened."""
    yield from ("g", chance.choice("tttcbip"))
    for _ in range(chance.randint(1, 4)):
        yield from _some(chance, _MOVES, 10)
        yield from (ENTER, *chance.choices(_MOVES, k=3), ESCAPE)


def _search(chance: Random) -> Iterator[str]:
    """Words typed letter by letter, what they find walked through, one of it opened."""
    yield from ("/", EMPTY_BOX, *chance.choice(_SEARCHED), ENTER)
    yield from (*chance.choices(_MOVES, k=6), ENTER, PAGE_DOWN, ESCAPE)


def _report(chance: Random) -> Iterator[str]:
    """A report, its picture, its formula, the tickets behind a figure."""
    yield from ("g", "r", chance.choice(_ORDERED))
    yield from _some(chance, (DOWN, RIGHT, LEFT, UP, "v", "r"), 8)
    yield from ("?", ESCAPE, ENTER, DOWN, ESCAPE)


def _palette(chance: Random) -> Iterator[str]:
    """A command looked for by its name, and left alone."""
    yield from (":", *chance.choice(("note", "rep", "wall", "find", "mer")), DOWN, UP, ESCAPE)


def _help(chance: Random) -> Iterator[str]:
    yield from ("?", *_some(chance, (PAGE_DOWN, DOWN, UP), 4), ESCAPE)


def _sheets(chance: Random) -> Iterator[str]:
    yield from chance.choice((("g", "w"), ("H", DOWN), ("g", "f"), ("g", "a", PAGE_DOWN)))


_DEEDS: Final[Sequence[Deed]] = (
    _call, _call, _call, _list, _list, _search, _search, _report, _palette, _help, _sheets,
)  # fmt: skip


def deeds(seed: int) -> Iterator[list[str]]:
    """Draw what is done, one thing after the other, without end.

    Args:
        seed: The same one draws the same.

    Yields:
        The keys of one thing that is done, begun on the first screen and ended there.
    """
    chance = Random(seed)  # noqa: S311 - nobody is to be surprised
    while True:
        yield [*chance.choice(_DEEDS)(chance), *HOME]
