"""A playbook walked with a made-up caller: for who keeps it, and for who learns it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from textwrap import wrap
from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from helpdesk.desk.trial import CALLER, Trial, try_playbook
from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES, Playbook
from helpdesk.domain.run_words import RunShown
from helpdesk.domain.safe_text import line
from helpdesk.errors import NotAllowed
from helpdesk.tui.playbook_lines import playbook_lines
from helpdesk.tui.screens.base import EVERYWHERE, DeskScreen
from helpdesk.tui.widgets.pane import Pane

_ANSWERS: Final = {"y": YES, "n": NO, "d": DONT_KNOW, " ": DONE}
_HOW: Final = f" Preview with a made-up caller, {CALLER}. bksp goes back, e shows the e-mail."
_HOW_LETTER: Final = " This is the e-mail as it stands. e goes back to the playbook."
_CUT: Final = " … and so on; helpdesk playbooks show --as e-mail prints all of it."


class PreviewScreen(DeskScreen):
    """One walk; nothing of it is written down."""

    TITLE_OF_SCREEN = "preview"
    CSS = "#preview { height: 1fr; }"

    def __init__(self, playbook: Playbook) -> None:
        """Take the playbook.

        Args:
            playbook: The playbook; the walk stays on it though its file changes.
        """
        super().__init__()
        self._playbook = playbook
        self._trial: Trial | None = None
        self._as_letter = False

    def body(self) -> ComposeResult:
        """The playbook, as on a call."""
        yield Pane("Playbook", id="preview")

    def live(self) -> tuple[str, ...]:
        """Leave; the answers are shown with their keys where they belong."""
        return ("menu-leave", *EVERYWHERE)

    async def refreshed(self) -> None:
        """Begin at the first step, once."""
        if self._trial is None:
            self._trial = try_playbook(self.console.desk, self._playbook)
        self._show()

    async def take_key(self, key: str, character: str | None) -> bool:
        """Answer, go back, or read it as an e-mail."""
        trial = self._trial
        if trial is None or self.console.keymap.command(key, self.live()):
            return False
        self._as_letter = character == "e" and not self._as_letter
        try:
            if key == "backspace":
                trial.back()
            elif character and character != "e":
                self._answer(trial, character)
        finally:
            self._show()
        return True

    async def do_menu_leave(self) -> None:
        """Back to the playbook."""
        await self.console.pop_screen()

    def _answer(self, trial: Trial, character: str) -> None:
        step = trial.run.current
        if step is None:
            raise NotAllowed("The playbook ends here: bksp goes back, esc leaves.")
        keys = {str(place): each.key for place, each in enumerate(step.choices(), 1)}
        answer = (keys | _ANSWERS).get(character, "")
        if not (step.answer(answer) or (answer == DONE and not step.answers)):
            raise NotAllowed(f"“{character}” answers nothing here: take a key that is shown.")
        trial.answer(answer)

    def _show(self) -> None:
        trial = self._trial
        if trial is None:
            return
        pane = self.query_one("#preview", Pane)
        if self._as_letter:
            written = [line(text, 2_000) for text in trial.letter().text.splitlines()]
            pane.show(lambda width, height: _letter_lines(written, width, height))
        else:
            shown = RunShown(trial.run, 0, 0, trial.said, titles=self.console.symptom_title)
            pane.show(lambda width, height: _lines(shown, width, height))


def _lines(shown: RunShown, width: int, height: int) -> list[Content]:
    return _with_last(playbook_lines(shown, width, height - 1), _HOW, height)


def _letter_lines(written: Sequence[str], width: int, height: int) -> list[Content]:
    lay = partial(wrap, width=max(20, width - 2))
    lines = [Content(f" {part}") for text in written for part in lay(text) or [""]]
    if len(lines) >= height > 1:
        lines[height - 2 :] = [Content.styled(_CUT, "$foreground-muted")]
    return _with_last(lines, _HOW_LETTER, height)


def _with_last(lines: Sequence[Content], last: str, height: int) -> list[Content]:
    """The lines with one at the foot of the pane that says which keys work."""
    room = max(0, height - 1)
    blank = [Content("")] * (room - len(lines))
    return [*lines[:room], *blank, Content.styled(last, "$foreground-muted")]
