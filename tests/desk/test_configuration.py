from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from helpdesk.desk.cache import cached_configuration
from helpdesk.desk.configuration import read_configuration
from helpdesk.desk.desk import Folder
from helpdesk.desk.playbook_check import check_paths
from helpdesk.desk.symptom_titles import symptom_title
from helpdesk.errors import BadFile
from tests.playbooks.written import write
from tests.support.clock import StillClock
from tests.support.desks import open_as

COURT = """\
courts:
  zzb:
    name: Made-up Court
    short: Made-up
    kind: bankruptcy
    web: www.zzb.example
    go-live: 2030-01-07
    offices:
      one: {name: One, zone: America/Denver}
    settings: {pay-later: yes}
"""


def faults(home: Path) -> list[str]:
    with pytest.raises(BadFile) as bad:
        read_configuration(Folder(home))
    return [str(fault).removeprefix(f"{home}/data/") for fault in bad.value.faults]


def test_a_folder_that_is_not_there_has_what_is_shipped(home: Path) -> None:
    told = read_configuration(Folder(home))
    assert {"ianb", "iasb", "ncmb"} <= set(told.courts)
    assert told.center.phone


def test_courts_of_the_folder_join_those_shipped_and_win(home: Path) -> None:
    write(
        home, {"data/courts.yaml": COURT + COURT.replace("courts:\n", "").replace("zzb", "ianb")}
    )
    told = read_configuration(Folder(home))
    assert told.courts["zzb"].offices[0].zone == "America/Denver"
    assert told.courts["ianb"].name == "Made-up Court"
    assert "iasb" in told.courts


def test_a_holiday_of_a_shipped_court_is_one_line(home: Path) -> None:
    write(home, {"data/courts.yaml": "courts: {ianb: {closed: [2026-12-24]}}\n"})
    shipped = read_configuration(Folder(home / "elsewhere")).courts["ianb"]
    told = read_configuration(Folder(home)).courts["ianb"]
    assert told == shipped._replace(closed=(date(2026, 12, 24),))
    checked = check_paths(Folder(home), [home / "data" / "courts.yaml"], date(2026, 6, 1))
    assert checked.faults == ()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("identity-checks: two", "“two” for “identity-checks” is not a number from 1 to 6."),
        ("backups: {keep: x}", "“x” for “keep” is not a number from 0 to 366."),
        ("backups: {at: 25:00}", "“25:00” for “at” is no time of the day: write it like 02:00."),
        ("theme: pink", "“pink” is not known for “theme”: use dark, light, contrast."),
        ("lines: maybe", "“maybe” is not known for “lines”: use yes, no."),
        ("sign-in: card", "“card” is not known for “sign-in”: use system, passcode."),
    ],
)
def test_a_fault_of_a_setting_names_it(home: Path, line: str, named: str) -> None:
    write(home, {"data/desk.yaml": f"{line}\n"})
    (said,) = faults(home)
    assert said.endswith(f": {named}")


def test_faults_of_both_files_come_at_once(home: Path) -> None:
    write(home, {"data/courts.yaml": "courts:\n  xx: {}\n", "data/desk.yaml": "theme: pink\n"})
    said = faults(home)
    assert any(each.startswith("courts.yaml:2:3: ") for each in said)
    assert any(each.startswith("desk.yaml:1:1: ") for each in said)


def test_a_court_or_an_office_that_is_not_there_is_named_at_its_place(home: Path) -> None:
    write(home, {"data/desk.yaml": "theme: dark\ncourt: zz\n"})
    (fault,) = faults(home)
    assert fault.startswith("desk.yaml:2:1: there is no court “zz”; there are: ianb")
    write(home, {"data/desk.yaml": "court: ianb\n\noffice: zz\n"})
    (fault,) = faults(home)
    assert fault.startswith("desk.yaml:3:1: ianb has no office “zz”; it has: cedar-rapids")


@pytest.mark.parametrize("name", ["desk.yaml", "courts.yaml"])
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "this is no ordinary file: put one in its place."),
        (Path.mkdir, "the file cannot be read: Is a directory."),
        (
            lambda path: path.symlink_to("nowhere.yaml"),
            "the file cannot be read: No such file or directory.",
        ),
    ],
    ids=["a pipe", "a folder", "a link to nothing"],
)
def test_what_lies_in_the_place_of_a_file_and_is_none_is_a_fault(
    home: Path, name: str, make: Callable[[Path], object], said: str
) -> None:
    write(home, {"data/other.yaml": ""})
    cached_configuration(Folder(home))
    make(home / "data" / name)
    assert faults(home) == [f"{name}:1:1: {said}"]
    with pytest.raises(BadFile):
        cached_configuration(Folder(home))


def test_the_cache_gives_what_the_files_say(home: Path) -> None:
    write(home, {"data/courts.yaml": COURT, "data/desk.yaml": "court: zzb\nhidden: [a, b]\n"})
    folder = Folder(home)
    read = read_configuration(folder)
    assert cached_configuration(folder) == read
    assert cached_configuration(folder) == read


def test_the_cache_sees_every_change(home: Path) -> None:
    folder = Folder(home)
    assert cached_configuration(folder).settings.court == ""
    write(home, {"data/desk.yaml": "court: iasb\n"})
    assert cached_configuration(folder).settings.court == "iasb"
    write(home, {"data/courts.yaml": COURT})
    assert "zzb" in cached_configuration(folder).courts
    (home / "data" / "courts.yaml").unlink()
    assert "zzb" not in cached_configuration(folder).courts


def test_a_fault_is_told_every_time(home: Path) -> None:
    write(home, {"data/desk.yaml": "theme: pink\n"})
    for _ in range(2):
        with pytest.raises(BadFile):
            cached_configuration(Folder(home))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"key": "other", "value": 1}'])
def test_a_broken_cache_is_as_good_as_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    read = cached_configuration(Folder(home))
    (kept,) = (tmp_path / "cache" / "helpdesk").glob("desk-*.json")
    kept.write_text(text, encoding="utf-8")
    assert cached_configuration(Folder(home)) == read


def test_a_cache_that_cannot_be_written_is_done_without(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cache").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cached_configuration(Folder(home)).courts


def test_the_cache_keeps_a_few_files_and_shows_them_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for place in range(12):
        cached_configuration(Folder(tmp_path / str(place)))
        write(tmp_path / str(place), {"data/desk.yaml": f"hidden: [a{place}]\n"})
        cached_configuration(Folder(tmp_path / str(place)))
    kept = list((tmp_path / "cache" / "helpdesk").iterdir())
    assert len(kept) == 8
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}


def test_titles_are_those_of_the_library_before_and_after_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept = open_as(tmp_path, StillClock(), (1, "ortiz"))
    slugs = [*kept.library.playbooks, "gone", ""]
    wanted = [kept.library.title(slug) for slug in slugs]
    assert [symptom_title(kept, slug) for slug in slugs] == wanted
    for first in (True, False):  # the first one writes them down
        fresh = open_as(tmp_path, StillClock(), (1, "ortiz"))
        assert [symptom_title(fresh, slug) for slug in slugs] == wanted
        assert fresh.has_library is first
        fresh.close()
    kept.close()
