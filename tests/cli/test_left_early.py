"""A command that is ended by a signal: no half file, nothing half written, an honest status."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.verifying import verify_journal
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.golden import fill_golden
from tests.support.programs import finished

EXPORT = """
import os, sys
import helpdesk.desk.saved_rows as saving
from helpdesk.__main__ import main
rows_of = saving.export_rows
def rows(*told):
    for place, row in enumerate(rows_of(*told)):
        yield row
        if place == 3:
            os.kill(os.getpid(), int(sys.argv[1]))
saving.export_rows = rows
raise SystemExit(main(["export", "tickets", "--out", sys.argv[2]]))
"""


@pytest.fixture(autouse=True)
def filled(desk: Desk, clock: StillClock) -> None:
    fill_golden(desk, clock)


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("csv", signal.SIGTERM), ("xlsx", signal.SIGHUP), ("jsonl", signal.SIGQUIT),
        ("xlsx", signal.SIGINT),
    ],
)  # fmt: skip
def test_an_export_that_is_ended_leaves_no_file(
    tmp_path: Path, form: str, number: signal.Signals
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    finished(EXPORT, int(number), out / f"rows.{form}", status=128 + number)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_a_killed_export_left_is_removed_by_the_next_one_there(
    tmp_path: Path, run: Run, form: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    finished(EXPORT, int(signal.SIGKILL), out / f"rows.{form}", status=-signal.SIGKILL)
    left = [each.name for each in out.iterdir()]
    assert left
    assert all(name.startswith(".") for name in left)
    mine = out / f".rows.csv.helpdesk-{os.getpid()}"
    mine.write_text("of one that still runs")
    (out / ".profile").write_text("of somebody else")
    assert run("export", "calls", "--out", out / "calls.csv").status == 0
    assert sorted(each.name for each in out.iterdir()) == [
        ".profile", mine.name, "calls.csv", "calls.csv.meta.json",
    ]  # fmt: skip


FULL = """
import resource, signal, sys
import helpdesk.desk.saved_rows as saving
from helpdesk.__main__ import main
sys.stderr = sys.stdout
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
write_export, most = saving.write_export, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
def written(*told, **given):
    sys.dont_write_bytecode = True  # half a compiled file would stay
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, most))
    try:
        return write_export(*told, **given)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
saving.write_export = written
raise SystemExit(main(["export", sys.argv[1], "--out", sys.argv[2]]))
"""


@pytest.mark.parametrize(
    ("what", "form"),
    [("calls", "csv"), ("actions", "jsonl"), ("journal", "xlsx"), ("tickets", "csv")],
)
def test_an_export_for_which_there_is_no_room_says_so_and_nothing_of_the_database(
    tmp_path: Path, what: str, form: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    path = out / f"c.{form}"
    said = f"helpdesk: {path} cannot be written (File too large): choose another place.\n"
    assert finished(FULL, what, path, status=1) == said
    assert list(out.iterdir()) == []


WRITES = """
import os, sys
from helpdesk.__main__ import main
from helpdesk.store.sqlite_file import SqliteFile
transact, done = SqliteFile.transact, 0
def counted(self, *told, **given):
    global done
    done += 1
    if done == int(sys.argv[2]):
        os.kill(os.getpid(), int(sys.argv[1]))
    return transact(self, *told, **given)
SqliteFile.transact = counted
raise SystemExit(main(["--home", *sys.argv[3:]]))
"""


@pytest.mark.parametrize(("number", "after"), [(signal.SIGTERM, 4), (signal.SIGKILL, 3)])
def test_a_demo_that_is_ended_leaves_a_desk_that_holds_together(
    tmp_path: Path, clock: StillClock, number: signal.Signals, after: int
) -> None:
    status = 128 + number if number != signal.SIGKILL else -number
    other = tmp_path / "other"
    told = (int(number), after, other, "demo", "--tickets", "2500")
    finished(WRITES, *told, status=status)
    desk = open_as(other, clock)
    assert verify_journal(desk).faults.count == 0
    assert desk.port.query("PRAGMA integrity_check").value() == "ok"
    desk.close()


def modes(folder: Path) -> Iterator[tuple[str, int]]:
    for path in (folder, *folder.rglob("*")):
        yield str(path.relative_to(folder)), stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_whatever_the_umask_is_the_desk_is_its_groups_and_the_rest_the_users(
    tmp_path: Path, run: Run, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, out = tmp_path / "deep" / "desk", tmp_path / "out"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = os.umask(umask)
    try:
        out.mkdir()
        at = ("--home", home)
        assert run(*at, "init").status == 0
        assert run(*at, "demo", "--tickets", "20").status == 0
        assert run(*at, "playbooks", "copy", "linking-error").status == 0
        for folder in (out, home / "data"):
            for form in ("csv", "xlsx", "jsonl"):
                assert run(*at, "export", "tickets", "--out", folder / f"t.{form}").status == 0
            for form in ("csv", "xlsx", "json", "html", "txt"):
                assert run(*at, "stats", "summary", "--out", folder / f"s.{form}").status == 0
        assert run(*at, "export", "tickets", "--out", out / "t.csv", "--force").status == 0
    finally:
        os.umask(before)
    wrong = {
        name: oct(mode)
        for name, mode in modes(home)
        if mode != (0o2770 if (home / name).is_dir() else 0o660)
    }
    assert wrong == {}
    assert {oct(mode) for name, mode in modes(out) if name != "."} == {"0o600"}
    cache = tmp_path / "cache" / "helpdesk"
    assert {mode & 0o077 for _, mode in modes(cache)} == {0}
