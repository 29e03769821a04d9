"""How long an export of every ticket takes beside the ``sqlite3`` shell, and how much memory.

``DESK=FOLDER pytest tests/benchmarks/test_exports.py -o addopts=`` measures a desk that is there.
The shell writes the same columns from the same rows; it cannot know time zones, so that it
writes local times by one fixed offset, which costs it as much as the right one would.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

from tests.benchmarks.conftest import Compare, Limit
from tests.benchmarks.table import BYTES
from tests.support.programs import finished

TIMES = 3
MOST = 2.5
MOST_BYTES = 60e6
EXPORT = """
import sys
from helpdesk.__main__ import main
assert main(sys.argv[1:]) == 0
"""
PEAK = """
from pathlib import Path
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines()
           if line.startswith("VmHWM")))
"""
SHELL = """
SELECT printf('T-%02d-%05d', t.year % 100, t.n) AS number,
    CASE WHEN t.status IN ('waiting', 'escalated') AND t.wakes_at <= unixepoch() THEN 'open'
        ELSE t.status END AS status,
    t.outcome, t.symptom, t.court, t.office, c.name AS caller_name, c.firm AS caller_firm,
    (SELECT p.digits FROM caller_phone p WHERE p.caller = t.caller LIMIT 1) AS caller_phone,
    c.email AS caller_email, k.login AS clerk,
    strftime('%Y-%m-%dT%H:%M:%SZ', t.opened_at, 'unixepoch') AS opened_at,
    strftime('%Y-%m-%dT%H:%M:%S-06:00', t.opened_at - 21600, 'unixepoch') AS opened_local,
    '-06:00' AS utc_offset, t.zone,
    strftime('%Y-%m-%dT%H:%M:%SZ', t.resolved_at, 'unixepoch') AS resolved_at,
    strftime('%Y-%m-%dT%H:%M:%S-06:00', t.resolved_at - 21600, 'unixepoch') AS resolved_local,
    CASE WHEN t.resolved_at IS NOT NULL THEN '-06:00' END AS resolved_offset,
    (SELECT group_concat(g.tag, ' ') FROM tag g WHERE g.ticket = t.id) AS tags
FROM ticket t JOIN clerk k ON k.id = t.clerk LEFT JOIN caller c ON c.id = t.caller
WHERE t.status NOT IN ('merged', 'void') ORDER BY t.opened_at DESC, t.id DESC;
"""


@pytest.fixture(scope="module")
def home(request: pytest.FixtureRequest) -> Path:
    named = os.environ.get("DESK")
    return Path(named) if named else Path(request.getfixturevalue("million_home"))


def ours(home: Path, out: Path) -> list[str]:
    command = [sys.executable, "-m", "helpdesk", "--home", str(home)]
    return [*command, "export", "tickets", "--force", "--out", str(out)]


def seconds(command: list[str], env: dict[str, str], out: Path | None = None) -> float:
    begun = perf_counter()
    with (out or Path(os.devnull)).open("wb") as file:
        subprocess.run(command, env=env, stdout=file, stderr=subprocess.DEVNULL, check=True)
    return perf_counter() - begun


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell here")
def test_every_ticket_as_csv(
    compare: Compare, home: Path, tmp_path: Path, env: dict[str, str]
) -> None:
    mine, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    database = str(home / "data" / "helpdesk.db")
    shell = ["sqlite3", "-readonly", "-csv", "-header", database, SHELL]
    took, floor = [], []
    for _ in range(TIMES):
        took.append(seconds(ours(home, mine), env))
        floor.append(seconds(shell, env, theirs))
    heads = [path.read_bytes().split(b"\n")[0].strip() for path in (mine, theirs)]
    assert heads[0].removeprefix(b"\xef\xbb\xbf") == heads[1]
    assert mine.read_bytes().count(b"\r\n") == theirs.read_bytes().count(b"\n")
    compare("export every ticket as CSV", took, floor, "the sqlite3 shell", MOST)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak")
@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_memory_stays_the_same_however_many_tickets_there_are(
    limit: Limit, request: pytest.FixtureRequest, tmp_path: Path, form: str
) -> None:
    home = request.getfixturevalue("home" if form == "csv" else "busy_home")
    taken = int(finished(EXPORT + PEAK, *ours(home, tmp_path / f"all.{form}")[3:]))
    more = 1024 * (taken - int(finished(PEAK)))
    limit(f"memory of an export as {form}", more, MOST_BYTES, BYTES, "above an idle Python")
