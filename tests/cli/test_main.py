from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import click
import pytest

from helpdesk.__main__ import main, refusal_of_machine
from helpdesk.cli import COMMANDS
from helpdesk.desk.desk import Desk
from helpdesk.store import connecting
from tests.cli.conftest import Run
from tests.support.programs import TOP, started


def helpdesk(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "helpdesk", *arguments]


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that fails as only a fault in the program does."""

    @click.command()
    def command() -> None:
        secret = "a caller's words"
        try:
            int(secret)
        except ValueError as error:
            raise KeyError(secret) from error

    module = ModuleType("helpdesk.cli.faulty")
    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "helpdesk.cli.faulty", module)
    monkeypatch.setitem(COMMANDS, "faulty", "Fails.")


@pytest.mark.usefixtures("faulty")
def test_a_fault_in_the_program_is_one_sentence_and_a_file_of_its_user(
    run: Run, tmp_path: Path
) -> None:
    ran = run("faulty")
    (report,) = (tmp_path / "state" / "helpdesk").glob("crash-*.txt")
    assert ran.status == 70
    assert ran.err.count("\n") == 1
    assert str(report) in ran.err
    assert "Traceback" not in ran.err
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    text = report.read_text(encoding="utf-8")
    assert "builtins.KeyError\n" in text
    assert "caused by: builtins.ValueError\n" in text
    assert f"{__file__}:" in text
    assert "a caller's words" not in text
    assert "a caller's words" not in ran.err


@pytest.mark.usefixtures("faulty")
def test_a_fault_without_a_place_for_its_report_is_still_one_sentence(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("", encoding="utf-8")
    ran = run("faulty")
    assert ran.status == 70
    assert ran.err.startswith("helpdesk: a fault in the program (KeyError), and no report")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("tickets", "--help")])
def test_help_and_version_are_done(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nonsense",),
        ("tickte",),
        ("show",),
        ("tickets", "--limit", "0"),
        ("tickets", "--limit", "many"),
        ("export",),
        ("tickets", "--format", "xml"),
        ("playbooks", "check", "/nowhere/at/all"),
    ],
)
def test_wrong_usage_is_one_sentence_with_the_help_and_status_2(
    run: Run, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("helpdesk: ")
    assert ran.err.endswith("--help\n")
    assert ran.err.count("\n") == 1


def test_wrong_usage_says_what_would_be_right(run: Run) -> None:
    assert "Choose from: tickets, calls, actions, journal." in run("export").err
    assert "'many' is not a whole number." in run("tickets", "--limit", "many").err
    assert "--dry-run" in run("purge").err


@pytest.mark.parametrize("command", ["incidents", "staff", "playbooks"])
def test_a_command_that_only_names_others_shows_them_as_its_help_does(
    run: Run, command: str
) -> None:
    ran = run(command)
    assert "helpdesk: " not in ran.err
    assert (ran.out or ran.err) == run(command, "--help").out


def test_what_was_typed_cannot_steer_the_terminal(run: Run) -> None:
    for arguments in (["\x1b]52;c;aGk=\x07"], ["tickets", "court:\x9b31m"], ["show", "\x1b[2J"]):
        ran = run(*arguments)
        assert ran.status
        assert not {"\x1b", "\x9b", "\x07"} & set(ran.out + ran.err)


def test_every_fault_of_a_file_is_on_a_line_of_its_own(run: Run, home: Path) -> None:
    (home / "data").mkdir(parents=True)
    settings = home / "data" / "desk.yaml"
    settings.write_text("theme: pink\nlines: maybe\n", encoding="utf-8")
    ran = run("tickets")
    assert ran.status == 1
    first, second = ran.err.splitlines()
    assert first.startswith(f"helpdesk: {settings}:1:1: ")
    assert second.startswith(f"helpdesk: {settings}:2:1: ")


def test_a_busy_database_is_status_75(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("tickets")  # whoever runs the tests is signed in
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(desk.folder.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = run("staff", "add", "jdoe")
    assert ran.status == 75
    assert "try again" in ran.err
    assert "waiting" not in ran.err


def test_a_command_that_waits_for_another_process_says_so_once(
    run: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("tickets")  # whoever runs the tests is signed in
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(connecting, "LONG_SECONDS", 0.02)
    with closing(sqlite3.connect(desk.folder.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ran = run("staff", "add", "jdoe")
    waiting, refused = ran.err.splitlines()
    assert waiting == "helpdesk: waiting for another process that writes to the desk …"
    assert "try again" in refused
    assert "waiting" not in run("staff", "add", "jdoe").err


@pytest.mark.usefixtures("called")
def test_a_reader_that_leaves_ends_a_list_without_a_word() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as out:
        ran = subprocess.run(
            helpdesk("tickets"),
            cwd=TOP,
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.usefixtures("called")
def test_a_full_disk_behind_the_output_is_one_sentence() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            helpdesk("tickets"),
            cwd=TOP,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ran.returncode == 1
    assert ran.stderr == "helpdesk: the output cannot be written: No space left on device.\n"


def test_nobody_listening_is_no_fault() -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" -m helpdesk show nonsense >&- 2>&-'],
        cwd=TOP,
        check=False,
    )
    assert ran.returncode == 1


@pytest.mark.usefixtures("desk")
def test_ctrl_c_is_130(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDWR)  # never ends for its reader
    os.write(held, b"linking error\n")
    program = started(
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from helpdesk.__main__ import main\n"
        "raise SystemExit(main(['playbooks', 'find', '--jsonl', sys.argv[1]]))",
        pipe,
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline().startswith('{"text":"linking error"')
        program.send_signal(signal.SIGINT)
        _, said = program.communicate()
    finally:
        os.close(held)
    assert (program.returncode, said) == (130, "")


@pytest.mark.parametrize(
    ("version", "system", "named"),
    [((3, 10), "posix", "3.11"), ((3, 9), "nt", "3.11"), ((3, 12), "nt", "WSL")],
)
def test_a_machine_that_cannot_run_it_is_told_why(
    version: tuple[int, int], system: str, named: str
) -> None:
    refusal = refusal_of_machine(version, system)
    assert refusal is not None
    assert named in refusal


def test_a_machine_that_can_run_it_is_not_refused() -> None:
    assert refusal_of_machine((3, 11), "posix") is None
    assert refusal_of_machine((3, 14), "posix") is None


def test_the_console_without_a_terminal_is_refused(run: Run) -> None:
    ran = run()
    assert ran.status == 1
    assert ran.err.startswith("helpdesk: ")


def test_main_reads_the_arguments_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["helpdesk", "--version"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("helpdesk, version ")
