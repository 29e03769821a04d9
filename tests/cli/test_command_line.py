from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click
import pytest

from helpdesk.cli import COMMANDS
from tests.cli.conftest import Run
from tests.support.programs import finished

LOADED = """
import sys
from helpdesk.__main__ import main
status = main(sys.argv[1:])
print(*(name for name in sys.modules if "." not in name), file=sys.stderr)
print(*(name for name in sys.modules if name.startswith("helpdesk.cli")), file=sys.stderr)
raise SystemExit(status)
"""
FORBIDDEN = {"textual", "rich", "sqlite_utils", "yaml"}


def loaded(*arguments: str) -> tuple[set[str], set[str]]:
    """The modules that a command has loaded when it is done."""
    source = LOADED.replace("file=sys.stderr", "file=sys.stdout")
    *_, tops, commands = finished(source, *arguments).splitlines()
    return set(tops.split()), set(commands.split())


def test_tickets_loads_nothing_that_it_does_not_need() -> None:
    loaded("tickets")  # the first start makes the desk and fills the cache
    tops, commands = loaded("tickets")
    assert not tops & FORBIDDEN
    assert commands == {f"helpdesk.cli{each}" for each in ("", ".tickets", ".printing", ".opened")}


def test_the_help_loads_no_command() -> None:
    tops, commands = loaded("--help")
    assert commands == {"helpdesk.cli"}
    assert not tops & {*FORBIDDEN, "sqlite3"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_named_is_there(name: str) -> None:
    command = import_module(f"helpdesk.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.help


def test_every_module_of_a_command_is_named() -> None:
    folder = Path(import_module("helpdesk.cli").__file__ or "").parent
    modules = {path.stem for path in folder.glob("*.py")}
    commands = {
        name for name in modules if hasattr(import_module(f"helpdesk.cli.{name}"), "command")
    }
    assert commands == set(COMMANDS)


def test_home_comes_before_the_environment(run: Run, tmp_path: Path) -> None:
    assert run("--home", tmp_path / "elsewhere", "tickets").status == 0
    assert (tmp_path / "elsewhere" / "data" / "helpdesk.db").is_file()
    assert not (tmp_path / "home").exists()


def test_an_empty_home_is_refused(run: Run) -> None:
    ran = run("--home", "", "tickets")
    assert ran.status == 1
    assert "--home" in ran.err


@pytest.mark.usefixtures("called")
@pytest.mark.parametrize(
    "words",
    [
        ("stats", "--court", "zz"),
        ("incidents", "declare", "--court", "zz", "--symptom", "linking-error", "--line", "down"),
        ("log", "--caller", "Lee", "--phone", "2125550111", "--court", "zz", "--symptom", "x"),
    ],
    ids=lambda words: words[0],
)
def test_a_court_that_is_not_there_is_told_without_a_word_of_callers(
    run: Run, words: tuple[str, ...]
) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (1, "")
    assert "There is no court “zz”; there are: ianb, " in ran.err
    assert ran.err.endswith(". Another is added in data/courts.yaml.\n")
