"""The key that takes out for good what a clerk wrote on the call by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpdesk.domain.removing import Sought, checked
from helpdesk.errors import BadInput
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.screens.call import CallScreen


async def take_out(screen: CallScreen) -> None:
    """Ask what, why and whether it is meant; then nothing brings it back.

    Args:
        screen: The call screen.
    """

    async def words(typed: str) -> Question:
        sought = checked(Sought(typed))

        async def why(reason: str) -> Question:
            if not reason.strip():
                raise BadInput("Say why it is taken out: the reason is kept.")
            return _sure(screen, sought, reason)

        return Question("Why?  kept in the journal; do not say it again there", why, box=True)

    asked = "Take which words out of what you wrote on this call?  exactly as they stand"
    await screen.console.ask(Question(asked, words, box=True))


def _sure(screen: CallScreen, sought: Sought, reason: str) -> Question:
    async def then(key: str) -> str:
        if key != "y":
            return "Nothing was taken out."
        from helpdesk.desk.redacting import redact_own  # noqa: PLC0415 - hardly ever wanted

        done = await screen.act(redact_own, sought, reason)
        said = f"Taken out {done.times} times; nothing brings it back."
        screen.say(said)
        return said

    rows = [Row("n", "n  leave it"), Row("y", "y  take it out: it cannot be undone")]
    return Question("Take it out for good?", then, rows)
