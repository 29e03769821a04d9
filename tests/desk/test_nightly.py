from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from helpdesk.desk.backup_list import backups_folder, list_backups
from helpdesk.desk.calls import finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.nightly import keep_nightly
from helpdesk.desk.nightly_beside import NightlyBeside
from helpdesk.desk.nights import backup_warning, is_nightly_due
from helpdesk.errors import GivenUp, HelpdeskError, StoreBusy
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.programs import finished, started

DAY = 86_400


@pytest.fixture
def used(desk: Desk) -> Desk:
    finish_call(desk, start_call(desk), "resolved")
    return desk


def names(desk: Desk) -> list[str]:
    return [each.path.name for each in list_backups(backups_folder(desk.folder, desk.settings))]


def test_the_work_of_a_night_is_done_once_whoever_comes(used: Desk, clock: StillClock) -> None:
    assert is_nightly_due(used)
    said = list(keep_nightly(used))
    assert any("Backed up 1 tickets" in each for each in said)
    other = open_as(used.folder.home, clock, RVANCE, "clerk")
    assert not is_nightly_due(other)
    assert "done already" in next(iter(keep_nightly(other)))
    assert len(names(used)) == 1
    told = rows(used, "SELECT count(*) AS n FROM journal WHERE act = 'backup'")
    assert told == [{"n": 1}]
    clock.go_on(DAY)
    assert is_nightly_due(other)
    list(keep_nightly(other))  # a clerk's console may well be the first
    assert len(names(used)) == 2
    other.close()


def test_while_one_process_does_it_no_other_begins(used: Desk, clock: StillClock) -> None:
    other = open_as(used.folder.home, clock, RVANCE, "clerk")
    work = keep_nightly(used)
    next(work)
    assert not is_nightly_due(other)
    with pytest.raises(StoreBusy):
        list(keep_nightly(other))
    del work  # ended in the middle: the next one takes it up
    assert is_nightly_due(other)
    other.close()


def test_only_the_last_days_and_months_stay_and_never_what_a_person_made(
    used: Desk, clock: StillClock
) -> None:
    used.settings = used.settings._replace(backups_keep=2, backups_months=0)
    folder = backups_folder(used.folder, used.settings)
    for _ in range(4):
        list(keep_nightly(used))
        clock.go_on(DAY)
    assert len(names(used)) == 2
    assert len(list(folder.glob("*.meta.json"))) == 2
    (folder / "mine.db").write_bytes(b"mine")
    list(keep_nightly(used))
    assert len(names(used)) == 3
    assert (folder / "mine.db").exists()


def test_a_night_that_failed_is_told_and_tried_again(
    used: Desk, clock: StillClock, tmp_path: Path
) -> None:
    assert backup_warning(used) == ""

    def full(done: int, _total: int) -> None:
        if done:
            raise OSError(28, "No space left on device")

    with pytest.raises(HelpdeskError, match="No space left"):
        list(keep_nightly(used, full))
    assert names(used) == []
    assert "No space left" in backup_warning(used)
    assert not is_nightly_due(used)  # not again at once
    clock.go_on(3_600)
    assert is_nightly_due(used)
    list(keep_nightly(used))
    assert backup_warning(used) == ""
    clock.go_on(4 * DAY)
    assert "No good backup for 4 days" in backup_warning(used)
    used.settings = used.settings._replace(backups_folder=str(tmp_path / "elsewhere"))
    assert "There is no good backup" in backup_warning(used)
    used.settings = used.settings._replace(backups_keep=0)
    assert backup_warning(used) == ""
    assert any("switched off" in each for each in keep_nightly(used))


def test_work_that_is_given_up_leaves_nothing_and_is_not_called_a_failure(used: Desk) -> None:
    def leave(done: int, _total: int) -> None:
        if done:
            raise GivenUp("left")

    with pytest.raises(GivenUp):
        list(keep_nightly(used, leave))
    folder = backups_folder(used.folder, used.settings)
    assert [each.name for each in folder.iterdir()] == [".nightly.lock"]
    assert backup_warning(used) == ""
    assert is_nightly_due(used)


def test_a_console_has_it_done_beside_itself_and_says_when_backups_are_late(
    used: Desk, clock: StillClock
) -> None:
    beside = NightlyBeside(used)
    clock.at = 2_000_000_000  # nobody's today: the process beside reads the machine's clock
    assert not beside.look()
    process = beside._process
    assert process is not None
    assert process.wait(110) == 0
    (made,) = list_backups(backups_folder(used.folder, used.settings))
    assert made.nightly
    used.port.transact("nightly.2033-05-17", clock.at, [])
    assert beside.look()
    assert "No good backup for" in beside.warning
    assert not beside.look()  # said once
    beside.stop()


WORKS = """
import os, sys, time
from pathlib import Path
from helpdesk.desk.desk import Folder
from helpdesk.desk.nightly import keep_nightly
from helpdesk.desk.opening import open_desk
desk = open_desk(Folder(Path(sys.argv[1])), user=(1001, "rvance"))
def stop(done, total):
    if done:
        print("copying", flush=True)
        time.sleep(600)
list(keep_nightly(desk, stop))
"""


def test_what_a_killed_night_left_is_taken_away_by_the_next(used: Desk) -> None:
    worker = started(WORKS, used.folder.home)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "copying\n"
    assert not is_nightly_due(used)
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    folder = backups_folder(used.folder, used.settings)
    assert [each for each in folder.iterdir() if str(worker.pid) in each.name]
    assert is_nightly_due(used)
    list(keep_nightly(used))
    assert not [each for each in folder.iterdir() if str(worker.pid) in each.name]
    assert len(names(used)) == 1


FULL = """
import os, resource, sys
from pathlib import Path
from helpdesk.desk.nights import nightly_folder, note_failure
from helpdesk.resources import make_folder_for_group
from tests.support.clock import StillClock
from tests.support.desks import open_as
desk = open_as(Path(sys.argv[1]), StillClock())
folder = nightly_folder(desk)
make_folder_for_group(folder)
os.umask(0o022)
note_failure(desk, "no room")
print([oct(path.stat().st_mode) for path in folder.iterdir()])
resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
note_failure(desk, "no room")
print(list(folder.iterdir()))
os._exit(0 if not sys.stdout.flush() else 1)
"""


def test_of_a_failure_that_cannot_be_noted_on_a_full_disk_nothing_is_left(home: Path) -> None:
    assert finished(FULL, home).splitlines() == ["['0o100660']", "[]"]
