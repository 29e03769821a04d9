"""Every SQL statement of the program: where it may stand, that it runs, and how it finds rows."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest

import helpdesk
from helpdesk.desk.callers import add_caller, find_callers
from helpdesk.desk.calls import end_call, finish_call, park_call, start_call, take_call
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.hand_overs import (
    add_note_for_shift,
    make_hand_over,
    newest_sheet,
    take_line,
)
from helpdesk.desk.home import home_view, open_console, open_today
from helpdesk.desk.incidents import (
    attach_incident,
    declare_incident,
    end_incident,
    list_incidents,
    read_incident,
)
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.one_ticket import ticket_history
from helpdesk.desk.presence import look_at, others_there
from helpdesk.desk.prompts import fill_prompt
from helpdesk.desk.questions import answer_question, narrow
from helpdesk.desk.reviews import count_flagged, list_flagged, review_call
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.standing_sheet import untaken_lines
from helpdesk.desk.symptoms import missed_phrases, rank_symptoms, symptom_hints
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.desk.undo import redo_last, undo_last
from helpdesk.desk.versions import has_newer_version
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.domain.periods import Period
from helpdesk.stats.callback_facts import _CALLBACKS
from helpdesk.store.connecting import connected
from helpdesk.store.schema import make_tables
from helpdesk.store.sqlite_file import SqliteFile
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.plans import SMALL, plan_of, scanned
from tests.support.watched import WatchedFile

SQL = re.compile(r"\s*(SELECT\b|INSERT INTO\b|UPDATE \w+ SET\b|DELETE FROM\b|WITH \w+ AS\b)")
NEVER = re.compile(
    r"'now'|\bcurrent_(time|date|timestamp)\b|\brandom(blob)?\s*\(|\breturning\b"
    r"|last_insert_rowid|\btemp(orary)?\b|\battach\b",
    re.IGNORECASE,
)
KNOWING = ("store", "stats")
FEW = 20
QUERIES = (
    "", "firewall", "opened:today", "opened:2026-05", "sort:oldest", "sort:changed", "sort:due",
    "status:open", "status:open firewall", "status:void", "-status:resolved", "-firewall",
    "court:ianb -clerk:me", "changed:today", "resolved:today", "due:tomorrow", "is:late",
    "dur>1h", "edited:yes", "flagged:yes", "escalated-to:supervisor", "firewall sort:changed",
    "due:today sort:due", "calls>1", "-tag:test", "phone:0144", "caller:whitfield opened:today",
    "action:instructions-sent",
)  # fmt: skip


def modules() -> Iterator[ModuleType]:
    for layer in KNOWING:
        package = import_module(f"helpdesk.{layer}")
        yield package
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            yield import_module(found.name)


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)


def constants() -> Iterator[tuple[str, str]]:
    """Each statement that stands in a constant, by where it stands."""
    for module in modules():
        for name, value in vars(module).items():
            for place, text in enumerate(texts(value)):
                whole = "{" not in text  # else it is a pattern: what is made of it runs below
                if SQL.match(text) and whole and not name.startswith("__"):
                    yield f"{module.__name__.removeprefix('helpdesk.')}.{name}-{place}", text


STATEMENTS = dict(constants())


def sources() -> Iterator[tuple[str, ast.Module]]:
    house = Path(helpdesk.__file__).parent
    for path in sorted(house.rglob("*.py")):
        yield str(path.relative_to(house)), ast.parse(path.read_text(encoding="utf-8"))


def statements_in(tree: ast.AST) -> list[int]:
    """The lines on which a text begins that looks like a statement."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]


def test_sql_stands_in_constants_of_the_layers_that_know_it() -> None:
    apart: list[str] = []
    for name, tree in sources():
        inside = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        where = inside if name.startswith(KNOWING) else [tree]
        apart += [f"{name}:{line}" for node in where for line in statements_in(node)]
    assert apart == []


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An empty database, and another one to compare it with: nothing is run in them."""
    other = tmp_path_factory.mktemp("other") / "helpdesk.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        make_tables(connection, "2026-06-01")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        make_tables(connection, "2026-06-01")
        connection.execute("ATTACH ? AS other", (str(other),))
        yield connection


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_has_no_typo_and_leaves_time_and_chance_to_the_program(
    name: str, tables: sqlite3.Connection
) -> None:
    sql = STATEMENTS[name]
    assert NEVER.search(sql) is None
    numbered = [int(number) for number in re.findall(r"\?(\d+)", sql)]
    tables.execute(f"EXPLAIN {sql}", [None] * max(numbered, default=sql.count("?")))


def walk(desk: Desk) -> WatchedFile:
    """Take a call through every state, and look around; what was asked is remembered."""
    desk.port.close()
    desk.port = port = WatchedFile(desk.folder.database)
    open_console(desk)
    call = start_call(desk)
    add_caller(desk, call, Caller(0, name="Whitfield, Dana", court="ianb"), "212-555-0144")
    choose_symptom(desk, call, "linking-error", "li")
    for answer in ("yes", "yes", "yes", "no"):
        run = call_view(desk, call).run
        assert run is not None
        assert run.current is not None
        answer_step(desk, call, run.current.id, answer)
    add_note_to_call(desk, call, "the firewall blocks pop-ups")
    undo_last(desk, call)
    redo_last(desk, call)
    park_call(desk, call)
    take_call(desk, call)
    look_around(desk)
    view = call_view(desk, call)
    symptom_hints(desk, view)
    narrow(desk, view)
    has_newer_version(desk, view)
    answer_question(desk, call, "linked", "no")
    fill_prompt(desk, call, "the message", "no access")
    ticket = go_through_incident(desk, call)
    ticket_history(desk, ticket)
    end_shift(desk, ticket, call)
    return port


def go_through_incident(desk: Desk, call: int) -> int:
    """End a call with a promise for the end of an incident, and end that too."""
    number = declare_incident(desk, "ianb", "linking-error", "Linking is out.")
    attach_incident(desk, call)
    end_call(desk, call)
    ticket = finish_call(desk, call, "callback", incident=number).ticket
    end_incident(desk, number)
    list_incidents(desk, FEW)
    read_incident(desk, number)
    return ticket


def end_shift(desk: Desk, ticket: int, call: int) -> None:
    look_at(desk, ticket)
    add_note_for_shift(desk, "the gateway is slow")
    make_hand_over(desk)
    take_line(desk, newest_sheet(desk).lines[0].id)
    untaken_lines(desk)
    review_call(desk, call, "looked at")


def look_around(desk: Desk) -> None:
    home_view(desk)
    others_there(desk)
    newest_sheet(desk)
    list_flagged(desk, FEW)
    count_flagged(desk)
    open_today(desk, FEW)
    rank_symptoms(desk, "linking")
    period = Period(desk.clock.now() - 86_400, desk.clock.now() + 1, "UTC")
    missed_phrases(desk, period)
    for typed in ("", "whitf", "0144", "2125550144"):
        find_callers(desk, typed)
    for typed in QUERIES:
        query = query_of(desk, typed)
        newest = list_tickets(desk, query, FEW)
        count_tickets(desk, query)
        for backwards in (False, True):
            list_tickets(desk, query, FEW, newest[-1] if newest else None, backwards=backwards)


def work(port: WatchedFile) -> dict[str, int]:
    """The most that SQLite had to do for each question, in hundreds of its own steps."""
    most: dict[str, int] = {}
    with closing(connected(port.path, "ro")) as connection:
        for sql, params in port.asked:
            ticks: list[None] = []
            connection.set_progress_handler(partial(ticks.append, None), 100)
            connection.execute(sql, params).fetchall()
            most[sql] = max(most.get(sql, 0), len(ticks))
    return most


def test_what_a_screen_asks_never_reads_a_whole_table(desk: Desk) -> None:
    port = walk(desk)
    statements = [*port.asked, *(each for batch in port.written for each in batch[2])]
    reading = {}
    # Plain, for with foreign keys on a plan tells of look-ups that never run.
    with closing(sqlite3.connect(port.path)) as connection:
        for sql, params in statements:
            if tables := scanned(connection, sql, tuple(params)) - SMALL:
                reading[sql] = tables
    assert reading == {}
    assert (
        len({sql for sql, _ in statements})
        > len([name for name in STATEMENTS if "reversing" not in name]) / 3
    )


def test_what_a_screen_asks_takes_no_longer_on_a_larger_desk(
    tmp_path: Path, clock: StillClock
) -> None:
    took = []
    for tickets in (200, 2_000):
        desk = open_as(tmp_path / str(tickets), clock)
        fill_demo(desk, tickets)
        took.append(work(walk(desk)))
        desk.close()
    small, large = took
    both = small.keys() & large.keys()
    assert len(both) > 0.8 * len(small | large)
    grown = {
        sql: (small[sql], large[sql])
        for sql in both
        # A count stops at a few thousand, and no list of candidates is longer; below that all
        # of it is gone through.
        if large[sql] > 2 * small[sql] + 20 and not re.search(r"count\(\*\)|\bIN \(SELECT", sql)
    }
    assert grown == {}


@pytest.mark.parametrize(
    ("sql", "params", "step"),
    [
        (
            STATEMENTS["store.journal._TOLD_BY-0"], (0, "mortiz", 50),
            "SEARCH j USING INDEX journal_who (who=? AND id>?)",
        ),
        (
            _CALLBACKS, (2, 0, 1, 2),
            "SEARCH p USING INDEX promise_day (due_at>? AND due_at<?)",
        ),
        (
            STATEMENTS["store.promises._CALLBACKS-0"], (0, 1),
            "SEARCH p USING INDEX promise_day (due_at>? AND due_at<?)",
        ),
    ],
)  # fmt: skip
def test_what_one_clerk_did_and_what_was_promised_for_a_day_is_found_by_an_index(
    port: SqliteFile, sql: str, params: tuple[object, ...], step: str
) -> None:
    with closing(connected(port.path, "ro")) as connection:
        plan = plan_of(connection, sql, params)
        assert scanned(connection, sql, params) == set()
    assert step in plan
    assert not any("TEMP B-TREE" in each for each in plan)


def test_a_statement_that_reads_a_whole_table_would_be_seen(port: SqliteFile) -> None:
    with closing(connected(port.path, "ro")) as connection:
        assert scanned(connection, "SELECT t.id FROM ticket t WHERE t.office = ?", ("",)) == {
            "ticket"
        }
        assert scanned(connection, "SELECT id FROM ticket WHERE status = ?", ("",)) == set()
