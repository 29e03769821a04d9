"""Whether the terminal erases cells in the colour of the ground: it says so in its description."""

from __future__ import annotations


def erases_in_colour() -> bool:
    """Look the terminal up in the descriptions of terminals on this machine.

    Returns:
        Whether it takes the common way to erase some cells and gives them the colour of the
        ground; ``False`` also where nothing is known of it.
    """
    import _curses  # noqa: PLC0415 - after the first screen

    try:
        _curses.setupterm(fd=2)  # what Textual draws on; nothing is written there
    except _curses.error:
        return False
    return bool(_curses.tigetflag("bce")) and _curses.tigetstr("ech") == b"\x1b[%p1%dX"
