"""Text from a person or a file, made harmless for a terminal (PITFALLS A1 to A8, E3)."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category, normalize

_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_DROPPED: Final = (
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0),  # control signs, C1 among them
    0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070),  # bidi
    0x2028, 0x2029, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
)  # fmt: skip
_WIDTHS_DIFFER: Final = (
    0xAD, 0x034F, 0x115F, 0x1160, 0x200C, 0x200D, 0x3164, 0xFFA0,  # joiners and fillers
    *range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), *range(0xE0100, 0xE01F0),
)  # fmt: skip
"""Terminals disagree on how many cells what holds one of these takes: it is left out."""
_FLAGS: Final = {0x1F1E6 + place: chr(ord("A") + place) for place in range(26)}
"""Letters that are a flag in twos, and as wide as each terminal likes alone."""
_LINE: Final = (
    dict.fromkeys(_DROPPED, _REPLACED)
    | dict.fromkeys((0x09, 0x0A, 0x0D), " ")
    | dict.fromkeys(_WIDTHS_DIFFER)
    | _FLAGS
)
_BLOCK: Final = _LINE | {0x0A: "\n", 0x0D: None, 0x09: "    "}
_PLAIN: Final = re.compile("[ -~¡-¬®-ɏ‐-‧]*")
"""What is left as it is and takes one cell a sign: Latin letters, dashes, quotes, an ellipsis."""
_MOST_MARKS: Final = 2
_NO_LETTERS: Final = re.compile(r"[^\w\x00-\x7f]+")
"""Where marks can be; they are no letters."""
_WORD: Final = re.compile(r"\w+")
_NO_LETTER: Final = re.compile(r"\W")
_WORD_WITH_MARKS: Final = re.compile(r"\w\S*")
_UNSURE: Final = frozenset({"Mc", "Cn", "Cf"})
"""Marks with a width, signs that are not known, and controls: terminals disagree on them."""


def line(text: object, limit: int = 500) -> str:
    """One line for a cell, a title or a message.

    Args:
        text: Anything; its text is taken.
        limit: The most characters.

    Returns:
        The text without control signs, cut with an ellipsis when it is too long.
    """
    said = str(text)
    said = said if len(said) <= limit else said[: limit - 1] + "…"
    if is_plain(said):
        return said
    return _few_marks(storable(said).translate(_LINE))


def is_plain(text: str) -> bool:
    """Whether a text surely is harmless as it stands, and as many cells wide as it is long.

    Args:
        text: One line.

    Returns:
        ``False`` also where it would have to be looked at sign by sign.
    """
    return text.isprintable() if text.isascii() else _PLAIN.fullmatch(text) is not None


def block(text: object, limit: int = 100_000) -> str:
    """Several lines for a body.

    Args:
        text: Anything; its text is taken.
        limit: The most characters.

    Returns:
        The text without control signs, its line breaks kept.
    """
    said = str(text)
    if len(said) > limit:
        said = f"{said[:limit]}… ({len(said) - limit} more characters)"
    if said.isascii() and said.replace("\n", "").isprintable():
        return said
    return _few_marks(storable(said).translate(_BLOCK))


def storable(text: str) -> str:
    """Text that any database and any file can hold.

    Args:
        text: What was typed or pasted.

    Returns:
        The text with NUL and lone surrogates replaced.
    """
    if text.isascii() and "\0" not in text:
        return text
    made = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return made.replace("\0", _REPLACED)


def words_in(text: str) -> list[str]:
    """The words of a text, to be looked for in an index.

    Args:
        text: What somebody typed, or a name.

    Returns:
        Each with the marks that belong to its letters, such as vowels of Thai and Devanagari:
        the index parts words at some of them, and takes such parts as standing side by side.
    """
    if text.isascii():
        return _WORD.findall(text)
    return _WORD_WITH_MARKS.findall(_NO_LETTER.sub(_mark_or_blank, normalize("NFC", text)))


def _mark_or_blank(sign: re.Match[str]) -> str:
    return sign[0] if category(sign[0]).startswith("M") else " "


def _few_marks(text: str) -> str:
    """Leave at most two marks on a letter, so that none climb over other lines."""
    return text if text.isascii() else _NO_LETTERS.sub(_tamed, text)


def _tamed(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in run[0]:
        kind = category(sign)
        marks = marks + 1 if kind == "Mn" else 0
        if marks <= _MOST_MARKS and kind != "Me":  # what is drawn round a sign not all can draw
            kept.append(_REPLACED if kind in _UNSURE else sign)
    return "".join(kept)
