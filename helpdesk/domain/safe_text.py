"""Text from a person or a file, made harmless for a terminal (PITFALLS A1 to A8, E3)."""

from __future__ import annotations

from typing import Final

_REPLACED: Final = "\N{REPLACEMENT CHARACTER}"
_DROPPED: Final = (
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0),  # control signs, C1 among them
    0x061C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070),  # bidi
    0x2028, 0x2029, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xD800, 0xE000),
    *range(0xE0000, 0xE0080),
)  # fmt: skip
_WIDTHS_DIFFER: Final = (0xFE0F, *range(0x1F3FB, 0x1F400))  # terminals disagree on these
_LINE: Final = (
    dict.fromkeys(_DROPPED, _REPLACED)
    | dict.fromkeys((0x09, 0x0A, 0x0D), " ")
    | dict.fromkeys(_WIDTHS_DIFFER)
)
_BLOCK: Final = _LINE | {0x0A: "\n", 0x0D: None, 0x09: "    "}
_MOST_MARKS: Final = 2


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
    if said.isascii() and said.isprintable():
        return said
    return _few_marks(said.translate(_LINE))


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
    return _few_marks(said.translate(_BLOCK))


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


def _few_marks(text: str) -> str:
    """Leave at most two combining marks on a letter, so that none climb over other lines."""
    if text.isascii():
        return text
    kept, marks = [], 0
    for sign in text:
        marks = marks + 1 if 0x0300 <= ord(sign) <= 0x036F else 0  # noqa: PLR2004
        if marks <= _MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
