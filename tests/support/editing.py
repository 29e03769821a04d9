"""A clerk's random edits of the same tickets, as a program of its own."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from helpdesk.desk.bulk import bulk_change
from helpdesk.desk.callbacks import start_callback
from helpdesk.desk.calls import finish_call
from helpdesk.desk.corrections import correct_ticket
from helpdesk.desk.desk import Desk
from helpdesk.desk.escalations import accept_escalation, escalate_ticket
from helpdesk.desk.links import LINKS, link_tickets
from helpdesk.desk.merging import merge_tickets, unmerge_ticket
from helpdesk.desk.owners import assign_ticket
from helpdesk.desk.promises import promise_on_ticket
from helpdesk.desk.statuses import change_status
from helpdesk.desk.tags import tag_ticket
from helpdesk.desk.ticket_notes import add_note_to_ticket
from helpdesk.desk.undo import redo_elsewhere, undo_elsewhere
from helpdesk.domain.bulk import BulkChange
from helpdesk.errors import HelpdeskError, NotAllowed
from tests.support.clock import StillClock
from tests.support.desks import open_as

COURTS = ("ianb", "iasb", "ncmb")
TAGS = ("urgent", "vip", "later")
DAY = 86_400


class Editor:
    """One clerk who changes whatever comes, and remembers what was said to be saved."""

    def __init__(self, desk: Desk, tickets: list[int], chance: random.Random) -> None:
        self.desk, self.tickets, self.chance = desk, tickets, chance
        self.notes: list[str] = []
        self.done = 0
        self.refused = 0

    def edit(self, turn: int) -> None:
        """Change something; a rule of the desk may refuse it, nothing else."""
        act = self.chance.choice(self.acts())
        try:
            act()
        except NotAllowed:
            self.refused += 1
        else:
            self.done += 1
        note = f"{self.desk.clerk.login} {turn}"
        if turn % 3 == 0:
            add_note_to_ticket(self.desk, self.ticket(), note)
            self.notes.append(note)

    def call(self, ticket: int) -> None:
        """Call back on a ticket and finish the call."""
        call = start_callback(self.desk, ticket)
        outcome = self.chance.choice(("resolved", "dropped", "callback"))
        due_at = self.desk.clock.now() + DAY if outcome == "callback" else None
        finish_call(self.desk, call, outcome, due_at)

    def ticket(self) -> int:
        return self.chance.choice(self.tickets)

    def acts(self) -> list[Callable[[], object]]:
        desk, ticket, choose = self.desk, self.ticket(), self.chance.choice
        return [
            lambda: tag_ticket(desk, ticket, [choose(TAGS)], [choose(TAGS)]),
            lambda: assign_ticket(desk, ticket, choose(("mortiz", "rvance"))),
            lambda: correct_ticket(desk, ticket, "court", choose(COURTS)),
            lambda: change_status(desk, ticket, choose(("open", "resolved")), "as agreed"),
            lambda: promise_on_ticket(desk, ticket, "waiting", desk.clock.now() + DAY),
            lambda: link_tickets(desk, ticket, self.ticket(), choose(tuple(LINKS))),
            lambda: merge_tickets(desk, ticket, self.ticket()),
            lambda: unmerge_ticket(desk, ticket),
            lambda: undo_elsewhere(desk),
            lambda: redo_elsewhere(desk),
            lambda: escalate_ticket(desk, ticket, "supervisor"),
            lambda: accept_escalation(desk, ticket),
            lambda: bulk_change(
                desk, [ticket, *self.tickets[:3]], BulkChange("tags", choose(TAGS))
            ),
            lambda: self.call(ticket),
        ]


def main(home: str, login: str, seed: str, edits: str) -> None:
    """Edit, and print as JSON what was done.

    Args:
        home: The desk folder.
        login: Who edits.
        seed: Of chance.
        edits: How many.
    """
    desk = open_as(Path(home), StillClock(), ({"mortiz": 1000}.get(login, 1001), login))
    tickets = [row[0] for row in desk.port.query("SELECT id FROM ticket ORDER BY n").rows]
    editor = Editor(desk, tickets, random.Random(seed))  # noqa: S311 - chance, no secret
    sys.stdin.readline()
    errors = []
    for turn in range(int(edits)):
        try:
            editor.edit(turn)
        except HelpdeskError as error:
            errors.append(f"{type(error).__name__}: {error}")
    desk.close()
    said = {"notes": editor.notes, "done": editor.done, "errors": errors}
    sys.stdout.write(json.dumps({**said, "refused": editor.refused}))


if __name__ == "__main__":
    main(*sys.argv[1:])
