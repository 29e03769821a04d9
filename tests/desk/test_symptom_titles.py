from __future__ import annotations

from pathlib import Path

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.home import open_console
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.playbooks import read_again
from helpdesk.desk.report_scope import Question
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.desk.ticket_text import ticket_lines
from tests.playbooks.written import ONE, write
from tests.support.calls import call_for_password
from tests.support.clock import StillClock
from tests.support.desks import open_as

SLUG = "forgot-cmecf-before-link"


def used_and_switched_off(desk: Desk, clock: StillClock) -> tuple[str, Desk]:
    finish_call(desk, call_for_password(desk), "resolved")
    title = desk.library.title(SLUG)
    assert title != SLUG
    desk.folder.settings.write_text(f"hidden: [{SLUG}]\n", encoding="utf-8")
    return title, open_as(desk.folder.home, clock)


def test_a_playbook_that_was_used_keeps_its_title_once_it_is_switched_off(
    desk: Desk, clock: StillClock
) -> None:
    title, again = used_and_switched_off(desk, clock)
    assert SLUG not in again.library.playbooks
    assert symptom_title(again, SLUG) == title
    assert symptom_title(again, "never-used") == "never-used"
    assert any(title in each for each in ticket_lines(again, show_ticket(again, "1")))
    table = make_report(again, Question("by-symptom", "today")).table
    assert title in {each for row in table.rows for each in row}
    again.close()


def test_a_call_on_a_playbook_that_is_deleted_meanwhile_still_says_its_title(
    home: Path, clock: StillClock
) -> None:
    (own,) = write(home, {"playbooks/x/our-own.yaml": ONE.replace("[ab]", "[zzz]")}).rglob("*.y*")
    desk = open_as(home, clock)
    open_console(desk)
    choose_symptom(desk, start_call(desk), "our-own")
    own.unlink()
    assert read_again(desk)
    assert "our-own" not in desk.library.playbooks
    assert symptom_title(desk, "our-own") == "Cannot sign in"
    desk.close()


def test_a_console_knows_it_before_it_draws(desk: Desk, clock: StillClock) -> None:
    title, again = used_and_switched_off(desk, clock)
    open_console(again)
    again.port.close()
    again.folder.database.rename(again.folder.home / "away.db")
    assert (symptom_title(again, SLUG), symptom_title(again, "other")) == (title, "other")
