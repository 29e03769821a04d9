"""How each version of a playbook did, from the tickets of a real desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from helpdesk.desk.caller_merging import merge_callers, unmerge_caller
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import playbook_figures
from helpdesk.desk.history import record_history
from helpdesk.desk.merging import merge_tickets
from helpdesk.desk.reports import versions_on_screen
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.domain.calls import Caller
from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.records import CallRecord
from helpdesk.domain.repeats import REPEAT_SECONDS
from tests.support.changed import change_playbook
from tests.support.clock import START, StillClock
from tests.support.golden import CARD, LINKING, PASSWORD, QUERY, fill_golden

NEW_YORK: Final = "America/New_York"
JUNE: Final = period_of_days(date(2026, 6, 1), date(2026, 7, 1), NEW_YORK)
ALWAYS: Final = Period(0, START, NEW_YORK)
FIRST: Final = START - 30 * 86_400
DAY: Final = 86_400


def figures(
    desk: Desk, slug: str = PASSWORD, period: Period = ALWAYS, court: str = ""
) -> list[dict[str, Any]]:
    table = playbook_figures(desk, slug, period, court)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def lasting(row: dict[str, Any]) -> tuple[int, int]:
    """How many first calls resolved it for good, of how many."""
    ratio = row["repeat_adjusted_fcr"]
    return ratio.part, ratio.whole


def caller(number: int) -> dict[str, Any]:
    return {"caller": Caller(0, name=f"Roe, Pat {number}"), "phone": f"336-555-01{number:02}"}


def call(number: int, at: int, **told: Any) -> CallRecord:  # noqa: ANN401 - a record's fields
    known = caller(number) if number else {}
    lengths = {"talk_s": 100, "hold_s": 0, "wrap_s": 20}
    return CallRecord(at, "ncmb", **{"symptom": PASSWORD, **known, **lengths, **told})


def test_the_golden_calls_by_version(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)
    told = {
        slug: [(row["uses"], row["median_s"], lasting(row)) for row in figures(desk, slug, JUNE)]
        for slug in (LINKING, PASSWORD, QUERY, CARD)
    }
    assert told == {
        LINKING: [(5, 360, (1, 2))],
        PASSWORD: [(3, 160, (1, 3))],
        QUERY: [(1, 1_200, (0, 1))],
        CARD: [],  # the only call was dropped
    }


def test_a_call_of_a_merged_caller_is_a_repeat_along_whatever_chain_of_pointers(
    desk: Desk,
) -> None:
    people = [call(number, FIRST + number, symptom=LINKING) for number in (1, 2, 3)]
    others = [call(number, FIRST + number) for number in range(4, 14)]
    repeats = [call(1, FIRST + 100), call(3, FIRST + DAY)]
    record_history(desk, [*people, *others, *repeats])
    assert [lasting(row) for row in figures(desk)] == [(12, 12)]
    one, two, three = (look_for_callers(desk, f"336555010{n}").callers[0].id for n in (1, 2, 3))
    merge_callers(desk, one, two)
    merge_callers(desk, two, three)
    (row,) = figures(desk)
    assert lasting(row) == (11, 12)
    unmerge_caller(desk, two)
    (row,) = figures(desk)
    assert lasting(row) == (12, 12)


def eleven_first_calls(desk: Desk) -> list[CallRecord]:
    """Of eleven first calls by known callers that were the court's own, eight were the last."""
    reopened = desk.ids.make(FIRST)
    return [
        call(1, FIRST),
        call(1, FIRST + REPEAT_SECONDS),  # a repeat still
        call(2, FIRST),
        call(2, FIRST + REPEAT_SECONDS + 1),  # none any more
        call(3, FIRST, ticket=reopened),
        call(3, FIRST + 20 * DAY, continues=reopened),
        call(4, FIRST),
        call(4, FIRST + DAY, symptom=LINKING),
        call(5, FIRST),
        call(5, FIRST + DAY, direction="out"),
        call(6, FIRST, outcome="waiting", due_at=START),
        call(7, FIRST, outcome="referred", reason="pacer-login"),
        call(0, FIRST),
        call(8, FIRST),
        call(9, FIRST),
        call(10, FIRST, talk_s=1_000),
    ]


def test_first_call_resolution_leaves_out_repeats_reopened_and_what_was_not_ours(
    desk: Desk,
) -> None:
    record_history(desk, sorted(eleven_first_calls(desk), key=lambda each: each.started_at))
    (row,) = figures(desk)
    assert (row["uses"], row["median_s"]) == (14, 120)
    assert row["repeat_adjusted_fcr"] == Ratio(8, 11)


def test_a_console_shows_the_figures_of_the_last_days_today_included(
    desk: Desk, clock: StillClock
) -> None:
    record_history(desk, [call(1, FIRST), call(2, FIRST + DAY)])
    clock.at = FIRST + 3 * DAY
    uses = {
        days: [row[table.columns.index("uses")] for row in table.rows]
        for days in (2, 3, 4)
        for table in [versions_on_screen(desk, PASSWORD, days)]
    }
    assert uses == {2: [], 3: [1], 4: [2]}


def test_a_repeat_is_one_by_the_symptom_that_its_ticket_was_corrected_to(desk: Desk) -> None:
    corrected = desk.ids.make(FIRST)
    again = [
        call(1, FIRST + DAY, symptom=LINKING, ticket=corrected),
        call(1, FIRST + 20 * DAY, continues=corrected),
    ]
    record_history(desk, [call(number, FIRST) for number in range(1, 11)] + again)
    (row,) = figures(desk)
    assert lasting(row) == (9, 11)


def test_a_call_on_a_void_ticket_is_no_repeat(desk: Desk) -> None:
    voided = desk.ids.make(FIRST)
    plain = [call(number, FIRST) for number in range(1, 11)]
    record_history(desk, [*plain, call(1, FIRST + DAY, ticket=voided)])
    stamp = desk.stamp()
    change = ("UPDATE ticket SET status = 'void' WHERE id = ?", (voided,))
    desk.port.transact(stamp.op, stamp.at, [change])
    (row,) = figures(desk)
    assert lasting(row) == (10, 10)


def test_void_and_trial_tickets_dropped_and_running_calls_are_no_uses(desk: Desk) -> None:
    voided = desk.ids.make(FIRST)
    record_history(
        desk,
        [
            call(1, FIRST, ticket=voided),
            call(2, FIRST, tags=("test",)),
            call(3, FIRST, outcome="dropped"),
            call(4, FIRST, direction="out"),
            call(5, FIRST),
        ],
    )
    stamp = desk.stamp()
    change = ("UPDATE ticket SET status = 'void' WHERE id = ?", (voided,))
    desk.port.transact(stamp.op, stamp.at, [change])
    choose_symptom(desk, start_call(desk), PASSWORD)
    assert [row["uses"] for row in figures(desk, period=Period(0, START + 1, NEW_YORK))] == [1]


def test_only_calls_that_began_in_the_period_count(desk: Desk) -> None:
    record_history(desk, [call(1, FIRST), call(2, FIRST + DAY), call(3, FIRST + 2 * DAY)])
    within = Period(FIRST + DAY, FIRST + 2 * DAY, NEW_YORK)
    assert [row["uses"] for row in figures(desk, period=within)] == [1]


def test_each_version_and_each_court_has_a_row_of_its_own(desk: Desk) -> None:
    record_history(desk, [call(1, FIRST), replace(call(2, FIRST), court="ianb")])
    book = desk.library.playbooks[PASSWORD]
    change_playbook(desk, replace(book, title="Another title", phrases=()))
    record_history(desk, [call(3, FIRST + DAY), call(4, FIRST + DAY)])
    change_playbook(desk, replace(book, title="Another title", phrases=("other words",)))
    record_history(desk, [call(5, FIRST + 2 * DAY)])
    told = [
        (row["court"], row["version"], row["first_used_local"][:10], row["uses"])
        for row in figures(desk)
    ]
    assert told == [
        ("ianb", 1, "2026-05-02", 1), ("ncmb", 1, "2026-05-02", 1), ("ncmb", 2, "2026-05-03", 3),
    ]  # fmt: skip
    assert [row["court"] for row in figures(desk, court="ianb")] == ["ianb"]


def test_the_commonest_exits_are_the_last_answers_that_stand(
    desk: Desk, clock: StillClock
) -> None:
    for answers in (["yes"], ["yes"], ["yes", "yes"], ["no"], []):
        running = start_call(desk)
        choose_symptom(desk, running, PASSWORD)
        for step, answer in zip(("cmecf", "unlinked"), answers, strict=False):
            clock.go_on(1)
            answer_step(desk, running, step, answer)
        clock.go_on(1)
        finish_call(desk, running, "escalated")
        clock.go_on(60)
    (row,) = figures(desk, period=Period(0, clock.at, NEW_YORK))
    assert row["uses"] == 5
    assert row["exits"] == "cmecf = yes 40%, cmecf = no 20%, unlinked = yes 20%"


def test_a_playbook_that_was_never_used_has_no_rows(desk: Desk) -> None:
    assert figures(desk) == []


def test_the_calls_of_merged_tickets_are_pooled_and_only_the_first_of_all_is_a_first_call(
    desk: Desk,
) -> None:
    tickets = [desk.ids.make(FIRST + number) for number in range(12)]
    record_history(desk, [call(n, FIRST + n, ticket=tickets[n]) for n in range(12)])
    (before,) = figures(desk)
    merge_tickets(desk, tickets[11], tickets[10])
    (after,) = figures(desk)
    assert (before["uses"], after["uses"]) == (12, 12)
    assert (lasting(before)[1], lasting(after)[1]) == (11, 10)


def test_a_resolved_call_that_left_the_way_before_its_end_skipped_a_step(
    desk: Desk, clock: StillClock
) -> None:
    book = desk.library.playbooks[PASSWORD]
    for many in (1, 2):
        running = start_call(desk)
        choose_symptom(desk, running, PASSWORD)
        for step in ("cmecf", "unlinked")[:many]:
            clock.go_on(1)
            answer_step(desk, running, step, "yes")
        clock.go_on(1)
        finish_call(desk, running, "resolved")
        clock.go_on(60)
    (row,) = figures(desk, period=Period(0, clock.at, NEW_YORK))
    after = {
        step: found.leads_to
        for step in ("cmecf", "unlinked")
        if (found := book.steps[step].answer("yes"))
    }
    open_steps = [book.steps[step] for step in after.values()]
    expected = [step.id for step in open_steps if not step.fact]
    assert expected
    assert row["skipped"] == Ratio(len(expected), 2)
    assert row["skipped_steps"] == ", ".join(f"{step} 1" for step in sorted(expected))
