from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpdesk.errors import BadFile
from helpdesk.playbooks.gathering import read_library
from helpdesk.playbooks.origins import Reading
from helpdesk.resources import read_text
from tests.playbooks.written import DECLARED, STEPS, TOP, write

ONE = TOP + STEPS


def read_both(folder: Path, own: dict[str, str]) -> Reading:
    shipped = write(folder / "shipped", {**DECLARED, "a/one.yaml": ONE})
    return read_library([shipped, write(folder / "desk", own)])


def test_the_desks_own_playbook_wins(tmp_path: Path) -> None:
    reading = read_both(tmp_path, {"b/one.yaml": ONE.replace("Cannot", "Can not")})
    assert reading.library.playbooks["one"].title == "Can not sign in"
    assert reading.faults() == ()


@pytest.mark.parametrize("broken", ["title: [", ONE.replace("end, no", "off, no"), ""])
def test_a_broken_playbook_of_the_desk_leaves_the_shipped_one(tmp_path: Path, broken: str) -> None:
    reading = read_both(tmp_path, {"b/one.yaml": broken})
    assert reading.library.playbooks["one"].steps["ask"].answers[0].leads_to == "end"
    assert {fault.file for fault in reading.faults()} == {f"{tmp_path}/desk/b/one.yaml"}


def test_the_desks_facts_are_added_to_the_shipped_ones(tmp_path: Path) -> None:
    reading = read_both(tmp_path, {"facts.yaml": "more:\n  text: More\nlive:\n  text: On\n"})
    assert reading.library.facts["more"].text == "More"
    assert reading.library.facts["live"].text == "On"
    assert "linked" in reading.library.facts


def test_a_hidden_playbook_is_not_there(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a/one.yaml": ONE, "a/two.yaml": ONE})
    assert list(read_library([folder], ["one"]).library.playbooks) == ["two"]


def test_a_folder_read_twice_has_no_twins(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a/one.yaml": ONE})
    assert read_library([folder, folder]).faults() == ()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"title: a\xe9", "1:9"),
        ("é: ü\nö: ".encode() + b"\xff", "2:4"),
        ("title".encode("utf-16"), "1:1"),
    ],
)
def test_a_file_that_is_not_utf8_says_where(tmp_path: Path, data: bytes, place: str) -> None:
    path = tmp_path / "one.yaml"
    path.write_bytes(data)
    with pytest.raises(BadFile) as caught:
        read_text(path)
    message = "this is not UTF-8 text: save the file as UTF-8."
    assert str(caught.value) == f"{path}:{place}: {message}"


@pytest.mark.parametrize("name", ["one.yaml", "facts.yaml", "courts/ianb/one.yaml"])
def test_a_pipe_is_a_fault_and_is_not_waited_for(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    (fault,) = read_library([tmp_path]).faults()
    assert str(fault) == f"{path}:1:1: this is no ordinary file: put one in its place."


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").mkdir()
    reading = read_library([tmp_path])
    assert [fault.message for fault in reading.faults()] == [
        "the file cannot be read: Is a directory."
    ]
