"""Taking words out of a ticket for good: what, why, where it stands, and one key that does it."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.desk.holds import hold, holds_of, release
from helpdesk.desk.redacting import Redaction, look_for, redact
from helpdesk.desk.redaction_text import redaction_lines
from helpdesk.domain.removing import Sought, is_removed
from helpdesk.domain.safe_text import line
from helpdesk.errors import BadInput
from helpdesk.tui.changes.base import Changes, Steps
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.widgets.row_list import Row

_TYPED = "w"
_SHOWN = 60


class Redactions(Changes):
    """Words or whole notes are taken out; a hold keeps all of it."""

    def steps(self) -> Steps:
        """The changes, by key."""
        return {
            "R": ("redact: take words out for good (supervisors)", self._redact),
            "H": ("legal hold: nothing is redacted or purged (supervisors)", self._hold),
        }

    async def _redact(self) -> Question | str:
        self._console.desk.require("redact")
        notes = [each for each in self._history.notes if not is_removed(each.text)]
        rows = [Row(_TYPED, f"{_TYPED}  words, typed as they stand there")]
        rows += [
            Row(str(place), f"{place}  this note: {line(each.text, _SHOWN)}")
            for place, each in enumerate(notes, 1)
        ]

        async def chosen(key: str) -> Question | str:
            if key == _TYPED:
                asked = "Which words?  exactly as they stand; they are not kept anywhere"
                return Question(asked, self._why_typed, box=True)
            return self._why(Sought(notes[int(key) - 1].text, whole=True))

        return Question(f"Take what out of {self._number}?", chosen, rows)

    async def _why_typed(self, words: str) -> Question | str:
        return self._why(Sought(words))

    def _why(self, sought: Sought) -> Question:
        async def then(reason: str) -> Question | str:
            if not reason.strip():
                raise BadInput("Say why it is taken out: the reason is kept.")
            found = await self._console.thread.read(look_for, self._number, sought)
            if not found.places:
                return "It stands nowhere on this ticket exactly like this."
            told = tuple(await self._console.thread.read(_lines, found))
            return self._sure(sought, reason, told)

        return Question("Why?  kept in the journal; do not say it again there", then, box=True)

    def _sure(self, sought: Sought, reason: str, told: tuple[str, ...]) -> Question:
        async def then(key: str) -> str:
            if key != "y":
                return "Nothing was taken out."
            done = await self._console.thread.do(redact, self._number, sought, reason)
            left = (*done.left.backups, *done.left.files) if done.left else ()
            more = f" It is still in {', '.join(each.name for each in left)}." if left else ""
            return f"Taken out {done.times} times for good.{more}"

        rows = [Row("n", "n  leave it"), Row("y", "y  take it out: it cannot be undone")]
        return Question(f"Take it out of {self._number} for good?", then, rows, lines=told)

    async def _hold(self) -> Question | str:
        self._console.desk.require("hold")
        held = await self._console.thread.read(holds_of, self._number)
        own = any(each.said == self._number for each in held)
        act, asked = (release, "Why does the hold end?") if own else (hold, "Why is it held?")

        async def then(reason: str) -> str:
            return await self._console.thread.do(act, self._number, reason)

        return Question(f"{self._number}: {asked}", then, box=True)


def _lines(desk: Desk, found: Redaction) -> list[str]:
    return list(redaction_lines(desk, found))
