from __future__ import annotations

from dataclasses import replace

import pytest

from helpdesk.domain.call_clocks import Clocks
from helpdesk.domain.call_words import before_said, promised_said
from helpdesk.domain.calls import Caller, CallView, PastCall
from helpdesk.domain.courts import Court, Office
from helpdesk.domain.promises import OpenPromise, Promised
from helpdesk.domain.repeats import REPEAT_SECONDS, Repeat

DAY = 86_400
NOW = 1_780_000_000
OFFICE = Office("gso", "Greensboro", "America/New_York")
COURT = Court("ncmb", "NCMB", "Middle North Carolina", "", "", None, (OFFICE,))


def past(ticket: int, ago: int, symptom: str, status: str = "resolved") -> PastCall:
    number, at = f"T-26-{ticket:05}", NOW - ago
    return PastCall(ticket, number, at, symptom, status, "", "mortiz", at + 60, at)


def promise(ticket: int, due_at: int, kind: str = "callback") -> OpenPromise:
    made = Promised(kind, due_at, OFFICE.zone, NOW - DAY, "mortiz", done_at=None, struck=False)
    return OpenPromise(f"T-26-{ticket:05}", made)


LINKING = past(2, 3 * DAY, "linking-error")
OLDER_LINKING = past(1, 5 * DAY, "linking-error")
WAITING = past(3, 2 * DAY, "pdf-rejected", "waiting")
ESCALATED = past(4, DAY, "no-menus", "escalated")
NEWEST = past(5, 60 * 60, "browser-cache")
LONG_AGO = past(6, 30 * DAY, "no-menus", "waiting")

VIEW = CallView(
    call=1, ticket=9, number="T-26-00009", clerk="mortiz", started_at=NOW, opened_at=NOW,
    ended_at=None, wrap_ended_at=None, clocks=Clocks(0, 0, 0, "talk", NOW), outcome="", phone="",
    court=COURT, office=OFFICE, asked_caller=True, caller=Caller(1, "Whitfield, Dana"),
    past=(NEWEST, ESCALATED, WAITING, LINKING, OLDER_LINKING, LONG_AGO), repeat=Repeat(6),
)  # fmt: skip


def go_on(view: CallView) -> PastCall | None:
    return view.continues(REPEAT_SECONDS)


def test_before_the_symptom_the_order_is_named_promised_open_newest() -> None:
    promised = replace(VIEW, promises=(promise(3, NOW - DAY),))
    assert go_on(replace(promised, named=2)) == LINKING
    assert go_on(promised) == WAITING
    assert go_on(VIEW) == ESCALATED
    assert go_on(replace(VIEW, past=(NEWEST, LINKING))) == NEWEST


def test_a_named_or_promised_ticket_is_offered_at_any_age_and_no_other_is() -> None:
    old = replace(VIEW, past=(LONG_AGO,), repeat=Repeat())
    assert go_on(old) is None
    assert go_on(replace(old, named=6)) == LONG_AGO
    assert go_on(replace(old, promises=(promise(6, NOW),))) == LONG_AGO


@pytest.mark.parametrize(
    ("many", "said"),
    [(1, "1 other ticket"), (7, "7 other tickets"), (8, "8 other tickets or more")],
)
def test_of_more_tickets_than_a_call_fetches_none_is_said_not_to_be(many: int, said: str) -> None:
    view = replace(VIEW, opened_at=NOW - DAY, past=(NEWEST,) * many)
    assert before_said(view, NOW, REPEAT_SECONDS, str).endswith(f"; {said} (C)")


def test_a_line_that_just_dropped_comes_before_what_is_open() -> None:
    dropped = replace(past(7, 90, "", "closed"), outcome="dropped")
    view = replace(VIEW, past=(dropped, *VIEW.past), repeat=Repeat(6, dropped=True))
    assert go_on(view) == dropped
    assert before_said(view, NOW, REPEAT_SECONDS, str).startswith("! same contact, the line had")
    named = before_said(replace(view, named=2), NOW, REPEAT_SECONDS, str)
    assert named.startswith("! 6th call in 7 days, same symptom? T-26-00002")


@pytest.mark.parametrize("named", [0, 4])
def test_once_the_symptom_is_chosen_the_newest_ticket_of_it_is_named_same_and_goes_on(
    named: int,
) -> None:
    view = replace(VIEW, symptom="linking-error", named=named, promises=(promise(3, NOW),))
    assert go_on(view) == LINKING
    assert "SAME symptom: T-26-00002" in before_said(view, NOW, REPEAT_SECONDS, str)


def test_where_no_ticket_has_the_symptom_the_likeliest_is_told_as_another() -> None:
    view = replace(VIEW, symptom="multifactor")
    assert go_on(view) == ESCALATED
    assert "another symptom: T-26-00004" in before_said(view, NOW, REPEAT_SECONDS, str)


def test_a_promise_is_told_late_or_coming_with_its_ticket_and_how_many_more() -> None:
    late = replace(VIEW, promises=(promise(3, NOW - 60), promise(4, NOW + 60)))
    assert promised_said(late, NOW) == "! LATE call back since 16:25, T-26-00003, 1 more (C)"
    coming = replace(VIEW, promises=(promise(4, NOW, "waiting"),))
    assert promised_said(coming, NOW) == "promised: waits, due 16:26, T-26-00004 (C)"
    assert promised_said(VIEW, NOW) == ""


def test_what_is_promised_on_the_call_itself_is_no_news_and_on_its_ticket_before_is() -> None:
    earlier = promise(9, NOW + 60)
    here = OpenPromise(earlier.number, replace(earlier.promise, made_at=NOW + 5))
    assert promised_said(replace(VIEW, promises=(here,)), NOW) == ""
    assert "T-26-00009" in promised_said(replace(VIEW, promises=(earlier,)), NOW)
