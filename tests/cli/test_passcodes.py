from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from helpdesk.cli.opened import ask_passcode
from helpdesk.desk.desk import Desk
from helpdesk.desk.staff import add_member
from tests.cli.conftest import Ran, Run
from tests.support.bytes import found_in
from tests.support.clock import StillClock
from tests.support.desks import open_as

HORSE, OTHER = "blue-horse-42", "green-horse-42"
Asked = Callable[..., Ran]


@pytest.fixture
def asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Runs a command with lines on its standard input, which is no terminal."""

    def asked(typed: str, *arguments: object) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        return run(*arguments)

    return asked


@pytest.fixture
def asking(home: Path, clock: StillClock, asked: Asked) -> str:
    """A desk that asks for passcodes, and the login of its admin, who has one."""
    desk = open_as(home, clock, (os.getuid(), "owner"))
    desk.close()
    (home / "data" / "desk.yaml").write_text("sign-in: passcode\n", encoding="utf-8")
    told = asked(f"{HORSE}\n{HORSE}\n", "staff", "passcode", "owner")
    assert (told.status, told.out) == (0, "owner has a new passcode.\n")
    return "owner"


def test_a_command_takes_the_passcode_from_the_first_line_of_the_input(
    asking: str, asked: Asked, home: Path
) -> None:
    told = asked(f"{HORSE}\n", "--as", asking, "staff", "list")
    assert told.status == 0
    assert "owner" in told.out
    assert HORSE not in told.out + told.err
    assert "signed in with a passcode" in asked(f"{HORSE}\n", "--as", asking, "access").out
    assert found_in(HORSE, home) == []


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize(
    ("typed", "arguments", "named"),
    [
        (f"{OTHER}\n", ("--as", "owner", "tickets"), "login or the passcode is wrong"),
        (f"{HORSE}\n", ("--as", "nobody", "tickets"), "login or the passcode is wrong"),
        ("", ("--as", "owner", "tickets"), "login or the passcode is wrong"),
        (f"{HORSE}\n", ("tickets",), "--as LOGIN"),
        (f"{OTHER}\nn\nq\n", ("--as", "owner", "--plain"), "login or the passcode is wrong"),
    ],
)
def test_without_the_right_one_nothing_is_shown(
    asked: Asked, typed: str, arguments: tuple[str, ...], named: str
) -> None:
    told = asked(typed, *arguments)
    assert (told.status, told.out) == (1, "")
    assert named in told.err


@pytest.mark.usefixtures("asking")
def test_no_variable_says_who_it_is(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("USER", "LOGNAME", "HELPDESK_AS", "HELPDESK_WHO", "HELPDESK_PASSCODE"):
        monkeypatch.setenv(name, "owner")
    assert asked(f"{HORSE}\n", "tickets").status == 1


def test_after_five_wrong_ones_every_command_waits(asking: str, asked: Asked) -> None:
    for _ in range(5):
        assert "wrong" in asked(f"{OTHER}\n", "--as", asking, "tickets").err
    told = asked(f"{HORSE}\n", "--as", asking, "tickets")
    assert (told.status, told.out) == (1, "")
    assert "the next one counts from" in told.err


def test_a_new_one_needs_the_old_once_and_the_same_twice(asking: str, asked: Asked) -> None:
    change = ("--as", asking, "staff", "passcode", asking)
    told = asked(f"{HORSE}\n{OTHER}\n{HORSE}\n", *change)
    assert (told.status, "differ" in told.err) == (1, True)
    told = asked(f"{OTHER}\n{OTHER}\n{OTHER}\n", *change)
    assert (told.status, "wrong" in told.err) == (1, True)
    assert asked(f"{HORSE}\n{OTHER}\n{OTHER}\n", *change).status == 0
    assert asked(f"{HORSE}\n", "--as", asking, "tickets").status == 1
    assert asked(f"{OTHER}\n", "--as", asking, "tickets").status == 0


def test_the_plain_lines_are_those_of_whoever_signed_in(asking: str, asked: Asked) -> None:
    assert asked(f"{HORSE}\n", "--as", asking, "staff", "add", "ana").status == 0
    given = asked(f"{HORSE}\n{OTHER}\n{OTHER}\n", "--as", asking, "staff", "passcode", "ana")
    assert given.status == 0
    told = asked(f"{OTHER}\naccess\nq\n", "--as", "ana", "--plain")
    assert told.status == 0
    assert "ready." in told.out
    assert "ana is clerk: ask one of supervisor" in told.out
    assert OTHER not in told.out + told.err


def test_a_terminal_is_asked_without_showing_what_is_typed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = []

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def typed(prompt: str) -> str:
        hidden.append(prompt)
        return HORSE

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("click.termui.hidden_prompt_func", typed)
    assert ask_passcode("Passcode of ana").reveal() == HORSE
    assert len(hidden) == 1
    assert HORSE not in "".join(capsys.readouterr())


def test_it_is_no_argument(desk: Desk, run: Run) -> None:
    assert run("staff", "passcode", desk.clerk.login, HORSE).status == 2


def test_until_an_admin_has_a_passcode_it_is_said_that_this_is_missing(
    home: Path, clock: StillClock, asked: Asked
) -> None:
    desk = open_as(home, clock, (os.getuid(), "owner"))
    add_member(desk, "jlee")
    desk.close()
    said = asked("", "--as", "jlee", "tickets").err
    assert said.endswith("it asks for passcodes only with sign-in: passcode in desk.yaml.\n")
    (home / "data" / "desk.yaml").write_text("sign-in: passcode\n", encoding="utf-8")
    said = asked("", "--as", "jlee", "tickets").err
    way = "once an admin has one, which is set by helpdesk staff passcode owner.\n"
    assert said.startswith("helpdesk: --as: this desk knows you by the system as owner; ")
    assert said.endswith(way)
    assert "only with" not in said
    assert asked(f"{HORSE}\n{HORSE}\n", "staff", "passcode", "owner").status == 0
    assert "wrong" in asked(f"{HORSE}\n", "--as", "jlee", "tickets").err


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("command", [("tickets",), ("--plain",)])
def test_where_the_system_says_who_it_is_nobody_else_is_named(
    run: Run, command: tuple[str, ...]
) -> None:
    told = run("--as", "somebody.else", *command)
    assert told.status == 1
    assert "knows you by the system" in told.err


@pytest.mark.parametrize(
    "text",
    ["sign-in: [", "sign-in: pascode\n", "sign-in: passcode\ncourt: zz", "signin: passcode\n"],
)
def test_a_slip_in_desk_yaml_opens_no_way_around_the_passcode(
    asking: str, asked: Asked, home: Path, text: str
) -> None:
    (home / "data" / "desk.yaml").write_text(text, encoding="utf-8")
    assert "asks for a passcode" in asked("", "backup").err
    told = asked(f"{HORSE}\n", "--as", asking, "backup")
    assert (told.status, told.out.split()[0]) == (0, "Backed")
