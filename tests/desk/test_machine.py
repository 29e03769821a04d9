from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.desk_folder import examine_folder
from helpdesk.desk.findings import Finding


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
