"""No report of a fault holds what anybody typed, whichever door it came up behind."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from helpdesk.desk.crashes import crash_file
from tests.support.bytes import found_in
from tests.support.clock import START
from tests.support.programs import started

SECRET = "zebra-in-the-hallway"


def fail(said: str) -> None:
    """Fail with somebody's words in messages, notes, variables and every fault behind."""
    words = f"about {said}"
    try:
        try:
            int(said)
        except ValueError:
            raise KeyError(words) from OSError(5, words, said)
    except KeyError as error:
        error.add_note(words)
        raise ExceptionGroup(words, [error, RuntimeError(words)]) from error


def kept(error: BaseException) -> str:
    return crash_file(error, START).read_text(encoding="utf-8")


def test_a_report_says_what_and_where_and_repeats_nothing() -> None:
    with pytest.raises(ExceptionGroup) as raised:
        fail(SECRET)
    told = kept(raised.value)
    assert SECRET not in told
    for kind in ("ExceptionGroup", "KeyError", "RuntimeError", "OSError"):
        assert f"builtins.{kind}\n" in told
    assert f"{__file__}:" in told
    assert " fail\n" in told


def test_faults_that_name_each_other_end() -> None:
    one, two = ValueError(SECRET), TypeError(SECRET)
    one.__cause__, two.__cause__ = two, one
    assert kept(one).count("builtins.") == 2


def test_a_report_is_its_users_alone_whatever_the_umask_is() -> None:
    before = os.umask(0)
    try:
        path = crash_file(ValueError(SECRET), START)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


DOORS = f"""
import sys
from pathlib import Path
import helpdesk.__main__ as program
import helpdesk.cli.doctor, helpdesk.plain.console
def fail(*args, **given):
    words = {SECRET!r}
    raise LookupError(words) from ValueError(words)
if sys.argv[1] == "thread":
    import threading
    def fail_beside(*args, **given):
        beside = threading.Thread(target=fail)
        beside.start()
        beside.join()
        return iter(())
    helpdesk.cli.doctor.examine = fail_beside
else:
    helpdesk.cli.doctor.examine = fail
    helpdesk.plain.console.LineConsole.run = fail
argv = ["--plain"] if sys.argv[1] == "plain" else ["doctor"]
raise SystemExit(program.main(argv))
"""


@pytest.mark.parametrize(("door", "status"), [("command", 70), ("plain", 70), ("thread", 0)])
def test_no_door_shows_or_keeps_the_words_of_a_fault(
    tmp_path: Path, door: str, status: int
) -> None:
    program = started(DOORS, door)
    said, complained = program.communicate()
    assert program.returncode == status, complained
    assert SECRET not in said + complained
    assert "Traceback" not in complained
    assert "LookupError" in complained
    assert len(list((tmp_path / "state" / "helpdesk").glob("crash-*.txt"))) == 1
    assert found_in(SECRET, tmp_path) == []
