"""Thirty-two programs that log a call every two seconds: all are there, and none waits long."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

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


def test_a_call_every_two_seconds_from_each_of_32_programs(home: Path) -> None:
    finished(FIRST)
    programs = [started(LOGGING, each, MANY, SECONDS) for each in range(MANY)]
    try:
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        told = [program.communicate() for program in programs]
    finally:
        for program in programs:
            program.kill()
    assert [program.returncode for program in programs] == [0] * MANY, told
    numbers = [number for out, _ in told for number in json.loads(out)[0]]
    waits = sorted(json.loads(out)[1] for out, _ in told)
    assert len(set(numbers)) == len(numbers)
    with closing(sqlite3.connect(home / "data" / "helpdesk.db")) as database:
        kept = database.execute("SELECT count(*), count(DISTINCT n), max(n) FROM ticket")
        assert kept.fetchone() == (len(numbers) + 1,) * 3
        assert database.execute("SELECT count(*) FROM note").fetchone() == (len(numbers),)
    assert waits[-1] < LONGEST_WAIT, f"{len(numbers)} calls, the longest waits: {waits}"
