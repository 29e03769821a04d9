"""Home: calls going on, promises due, the newest tickets; what was left behind comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult

from helpdesk.desk.home import HomePage, home_page
from helpdesk.desk.tickets import count_said
from helpdesk.domain.home import DuePromise, RunningCall
from helpdesk.domain.permissions import allows
from helpdesk.domain.words import unusual_said
from helpdesk.errors import NotAllowed
from helpdesk.tui.incident_rows import incident_said
from helpdesk.tui.screens.base import EVERYWHERE
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.ticket_rows import pressing_said, promise_row, ticket_rows
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import clock, fitted, moment

_CALL = "call:"
_INCIDENT = "incident:"
_ALARM = "alarm:"
_TO_YOU = "Escalated to you   enter: read it, then a y: accept it"


class HomeScreen(ListScreen):
    """The screen that the console begins on."""

    TITLE_OF_SCREEN = "home"
    KEYS_WAIT = False  # n is for a ringing phone
    FETCHES_HOME = True

    def __init__(self, page: HomePage | None = None) -> None:
        """Begin with what was fetched already.

        Args:
            page: What is listed first; ``None`` until it is fetched.
        """
        super().__init__()
        self._page = page

    def body(self) -> ComposeResult:
        """One list in three parts."""
        yield RowList(numbered=True)

    def live(self) -> tuple[str, ...]:
        """What the lists share; for a call left behind, what became of it; leaving."""
        if self.GOING:
            return super().live()
        others = [each for each in super().live() if each != "back"]
        call = self._chosen_call()
        left = ("hung-up",) if call and call.gone_since else ()
        return (*left, *others[: -len(EVERYWHERE)], "leave", *EVERYWHERE)

    async def on_mount(self) -> None:
        """Say at once what the first key is."""
        self.rows.show([Row("", "Press n when the phone rings."), Row("", "Loading…")])

    async def take_key(self, key: str, character: str | None) -> bool:
        """Take the second key after ``g``, or the digit of a row."""
        if await super().take_key(key, character):
            return True
        if character and character.isascii() and character.isdigit() and self.console.view is None:
            row = self.rows.nth(int(character))
            if row is None:
                raise NotAllowed(f"There is no row {character}.")
            await self._open(row)
            return True
        return False

    async def fetch_ahead(self) -> None:
        """Fetch all three parts, to be shown when the screen is on top."""
        self._page = await self.console.thread.read(home_page)
        self.console.home = self._page.home

    async def refreshed(self) -> None:
        """Fetch all three parts."""
        page, self._page = self._page, None
        if self.console.screen is not self:
            return
        if page is None:
            page = await self.console.thread.read(home_page)
        self.as_of, home = page.head, page.home
        self.console.home = home
        now = self.console.desk.clock.now()
        going = [call for call in home.running if not call.gone_since]
        first = [each for each in home.promises if each.presses(now)]
        rows = [*self._left(home.left, now), *self._first(first, now), *self._escalated(now)]
        rows += self._out(now)
        rows += [*self._going(going, now), *self._due(home.promises[len(first) :], now)]
        tickets = (
            "The only ticket"
            if page.tickets == 1
            else (f"Newest of {count_said(page.tickets)} tickets")
        )
        newest = tickets if page.newest else _welcome()
        rows.append(Row("", newest))
        rows += ticket_rows(self.console, page.newest, now)
        self.rows.show(rows, keep=True)

    async def people_moved(self) -> None:
        """Show who is at which ticket."""
        await self.refreshed()

    async def do_open(self) -> None:
        """Open the chosen row; a call left behind goes on, its clock ran all the while."""
        row = self.rows.chosen
        if row is not None:
            await self._open(row)

    async def do_hung_up(self) -> None:
        """A call left behind ended when its console was last heard of."""
        call = self._chosen_call()
        if call is None or call.gone_since is None:
            raise NotAllowed("Choose the call that was left behind first.")
        await self.console.end_left_behind(call.call, call.gone_since)

    async def _open(self, row: Row) -> None:
        if row.key.startswith(_INCIDENT):
            await self.console.show_incident(int(row.key.removeprefix(_INCIDENT)))
            return
        if row.key.startswith(_ALARM):
            court, symptom = row.key.removeprefix(_ALARM).split(":")
            await self.console.look_into(court, symptom)
            return
        if not row.key.startswith(_CALL):
            await self.console.show_ticket(row.key)
            return
        call = self._call_of(row)
        if call is None:
            raise NotAllowed("This call has ended: the list is brought up to date.")
        if not call.mine:
            await self.console.show_ticket(call.number)
            return
        if call.running == "wrap":
            await self.console.show_call(call.call)
        else:
            await self.console.go_on_with(call.call)

    def _chosen_call(self) -> RunningCall | None:
        return self._call_of(self.rows.chosen) if self.is_mounted else None

    def _call_of(self, row: Row | None) -> RunningCall | None:
        key, calls = row.key if row else "", self.console.home.running
        return next((call for call in calls if f"{_CALL}{call.call}" == key), None)

    def _left(self, calls: Sequence[RunningCall], now: int) -> Iterator[Row]:
        if calls:
            yield Row("", "Left behind   enter: still talking, the clock runs on   h: it ended")
        for call in calls:
            since = moment(call.started_at, self._zone, now)
            said = f"! {call.number}  {call.caller or 'unknown caller'}  began {since}"
            said += "  in wrap" * (call.running == "wrap")
            yield Row(f"{_CALL}{call.call}", said, alert=True)

    def _out(self, now: int) -> Iterator[Row]:
        """What is out: incidents that run, then more calls than usual."""
        home, titles = self.console.home, self.console.symptom_title
        if home.incidents:
            yield Row("", "Incidents   enter: what callers are told")
        for each in home.incidents:
            said = incident_said(each, titles, self._zone, now)
            yield Row(f"{_INCIDENT}{each.n}", said, alert=True)
        if home.unusual:
            declares = allows(self.console.desk.clerk.role, "incident")
            what = "declare an incident" if declares else "the tickets"
            yield Row("", f"Unusual today   enter: {what}")
        for alarm in home.unusual:
            said = unusual_said(alarm, titles, self._zone)
            yield Row(f"{_ALARM}{alarm.court}:{alarm.symptom}", said, alert=True)

    def _going(self, calls: list[RunningCall], now: int) -> Iterator[Row]:
        if calls:
            yield Row("", "Going on")
        for call in calls:
            kind = {"hold": "PARKED", "wrap": "wrap"}.get(call.running, "on call")
            who = "you" if call.mine else call.clerk
            said = f"{kind:<8}{clock(now - call.since):>8}  {call.number}  {who:<10} "
            said += fitted(call.caller or "unknown caller", 20)
            said += f" {self.console.symptom_title(call.symptom)}"
            yield Row(f"{_CALL}{call.call}", said, alert=call.parked and call.mine)

    def _first(self, promises: Sequence[DuePromise], now: int) -> Iterator[Row]:
        """What is late, or whose incident is over, stands above all until it is dealt with."""
        home = self.console.home
        more = home.late + home.over - len(promises)
        if promises:
            others = home.counted(more, to_the_end=home.late + home.over == home.due)
            said = f"   ({others} more: gb lists them)" if more > 0 else ""
            yield Row("", f"{pressing_said(promises)}{said}")
        yield from (promise_row(self.console, each, now) for each in promises)

    def _escalated(self, now: int) -> Iterator[Row]:
        """What waits for me to accept it, and what came back to me."""
        for for_me, head in ((True, _TO_YOU), (False, "Came back to you")):
            seen = [each for each in self.console.home.escalated if each.for_me is for_me]
            if seen:
                yield Row("", head)
            for each in seen:
                said = f"{'!' if each.alert else ' '} {moment(each.at, self._zone, now):<10} "
                said += f"{fitted(each.caller or 'unknown caller', 16)} {each.number}  "
                said += f"{each.said}   {self.console.symptom_title(each.symptom)}"
                yield Row(each.number, said, alert=each.alert)

    def _due(self, promises: Sequence[DuePromise], now: int) -> Iterator[Row]:
        home = self.console.home
        more = home.due - home.late - home.over - len(promises)
        others = home.counted(more, to_the_end=True)
        if promises:
            yield Row("", f"Promised{f'   ({others} more: gb lists them)' if more > 0 else ''}")
        elif more > 0:
            yield Row("", f"{others} promised until tonight: gb lists them")
        yield from (promise_row(self.console, each, now) for each in promises)

    @property
    def _zone(self) -> str:
        return self.console.desk.home_office.zone


def _welcome() -> str:
    return "No ticket yet. When the phone rings press n; ? shows every key."
