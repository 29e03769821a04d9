"""Playbook files that change on disk while a call goes on: the call goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from helpdesk import resources
from helpdesk.desk.desk import Desk
from helpdesk.desk.playbook_copies import copy_playbook
from helpdesk.desk.playbook_files import PlaybookReader
from helpdesk.playbooks.gathering import DECLARATIONS, playbook_files
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.screens import Console, app_of, echo, press, running, settled, words
from tests.tui.scenes import DANA, DAY, LEE, took

TITLE = "Error while linking"
OWN = "Errors of our own desk while linking"
BROKEN = "! playbook file broken"


@pytest.fixture
def desk(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A desk whose own folder holds a copy of one playbook, with another title."""
    desk = open_as(home, clock)
    files = playbook_files([resources.shipped("playbooks")])
    apart = tuple(slug for slug in files if slug != "linking-error")
    desk.settings = desk.settings._replace(hidden=apart)
    desk.read_playbooks = PlaybookReader(desk.folder, desk.settings)
    took(desk, clock, DANA, 40 * DAY)
    took(desk, clock, LEE, 39 * DAY)
    change(copy_playbook(desk, "linking-error"), f"title: {TITLE}", f"title: {OWN}")
    yield desk
    desk.close()


@pytest.fixture
def file(desk: Desk) -> Path:
    """The desk's own file."""
    return desk.folder.playbooks / "linking" / "linking-error.yaml"


@pytest_asyncio.fixture
async def console(desk: Desk) -> AsyncIterator[Console]:
    """A console with a call going on in that playbook."""
    desk.read_library_again()
    async with running(desk) as console:
        app_of(console)._warm_up()
        await settled(console)
        await press(console, "n 0144 ⏎ li ⏎ y")
        assert OWN in words(console)
        yield console


async def look_again(console: Console) -> None:
    """What the console does by itself every two seconds."""
    await settled(console)
    app_of(console).look_at_playbooks()
    await settled(console)


def write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")


def line_with(file: Path, start: str) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(start))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    write(file, text.replace(old, new))


def copy(file: Path, to: Path) -> None:
    write(to, file.read_text(encoding="utf-8"))


def rename(file: Path, name: str) -> None:
    file.rename(file.with_name(name))


def steps_behind(console: Console) -> int:
    view = app_of(console).view
    assert view is not None
    assert view.run is not None
    return len(view.run.passed)


def delete(file: Path) -> None:
    file.unlink()


def leave_behind(file: Path) -> None:
    """The lock of one editor, and what another system keeps of a file."""
    file.with_name(f".#{file.name}").symlink_to("clerk@host.example:1234")
    file.with_name(f"._{file.name}").write_bytes(b"\x00\x05\x16\x07\xff")


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def cut_in_half(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


def not_yaml(file: Path) -> None:
    write(file, "steps: [")


def not_text(file: Path) -> None:
    file.write_bytes(b"title: \xff\xfe\x00")


def without_a_start(file: Path) -> None:
    change(file, "\nstart: live\n", "\nstart: nowhere\n")


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere.yaml")


BREAKING = (
    emptied, cut_in_half, not_yaml, not_text, without_a_start, a_folder, a_link_to_nothing,
)  # fmt: skip


@pytest.mark.parametrize("breaking", BREAKING, ids=lambda each: each.__name__)
async def test_a_broken_file_is_named_with_its_place_and_the_good_one_stays(
    console: Console, file: Path, breaking: Callable[[Path], None]
) -> None:
    breaking(file)
    await look_again(console)
    assert echo(console).startswith("! A playbook file is broken, the good one stays: ")
    place = "".join(echo(console).split()).partition(f"{file}:")[2]
    assert place.split(":")[0].isdigit(), echo(console)
    assert BROKEN in words(console)
    await press(console, "y")
    assert "step 4" in words(console)
    assert BROKEN in words(console)
    assert echo(console) == ""
    await press(console, "hr n 0155 ⏎ li ⏎")
    assert OWN in words(console)


async def test_a_mended_file_is_in_use_again_from_the_next_call_on(
    console: Console, desk: Desk, file: Path
) -> None:
    change(file, "\nsteps:\n", "\nsteps: [\n")
    await look_again(console)
    assert BROKEN in words(console)
    change(file, "\nsteps: [\n", "\nsteps:\n")
    change(file, OWN, "Mended")
    await look_again(console)
    assert echo(console) == "+ Playbook files were changed: the new ones are in use from now on."
    assert BROKEN not in words(console)
    await press(console, "y")
    assert f"{OWN} v1 step 4" in words(console)
    await press(console, "hr n 0144 ⏎ li ⏎")
    assert "Mended v2" in words(console)
    assert desk.library.faults == ()


async def test_a_deleted_file_leaves_the_call_on_it_and_the_next_on_the_shipped_one(
    console: Console, file: Path
) -> None:
    delete(file)
    await look_again(console)
    assert BROKEN not in words(console)
    await press(console, "y")
    assert f"{OWN} v1 step 4" in words(console)
    await press(console, "p P k ⎋ e ⎋ ⌫ y hr n 0144 ⏎ li ⏎")
    assert f"{TITLE} v2" in words(console)


async def test_a_renamed_file_leaves_the_call_on_it_and_has_its_new_name_from_then_on(
    console: Console, desk: Desk, file: Path
) -> None:
    own = file.with_name("ours-alone.yaml")
    copy(file, own)
    change(own, line_with(own, "codes: "), "codes: [zz]")
    change(own, f"title: {OWN}", "title: Ours alone")
    await look_again(console)
    await press(console, "s zz ⏎")
    assert "Ours alone v1" in words(console)
    rename(own, "renamed.yaml")
    await look_again(console)
    assert {"ours-alone", "renamed"} & set(desk.library.playbooks) == {"renamed"}
    before = steps_behind(console)
    await press(console, "y p P")
    assert "Ours alone v1" in words(console)
    assert steps_behind(console) == before + 1
    await press(console, "u e ⎋ C ⎋ ⌫ k ⎋ hr n 0144 ⏎ zz ⏎")
    assert desk.port.query("SELECT symptom FROM ticket ORDER BY n DESC LIMIT 1").value() == (
        "renamed"
    )


@pytest.mark.parametrize("text", ["", "title: New\nsteps:\n", "title: New\ncodes: []\n"])
async def test_a_new_file_that_is_broken_is_said_and_offered_nowhere(
    console: Console, desk: Desk, file: Path, text: str
) -> None:
    write(file.with_name("new-one.yaml"), text)
    await look_again(console)
    assert "new-one.yaml:" in "".join(echo(console).split())
    assert "new-one" not in desk.library.playbooks
    await press(console, "s ⇥ ddd ⎋⎋ gp new ⎋⎋ y")
    assert "step 4" in words(console)


async def test_what_editors_leave_beside_a_file_is_no_playbook(
    console: Console, desk: Desk, file: Path
) -> None:
    leave_behind(file)
    before = set(desk.library.playbooks)
    await look_again(console)
    assert BROKEN not in words(console)
    assert set(desk.library.playbooks) == before


async def test_a_file_that_was_not_touched_says_nothing(console: Console) -> None:
    await press(console, "y")
    await look_again(console)
    assert echo(console) == ""


async def test_a_broken_declaration_leaves_menus_and_facts_as_they_were(
    console: Console, file: Path
) -> None:
    for name in DECLARATIONS:
        write(file.parent.parent / name, "{")
    await look_again(console)
    assert BROKEN in words(console)
    assert "(4 more: helpdesk playbooks check)" in " ".join(echo(console).split())
    await press(console, "y ae")
    assert "Instructions" in words(console)
    await press(console, "s ⇥ 1 ⎋⎋ hx 1 ⏎ n 0144 ⏎ ↓⏎")
    assert "ON CALL" in words(console)
