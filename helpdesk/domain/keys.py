"""Which key does what at a desk: the keys as shipped, and those that its settings moved.

Textual's own bindings run only after a key has travelled through the queues of widget, screen
and app; whoever types ``n0144`` quickly would find the digits on the wrong screen. So the app
looks the key up here first, in the order in which keys were pressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Final

from helpdesk.domain.commands import AFTER_HANG_UP, COMMANDS, Command
from helpdesk.errors import BadFile, Fault

_NAMES: Final = {
    "question_mark": "?", "colon": ":", "slash": "/", "space": "space", "escape": "esc",
    "backspace": "bksp", "enter": "enter", "pagedown": "pgdn", "pageup": "pgup", "tab": "tab",
    "shift+tab": "shift+tab", "full_stop": ".", "comma": ",", "asterisk": "*",
}  # fmt: skip


_TEXTUAL: Final = {name: textual for textual, name in _NAMES.items()}
_PRINTED: Final = ("question_mark", "colon", "slash", "space", "full_stop", "comma", "asterisk")


_EITHER: Final = ({"box-next", "not-sure"}, {"help", "formula"})
"""Commands that share a key, as each works where the other does not."""

_YIELDS: Final = {"fill-in": "f9"}
"""Commands that came after desks had moved keys: where theirs is taken they have this one."""

_CTRL: Final = "defgkloprux"  # the other letters belong to terminals and browsers


class Keymap:
    """Which key does what at this desk."""

    def __init__(
        self, moved: Mapping[str, str] | None = None, places: Mapping[str, str] | None = None
    ) -> None:
        """Take the keys that the settings moved.

        Args:
            moved: New keys by command.
            places: ``file:line:column`` of each of them, for messages.

        Raises:
            BadFile: When a command is not known, a key is none, or two commands of one place
                would share a key.
        """
        self._commands = {command.id: command for command in COMMANDS}
        self._keys = {command.id: command.key for command in COMMANDS}
        wanted = moved or {}
        for command, key in wanted.items():  # all at once, so that two can change places
            if command in self._commands:
                self._keys[command] = _TEXTUAL.get(key, key)
        for command, key in _YIELDS.items():
            if command not in wanted and any(self._takes(each, command) for each in wanted):
                self._keys[command] = key
        faults = [
            _fault((places or {}).get(command, ""), message)
            for command, key in wanted.items()
            if (message := self._refusal(command, key))
        ]
        if faults:
            raise BadFile(faults)

    def command(self, key: str, live: Iterable[str]) -> Command | None:
        """Find what a key does now.

        Args:
            key: The key as Textual names it.
            live: The commands that work now.

        Returns:
            The command, or ``None``.
        """
        for each in live:
            if self._keys[each] == key:
                return self._commands[each]
        return None

    def key(self, command: str) -> str:
        """The key of a command as people read it.

        Args:
            command: Its id.

        Returns:
            Such as ``esc`` or ``U``.
        """
        key = self._keys[command]
        return _NAMES.get(key, key)

    def described(self, live: Iterable[str]) -> list[Command]:
        """The commands that work now.

        Args:
            live: Their ids.

        Returns:
            The commands, in order.
        """
        return [self._commands[each] for each in live]

    def _takes(self, moved: str, other: str) -> bool:
        """Whether a command that was moved has the key of another one that works where it does."""
        one = self._commands.get(moved)
        return (
            one is not None
            and self._keys[moved] == self._keys[other]
            and _together(one, self._commands[other])
        )

    def _refusal(self, command: str, key: str) -> str:
        if command not in self._commands:
            near = get_close_matches(command, self._commands, 1)
            meant = f" Did you mean {near[0]}?" if near else " The help (?) names them all."
            return f"there is no command “{command}”.{meant} Without the line the console opens."
        named, moved = self._keys[command], self._commands[command]
        if not _is_key(named):
            return f"“{key}” is not a key here: use a letter, f2 to f9, or ctrl+ one of {_CTRL}."
        if _while_typing(moved) and (len(named) == 1 or named in _PRINTED):
            return f"“{key}” types a sign, and “{command}” works while one types: use f2 to f9."
        for other in COMMANDS:
            if self._takes(command, other.id):
                return f"the key “{key}” of “{command}” is taken by “{other.id}”: choose another."
        return ""


def _while_typing(command: Command) -> bool:
    return command.where == "in a box" or command.id in {
        "palette-too", "quit", "quit-too", "menu-leave",
    }  # fmt: skip


def _together(one: Command, other: Command) -> bool:
    """Whether two commands are ever live at the same time."""
    places = {one.where, other.where}
    if one.id == other.id:
        return False
    apart = (
        {"in a box", "in a menu"}, {"off a call", "on a sheet"}, {"off a call", "on a report"},
    )  # fmt: skip
    if places in apart or {one.id, other.id} in _EITHER:
        return one.key != other.key  # each works where the other does not
    if places == {"on a call", "at the end of a call"}:
        return not {one.id, other.id}.isdisjoint(AFTER_HANG_UP)
    return len(places) == 1 or "everywhere" in places


def _is_key(key: str) -> bool:
    plain = {command.key for command in COMMANDS} | set(_NAMES)
    if key in plain or (len(key) == 1 and key.isalpha()):  # digits choose rows and answers
        return True
    if key.startswith("ctrl+"):
        return key[5:] in set(_CTRL)
    return key in {f"f{number}" for number in range(2, 10)}


def _fault(place: str, message: str) -> Fault:
    file, line, column = (place or "desk.yaml:1:1").rsplit(":", 2)
    return Fault(file, int(line), int(column), message)
