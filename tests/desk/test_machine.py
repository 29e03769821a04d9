from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.desk_folder import examine_folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.mending import repair


def found(folder: Folder) -> dict[str, Finding]:
    return {each.what: each for each in examine_folder(folder, folder.home / "data" / "backups")}


def test_a_fresh_desk_lies_well(desk: Desk) -> None:
    desk.folder.database.parent.chmod(0o750)
    parts = found(desk.folder)
    assert not [each for each in parts.values() if not each.ok and each.what != "disk"]
    assert {"folder", "links", "rights", "disk", "file system", "log", "leftovers"} <= set(parts)


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "named"),
    [
        (0o757, 0o660, "chmod 0750"),
        (0o770, 0o660, "chmod 2770"),
        (0o2770, 0o640, "chmod 0660"),
        (0o750, 0o664, "chmod 0660"),
    ],
)
def test_rights_that_are_too_wide_or_too_narrow_are_told_with_the_command(
    desk: Desk, folder_mode: int, file_mode: int, named: str
) -> None:
    desk.folder.database.chmod(file_mode)
    desk.folder.database.parent.chmod(folder_mode)
    rights = found(desk.folder)["rights"]
    assert not rights.ok
    assert named in rights.way_out


def test_a_shared_desk_as_the_design_has_it_is_well(desk: Desk) -> None:
    desk.folder.database.chmod(0o660)
    desk.folder.database.parent.chmod(0o2770)
    assert found(desk.folder)["rights"].ok


def test_a_folder_that_is_none_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "half" / "playbooks").mkdir(parents=True)
    for name in ("file", "half", "missing"):
        parts = found(Folder(tmp_path / name))
        assert not parts["folder"].ok
        assert "rights" not in parts
    assert not (tmp_path / "missing").exists()
    assert not (tmp_path / "half" / "data").exists()


@pytest.fixture
def other_group() -> int:
    """A group that is not the own one of whoever runs the tests."""
    own = pwd.getpwuid(os.getuid()).pw_gid
    others = [each for each in os.getgroups() if each != own] or ([54_321] * (os.getuid() == 0))
    if not others:
        pytest.skip("whoever runs the tests is in one group only")
    return others[0]


@pytest.mark.parametrize("folder_mode", [0o755, 0o750, 0o2750])
def test_a_desk_of_a_group_is_given_back_to_it_whatever_a_copy_made_of_its_rights(
    desk: Desk, other_group: int, folder_mode: int
) -> None:
    home, data = desk.folder.home, desk.folder.database.parent
    (data / "desk.yaml").write_text("lock-after: 5\n", encoding="utf-8")
    (data / "desk.yaml").chmod(0o600)
    for path in (home, data, desk.folder.database):
        os.chown(path, -1, other_group)
    desk.folder.database.chmod(0o644)
    data.chmod(folder_mode)
    assert f"chmod 2770 {data};" in found(desk.folder)["rights"].way_out
    mended = list(repair(desk.folder, desk.clock))
    for path, meant in (
        (data, "2770"),
        (data / "desk.yaml", "0640"),
        (data / "helpdesk.db", "0660"),
    ):
        assert f"{path} has {meant} now." in mended
    assert stat.S_IMODE(desk.folder.database.stat().st_mode) == 0o660
    assert found(desk.folder)["rights"].said == "2770, its group's and nobody else's to read"


@pytest.mark.parametrize("closed", ["home", "data"])
def test_a_desk_that_is_closed_to_its_group_stays_its_owners(
    desk: Desk, other_group: int, closed: str
) -> None:
    home, data = desk.folder.home, desk.folder.database.parent
    for path in (home, data):
        os.chown(path, -1, other_group)
        path.chmod(0o750)
    desk.folder.database.chmod(0o640)
    (home if closed == "home" else data).chmod(0o700)
    rights = found(desk.folder)["rights"]
    assert rights.ok
    assert rights.said.endswith("its owner's and nobody else's to read")
