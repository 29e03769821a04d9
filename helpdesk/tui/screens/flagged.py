"""Flagged calls: each says why; a supervisor reads the ticket and marks the call reviewed."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from helpdesk.desk.reviews import COUNTED, count_flagged, list_flagged, review_call
from helpdesk.domain.reviews import FlaggedCall
from helpdesk.errors import NotAllowed
from helpdesk.tui.screens.ask import Question
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.row_list import Row, RowList
from helpdesk.tui.words import fitted, moment

_PAGE = 100


class FlaggedScreen(ListScreen):
    """The flagged calls that nobody has reviewed, newest first, a page at a time."""

    TITLE_OF_SCREEN = "flagged calls"

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self._calls: list[FlaggedCall] = []
        self._count = 0
        self._more = False

    def body(self) -> ComposeResult:
        """One list."""
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """What the lists share, and marking as reviewed."""
        live = super().live()
        if self.GOING or self.console.view is not None or not self.moving():
            return live
        return ("reviewed", *live)

    async def refreshed(self) -> None:
        """Fetch what was listed, the cursor where it was."""
        read, most = self.console.thread.read, max(_PAGE, len(self._calls))
        self._calls = list(await read(list_flagged, most))
        self._count = await read(count_flagged)
        self._more = len(self._calls) == most
        self.resized()

    def resized(self) -> None:
        """Lay the rows out for the width that there is."""
        zone, now = self.console.desk.home_office.zone, self.console.desk.clock.now()
        more = "+" if self._count > COUNTED else ""
        head = f"{min(self._count, COUNTED):,}{more} flagged and not reviewed   r: reviewed"
        rows = [Row("", head if self._calls else "No flagged call waits for a review.")]
        for each in self._calls:
            said = f"{moment(each.started_at, zone, now):<10} {each.number} {each.clerk[:8]:<8} "
            said += f"{fitted(each.caller or 'unknown caller', 14)} {'; '.join(each.reasons)}"
            rows.append(Row(str(each.call), said))
        if self._more:
            rows.append(Row("", "more below"))
        self.rows.show(rows, keep=True)

    async def take(self, event: events.Key | events.Paste) -> None:
        """Fetch the next page when a key brings the cursor near the last row."""
        await super().take(event)
        if self.console.screen is self:
            await self.do_or_say(self._fetch_more)

    async def _fetch_more(self) -> None:
        if not self._more or self.rows.cursor + 2 * self.rows.size.height < len(self._calls):
            return
        self._more = False
        page = await self.console.thread.read(list_flagged, _PAGE, self._calls[-1])
        self._calls += page
        self._more = len(page) == _PAGE
        self.resized()

    async def do_open(self) -> None:
        """Read the ticket of the chosen call."""
        await self.console.show_ticket(self._chosen().number)

    async def do_reviewed(self) -> None:
        """Ask what was found, and mark the call reviewed."""
        chosen = self._chosen()

        async def then(typed: str) -> str:
            return await self.console.thread.do(review_call, chosen.call, typed)

        title = f"{chosen.number}: {'; '.join(chosen.reasons)}. What did you find?"
        await self.console.ask(Question(title, then, box=True))

    def _chosen(self) -> FlaggedCall:
        key = self.rows.chosen.key if self.rows.chosen else ""
        found = next((each for each in self._calls if str(each.call) == key), None)
        if found is None:
            raise NotAllowed("Choose a call first.")
        return found
