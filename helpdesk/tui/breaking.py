"""Breaks long lines a line at a time, where ``textwrap`` would, which takes ten times as long."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import TextWrapper
from typing import Final

from rich.cells import cell_len, get_character_cell_size

from helpdesk.domain.safe_text import is_plain, line

_FURTHER_IN: Final = 4
_LEAST: Final = 20
_PARTS: Final = TextWrapper.wordsep_re
"""Parts a word where a line may end in it: at hyphens between letters, and at dashes."""


def hung(text: str, width: int) -> Iterator[str]:
    """Break a line so that what goes on stands further in than where it began.

    Args:
        text: One line, however long.
        width: Cells to a line.

    Yields:
        The lines, at least one.
    """
    text, width = line(text, max(1, len(text))), max(_LEAST, width)
    indent = min(len(text) - len(text.lstrip()), width // 2)
    text = " " * indent + text.lstrip()
    at, first, before, room = 0, indent, "", width
    blank, all_one = " " * (indent + _FURTHER_IN), is_plain(text)
    while len(text) - at > room or (not all_one and cell_len(text[at:]) > room):
        end = _end(text, at, first, room if all_one else _signs(text, at, room))
        yield before + text[at:end].rstrip(" ")
        while text[end : end + 1] == " ":
            end += 1
        at = first = end
        before, room = blank, width - len(blank)
    rest = text[at:].rstrip(" ")
    if rest or not before:
        yield before + rest


def _signs(text: str, at: int, room: int) -> int:
    """How many signs have room in so many cells, at most one in each."""
    if cell_len(text[at : at + room]) <= room:
        return room
    cells = 0
    for signs, sign in enumerate(text[at : at + room]):
        cells += get_character_cell_size(sign)
        if cells > room:
            return max(1, signs)
    return room


def _end(text: str, at: int, first: int, room: int) -> int:
    """Where a line ends that is full: behind a word, in one that may be parted, or anywhere.

    Args:
        text: All of the text.
        at: Where the line begins.
        first: Where its first word begins.
        room: How many signs it has room for; there are more.

    Returns:
        The place of the first sign that has no room any more; blanks may come before it.
    """
    last = at + room
    if text[last : last + 1] == " ":
        return last
    word = max(first, text.rfind(" ", at, last) + 1)
    stop = text.find(" ", last, word + room + 1)
    if stop < 0:
        stop = min(len(text), word + room + 1)
    if "-" in text[word:stop]:
        return _end_in_word(text, word, last, room)
    return word if first < word and stop - word <= room else last


def _end_in_word(text: str, word: int, last: int, room: int) -> int:
    """Where a line ends whose last word may be parted, or is too long for any line."""
    begins = word
    seen, *_ = text[word : word + 4 * room].split(" ", 1)
    for part in filter(None, _PARTS.split(seen)):
        if begins + len(part) > last:
            if len(part) > room:
                hyphen = part.rfind("-", 0, last - begins)
                return begins + hyphen + 1 if part[:hyphen].strip("-") else last
            break
        begins += len(part)
    return begins
