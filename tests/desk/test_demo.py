from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import mean, median

import pytest

from helpdesk.desk import demo
from helpdesk.desk.calls import start_call
from helpdesk.desk.demo import Made, fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.history import Recorded
from helpdesk.desk.verifying import verify_journal
from helpdesk.domain.courts import local
from helpdesk.domain.holidays import is_working_day
from helpdesk.domain.playbook import OUTCOMES
from helpdesk.domain.run import Given, Known
from helpdesk.domain.walk import desk_facts, walk
from helpdesk.errors import BadInput, NotAllowed, StoreProblem
from helpdesk.store.doings import count_due
from helpdesk.store.upkeep import SEARCHES, check_search
from tests.support.clock import START, StillClock
from tests.support.desks import open_as

JUNE = date(2026, 6, 1)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with made-up months, for tests that only read."""
    desk = open_as(tmp_path_factory.mktemp("told"), StillClock())
    fill_demo(desk, 1_500, days=150)
    yield desk
    desk.close()


def column(desk: Desk, sql: str) -> list[object]:
    return [row[0] for row in desk.port.query(sql).rows]


def raw(desk: Desk) -> list[object]:
    """What a history hangs together by: numbers, ids, texts and hashes."""
    return [
        desk.port.query(sql).rows
        for sql in (
            "SELECT id, year, n, symptom, status, opened_at FROM ticket ORDER BY id",
            "SELECT id, name, firm, email FROM caller ORDER BY id",
            "SELECT id, step, answer, at FROM answer ORDER BY id",
            "SELECT subject, seq, at, hash FROM journal WHERE act = 'record_call' ORDER BY hash",
            "SELECT ticket, text FROM ticket_text ORDER BY ticket",
        )
    ]


def test_the_same_seed_makes_the_same_history_at_any_hour_of_the_day(tmp_path: Path) -> None:
    made = []
    for name, hour in (("one", 0), ("two", 5)):
        desk = open_as(tmp_path / name, StillClock(START + hour * 3_600))
        assert fill_demo(desk, 60, seed=7, days=40).tickets == 60
        made.append(raw(desk))
        desk.close()
    assert made[0] == made[1]


def test_very_many_tickets_are_the_same_history_as_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name in ("few", "many"):
        desk = open_as(tmp_path / name, StillClock())
        fill_demo(desk, 1_300, seed=5, days=40)
        made.append(raw(desk))
        desk.close()
        monkeypatch.setattr(demo, "VERY_MANY", 1_000)
    assert made[0] == made[1]


def test_texts_that_are_written_as_their_tickets_settle_are_all_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    monkeypatch.setattr("helpdesk.desk.history._BATCH", 40)
    monkeypatch.setattr("helpdesk.store.filling._TOGETHER", 1)
    for name in ("few", "many"):
        desk = open_as(tmp_path / name, StillClock())
        fill_demo(desk, 300, seed=5, days=1)  # many in one second
        made.append(raw(desk))
        stamp = desk.stamp()
        desk.port.transact(stamp.op, stamp.at, [check_search("ticket_search")])
        desk.close()
        monkeypatch.setattr(demo, "VERY_MANY", 1)
    assert made[0] == made[1]


def test_what_was_filled_beside_is_a_whole_desk_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "VERY_MANY", 1)
    desk, other = (open_as(tmp_path / name, StillClock()) for name in ("desk", "other"))
    fill_demo(desk, 300, days=40)
    asked = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
    assert desk.port.query(asked).rows == other.port.query(asked).rows
    assert desk.port.query("SELECT * FROM pragma_foreign_key_check").rows == []
    assert desk.port.query("SELECT quick_check FROM pragma_quick_check").value() == "ok"
    stamp = desk.stamp()
    for name in SEARCHES:
        desk.port.transact(f"{stamp.op}.{name}", stamp.at, [check_search(name)])
    assert verify_journal(desk).faults.count == 0
    start_call(desk)
    assert {each.name for each in (tmp_path / "desk" / "data").iterdir()} <= {
        "helpdesk.db", "helpdesk.db-wal", "helpdesk.db-shm",
    }  # fmt: skip
    desk.close()
    other.close()


def test_what_goes_wrong_while_very_many_are_made_leaves_the_desk_empty(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "VERY_MANY", 1)

    def stop(_: Recorded) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_demo(desk, 300, days=40, progress=stop)
    assert fill_demo(desk, 20, days=10).tickets == 20


def test_a_maker_of_rows_that_ends_too_early_is_told_and_nothing_is_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "VERY_MANY", 1)
    with monkeypatch.context() as patch:
        patch.setattr("helpdesk.desk.demo_filling.put_call", lambda *_: os._exit(1))
        with pytest.raises(StoreProblem, match="ended too early"):
            fill_demo(desk, 300, days=40)
    assert fill_demo(desk, 20, days=10).tickets == 20


def test_another_seed_makes_another_history(tmp_path: Path) -> None:
    made = []
    for seed in (1, 2):
        desk = open_as(tmp_path / str(seed), StillClock())
        fill_demo(desk, 20, seed=seed, days=10)
        made.append(raw(desk))
        desk.close()
    assert made[0] != made[1]


def test_a_desk_that_is_not_empty_is_refused(desk: Desk) -> None:
    start_call(desk)
    with pytest.raises(NotAllowed, match="holds tickets already"):
        fill_demo(desk, 10)
    assert desk.port.query("SELECT count(*) FROM ticket").value() == 1


@pytest.mark.parametrize(
    ("tickets", "days", "until", "said"),
    [
        (0, 10, None, "at least 1 ticket"),
        (10, 0, None, "from 1 to 7320 days"),
        (10, 99_999, None, "from 1 to 7320 days"),
        (10, 10, date(2026, 6, 2), "cannot end after today"),
    ],
)
def test_numbers_that_make_no_history_are_refused(
    desk: Desk, tickets: int, days: int, until: date | None, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        fill_demo(desk, tickets, days=days, until=until)


def test_a_history_says_what_it_covers_and_keeps_to_it(desk: Desk) -> None:
    made = fill_demo(desk, 50, days=14, until=date(2026, 3, 10))
    assert made == Made(made.calls, 50, date(2026, 2, 24), date(2026, 3, 9))
    days = [
        local(at, zone).date()
        for at, zone in desk.port.query("SELECT started_at, zone FROM call").rows
    ]
    assert min(days) >= made.first
    assert max(days) <= made.last
    assert len(days) == made.calls


def test_a_single_ticket_in_a_single_day_is_a_history_too(desk: Desk) -> None:
    assert fill_demo(desk, 1, days=1).tickets == 1


def test_every_outcome_court_and_several_clerks_are_there(told: Desk) -> None:
    assert set(column(told, "SELECT DISTINCT outcome FROM call")) == set(OUTCOMES)
    assert set(column(told, "SELECT DISTINCT court FROM call")) == set(told.courts)
    assert len(column(told, "SELECT DISTINCT clerk FROM call")) == 5


def test_common_symptoms_are_common(told: Desk) -> None:
    often = Counter(column(told, "SELECT symptom FROM ticket WHERE symptom IS NOT NULL"))
    assert [slug for slug, _ in often.most_common(2)] == [
        "linking-error", "forgot-cmecf-before-link",
    ]  # fmt: skip
    assert len(often) > 25


def test_mondays_are_busy_and_closed_days_quiet(told: Desk) -> None:
    rows = told.port.query("SELECT started_at, zone FROM call WHERE direction = 'in'").rows
    days = [local(at, zone).date() for at, zone in rows]
    often = Counter(day.weekday() for day in days)
    assert often[0] == max(often.values())
    assert often[0] > 1.3 * often[4]
    assert sum(not is_working_day(day) for day in days) < 0.06 * len(days)


def test_mornings_are_busier_than_late_afternoons(told: Desk) -> None:
    rows = told.port.query("SELECT started_at, zone FROM call").rows
    hours = Counter(local(at, zone).hour for at, zone in rows)
    assert hours[9] + hours[10] > 1.5 * (hours[15] + hours[16])


def test_callers_come_back_and_firms_have_several_people(told: Desk) -> None:
    often = Counter(column(told, "SELECT caller FROM ticket WHERE caller IS NOT NULL"))
    assert often.most_common(1)[0][1] > 10 * median(often.values())
    firms = Counter(column(told, "SELECT firm FROM caller WHERE firm <> ''"))
    assert max(firms.values()) > 2


def test_nobody_is_real(told: Desk) -> None:
    assert all(re.fullmatch(r"\d{3}555\d{4}", str(each)) for each in
               column(told, "SELECT digits FROM caller_phone"))  # fmt: skip
    mails = column(told, "SELECT email FROM caller")
    assert all(str(each).endswith(".example") for each in mails)


def test_talk_is_skewed_as_real_talk_is(told: Desk) -> None:
    talk = [int(str(each)) for each in
            column(told, "SELECT talk_s FROM call WHERE outcome <> 'dropped'")]  # fmt: skip
    assert 60 < median(talk) < mean(talk) < 600
    assert max(talk) > 3 * median(talk)


def test_no_clerk_is_on_two_calls_at_once(told: Desk) -> None:
    busy: dict[int, int] = {}
    rows = told.port.query("SELECT clerk, started_at, wrap_ended_at FROM call ORDER BY started_at")
    for clerk, started_at, over in rows.rows:
        assert busy.get(clerk, 0) <= started_at
        busy[clerk] = over


def test_answers_walk_their_playbooks(told: Desk) -> None:
    rows = told.port.query(
        "SELECT a.call, a.playbook, a.step, a.answer, l.court, l.started_at, l.zone"
        " FROM answer a JOIN call l ON l.id = a.call ORDER BY a.call, a.at, a.id"
    ).rows
    calls: dict[tuple[int, str, str, int, str], dict[tuple[str, str], Given]] = {}
    for call, slug, step, answer, court, at, zone in rows:
        calls.setdefault((call, slug, court, at, zone), {})[slug, step] = Given(answer, 0)
    assert len(calls) > 1_000
    for (_, slug, court_id, at, zone), given in calls.items():
        court, playbook = told.courts[court_id], told.library.playbooks[slug]
        live = court.is_live(local(at, zone).date())
        known = desk_facts(told.library.facts, live, court.settings)
        for (_, step), said in given.items():
            if playbook.steps[step].fact and said.answer != "dont-know":
                value = playbook.steps[step].fact_value(said.answer)
                known[playbook.steps[step].fact] = Known(value, "ticket")
        assert walk(playbook, given, known).off_path == ()


def test_some_promises_are_late_and_some_still_ahead(told: Desk) -> None:
    now = told.clock.now()
    due, late, _ = count_due(told.port, now, now + 20 * 86_400)
    assert 0 < late < due


def test_a_temporary_password_is_never_there_without_its_checks(told: Desk) -> None:
    unchecked = told.port.query(
        "SELECT count(*) FROM action a WHERE kind = 'temporary-password' AND NOT EXISTS ("
        "SELECT 1 FROM action c WHERE c.call = a.call"
        " AND c.kind IN ('called-back', 'email-on-record'))"
    )
    issued = told.port.query("SELECT count(*) FROM action WHERE kind = 'temporary-password'")
    assert issued.value() > 20
    assert unchecked.value() == 0
