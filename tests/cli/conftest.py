from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from helpdesk.__main__ import main
from helpdesk.desk.actions import add_action_to_call
from helpdesk.desk.callers import add_caller
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.notes import add_note_to_call
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import undo_last
from helpdesk.domain.calls import Caller
from tests.support.clock import StillClock

HOSTILE = "Roe\x1b]52;c;aGk=\x07\u202e [/bold]"


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command as the shell would, on the desk that ``HELPDESK_HOME`` names."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(each) for each in arguments])
        return Ran(status, *capsys.readouterr())

    return run


@pytest.fixture
def called(desk: Desk, clock: StillClock) -> Desk:
    """A desk with one finished call, T-26-00001, on which a note was taken back."""
    call = start_call(desk)
    caller = Caller(0, name="Whitfield, Dana", firm=HOSTILE, email="dana@whitfieldroe.example")
    add_caller(desk, call, caller, "(212) 555-0144")
    choose_symptom(desk, call, "forgot-cmecf-before-link", "pw")
    answer_step(desk, call, "cmecf", "yes")
    add_action_to_call(desk, call, "called-back")
    add_note_to_call(desk, call, "Chrome, the firewall\nblocks pop-ups")
    add_note_to_call(desk, call, "wrong caller")
    undo_last(desk, call)
    clock.go_on(250)
    finish_call(desk, call, "callback", clock.at + 3_600)
    return desk
