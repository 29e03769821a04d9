"""How times and promises are said, and texts that fit their place on the screen."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from helpdesk.domain.safe_text import is_plain
from helpdesk.domain.words import (
    PROMISES,
    SOURCES,
    STATUS_SIGNS,
    call_clock,
    clock,
    moment,
    promise_words,
    time_of_day,
)

__all__ = (
    "PROMISES", "SOURCES", "STATUS_SIGNS", "call_clock", "clock", "fitted", "is_narrow",
    "moment", "promise_words", "time_of_day",
)  # fmt: skip


def fitted(text: str, width: int) -> str:
    """Text cut to a width, padded to it, with an ellipsis where something is missing.

    Args:
        text: One line.
        width: Cells.

    Returns:
        Exactly that many cells.
    """
    if width <= 0:
        return ""
    if is_narrow(text):
        return text.ljust(width) if len(text) <= width else f"{text[: width - 1]}…"
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return f"{set_cell_size(text, width - 1)}…"


def is_narrow(text: str) -> bool:
    """Whether each sign of a text takes one cell; most do, and measuring takes long.

    Args:
        text: One line.

    Returns:
        Whether it is as wide as it is long.
    """
    return (
        is_plain(text)
        or text.isascii()
        or all(cell_len(sign) == 1 for sign in set(text) if sign > "~")
    )


def with_untaken(parts: list[str], untaken: int, less: tuple[str, ...], room: int) -> list[str]:
    """Add to the parts of the first line how much of the hand-over nobody has taken.

    Args:
        parts: What the line says already.
        untaken: How many lines of the sheet are untaken.
        less: Parts that may give way to it.
        room: Cells that there are.

    Returns:
        The parts, the shortest way to say it where the line is narrow.
    """
    if not untaken:
        return parts
    kept = [part for part in parts if part not in less]
    whole, short = f"hand-over {untaken} untaken", f"{untaken} untaken"
    for tried in ([*parts, whole], [*kept, whole]):
        if cell_len(" | ".join(tried)) <= room:
            return tried
    return [*kept, short]
