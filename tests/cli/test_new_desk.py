"""A desk that is made because its folder was mistyped is told of, once."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.support.terminal import Terminal


def test_a_command_says_once_that_it_made_a_desk(run: Run, tmp_path: Path) -> None:
    there = tmp_path / "dsek"
    said = f"helpdesk: a new desk was made in {there}.\n"
    assert run("--home", there, "tickets").err.startswith(said)
    assert said not in run("--home", there, "tickets").err
    assert said not in run("init", tmp_path / "meant").err


def test_the_console_says_once_that_it_made_a_desk(tmp_path: Path) -> None:
    there = tmp_path / "dsek"
    for made in (True, False):
        with Terminal(env={"HELPDESK_HOME": str(there)}) as terminal:
            terminal.wait("READY")
            assert (f"a new desk was made in {there}.".encode() in terminal.raw) is made
