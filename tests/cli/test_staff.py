from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.mark.usefixtures("desk")
def test_a_clerk_is_added_and_given_a_role(run: Run) -> None:
    assert run("staff", "add", "jdoe").out == "jdoe is clerk.\n"
    assert run("staff", "role", "jdoe", "lead").out == "jdoe is lead, was clerk.\n"
    assert run("staff", "role", "jdoe", "lead").out == "jdoe is lead already.\n"
    (row,) = [line for line in run("staff", "list").out.splitlines() if "jdoe" in line]
    assert row.split()[1] == "lead"
    assert "never started" in row


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("add", "mortiz"), "mortiz"),
        (("add", "two words"), "two words"),
        (("add", "jdoe", "--role", "boss"), "supervisor"),
        (("role", "nobody", "lead"), "mortiz"),
        (("role", "mortiz", "boss"), "supervisor"),
    ],
)
def test_what_cannot_be_is_refused(run: Run, arguments: tuple[str, ...], named: str) -> None:
    ran = run("staff", *arguments)
    assert (ran.status, ran.out) == (1, "")
    assert named in ran.err
