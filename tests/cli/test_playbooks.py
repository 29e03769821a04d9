from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run
from tests.playbooks.written import STEPS, TOP

BROKEN = "title: a\ntitle: b\nsteps:\n  a: {ask: Live?, answers: {yes: b}}\n"


@pytest.fixture
def own(desk: Desk) -> Path:
    """The desk's own playbooks folder."""
    desk.folder.playbooks.mkdir(exist_ok=True)
    return desk.folder.playbooks


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_list_says_where_each_comes_from(run: Run, own: Path) -> None:
    write(own / "getting-in" / "our-own.yaml", TOP.replace("[ab]", "[zz]") + STEPS)
    lines = run("playbooks", "list").out.splitlines()
    (mine,) = [line for line in lines if line.startswith("our-own ")]
    (shipped,) = [line for line in lines if line.startswith("linking-error ")]
    assert mine.endswith("this desk")
    assert shipped.endswith("shipped")


@pytest.mark.usefixtures("desk")
def test_a_playbook_is_shown_by_its_name_and_by_its_code(run: Run) -> None:
    shown = run("playbooks", "show", "linking-error").out
    code = next(line for line in shown.splitlines() if "Codes" in line).split()[1].strip(",")
    assert run("playbooks", "show", code).out == shown
    assert "(start)" in shown
    assert "<court." not in shown


@pytest.mark.usefixtures("desk")
def test_a_playbook_that_is_not_there_is_refused(run: Run) -> None:
    for command in ("show", "copy"):
        ran = run("playbooks", command, "no-such-thing")
        assert ran.status == 1
        assert "no-such-thing" in ran.err


@pytest.mark.usefixtures("desk")
def test_find_ranks_and_says_why(run: Run) -> None:
    lines = run("playbooks", "find", "linking", "error").out.splitlines()
    assert lines[0].split() == ["rank", "slug", "title", "why"]
    assert lines[2].split()[:2] == ["1", "linking-error"]


@pytest.mark.usefixtures("desk")
def test_find_says_that_nothing_fits(run: Run) -> None:
    ran = run("playbooks", "find", "xqzjvk")
    assert (ran.status, ran.out) == (0, "")
    assert "xqzjvk" in ran.err


@pytest.mark.usefixtures("desk")
def test_find_jsonl_answers_every_line_with_at_least_five(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrases = ["linking error", "", "xqzjvk", "my password is Hunter2!x", "\x1b[2J"]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(phrases).encode())))
    ran = run("playbooks", "find", "--jsonl", "-")
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["text"] for answer in answers] == phrases
    for answer in answers:
        scores = [match["score"] for match in answer["matches"]]
        assert len({match["slug"] for match in answer["matches"]}) == len(scores) >= 5
        assert scores == sorted(scores, reverse=True)
    assert answers[0]["matches"][0]["slug"] == "linking-error"


@pytest.mark.usefixtures("desk")
def test_find_wants_words_or_a_file_of_them_and_not_both(run: Run, tmp_path: Path) -> None:
    file = write(tmp_path / "phrases", "linking error\n")
    assert run("playbooks", "find").status == 1
    assert run("playbooks", "find", "pw", "--jsonl", file).status == 1
    assert run("playbooks", "find", "--jsonl", file).status == 0


def test_check_tells_every_fault_of_a_broken_file_at_its_place(run: Run, own: Path) -> None:
    path = write(own / "x" / "broken.yaml", BROKEN)
    ran = run("playbooks", "check")
    mine = [line for line in ran.out.splitlines() if line.startswith(f"{path}:")]
    assert ran.status == 1
    assert any(line.startswith(f"{path}:2:1: “title” is here twice") for line in mine)
    assert any(line.startswith(f"{path}:4:") and "no step “b”" in line for line in mine)
    assert any("lacks “owner”" in line for line in mine)


def test_check_of_one_file_tells_only_what_is_in_it(run: Run, own: Path, tmp_path: Path) -> None:
    write(own / "x" / "other.yaml", BROKEN)
    path = write(tmp_path / "one.yaml", BROKEN)
    ran = run("playbooks", "check", path)
    assert ran.status == 1
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {str(path)}
    assert "1 playbook checked" in ran.err


@pytest.mark.usefixtures("desk")
def test_a_good_file_has_no_fault(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "good-one.yaml", TOP.replace("[ab]", "[zz]") + STEPS)
    ran = run("playbooks", "check", path)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "1 playbook checked, no faults.\n"


def test_check_reads_courts_and_settings_too(run: Run, home: Path) -> None:
    write(home / "data" / "desk.yaml", "court: ianb\noffice: nowhere\nhidden: [gone]\n")
    assert f"{home}/data/desk.yaml:2:1: ianb has no office" in run("playbooks", "check").out
    write(home / "data" / "desk.yaml", "hidden: [gone]\n")
    assert (
        f"{home}/data/desk.yaml:1:10: there is no playbook “gone”" in run("playbooks", "check").out
    )
    write(home / "data" / "courts.yaml", "courts:\n  xx: {name: X}\n")
    assert f"{home}/data/courts.yaml:2:3: " in run("playbooks", "check").out
    assert f"{home}/data/courts.yaml:2:3: " in run("playbooks", "check", home).out


def test_check_and_doctor_say_which_keys_no_console_would_open_with(run: Run, home: Path) -> None:
    assert run("init").status == 0
    settings = write(home / "data" / "desk.yaml", "keys: {new-cal: f2, park: f99, new-call: g}\n")
    refused = run("--plain").err.replace("helpdesk: ", "")
    places = [line.removeprefix(f"{settings}:")[:4] for line in refused.splitlines()]
    assert places == ["1:8:", "1:21", "1:32"]
    checked = run("playbooks", "check")
    assert checked.status == 1
    assert checked.out.endswith(refused)  # behind what courts have of their own
    assert run("playbooks", "check", home).out == refused
    assert run("playbooks", "check", settings).out == refused
    assert f"3 faults, the first: {settings}:1:8: there is no command" in run("doctor").out
    write(home / "data" / "courts.yaml", "courts:\n  xx: {name: X}\n")
    broken_too = run("playbooks", "check").out
    assert broken_too.endswith(refused)
    assert f"{home}/data/courts.yaml:2:3: " in broken_too


def test_check_makes_no_desk(run: Run, home: Path) -> None:
    run("playbooks", "check")
    assert not home.exists()


def test_a_copy_remembers_what_it_was_made_from(run: Run, own: Path) -> None:
    path = Path(run("playbooks", "copy", "linking-error").out.strip())
    assert path == own / "linking" / "linking-error.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# copied from the shipped playbook, sha256 ")
    assert str(path) not in run("playbooks", "check").err
    write(path, text.replace("sha256 ", "sha256 0"))
    ran = run("playbooks", "check")
    assert f"{path}: the shipped playbook has changed since" in ran.err
    assert str(path) not in ran.out


def test_a_copy_under_another_name_has_changed_when_what_it_was_made_from_has(
    run: Run, own: Path
) -> None:
    copied = Path(run("playbooks", "copy", "linking-error").out.strip())
    path = copied.rename(own / "linking" / "linking-here.yaml")
    assert str(path) not in run("playbooks", "check").err
    write(path, path.read_text(encoding="utf-8").replace("sha256 ", "sha256 0"))
    assert f"{path}: the shipped playbook has changed since" in run("playbooks", "check").err


def test_a_copy_is_never_written_over(run: Run, own: Path) -> None:
    run("playbooks", "copy", "linking-error")
    path = write(own / "linking" / "linking-error.yaml", "ours")
    ran = run("playbooks", "copy", "linking-error")
    assert ran.status == 1
    assert path.read_text(encoding="utf-8") == "ours"


def test_what_is_overdue_for_review_is_told_and_is_no_fault(run: Run, own: Path) -> None:
    text = TOP.replace("[ab]", "[zz]") + "review: 2020-01-01\n" + STEPS
    write(own / "x" / "old-one.yaml", text)
    ran = run("playbooks", "check", own / "x" / "old-one.yaml")
    assert ran.status == 0
    said = "old-one.yaml:8:1: the facts of “old-one” were to be read again by 2020-01-01."
    assert said in ran.err


def test_who_copies_or_changes_what_a_court_overrides_is_told_so_and_how_to_have_none(
    run: Run, own: Path
) -> None:
    court_file = own / "courts" / "ianb" / "linking-error.yaml"
    said = "at ianb step “shared” will be as in "
    way = f"to have none, write “steps: {{}}” into {court_file}."
    copied = run("playbooks", "copy", "linking-error")
    path = Path(copied.out.strip())
    assert said in copied.err
    assert copied.err.rstrip().endswith(way)
    assert said not in run("playbooks", "check").err
    text = path.read_text(encoding="utf-8")
    write(path, text.replace("  shared:\n    say: ", "  shared:\n    say: Ours. "))
    for ran in (run("playbooks", "check"), run("playbooks", "check", path)):
        assert ran.status == 0
        assert f"{path}: {said}" in ran.err
        assert way in ran.err
    write(court_file, "steps: {}\n")
    assert said not in run("playbooks", "check").err
    assert "Ours." in run("playbooks", "show", "linking-error", "--court", "ianb").out


def test_the_list_show_and_try_say_whose_text_is_in_use_while_the_desks_file_is_broken(
    run: Run, own: Path
) -> None:
    path = Path(run("playbooks", "copy", "linking-error").out.strip())
    text = path.read_text(encoding="utf-8")
    new = write(
        own / "x" / "our-own.yaml", TOP.replace("[ab]", "[zz]") + STEPS + "    see: [no]\n"
    )

    def told() -> list[str]:
        lines = run("playbooks", "list").out.splitlines()
        return [each for each in lines if each.startswith(("linking-error ", "our-own "))]

    write(path, text.replace("<court.short>", "<court.shrt>"))
    ours, theirs = told()
    assert theirs.endswith("  shipped; this desk's file is broken")
    assert ours.endswith("  this desk; the file is broken")
    for command in ("show", "try"):
        said = run("playbooks", command, "li").err
        assert f"helpdesk: {path} is broken: the shipped playbook is in use." in said
        assert f"{new} is broken: what of it can be used" in run("playbooks", command, "zz").err
    new.unlink()
    write(path, text.replace("title: Error", "title: Our error"))
    assert told()[0].endswith("  this desk")
    write(path, "title: [")
    assert told()[0].endswith("  this desk, as it was; its file is broken")
    assert "is broken: what it was before is in use." in run("playbooks", "show", "li").err
