"""A playbook walked with a made-up caller: for who keeps it, and for who learns it."""

from __future__ import annotations

from functools import partial
from typing import Final

from textual.app import ComposeResult
from textual.content import Content

from helpdesk.desk.trial import CALLER, Trial, try_playbook
from helpdesk.domain.playbook import DONE, DONT_KNOW, NO, YES
from helpdesk.errors import NotAllowed
from helpdesk.tui.playbook_lines import RunShown, playbook_lines
from helpdesk.tui.screens.base import EVERYWHERE, DeskScreen
from helpdesk.tui.screens.ticket import hung
from helpdesk.tui.widgets.pane import Pane

_ANSWERS: Final = {"y": YES, "n": NO, "d": DONT_KNOW, " ": DONE}
_HOW: Final = f" Preview with a made-up caller, {CALLER}. bksp goes back, e shows the e-mail."


class PreviewScreen(DeskScreen):
    """One walk; nothing of it is written down."""

    TITLE_OF_SCREEN = "preview"
    CSS = "#preview { height: 1fr; }"

    def __init__(self, slug: str) -> None:
        """Take the playbook.

        Args:
            slug: Its slug.
        """
        super().__init__()
        self._slug = slug
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
            desk = self.console.desk
            self._trial = try_playbook(desk, desk.library.playbooks[self._slug])
        self._show()

    async def take_key(self, key: str, character: str | None) -> bool:
        """Answer, go back, or read it as an e-mail."""
        trial = self._trial
        if trial is None or self.console.keymap.command(key, self.live()):
            return False
        self._as_letter = character == "e" and not self._as_letter
        if key == "backspace":
            trial.back()
        elif character and character != "e":
            self._answer(trial, character)
        self._show()
        return True

    async def do_menu_leave(self) -> None:
        """Back to the playbook."""
        await self.console.pop_screen()

    def _answer(self, trial: Trial, character: str) -> None:
        step = trial.run.current
        choices = step.choices() if step else ()
        if character in "123456789" and int(character) <= len(choices):
            trial.answer(choices[int(character) - 1].key)
        elif character in _ANSWERS:
            trial.answer(_ANSWERS[character])
        else:
            raise NotAllowed(f"“{character}” answers nothing here: take a key that is shown.")

    def _show(self) -> None:
        trial = self._trial
        if trial is None:
            return
        pane = self.query_one("#preview", Pane)
        if self._as_letter:
            pane.show(lambda width, height: _letter_lines(trial, width)[:height])
            return
        shown = RunShown(trial.run, 0, 0, trial.said, titles=self.console.symptom_title)
        pane.show(lambda width, height: _lines(shown, width, height))


def _lines(shown: RunShown, width: int, height: int) -> list[Content]:
    return [*playbook_lines(shown, width, height - 1), Content.styled(_HOW, "$foreground-muted")]


def _letter_lines(trial: Trial, width: int) -> list[Content]:
    lay = partial(hung, width=width - 1)
    return [Content(part) for text in trial.letter().text.splitlines() for part in lay(text)]
