"""When somebody else changed the same field: both values are shown, one key picks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from helpdesk.errors import FieldChanged
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row


async def picked(write: Callable[[str | None], Awaitable[str]], seen: str) -> Question | str:
    """Write a field, or ask which value is right when somebody else was quicker.

    Args:
        write: Writes it, given what the person saw there; says what was done.
        seen: What the person saw there.

    Returns:
        What was done, or the question.
    """
    try:
        return await write(seen)
    except FieldChanged as changed:
        return _which(write, changed)


def _which(write: Callable[[str | None], Awaitable[str]], changed: FieldChanged) -> Question:
    async def then(key: str) -> Question | str:
        if key == "1":
            return f"The {changed.field} stays “{changed.theirs}”."
        return await picked(write, changed.theirs)

    rows = [
        Row("1", f"1  leave “{changed.theirs or 'empty'}”"),
        Row("2", f"2  write “{changed.mine or 'empty'}”"),
    ]
    return Question("Which is right?", then, rows, lines=(str(changed),))
