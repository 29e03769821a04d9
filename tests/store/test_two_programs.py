from __future__ import annotations

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.view import call_view
from tests.support.chains import faults_of
from tests.support.programs import started

NOTES = 40

ADD_NOTES = f"""
import sys
from pathlib import Path
from helpdesk.desk.notes import add_note_to_call
from tests.support.clock import StillClock
from tests.support.desks import open_as
home, call, name = sys.argv[1:]
desk = open_as(Path(home), StillClock(), (int(name), f"clerk{{name}}"), "clerk")
print("ready", flush=True)
sys.stdin.readline()
for number in range({NOTES}):
    add_note_to_call(desk, int(call), f"{{name}} {{number}}")
desk.close()
"""


def test_two_programs_that_add_notes_to_one_ticket_at_once_lose_none(desk: Desk) -> None:
    call = start_call(desk)
    programs = [started(ADD_NOTES, desk.folder.home, call, name) for name in ("2001", "2002")]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n", program.communicate()
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    for program in programs:
        _, complained = program.communicate()
        assert program.returncode == 0, complained
    notes = [note.text for note in call_view(desk, call).notes]
    assert sorted(notes) == sorted(
        f"{name} {n}" for name in ("2001", "2002") for n in range(NOTES)
    )
    assert faults_of(desk.port) == []
