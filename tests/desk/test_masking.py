"""What an auditor sees: everything that was done, and nobody to whom."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.caller_card import caller_card
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.exports import export_rows
from helpdesk.desk.figures import make_report
from helpdesk.desk.home import home_view
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.report_scope import Question
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.staff import change_role, look_at_role
from helpdesk.desk.ticket_text import ticket_lines
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.desk.upkeep import examine_database
from helpdesk.domain.calls import Caller
from helpdesk.errors import HelpdeskError, NotAllowed
from helpdesk.files.ticket_json import ticket_as_json
from helpdesk.stats.reports import REPORTS
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.screens import press, running, text
from tests.tui.scenes import small_library
from tests.tui.walks import STATES, walk

DANA = Caller(
    0, name="Whitfield, Dana", firm="Quillmark Partners", email="dana@whitfield.example",
    bar_number="NC48213", court="ncmb",
)  # fmt: skip
PHONE = "212-555-0144"
PERSONAL = ("hitfield", "uillmark", "@whit", "48213", "212555", "212-555", "zebra", "Dana")
"""Parts of what is known of the caller, none of which is what a mask leaves of it."""


@pytest.fixture
def auditor(desk: Desk, clock: StillClock) -> Iterator[Desk]:
    """An auditor at a desk that took two calls of Dana Whitfield."""
    for outcome in ("resolved", "callback"):
        call = start_call(desk)
        add_caller(desk, call, DANA, PHONE)
        choose_symptom(desk, call, "linking-error", "zebra")
        add_note_to_call(desk, call, "Dana has a zebra")
        add_action_to_call(desk, call, "called-back")
        clock.go_on(200)
        finish_call(desk, call, outcome, clock.at + 3_600 if outcome == "callback" else None)
    open_as(desk.folder.home, clock, RVANCE, "clerk").close()
    change_role(desk, "rvance", "auditor")
    auditor = open_as(desk.folder.home, clock, RVANCE, "auditor")
    yield auditor
    auditor.close()


def personal_in(said: object) -> list[str]:
    return [part for part in PERSONAL if part.lower() in str(said).lower()]


def test_a_ticket_tells_what_was_done_and_to_nobody(auditor: Desk) -> None:
    history = show_ticket(auditor, "1")
    assert personal_in(history) == []
    assert personal_in("\n".join(ticket_lines(auditor, history))) == []
    assert personal_in(json.dumps(ticket_as_json(history))) == []
    assert history.actions
    assert history.row.symptom == "linking-error"
    assert history.row.caller == "W…"
    assert [note.text for note in history.notes] == ["(16 characters)"]


def test_lists_cards_and_home_are_masked(auditor: Desk) -> None:
    seen = [list_tickets(auditor, query_of(auditor, "status:resolved,waiting"), 20)]
    seen.append(home_view(auditor))  # type: ignore[arg-type]
    found = look_for_callers(auditor, "").callers
    seen += [found, caller_card(auditor, found[0].id)]  # type: ignore[list-item]
    assert personal_in(seen) == []
    assert found[0].name == "W…"


@pytest.mark.parametrize(
    "typed", ["zebra", "caller:whitfield", "phone:0144", "firm:quillmark", "-zebra"]
)
def test_nobody_is_found_by_trying_words(auditor: Desk, typed: str) -> None:
    with pytest.raises(NotAllowed, match="find nobody by"):
        query_of(auditor, typed)
    with pytest.raises(NotAllowed, match="find nobody by"):
        look_for_callers(auditor, typed)


def test_an_auditor_exports_nothing(auditor: Desk) -> None:
    with pytest.raises(NotAllowed, match="ask one of"):
        export_rows(auditor, "calls", "")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_the_figures_of_a_supervisor_and_names_nobody(
    auditor: Desk, desk: Desk, name: str
) -> None:
    mine, theirs = (
        make_report(each, Question(name, "this-month")).table for each in (auditor, desk)
    )
    assert personal_in(mine) == []
    if name != "repeat-callers":
        assert mine.rows == theirs.rows
    assert len(mine.rows) == len(theirs.rows)


def test_the_checks_of_the_database_read_it_as_it_is(auditor: Desk, desk: Desk) -> None:
    assert list(examine_database(auditor)) == list(examine_database(desk))


def test_who_becomes_an_auditor_starts_again(desk: Desk, clock: StillClock) -> None:
    other = open_as(desk.folder.home, clock, RVANCE, "clerk")
    change_role(desk, "rvance", "auditor")
    look_at_role(other)
    with pytest.raises(NotAllowed, match="start it again"):
        show_ticket(other, "1")
    other.close()


async def test_no_screen_of_the_console_names_anybody(auditor: Desk) -> None:
    auditor.read_playbooks = small_library
    async with running(auditor, (120, 40)) as console:
        for state, keys in STATES.items():
            if not keys.startswith(("n", "N", "H", "/")):
                await walk(console, state)
                assert personal_in(text(console)) == [], state
        await press(console, "n")
        assert personal_in(text(console)) == []


def test_a_masked_database_answers_whatever_a_screen_asks(auditor: Desk) -> None:
    for typed in ("opened:today", "status:open sort:due", "flagged:yes", "is:late", "dur>1m"):
        try:
            list_tickets(auditor, query_of(auditor, typed), 20)
        except HelpdeskError as refusal:
            pytest.fail(f"{typed}: {refusal}")
