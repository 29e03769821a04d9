from __future__ import annotations

import io
from pathlib import Path

import click
import pytest

from helpdesk.cli import COMMANDS, command_line
from helpdesk.desk.desk import Folder
from helpdesk.desk.opening import make_folder
from tests.cli.conftest import Run
from tests.support.desks import files_of

LOG = ("--caller", "Lee", "--phone", "2125550111", "--court", "ianb", "--symptom",
       "linking-error", "--outcome", "resolved")  # fmt: skip
INCIDENT = ("--court", "ianb", "--symptom", "linking-error", "--line", "It is out.")

BEGINS = {
    "demo": ("--tickets", "3"),
    "import": ("calls.csv", "--dry-run"),
    "incidents declare": INCIDENT,
    "init": (),
    "log": LOG,
    "playbooks copy": ("pacer-cost",),
    "staff add": ("jlee",),
}
"""What makes a desk where there is none, with arguments."""

CONSOLES = {"wall"}
"""What opens the console, which makes one too."""

FOLDER_IS_ENOUGH = {
    "playbooks check": (),
    "playbooks find": ("linking",),
    "playbooks list": (),
    "playbooks show": ("pacer-cost",),
    "playbooks try": ("pacer-cost",),
}
"""What reads playbooks, which are there before any desk; it makes none."""

REFUSES = {
    "access": (),
    "backup": (),
    "backup --list": (),
    "callers": (),
    "change": ("tags=urgent", "status:open"),
    "export": ("tickets", "--out", "rows.csv"),
    "hold": (),
    "import --list": (),
    "import --undo": ("1",),
    "incidents end": ("1",),
    "incidents list": (),
    "playbooks diff": ("pacer-cost",),
    "playbooks figures": ("pacer-cost",),
    "playbooks missed": (),
    "purge": ("--dry-run",),
    "redact": ("1", "--text", "words"),
    "restore": ("calls.csv", "--dry-run"),
    "show": ("1",),
    "staff list": (),
    "staff passcode": ("jlee",),
    "staff role": ("jlee", "lead"),
    "stats": ("by-symptom",),
    "tickets": (),
    "upkeep": (),
    "verify": (),
}
"""What is nothing without a desk: it says so and makes none."""

LOOKS_FOR_IT = {"doctor": (), "doctor --repair": ()}
"""What says what is missing, among the rest."""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "calls.csv").write_text("Date,Caller\n2026-05-04,Lee\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("sys.stdin", io.StringIO())


def leaves(command: click.Command, name: str = "") -> set[str]:
    if not isinstance(command, click.Group):
        return {name.strip()}
    with click.Context(command) as context:
        below = {
            each: command.get_command(context, each) for each in command.list_commands(context)
        }
    return {leaf for each, of in below.items() if of for leaf in leaves(of, f"{name} {each}")}


def test_every_command_says_whether_it_makes_a_desk() -> None:
    known = [*BEGINS, *CONSOLES, *FOLDER_IS_ENOUGH, *REFUSES, *LOOKS_FOR_IT]
    said = {each.split(" --")[0] for each in known}
    assert said == leaves(command_line(lambda *_: 0, lambda _: 0))
    assert {each.split()[0] for each in said} == set(COMMANDS)


@pytest.mark.parametrize(("command", "given"), BEGINS.items(), ids=list(BEGINS))
def test_what_begins_a_desk_makes_one(
    run: Run, home: Path, command: str, given: tuple[str, ...]
) -> None:
    run(*command.split(), *given)
    assert Folder(home).database.exists()


@pytest.mark.parametrize("folder", [False, True], ids=["no folder", "no database"])
@pytest.mark.parametrize(("command", "given"), REFUSES.items(), ids=list(REFUSES))
def test_what_only_looks_at_a_desk_makes_none_and_names_the_folder(
    run: Run, home: Path, command: str, given: tuple[str, ...], *, folder: bool
) -> None:
    if folder:
        make_folder(Folder(home))
    before = files_of(home)
    ran = run(*command.split(), *given)
    (said,) = ran.err.splitlines()
    if command != "restore" or not folder:  # it puts one there
        assert (ran.status, ran.out) == (1, "")
        assert said.startswith(f"helpdesk: {home} holds no desk: ")
        assert "helpdesk init" in said
    assert files_of(home) == before
    assert home.exists() is folder


@pytest.mark.parametrize(
    ("command", "given"), FOLDER_IS_ENOUGH.items(), ids=list(FOLDER_IS_ENOUGH)
)
def test_what_reads_playbooks_makes_nothing(
    run: Run, home: Path, command: str, given: tuple[str, ...]
) -> None:
    ran = run(*command.split(), *given)
    assert ran.status == 0
    assert not home.exists()


@pytest.mark.parametrize("command", LOOKS_FOR_IT)
def test_what_looks_for_a_desk_makes_none(run: Run, home: Path, command: str) -> None:
    ran = run(*command.split())
    assert (ran.status, "helpdesk init makes it" in ran.out) == (1, True)
    assert not Folder(home).database.exists()


def test_playbooks_of_a_folder_without_a_database_are_its_own(run: Run, home: Path) -> None:
    make_folder(Folder(home))
    shown = run("playbooks", "show", "pacer-cost").out
    copied = Path(run("playbooks", "copy", "pacer-cost").out.strip())
    Folder(home).database.unlink()
    text = copied.read_text(encoding="utf-8")
    title = next(each for each in text.splitlines() if each.startswith("title:"))
    copied.write_text(text.replace(title, "title: What this desk says"), encoding="utf-8")
    assert "What this desk says" in run("playbooks", "show", "pacer-cost").out
    assert "What this desk says" not in shown
    assert not Folder(home).database.exists()
