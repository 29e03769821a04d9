from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.support.programs import started


def test_init_makes_a_desk_and_names_it(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new desk"
    ran = run("init", folder)
    assert ran.status == 0
    assert str(folder) in ran.out
    assert {path.name for path in folder.iterdir()} == {"data", "playbooks"}
    assert (folder / "data" / "desk.yaml").is_file()
    assert (folder / "data" / "helpdesk.db").is_file()
    assert list((folder / "playbooks").iterdir()) == []


def test_what_init_writes_is_without_a_fault(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "new")
    assert run("--home", tmp_path / "new", "tickets").status == 0


def test_init_without_a_folder_makes_the_one_that_is_named_elsewhere(run: Run, home: Path) -> None:
    run("init")
    assert (home / "data" / "desk.yaml").is_file()


def test_init_twice_leaves_the_settings_alone(run: Run, home: Path) -> None:
    run("init")
    (home / "data" / "desk.yaml").write_text("court: iasb\n", encoding="utf-8")
    assert run("init").status == 0
    assert (home / "data" / "desk.yaml").read_text(encoding="utf-8") == "court: iasb\n"


def test_a_file_in_place_of_the_folder_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    for arguments in (("init", tmp_path / "file"), ("--home", tmp_path / "file", "tickets")):
        ran = run(*arguments)
        assert ran.status == 1
        assert str(tmp_path / "file") in ran.err
        assert ran.err.count("\n") == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize("name", ["", " "])
def test_an_empty_name_makes_no_desk_anywhere(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("init", name)
    assert (ran.status, ran.out) == (1, "")
    assert "name is empty" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_32_first_starts_at_once_make_one_good_desk(run: Run, home: Path) -> None:
    source = "from helpdesk.__main__ import main; raise SystemExit(main(['tickets']))"
    programs = [started(source) for _ in range(32)]
    said = [(*program.communicate(), program.returncode) for program in programs]
    made = f"helpdesk: a new desk was made in {home}.\n"
    assert any(err.startswith(made) for _, err, _ in said)
    said = [(out, err.removeprefix(made), status) for out, err, status in said]
    assert said == [("", "helpdesk: there is no ticket yet.\n", 0)] * 32
    names = {path.name for path in (home / "data").iterdir()}
    assert names <= {"helpdesk.db", "helpdesk.db-wal", "helpdesk.db-shm"}
    assert len(run("staff", "list").out.splitlines()) == 3
    assert "ok  journal" in run("doctor").out
