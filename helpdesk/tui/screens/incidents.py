"""Incidents: those that run, then the past ones; one is read, declared or ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from helpdesk.desk.incidents import list_incidents, read_incident
from helpdesk.domain.incidents import Incident
from helpdesk.domain.permissions import allows
from helpdesk.errors import NotAllowed
from helpdesk.tui.breaking import hung
from helpdesk.tui.declaring import court_question, end_question
from helpdesk.tui.incident_rows import attached_said, incident_said, incident_text
from helpdesk.tui.screens.lists import ListScreen
from helpdesk.tui.widgets.row_list import Row, RowList

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp


class IncidentsScreen(ListScreen):
    """A list of incidents; Enter reads one."""

    TITLE_OF_SCREEN = "incidents"

    def __init__(self) -> None:
        """Begin with nothing fetched."""
        super().__init__()
        self._incidents: dict[str, Incident] = {}

    def body(self) -> ComposeResult:
        """One list."""
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """What the lists share; who may also declares, and ends the chosen one while it runs."""
        live = super().live()
        may = allows(self.console.desk.clerk.role, "incident")
        if self.GOING or self.console.view is not None or not may:
            return live
        chosen = self._chosen()
        end = ("end-incident",) if chosen and may_end(self.console, chosen) else ()
        return ("declare-incident", *end, *live)

    async def refreshed(self) -> None:
        """Fetch the incidents, the cursor where it was."""
        found, count = await self.console.thread.read(list_incidents)
        now, zone = self.console.desk.clock.now(), self.console.desk.home_office.zone
        self._incidents = {str(each.n): each for each in found}
        rows = [
            Row(
                str(each.n),
                incident_said(each, self.console.symptom_title, zone, now),
                alert=each.ended_at is None,
            )
            for each in found
        ]
        said = f"{len(rows)} of {count} incidents" if rows else "No incident was ever declared."
        self.rows.show([Row("", said), *rows], keep=True)

    async def do_open(self) -> None:
        """Read the chosen incident."""
        chosen = self._chosen()
        if chosen is not None:
            await self.console.show_incident(chosen.n)

    async def do_declare_incident(self) -> None:
        """Ask for court, symptom and line."""
        await self.console.ask(court_question(self.console))

    async def do_end_incident(self) -> None:
        """Ask what it was, and end it."""
        chosen = self._chosen()
        if chosen is None:
            raise NotAllowed("Choose the incident that is over first.")
        await self.console.ask(end_question(self.console, chosen))

    def _chosen(self) -> Incident | None:
        row = self.rows.chosen if self.is_mounted else None
        return self._incidents.get(row.key) if row else None


class IncidentScreen(ListScreen):
    """One incident with the tickets attached to it; Enter reads a ticket."""

    def __init__(self, n: int) -> None:
        """Take the incident.

        Args:
            n: Its number.
        """
        super().__init__()
        self._n = n
        self._incident: Incident | None = None

    def body(self) -> ComposeResult:
        """What is known of it, and its tickets."""
        yield RowList()

    def live(self) -> tuple[str, ...]:
        """What the lists share; who may also ends it while it runs."""
        live = super().live()
        if self.GOING or self._incident is None or not may_end(self.console, self._incident):
            return live
        return ("end-incident", *live)

    async def refreshed(self) -> None:
        """Fetch it."""
        self.TITLE_OF_SCREEN = f"incident {self._n}"
        found, tickets = await self.console.thread.read(read_incident, self._n)
        self._incident = found
        now, zone = self.console.desk.clock.now(), self.console.desk.home_office.zone
        texts = incident_text(found, self.console.symptom_title, zone, now)
        width = max(20, self.size.width - 3)
        rows = [Row("", part) for text in texts for part in hung(text, width)]
        over = found.ended_at is not None
        rows += [Row(each.number, attached_said(each, zone, now, over=over)) for each in tickets]
        self.rows.show(rows, keep=True)

    async def do_open(self) -> None:
        """Read the chosen ticket."""
        row = self.rows.chosen
        if row is not None:
            await self.console.show_ticket(row.key)

    async def do_end_incident(self) -> None:
        """Ask what it was, and end it."""
        if self._incident is not None:
            await self.console.ask(end_question(self.console, self._incident))


def may_end(console: HelpdeskApp, incident: Incident) -> bool:
    """Whether the clerk may end an incident, and it runs.

    Args:
        console: The console.
        incident: The incident.

    Returns:
        ``False`` also on a call, which is to be finished first.
    """
    may = allows(console.desk.clerk.role, "incident") and console.view is None
    return may and incident.ended_at is None
