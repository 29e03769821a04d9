"""The plain lines: one prompt, one line typed, what it did; no cursor moves and no colour."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from helpdesk.desk.access import keep_access
from helpdesk.desk.calls import end_call, park_call, start_call, take_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.playbooks import read_again
from helpdesk.desk.staff import look_at_role
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.desk.view import call_view
from helpdesk.domain.courts import local
from helpdesk.domain.keys import Keymap
from helpdesk.domain.safe_text import line
from helpdesk.errors import HelpdeskError, NotAllowed, SecretFound
from helpdesk.plain.call import CallAtHand
from helpdesk.plain.note import BLANK
from helpdesk.plain.ready import ReadyState
from helpdesk.plain.state import State

PROMPT: Final = "> "
"""What stands before every line that is typed."""

_LONGEST: Final = 100_000
_ALONE: Final = {"\x1b": "esc", "\t": "tab"}
_ASCII: Final = str.maketrans(
    {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "‹": "<", "›": ">"}
)


class LineConsole:
    """A console in lines: it has one state at a time, and at most one call at hand."""

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap,
        read: Callable[[], str | None],
        write: Callable[[str], None],
    ) -> None:
        """Begin with nothing said.

        Args:
            desk: The open desk.
            keymap: Which key does what.
            read: Gives the next line that was typed; ``None`` when there are no more.
            write: Writes to the terminal or the pipe.
        """
        self.desk = desk
        self.keymap = keymap
        self.call: CallAtHand | None = None
        self.state: State = State(self)
        self._read = read
        self._write = write
        self._asked: State | None = None
        self._left = False
        self._refused = ""  # a line with a secret, in memory until the next line
        self._faults: tuple[str, ...] = ()
        self._head = ""

    def run(self) -> None:
        """Take lines until the clerk leaves or there are no more."""
        self.ready()
        self._ask()
        while not self._left:
            self._write(PROMPT)
            typed = self._read()
            if typed is None:
                self.leave()
            else:
                self.take(typed)

    def take(self, typed: str) -> None:
        """Take one line; a refusal is said, and what is asked next.

        Args:
            typed: The line as it was typed.
        """
        state, refused, self._refused = self.state, self._refused, ""
        said = ""
        try:
            look_at_role(self.desk)
            said = _cleaned(typed)
            if said == BLANK and refused:
                said = _without_secret(refused)
            if said == "?":
                for each in self.state.helps():
                    self.say(each)
            elif keys := self.state.keys(said):
                self._take_keys(keys)
            else:
                self.state.take(said)
        except SecretFound as refusal:
            self.say(str(refusal))
            if self.state is state:
                self._refused = said
                self.say(f"{BLANK} = the same line with dots in place of it.")
        except HelpdeskError as refusal:
            self.say(str(refusal))
        with suppress(HelpdeskError):  # what cannot be written now is with the next line
            keep_access(self.desk)
        self._say_outbox()
        self._ask()

    def say(self, text: str) -> None:
        """Write one line, harmless for a terminal.

        Args:
            text: What is said.
        """
        self._write(line(text, _LONGEST).translate(_ASCII).rstrip() + "\n")

    def go(self, state: State) -> None:
        """Let another state take the lines.

        Args:
            state: The state.
        """
        self.state = state

    def title(self, slug: str) -> str:
        """A symptom as people read it."""
        return symptom_title(self.desk, slug)

    def ready(self, echo: str = "") -> None:
        """Go where a call can be begun.

        Args:
            echo: What is said first.
        """
        self.call = None
        if echo:
            self.say(echo)
        self._say_playbooks()
        self.go(ReadyState(self))

    def begin_call(self, ago: int) -> None:
        """Begin a call: it is in the database before anything is asked.

        Args:
            ago: How many seconds ago it rang.
        """
        call = CallAtHand(self, start_call(self.desk, ago))
        view = call.view
        started = local(view.started_at, view.office.zone)
        edited = " (edited)" if view.edited else ""
        self.say(f"call {view.number} started {started:%H:%M:%S}{edited}.")
        call.begin()

    def go_on_with(self, call: int) -> None:
        """Go on with a call that is parked or was left behind; its clock ran all the while.

        Args:
            call: The call.
        """
        take_call(self.desk, call)
        self.show_call(call)

    def end_left_behind(self, call: int, at: int) -> None:
        """Say that a call that was left behind had ended, and ask for its outcome.

        Args:
            call: The call.
            at: When it was last heard of, in seconds UTC.
        """
        end_call(self.desk, call, at)
        self.show_call(call)

    def show_call(self, call: int) -> None:
        """Take up a call where it stands.

        Args:
            call: The call.
        """
        at_hand = CallAtHand(self, call)
        at_hand.say_where()
        at_hand.begin()

    def leave(self) -> None:
        """Leave; a call that goes on is parked, and what is open is said."""
        self._left = True
        self.set_aside()

    def set_aside(self) -> None:
        """Park the call that goes on, and say so; one without an outcome is named."""
        call, self.call = self.call, None
        if call is None:
            return
        number = call.view.number
        if call.view.ended_at is not None:
            self.say(f"{number} has no outcome yet: P {number} goes back to it.")
            return
        park_call(self.desk, call.id)
        self._say_outbox()
        number = call_view(self.desk, call.id).number  # another one where the file was replaced
        self.say(f"{number} is parked, the caller is on hold. P goes back to it.")

    def _say_outbox(self) -> None:
        """Say when steps of calls begin to wait for the database, and what became of them."""
        if self.desk.outbox is None:
            return
        head, self._head = self._head, self.desk.outbox.head
        if said := self.desk.outbox.told():
            self.say(said)
        if self._head and not head:
            self.say(f"{self._head}. The call goes on; P and lists show what the database has.")

    def _say_playbooks(self) -> None:
        """Take playbook files that were changed, and say what is broken in them once."""
        changed, faults = read_again(self.desk), self.desk.library.faults
        if faults and faults != self._faults:
            more = f" ({len(faults) - 1} more: helpdesk playbooks check)" if faults[1:] else ""
            self.say(f"A playbook file is broken, the good one stays: {faults[0]}{more}")
        elif changed:
            self.say("Playbook files were changed: the new ones are in use from now on.")
        self._faults = faults

    def _take_keys(self, keys: str) -> None:
        """Take keys in turn; the first that is refused, and all after it, are not taken."""
        call = self.call
        for place, key in enumerate(keys):
            rest = keys[place:]
            if self.state.is_text or self.call is not call:
                raise NotAllowed(f"“{rest}” was not taken: something else is asked now.")
            try:
                self.state.take(key)
            except HelpdeskError as refusal:
                if keys[1:]:
                    self.say(f"“{rest}” was not taken.")
                raise refusal from None

    def _ask(self) -> None:
        """Say what the state asks, when it is a new one."""
        while self._asked is not self.state and not self._left:
            self._asked = self.state
            for each in self.state.asks():
                self.say(each)


def _without_secret(refused: str) -> str:
    """A refused line with dots in place of what must not be kept."""
    from helpdesk.domain.guard import blanked  # noqa: PLC0415 - seldom wanted

    without = blanked(refused)
    return without if without != refused else "…"


def _cleaned(typed: str) -> str:
    """A line as it is taken; signs that no keyboard types as text are refused."""
    without_end = typed.rstrip("\r\n")
    if without_end in _ALONE:
        return _ALONE[without_end]
    if any(unicodedata.category(sign) == "Cc" and sign != "\t" for sign in without_end):
        raise NotAllowed("The line holds control signs, perhaps of an arrow key: type it again.")
    return " ".join(without_end.split("\t")).strip()
