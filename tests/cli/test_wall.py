from __future__ import annotations

from helpdesk.cli import command_line
from helpdesk.desk.desk import Folder
from tests.cli.conftest import Run


def test_wall_opens_the_console_on_the_wallboard() -> None:
    opened: list[str] = []

    def console(_: Folder, place: str = "") -> int:
        opened.append(place)
        return 129

    group = command_line(console, lambda _: 0)
    for arguments in (["wall"], []):
        with group.make_context("helpdesk", arguments) as context:
            assert group.invoke(context) == 129
    assert opened == ["w", ""]


def test_wall_says_when_there_is_no_terminal(run: Run) -> None:
    ran = run("wall")
    assert (ran.status, ran.out) == (1, "")
    assert "needs a terminal" in ran.err
