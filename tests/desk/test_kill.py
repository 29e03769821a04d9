"""kill -9 in every state of a call: what was done is there, and the call goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.calls import finish_call, take_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import answer_step
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import CallView
from helpdesk.store.calls import find_running
from tests.support.calls import rows
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.programs import finished, started

STATES = (
    "started", "caller", "symptom", "answered", "parked", "taken", "draft", "noted", "verified",
    "password", "ended",
)  # fmt: skip

KILLED = """
import os, signal, sys, time
from pathlib import Path
from helpdesk.desk.actions import add_action_to_call, issue_password
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import end_call, park_call, start_call, take_call
from helpdesk.desk.notes import add_note_to_call, keep_draft
from helpdesk.desk.runs import answer_step, choose_symptom
from tests.support.calls import DANA, PHONE
from tests.support.clock import StillClock
from tests.support.desks import open_as
home, last = sys.argv[1:]
clock = StillClock()
desk = open_as(Path(home), clock)

def reached(state):
    clock.go_on(10)
    if state == last:
        time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGKILL)

call = start_call(desk); reached("started")
add_caller(desk, call, DANA, PHONE); reached("caller")
choose_symptom(desk, call, "forgot-cmecf-before-link", "pw"); reached("symptom")
answer_step(desk, call, "cmecf", "yes"); answer_step(desk, call, "unlinked", "yes")
reached("answered")
park_call(desk, call); reached("parked")
take_call(desk, call); reached("taken")
keep_draft(desk, call, "Firewall blocks pop"); reached("draft")
add_note_to_call(desk, call, "Firewall blocks pop-ups"); reached("noted")
for check in ("called-back", "email-on-record"):
    add_action_to_call(desk, call, check)
reached("verified")
issue_password(desk, call, {"delivery": "called back"}); reached("password")
end_call(desk, call); reached("ended")
"""


def killed_in(home: Path, state: str) -> Desk:
    finished(KILLED, home, state, status=-9)
    clock = StillClock()
    clock.go_on(600)
    return open_as(home, clock)


def survived(view: CallView) -> list[str]:
    """The states of which the call still knows."""
    known = {
        "started": True,
        "caller": view.caller is not None and view.caller.name == "Whitfield, Dana",
        "symptom": view.symptom == "forgot-cmecf-before-link",
        "answered": view.run is not None and len(view.run.passed) >= 2,
        "parked": view.clocks.hold > 0 or view.clocks.running == "hold",
        "taken": view.clocks.hold == 10,
        "draft": view.draft == "Firewall blocks " or bool(view.notes),
        "noted": [note.text for note in view.notes] == ["Firewall blocks pop-ups"],
        "verified": len(view.done) >= 2,
        "password": [done.kind for done in view.done][2:] == ["temporary-password"],
        "ended": view.ended_at is not None,
    }
    return [state for state in STATES if known[state]]


@pytest.mark.parametrize("state", STATES)
def test_a_call_killed_in_any_state_is_there_as_it_was_and_goes_on(home: Path, state: str) -> None:
    desk = killed_in(home, state)
    (row,) = find_running(desk.port).dicts()
    call = row["id"]
    view = call_view(desk, call)
    assert survived(view) == list(STATES[: STATES.index(state) + 1])
    if state != "ended":
        take_call(desk, call)
        assert call_view(desk, call).clocks.running == "talk"
    if view.run is not None and view.run.current is not None:
        step = view.run.current
        answer = step.answers[0].key if step.answers else "done"
        answer_step(desk, call, step.id, answer)
    finish_call(desk, call, "resolved")
    assert rows(desk, "SELECT status FROM ticket") == [{"status": "resolved"}]
    assert list(find_running(desk.port).dicts()) == []
    assert desk.port.query("PRAGMA integrity_check").value() == "ok"
    assert faults_of(desk.port) == []
    desk.close()


AT_WORK = """
import sys
from pathlib import Path
from helpdesk.desk.calls import finish_call
from helpdesk.desk.notes import add_note_to_call
from tests.support.calls import call_of_dana
from tests.support.clock import StillClock
from tests.support.desks import open_as
desk = open_as(Path(sys.argv[1]), StillClock())
for number in range(10_000):
    call = call_of_dana(desk)
    add_note_to_call(desk, call, f"note {number}")
    finish_call(desk, call, "resolved")
    print(number, flush=True)
"""


@pytest.mark.parametrize("calls", [1, 2, 5, 9])
def test_whatever_was_said_to_be_done_is_there_after_a_kill_at_any_moment(
    home: Path, calls: int
) -> None:
    program = started(AT_WORK, home)
    assert program.stdout is not None
    for _ in range(calls):
        assert program.stdout.readline(), program.communicate()
    program.kill()  # while the next calls are being written
    program.communicate()
    desk = open_as(home, StillClock())
    done = rows(desk, "SELECT id FROM call WHERE outcome = 'resolved'")
    assert len(done) >= calls
    assert len(rows(desk, "SELECT id FROM note")) >= calls
    for row in rows(desk, "SELECT id FROM call"):
        assert call_view(desk, row["id"]).number  # never a call without its ticket
    assert len(find_running(desk.port).rows) <= 1
    assert desk.port.query("PRAGMA integrity_check").value() == "ok"
    assert faults_of(desk.port) == []
    desk.close()
