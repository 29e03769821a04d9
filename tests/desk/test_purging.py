from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from helpdesk.desk.alike import look_for_alike
from helpdesk.desk.caller_merging import merge_callers
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.desk.holds import hold, release
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.purging import plan_purge, purge
from helpdesk.desk.statuses import change_status
from helpdesk.desk.ticket_notes import add_note_to_ticket, keep_ticket_draft
from helpdesk.desk.undo import undo_entry
from helpdesk.desk.upkeep import examine_database
from helpdesk.domain.records import CallRecord
from helpdesk.domain.tables import Table
from helpdesk.domain.whens import iso_utc
from helpdesk.errors import BadInput, HelpdeskError
from helpdesk.stats.catalogue import CATALOGUE
from tests.support.bytes import found_in
from tests.support.calls import DANA, call_of_dana, rows
from tests.support.chains import faults_of
from tests.support.clock import START, StillClock
from tests.support.editing import Editor
from tests.support.records import story
from tests.support.reports import report

DAY = 86_400
RULES = {"notes": "90d", "callers": "6m", "phones": "120d", "drafts": "31d"}
NAMES = {"repeat-callers": ("caller", "firm"), "callbacks": ("reason",), "hand-over": ("said",),
         "escalations": ("reason",), "data-quality": ("detail",)}  # fmt: skip
"""What of a report says who or what it was."""


def with_rules(desk: Desk, **rules: str) -> Desk:
    desk.settings = desk.settings._replace(retention=rules or RULES)
    return desk


def figures_of(table: Table, name: str) -> tuple[object, ...]:
    """All figures of a report, without names: rows that differ in names alone are alike."""
    left = {place for place, column in enumerate(table.columns) if column in NAMES.get(name, ())}

    def kept(row: tuple[object, ...]) -> list[object]:
        return [cell for place, cell in enumerate(row) if place not in left]

    total = kept(table.total) if table.total else None
    footer = [line for line in table.footer if not line.startswith("journal")]  # it has grown
    return (sorted(map(repr, map(kept, table.rows))), total, footer)


def all_figures(desk: Desk, **said: str) -> Mapping[str, object]:
    """Every report in every unit that it can be made by."""
    found: dict[str, object] = {}
    for name, each in CATALOGUE.items():
        for unit in each.units or ("",):
            table = report(desk, name, **said, unit=unit)
            found[f"{name} {unit}"] = figures_of(table, name)
    return found


def texts_of(desk: Desk) -> Iterator[str]:
    """What stands there of persons, long enough to be looked for in bytes."""
    for sql in (
        "SELECT name FROM caller", "SELECT firm FROM caller", "SELECT email FROM caller",
        "SELECT digits FROM caller_phone", "SELECT phone FROM call", "SELECT text FROM note",
        "SELECT text FROM prompt", "SELECT reason FROM call", "SELECT typed FROM call",
        "SELECT text FROM ticket_draft",
    ):  # fmt: skip
        found = {row[0] for row in desk.port.query(sql).rows if len(row[0]) > 7}
        yield from (each for each in found if not re.fullmatch("[a-z-]+", each))  # no slug


def left_in(home: Path, texts: set[str]) -> set[str]:
    """Those of many texts that any file of the desk folder still holds."""
    kept = b"\n".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
    return {text for text in texts if text.encode() in kept}


def edited(desk: Desk, clock: StillClock, seed: int) -> list[str]:
    """Make a history and change what a figure may be made of; gives past moments."""
    fill_demo(desk, 60, days=20, seed=seed)
    clock.go_on(40_000)
    record_history(desk, story(desk))
    tickets = [row["id"] for row in rows(desk, "SELECT id FROM ticket ORDER BY id")]
    editor = Editor(desk, tickets[:14], random.Random(seed))  # noqa: S311 - chance, no secret
    moments = []
    for turn in range(120):
        clock.go_on(61)
        if turn % 60 == 30:
            moments.append(iso_utc(clock.at))
            clock.go_on(60)
        try:
            editor.edit(turn)
        except HelpdeskError:
            continue
    assert editor.done > 30
    callers = [row["id"] for row in rows(desk, "SELECT id FROM caller ORDER BY id LIMIT 4")]
    merge_callers(desk, callers[0], callers[1])
    finish_all(desk)
    keep_ticket_draft(desk, tickets[0], "half a thought of mine, ")
    return [*moments, iso_utc(clock.at)]


@pytest.mark.parametrize("seed", range(2))
def test_nothing_personal_is_left_and_every_old_report_says_the_same(
    desk: Desk, clock: StillClock, home: Path, seed: int
) -> None:
    moments = edited(desk, clock, seed)
    clock.go_on(400 * DAY)
    now, before = all_figures(desk), {each: all_figures(desk, as_of=each) for each in moments}
    texts = set(texts_of(desk))
    assert left_in(home, texts) == texts
    purge(with_rules(desk))
    assert left_in(home, texts) == set()
    assert faults_of(desk.port) == []
    assert all(each.ok for each in examine_database(desk))
    assert differing(now, all_figures(desk)) == set()
    for moment, said in before.items():
        assert differing(said, all_figures(desk, as_of=moment)) == set()
    for row in rows(desk, "SELECT id FROM ticket"):
        undo_all(desk, row["id"])
    desk.port.forget()
    assert left_in(home, texts) == set()


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def finish_all(desk: Desk) -> None:
    """End what runs, and bring every ticket to an end."""
    for row in rows(desk, "SELECT id FROM call WHERE outcome IS NULL"):
        finish_call(desk, row["id"], "resolved")
    active = "SELECT id FROM ticket WHERE status IN ('open', 'waiting', 'escalated')"
    for row in rows(desk, active):
        change_status(desk, row["id"], "closed", "long ago")


def undo_all(desk: Desk, ticket: int) -> None:
    sql = "SELECT year, n FROM ticket WHERE id = ?"
    (number,) = rows(desk, sql, ticket)
    said = f"T-{number['year'] % 100}-{number['n']:05}"
    for row in rows(
        desk, "SELECT seq FROM journal WHERE subject = ? ORDER BY seq DESC", f"ticket:{ticket}"
    ):
        try:
            undo_entry(desk, said, row["seq"])
        except HelpdeskError:
            continue


def one_done(desk: Desk, note: str = "the pop-ups are blocked") -> int:
    call = call_of_dana(desk)
    add_note_to_call(desk, call, note)
    finish_call(desk, call, "resolved")
    return int(rows(desk, "SELECT ticket FROM call_ticket WHERE call = ?", call)[0]["ticket"])


def notes(desk: Desk) -> list[str]:
    return [row["text"] for row in rows(desk, "SELECT text FROM note ORDER BY at, id")]


def test_what_is_held_open_or_younger_stays(desk: Desk, clock: StillClock) -> None:
    with_rules(desk, notes="90d")
    one_done(desk, "held")
    one_done(desk, "free")
    call = call_of_dana(desk)
    add_note_to_call(desk, call, "still open")
    finish_call(desk, call, "escalated", reason="supervisor")
    clock.go_on(80 * DAY)
    one_done(desk, "younger")
    clock.go_on(20 * DAY)
    hold(desk, "T-26-00001", "Roe v. Roe")
    (due,) = plan_purge(desk).due
    assert (due.many, due.held, due.oldest) == (1, 1, START)
    purge(desk)
    assert notes(desk) == ["held", "▒▒▒ (purged)", "still open", "younger"]
    release(desk, "T-26-00001", "settled")
    hold(desk, "T-26-00001", "another", caller=True)
    purge(desk)
    assert notes(desk)[0] == "held"
    release(desk, "T-26-00001", "settled", caller=True)
    purge(desk)
    assert notes(desk)[:2] == ["▒▒▒ (purged)", "▒▒▒ (purged)"]


def test_a_note_that_came_after_a_purge_is_purged_when_it_is_old(
    desk: Desk, clock: StillClock
) -> None:
    with_rules(desk, notes="90d")
    ticket = one_done(desk)
    clock.go_on(100 * DAY)
    purge(desk)
    add_note_to_ticket(desk, ticket, "looked at again")
    purge(desk)
    assert notes(desk)[1] == "looked at again"
    clock.go_on(100 * DAY)
    purge(desk)
    assert set(notes(desk)) == {"▒▒▒ (purged)"}


def test_a_caller_and_a_number_stay_while_any_ticket_of_theirs_is_young(
    desk: Desk, clock: StillClock, home: Path
) -> None:
    with_rules(desk, callers="90d", phones="90d")
    one_done(desk)
    add_caller(desk, start_call(desk), replace(DANA, name="Whitfield, Dana M."))
    finish_call(desk, rows(desk, "SELECT max(id) AS id FROM call")[0]["id"], "resolved")
    assert look_for_alike(desk).pairs
    record_history(desk, [CallRecord(START - 60, "ianb", phone="212-555-0188", talk_s=9)])
    clock.go_on(80 * DAY)
    record_history(desk, [CallRecord(clock.at - 60, "ianb", phone="212-555-0188", talk_s=9)])
    clock.go_on(20 * DAY)
    purge(desk)
    assert found_in("Whitfield", home) == found_in("2125550144", home) == []
    assert {row["phone"] for row in rows(desk, "SELECT phone FROM call")} >= {"2125550188"}
    clock.go_on(80 * DAY)
    purge(desk)
    assert found_in("2125550188", home) == []
    assert look_for_alike(desk).pairs == ()
    sql = "SELECT count(*) AS many FROM call WHERE phone LIKE '▒%' GROUP BY phone"
    assert sorted(row["many"] for row in rows(desk, sql)) == [1, 2]


def test_a_purge_that_is_broken_off_goes_on_with_the_same_pseudonyms(
    desk: Desk, clock: StillClock, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpdesk.desk.purging._TOGETHER", 5)
    fill_demo(desk, 60, days=20)
    finish_all(desk)
    clock.go_on(400 * DAY)
    before, texts = all_figures(desk), set(texts_of(desk))
    with_rules(desk)
    broken = 0
    while plan_purge(desk).begun or not broken:
        budget = iter(range(2 + broken))

        def progress(what: str, many: int, left: Iterator[int] = budget) -> None:
            del what, many
            if next(left, None) is None:
                raise KeyboardInterrupt

        try:
            purge(desk, progress=progress)
        except KeyboardInterrupt:
            broken += 1
            assert faults_of(desk.port) == []
    assert broken > 3
    assert left_in(home, texts) == set()
    assert differing(before, all_figures(desk)) == set()
    assert rows(desk, "SELECT salt FROM removal WHERE salt IS NOT NULL") == []
    once = "SELECT count(*) AS many FROM journal_value WHERE field LIKE 'emptied %' AND old = new"
    assert rows(desk, once)[0]["many"] == 0


def test_without_rules_nothing_goes(desk: Desk) -> None:
    with pytest.raises(BadInput, match="everything is kept"):
        purge(desk)
