"""Kills at any moment while the database is now held: what was said is there."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import pytest

from helpdesk.desk.home import open_console
from tests.support.chains import faults_of
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.programs import started

ROUNDS: Final = 25

AT_WORK: Final = """
import sys, threading
from pathlib import Path
from helpdesk.desk import outbox
from helpdesk.desk.calls import finish_call
from helpdesk.desk.home import open_console
from helpdesk.desk.notes import add_note_to_call
from tests.support.calls import call_of_dana
from tests.support.desks import open_as
from helpdesk.desk.desk import Clock
outbox.PATIENCE, outbox.AGAIN_SECONDS = 0.02, 0.05
home, mark = sys.argv[1:]
desk = open_as(Path(home), Clock())
open_console(desk)

def watch():
    while True:
        desk.port.wait(2**60, 0.02)
        if desk.outbox.wants():
            desk.outbox.look()

def watching():
    while True:
        try:
            watch()
        except Exception:
            pass

threading.Thread(target=watching, daemon=True).start()
print("ready", flush=True)
for number in range(100_000):
    call = call_of_dana(desk)
    print(f"begun {call}", flush=True)
    for place in range(3):
        add_note_to_call(desk, call, f"{mark}.{number}.{place}")
        print(f"noted {mark}.{number}.{place}", flush=True)
    finish_call(desk, call, "resolved")
    print(f"finished {call}", flush=True)
"""


def disturb(home: Path, chance: random.Random, left: threading.Event) -> None:
    """Hold the database now and then."""
    file = home / "data" / "helpdesk.db"
    while not left.wait(chance.uniform(0.02, 0.2)):
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(file, isolation_level=None, timeout=0)) as other,
        ):
            other.execute("BEGIN EXCLUSIVE")
            left.wait(chance.uniform(0.02, 0.4))
            other.execute("ROLLBACK")


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_a_console_said_is_there_once_after_kills_at_any_moment(
    home: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same kills each time
    begun, noted, over = set[str](), set[str](), set[str]()
    for turn in range(ROUNDS):
        program, left = started(AT_WORK, home, f"r{turn}"), threading.Event()
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n", program.communicate()
        other = threading.Thread(target=disturb, args=(home, chance, left))
        other.start()
        time.sleep(chance.uniform(0.05, 1.2))
        program.kill()
        left.set()
        other.join()
        for line in program.communicate()[0].splitlines():
            said, _, what = line.partition(" ")
            {"begun": begun, "noted": noted, "finished": over}.get(said, set[str]()).add(what)
    desk = open_as(home, StillClock(int(time.time())))  # noqa: TID251 - beside real programs
    open_console(desk)
    assert desk.outbox is not None
    assert desk.outbox.head == ""
    texts = [row[0] for row in desk.port.query("SELECT text FROM note").rows]
    calls = {str(row[0]): row[1] for row in desk.port.query("SELECT id, outcome FROM call").rows}
    assert len(texts) == len(set(texts))
    assert noted <= set(texts)
    assert begun <= set(calls)
    assert {calls[call] for call in over} <= {"resolved"}
    assert len(noted) > ROUNDS
    assert desk.port.query("PRAGMA integrity_check").value() == "ok"
    assert faults_of(desk.port) == []
    desk.close()
