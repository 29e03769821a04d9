"""Two clerks at once, each a process of its own, on the same tickets."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator

from helpdesk.desk.desk import Desk
from helpdesk.desk.staff import add_member
from helpdesk.store.merging import find_roots
from helpdesk.store.reversing import get_value, is_column
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.programs import started
from tests.support.tickets import ticket_of_call

EDITS = int(os.environ.get("HELPDESK_EDITS", "300"))
"""How many each makes; a thousand take some seconds."""

TICKETS = 100 if EDITS >= 1_000 else 12
PROGRAM = "import runpy; runpy.run_module('tests.support.editing', run_name='__main__')"


def columns_told(desk: Desk) -> Iterator[tuple[str, str | None, str | None]]:
    """What the journal says of every column, in the order of writing."""
    sql = """
    SELECT v.field, v.old, v.new FROM journal j JOIN journal_value v ON v.entry = j.id
    WHERE j.subject LIKE 'ticket:%' ORDER BY j.id
    """
    for row in rows(desk, sql):
        if is_column(row["field"]):
            yield row["field"], row["old"], row["new"]


def test_two_who_edit_the_same_tickets_lose_nothing_double_nothing_and_see_no_error(
    desk: Desk,
) -> None:
    add_member(desk, "rvance", "clerk")
    tickets = [ticket_of_call(desk, "resolved") for _ in range(TICKETS)]
    editors = [
        started(PROGRAM, desk.folder.home, login, seed, EDITS)
        for seed, login in enumerate(("mortiz", "rvance"))
    ]
    for editor in editors:
        assert editor.stdin is not None
        editor.stdin.write("go\n")
        editor.stdin.flush()
    said = []
    for editor in editors:
        out, complained = editor.communicate(timeout=110)
        assert editor.returncode == 0, complained
        said.append(json.loads(out))
    assert [each["errors"] for each in said] == [[], []]
    assert min(each["done"] for each in said) > EDITS / 4
    written = Counter(row["text"] for row in rows(desk, "SELECT text FROM note"))
    assert written == Counter(note for each in said for note in each["notes"])
    now: dict[str, str | None] = {}
    for field, old, new in columns_told(desk):
        assert now.setdefault(field, old) == old, field  # nobody wrote over what he had not read
        now[field] = new
    assert {field: get_value(desk.port, field) for field in now} == now
    assert faults_of(desk.port) == []
    assert set(find_roots(desk.port, tickets)) == set(tickets), "a circle of merges"
    for ticket in tickets:
        spans = "SELECT count(*) AS n FROM status_span WHERE ticket = ? AND to_at IS NULL"
        assert rows(desk, spans, ticket) == [{"n": 1}]
