"""What every state of the plain lines has in common: what it says, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

from helpdesk.errors import NotAllowed

if TYPE_CHECKING:
    from helpdesk.plain.console import LineConsole

NAMED = 3
"""The most signs of a refused line that are repeated: a longer one may hold a secret."""


class State:
    """One state: one prompt at a time."""

    is_text = False
    """Whether a line is text here, so that letters typed ahead must not reach it."""

    def __init__(self, console: LineConsole) -> None:
        """Take the console.

        Args:
            console: The plain lines.
        """
        self.console = console

    def asks(self) -> Iterator[str]:
        """What is said when this state begins, a line each."""
        yield from ()

    def helps(self) -> Iterator[str]:
        """What can be typed now, a line each."""
        yield from ()

    def take(self, typed: str) -> None:
        """Take a line.

        Args:
            typed: The line without blanks at its ends; empty for Enter alone.
        """

    def keys(self, typed: str) -> str:
        """The keys that a line stands for, to be taken one after the other.

        Args:
            typed: The line.

        Returns:
            One sign a key; empty when the line is no row of keys here.
        """
        del typed
        return ""


class KeyState(State):
    """A state in which letters are commands, the same as in the console."""

    WITH_WORDS: ClassVar[frozenset[str]] = frozenset()
    """Commands that take the rest of their line."""

    def live(self) -> tuple[str, ...]:
        """The commands that work here, those that the help names first."""
        return ()

    def take_enter(self) -> None:
        """Take an empty line."""
        raise NotAllowed("There is nothing to take here: ? says what can be typed.")

    def take_other(self, typed: str) -> bool:
        """Take a line that is no command; says whether something was done.

        Args:
            typed: The line.
        """
        del typed
        return False

    def refusal(self, typed: str) -> str:
        """Why a line does nothing here.

        Args:
            typed: The line.
        """
        said = f"“{typed}” does" if len(typed) <= NAMED else "These words do"
        return f"{said} nothing here: ? says what can be typed."

    def helps(self) -> Iterator[str]:
        """Every command with its key."""
        keymap = self.console.keymap
        for command in keymap.described(self.live()):
            key = keymap.key(command.id)
            yield f"{command.id if key.startswith('ctrl') else key}  {command.what}"

    def take(self, typed: str) -> None:
        """Do what a command says, or take the line as the state does."""
        if not typed:
            self.take_enter()
            return
        word, _, rest = typed.partition(" ")
        command = self._named(typed)
        if command:
            self._doing(command)()
        elif (command := self._named(word)) in self.WITH_WORDS:
            self._doing(command)(rest.strip())
        elif not self.take_other(typed):
            raise NotAllowed(self.refusal(typed))

    def do_help(self) -> None:
        """Say what can be typed now."""
        for each in self.helps():
            self.console.say(each)

    def do_quit(self) -> None:
        """Leave; a call that goes on is parked first."""
        self.console.leave()

    def _named(self, word: str) -> str:
        """The command that a word names, by its key or its name; empty for none."""
        keymap = self.console.keymap
        named = (each for each in self.live() if word in {keymap.key(each), each})
        return next(named, "")

    def _doing(self, command: str) -> Callable[..., None]:
        """The method that does a command; one with words takes them."""
        doing: Callable[..., None] = getattr(self, f"do_{command.replace('-', '_')}")
        return doing


class TextState(State):
    """A state in which a line is text; only ``esc`` leaves it."""

    is_text = True

    def take(self, typed: str) -> None:
        """Leave, or take the text."""
        if typed == self.console.keymap.key("box-leave"):
            self.do_leave()
        else:
            self.take_text(typed)

    def take_text(self, typed: str) -> None:
        """Take the text.

        Args:
            typed: The line; empty for Enter alone.
        """

    def do_leave(self) -> None:
        """Leave without it."""


class ChoiceState(State):
    """A list from which a line chooses: by its key, or the first one by an empty line."""

    def choices(self) -> dict[str, str]:
        """What can be chosen: words by key, the first one is taken by an empty line."""
        return {}

    def choose(self, key: str) -> None:
        """Take a choice.

        Args:
            key: One of those listed.
        """

    def do_leave(self) -> None:
        """Leave without a choice."""

    def helps(self) -> Iterator[str]:
        """The list again."""
        yield from (f"{key}  {said}" for key, said in self.choices().items())
        yield f"enter  the first of these, {self.console.keymap.key('menu-leave')}  leave"

    def take(self, typed: str) -> None:
        """Choose, or leave."""
        choices = self.choices()
        if typed in choices or not (typed or not choices):
            self.choose(typed or next(iter(choices)))
        elif typed == self.console.keymap.key("menu-leave"):
            self.do_leave()
        else:
            said = f"“{typed}” is" if len(typed) <= NAMED else "That is"
            raise NotAllowed(f"{said} no choice here: ? lists them.")
