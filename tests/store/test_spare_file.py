"""What a console goes on with is the same as in the file, and no more than it needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.incidents import declare_incident, end_incident
from helpdesk.desk.runs import choose_symptom
from helpdesk.store.spare_file import SpareFile


@pytest.fixture
def spare() -> Iterator[SpareFile]:
    """The memory, with nothing in it."""
    made = SpareFile()
    yield made
    made.close()


def test_what_ended_in_the_file_has_ended_here(desk: Desk, spare: SpareFile) -> None:
    number = declare_incident(desk, "ianb", "linking-error", "It is being mended.")
    spare.take(desk.port, desk.clerk.id)
    ended = "SELECT ended_at IS NOT NULL FROM incident"
    assert spare.query(ended).rows == [(0,)]
    end_incident(desk, number)
    start_call(desk)
    spare.take(desk.port, desk.clerk.id)
    assert spare.query(ended).rows == []


def test_playbooks_of_calls_that_are_over_go_with_them(desk: Desk, spare: SpareFile) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "linking-error", "li")
    spare.take(desk.port, desk.clerk.id)
    versions = "SELECT slug FROM playbook_version"
    assert spare.query(versions).rows == [("linking-error",)]
    finish_call(desk, call, "resolved")
    spare.take(desk.port, desk.clerk.id)
    assert spare.query(versions).rows == []
