"""Ready: between calls; what was left behind and what was promised is said first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.home import home_view
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.saved_views import view_at
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.domain.courts import local
from helpdesk.domain.home import RunningCall
from helpdesk.domain.permissions import allows
from helpdesk.domain.queries import Query
from helpdesk.domain.saved_views import PLACES
from helpdesk.domain.tickets import TicketRow, number_said, required_number
from helpdesk.domain.whens import minutes_meant
from helpdesk.domain.words import unusual_said
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.plain.lists import (
    access_said,
    due_said,
    find_tickets_said,
    going_said,
    promises_said,
    ticket_said,
    views_said,
)
from helpdesk.plain.reports import report_said
from helpdesk.plain.state import KeyState, TextState

if TYPE_CHECKING:
    from helpdesk.plain.console import LineConsole

MORE: Final = "more"
"""The line that lists the next tickets."""

VIEW: Final = "view"
"""The line that lists the saved views, or with a digit the tickets of one."""

REPORT: Final = "report"
"""The line that names the reports, or with a name and a period says one."""

ACCESS: Final = "access"
"""The line that lists who looked at whom, with a period or a clerk only those looks."""

_SAID: Final = {REPORT: report_said, ACCESS: access_said}
_BETWEEN_CALLS: Final = ("find", "call-back", "ticket-note", "take-back", "do-again")


class ReadyState(KeyState):
    """No call is at hand."""

    WITH_WORDS = frozenset({"late-call", "unpark", "find", "call-back", "ticket-note"})

    def __init__(self, console: LineConsole) -> None:
        """Fetch what goes on at the desk."""
        super().__init__(console)
        self._home = home_view(console.desk)
        self._next: tuple[Query, TicketRow] | None = None

    def live(self) -> tuple[str, ...]:
        """Begin a call, go back to one, find tickets, leave."""
        left = ("hung-up",) if self._home.left else ()
        going = ("unpark",) if self._mine() else ()
        return ("new-call", "late-call", *left, *going, *_BETWEEN_CALLS, "leave", "help", "quit")

    def asks(self) -> Iterator[str]:
        """What was left behind, what goes on, and what is due."""
        key, home = self.console.keymap.key, self._home
        left = self._home.left
        yield from (going_said(self.console.desk, call) for call in left)
        if left:
            first = f"{left[0].number}: enter = still talking, the clock runs on"
            yield f"  {first}; {key('hung-up')} = it ended."
        mine = [call for call in self._mine() if call not in left]
        yield from (going_said(self.console.desk, call) for call in mine)
        if others := len(home.running) - len(left) - len(mine):
            yield f"{others} {'others are' if others > 1 else 'other is'} on a call."
        for incident in home.incidents:
            title = self.console.title(incident.symptom)
            yield f"! incident {incident.n} at {incident.court.upper()}, {title}: {incident.line}"
        for each in home.unusual:
            zone = self.console.desk.home_office.zone
            yield f"{unusual_said(each, self.console.title, zone)}."
        yield " ".join(filter(None, ("ready.", due_said(home))))

    def helps(self) -> Iterator[str]:
        """Every command with its key, and what a line may hold besides."""
        yield from super().helps()
        key = self.console.keymap.key
        yield f"{key('late-call')} 12m  a call that rang twelve minutes ago"
        yield f"{key('unpark')} NUMBER  back to that call"
        yield f"{key('find')} WORDS  tickets with these words; {key('find')} alone: the newest"
        yield f"{VIEW}  the saved views; {VIEW} 1  the tickets of one"
        yield f"{REPORT}  the reports; {REPORT} by-symptom last-month  says one"
        if allows(self.console.desk.clerk.role, "access"):
            yield f"{ACCESS}  who looked at whom; {ACCESS} yesterday clerk:LOGIN  only those"
        yield "NUMBER  read that ticket: 4817, or T-26-04817"
        yield f"{key('call-back')}  what was promised; {key('call-back')} NUMBER  call back"
        yield f"{key('ticket-note')} NUMBER WORDS  a note on that ticket"

    def take_enter(self) -> None:
        """Go on with what was left behind; else say again what is due."""
        left = self._home.left
        if left:
            self.console.go_on_with(left[0].call)
        else:
            self.console.ready()

    def take_other(self, typed: str) -> bool:
        """List promises or more tickets, find tickets, or read one."""
        if typed.startswith("/"):
            self.do_find(typed.removeprefix("/"))
        elif typed == MORE and self._next:
            self._list("")
        elif typed.split(maxsplit=1)[0] == VIEW:
            self._view(typed.removeprefix(VIEW).strip())
        elif (said := _SAID.get(word := typed.split(maxsplit=1)[0])) is not None:
            for each in said(self.console.desk, typed.removeprefix(word)):
                self.console.say(each)
        elif typed[-1:].isdigit() and (typed[0].isdigit() or typed.lower().startswith("t-")):
            for each in ticket_said(self.console.desk, typed):
                self.console.say(each)
        else:
            return False
        return True

    def do_new_call(self) -> None:
        """Begin a call."""
        self.console.begin_call(0)

    def do_late_call(self, ago: str = "") -> None:
        """Begin a call that rang some minutes ago."""
        if ago:
            self.console.begin_call(minutes_meant(ago))
        else:
            self.console.go(LateState(self.console))

    def do_unpark(self, number: str = "") -> None:
        """Go back to the call that was parked last, or to the one with a number."""
        self._home = home_view(self.console.desk)
        call = self._numbered(number) if number else self._last_parked()
        if call.running == "wrap":
            self.console.show_call(call.call)
        else:
            self.console.go_on_with(call.call)

    def do_hung_up(self) -> None:
        """The call left behind ended when its console was last heard of."""
        call = self._home.left[0]
        self.console.end_left_behind(call.call, call.gone_since or call.started_at)

    def do_find(self, words: str = "") -> None:
        """List tickets, newest first."""
        self._next = None
        self._list(words)

    def do_call_back(self, number: str = "") -> None:
        """Call back on a ticket; without its number, list what was promised."""
        desk = self.console.desk
        if number:
            ticket = show_ticket(desk, number).row.id
            self.console.show_call(start_callback(desk, ticket))
            return
        for each in promises_said(desk):
            self.console.say(each)

    def do_ticket_note(self, typed: str = "") -> None:
        """Write a note on a ticket."""
        number, _, text = typed.partition(" ")
        if not number:
            raise BadInput("Name the ticket and the words: i 4817 the caller sent the form.")
        read = show_ticket(self.console.desk, number)
        add_note_to_ticket(self.console.desk, read.row.id, text)
        self.console.say(f"Note on {read.row.number} saved. u takes it back.")

    def do_take_back(self) -> None:
        """Take back what was done last, since the console was opened."""
        self.console.say(undo_elsewhere(self.console.desk))

    def do_do_again(self) -> None:
        """Do again what was taken back."""
        self.console.say(redo_elsewhere(self.console.desk))

    def do_leave(self) -> None:
        """Leave."""
        self.console.leave()

    def _mine(self) -> list[RunningCall]:
        return [call for call in self._home.running if call.mine]

    def _last_parked(self) -> RunningCall:
        parked = [call for call in self._mine() if call.parked]
        if not parked:
            raise NotAllowed("No call is parked.")
        return max(parked, key=lambda call: call.since)

    def _numbered(self, typed: str) -> RunningCall:
        desk = self.console.desk
        this_year = local(desk.clock.now(), desk.home_office.zone).year
        number = number_said(*required_number(typed, this_year))
        found = next((call for call in self._mine() if call.number == number), None)
        if found is None:
            raise NotFound(f"No call of yours on {number} goes on.")
        return found

    def _view(self, place: str) -> None:
        desk = self.console.desk
        if place in {str(each) for each in PLACES}:
            self.do_find(view_at(desk, int(place)).query)
            return
        for each in views_said(desk):
            self.console.say(each)

    def _list(self, words: str) -> None:
        lines, self._next = find_tickets_said(self.console.desk, words, self._next)
        for each in lines:
            self.console.say(each)


class LateState(TextState):
    """A call whose key was forgotten: how long ago did it ring?"""

    def asks(self) -> Iterator[str]:
        """Ask."""
        yield "how long ago did it ring? 12m, 1h. it is marked as edited."

    def helps(self) -> Iterator[str]:
        """The same again."""
        yield from self.asks()
        yield f"{self.console.keymap.key('box-leave')}  begin no call"

    def take_text(self, typed: str) -> None:
        """Begin the call that long ago."""
        self.console.begin_call(minutes_meant(typed))

    def do_leave(self) -> None:
        """Begin no call."""
        self.console.ready()
