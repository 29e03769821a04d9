from __future__ import annotations

from pathlib import Path

import pytest

from helpdesk.errors import BadInput, NotAllowed
from helpdesk.files.whole_file import whole_file


def test_a_file_is_there_when_all_of_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    with whole_file(path) as file:
        file.write("one\r\n")
        assert not path.exists()
    assert path.read_bytes() == b"one\r\n"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_nothing_behind_and_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("old")

    def fail() -> None:
        with whole_file(path, force=True) as file:
            file.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_came_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"

    def be_late() -> None:
        with whole_file(path):
            path.write_text("theirs")

    with pytest.raises(NotAllowed, match="is there already"):
        be_late()
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nowhere/calls.csv", "No such file"),
        ("calls.csv/x.csv", "Not a directory"),
        ("/", "no name of a file"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused_in_words(
    tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "calls.csv").write_text("")
    with pytest.raises(BadInput, match=why), whole_file(tmp_path / name):
        pass
