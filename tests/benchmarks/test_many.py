"""Many programs that log calls into one file at once: all are there, and none waits long."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

from tests.benchmarks.conftest import Compare
from tests.benchmarks.test_desk import BATCHES
from tests.benchmarks.test_lists import late
from tests.support.programs import finished, started

MANY: Final = 32
SECONDS: Final = 60
LONGEST_WAIT: Final = 2.0

FIRST: Final = """
import sys
from helpdesk.__main__ import main
raise SystemExit(main(["log", "--caller", "First", "--phone", "212-555-0100", "--court", "ncmb",
                       "--symptom", "linking-error"]))
"""

LOGGING: Final = """
import io, json, sys, time
from contextlib import redirect_stdout
from helpdesk.__main__ import main
from helpdesk.store import sqlite_file
who, of, seconds = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
waited = []

def timed(connection, batch, then, real=sqlite_file.written):
    waited.append(time.monotonic())
    return real(connection, batch, then)

sqlite_file.written = timed
sys.stdin.readline()
begun, numbers, longest = time.monotonic(), [], 0.0
due = begun + 2 * who / of
while due < begun + seconds:
    time.sleep(max(0.0, due - time.monotonic()))
    said = io.StringIO()
    waited.clear()
    with redirect_stdout(said):
        status = main(["log", "--caller", f"Caller {who}", "--phone", f"212-555-01{who:02}",
                       "--court", "ncmb", "--symptom", "linking-error", "--minutes", "3",
                       "--note", f"note {len(numbers)} of {who}"])
    longest = max(longest, time.monotonic() - waited[0])
    assert status == 0, status
    numbers.append(said.getvalue().strip())
    due = max(due + 2, time.monotonic())
print(json.dumps([numbers, longest]))
"""

CLERKS: Final = 16
APART: Final = 10
"""Seconds between two calls of a clerk; its steps are spread over them."""
ALONE: Final = 20
LONGEST_OF_95: Final = 0.050

CALLING: Final = """
import json, os, sys, time
from pathlib import Path
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import open_desk
from helpdesk.store.sqlite_file import SqliteFile
from tests.benchmarks.test_desk import steps_of_a_call
who, of, apart, seconds = map(int, sys.argv[1:])
waited = []

def timed(port, *batch, real=SqliteFile.transact):
    begun = time.monotonic()
    answers = real(port, *batch)
    waited.append(time.monotonic() - begun)
    return answers

desk = open_desk(Folder(Path(os.environ["HELPDESK_HOME"])), user=(2_000 + who, f"clerk{who}"))
SqliteFile.transact = timed
sys.stdin.readline()
due = time.monotonic() + apart * who / of
end = due + seconds
while due < end:
    for place, step in enumerate(steps_of_a_call(desk, who)):
        time.sleep(max(0.0, due + place * apart / 10 - time.monotonic()))
        step()
    due += apart
desk.close()
print(json.dumps(waited))
"""


def let_go(programs: list[subprocess.Popen[str]]) -> list[str]:
    """What programs that wait for each other say at their end."""
    try:
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        told = [program.communicate() for program in programs]
    finally:
        for program in programs:
            program.kill()
    assert [program.returncode for program in programs] == [0] * len(programs), told
    return [out for out, _ in told]


def waits_of(clerks: int, seconds: int) -> list[float]:
    """How long each batch of so many clerks took, from its being sent to its being kept."""
    programs = [started(CALLING, each, clerks, APART, seconds) for each in range(clerks)]
    return [wait for out in let_go(programs) for wait in json.loads(out)]


def test_16_clerks_with_a_call_every_ten_seconds(compare: Compare) -> None:
    finished(FIRST)
    alone, waits = waits_of(1, ALONE), waits_of(CLERKS, SECONDS)
    assert len(waits) == CLERKS * SECONDS // APART * BATCHES
    what = f"waiting for the database, {CLERKS} clerks, 95 %"
    compare(what, waits, alone, "one clerk", of=late, within=LONGEST_OF_95)


def test_a_call_every_two_seconds_from_each_of_32_programs(home: Path) -> None:
    finished(FIRST)
    programs = [started(LOGGING, each, MANY, SECONDS) for each in range(MANY)]
    told = [json.loads(out) for out in let_go(programs)]
    numbers = [number for kept, _ in told for number in kept]
    waits = sorted(wait for _, wait in told)
    assert len(set(numbers)) == len(numbers)
    with closing(sqlite3.connect(home / "data" / "helpdesk.db")) as database:
        kept = database.execute("SELECT count(*), count(DISTINCT n), max(n) FROM ticket")
        assert kept.fetchone() == (len(numbers) + 1,) * 3
        assert database.execute("SELECT count(*) FROM note").fetchone() == (len(numbers),)
    assert waits[-1] < LONGEST_WAIT, f"{len(numbers)} calls, the longest waits: {waits}"
