"""Commands on a disk that is read-only or full: a small one of its own, where one can be made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.programs import TOP

_OWN_DISK: Final = """
set -e
mount -t tmpfs -o size=3m none "$DISK"
helpdesk() { "$PYTHON" -m helpdesk --home "$DISK/desk" "$@" 2>&1 || echo "status $?"; }
helpdesk init > /dev/null
"""


def said(tmp_path: Path, script: str) -> str:
    """What commands say on a disk of 3 MB, with a desk on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    apart = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    try:
        subprocess.run([*apart, f'mount -t tmpfs none "{disk}"'], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk of its own can be made here")
    ran = subprocess.run(
        [*apart, _OWN_DISK + script], cwd=TOP, capture_output=True, text=True, check=True,
        env={"DISK": str(disk), "PYTHON": sys.executable, "HOME": str(tmp_path)},
    )  # fmt: skip
    return ran.stdout


def test_a_read_only_disk_is_called_one_and_only_what_people_know_is_named(tmp_path: Path) -> None:
    told = said(tmp_path, """
cp "$DISK/desk/data/helpdesk.db" "$HOME/kept.db"
mount -o remount,ro "$DISK"
helpdesk tickets
helpdesk doctor
helpdesk restore "$HOME/kept.db" --yes
""")  # fmt: skip
    data = tmp_path / "disk" / "desk" / "data"
    way_out = "its disk is read-only, have it mounted for writing."
    first, *checks, last, status = told.splitlines()[:1] + told.splitlines()[2:]
    assert first == f"helpdesk: {data / 'helpdesk.db'} is read-only here: {way_out}"
    assert any(
        each.startswith("!!  folder") and "Its disk is read-only" in each for each in checks
    )
    assert any(each.startswith("!!  database") and way_out[:-1] in each for each in checks)
    assert last == f"helpdesk: {data} cannot be written (Read-only file system): {way_out}"
    assert status == "status 1"
    assert "ask for the right" not in told.lower()


def test_doctor_and_backup_say_the_same_of_the_room_that_a_backup_needs(tmp_path: Path) -> None:
    told = said(tmp_path, """
helpdesk backup
helpdesk doctor | grep "^!!  disk"
""")  # fmt: skip
    refused, _, disk = told.splitlines()
    assert refused.endswith("and a backup needs 21 MB: make room there, or choose another place.")
    assert "a backup needs 21 MB" in disk
