from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from helpdesk.desk.desk import Folder
from helpdesk.desk.playbook_check import Checked, check_desk, check_paths
from tests.playbooks.written import OTHER_TOP, STEPS, TOP, write

TODAY = date(2026, 6, 1)
OWN = TOP.replace("[ab]", "[zz]") + STEPS
AT_COURT = """\
steps:
  end:
    say: Good, in Carolina.
    next: more
new-steps:
  more:
    say: And more.
    outcome: resolved
"""


@pytest.fixture
def folder(home: Path) -> Folder:
    """A desk with a playbook of its own, of which a court overrides a step."""
    write(home / "playbooks", {"x/our-own.yaml": OWN, "courts/ncmb/our-own.yaml": AT_COURT})
    return Folder(home)


def faults(checked: Checked, folder: Folder) -> list[str]:
    return [str(each).removeprefix(f"{folder.playbooks}/") for each in checked.faults]


def told(checked: Checked, folder: Folder) -> list[str]:
    """What the check says of the desk's own court files; the shipped ones apart."""
    mine, told_here = str(folder.playbooks), False
    lines: list[str] = []
    for line in checked.differences:
        if not line.startswith("  "):
            told_here = line.startswith(mine)
        if told_here:
            lines.append(line.removeprefix(f"{mine}/"))
    return lines


def test_the_check_shows_what_a_court_has_in_place_of_the_shared_steps(folder: Folder) -> None:
    checked = check_desk(folder, TODAY)
    assert checked.faults == ()
    assert told(checked, folder) == [
        "courts/ncmb/our-own.yaml: at ncmb, our-own, step end:",
        "  - say: Good.", "  - outcome: resolved", "  + say: Good, in Carolina.",
        "  + next: more",
        "courts/ncmb/our-own.yaml: at ncmb, our-own, step more:",
        "  + say: And more.", "  + outcome: resolved",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("courts/ncmb/our-own.yaml", AT_COURT.replace("  end:", "  ending:"),
         "courts/ncmb/our-own.yaml:2:3: there is no shared step “ending” to override"),
        ("courts/ncmb/other.yaml", AT_COURT,
         "courts/ncmb/other.yaml:1:1: there is no playbook “other” to override"),
        ("courts/ncmb/passages.yaml", "gone:\n  steps:\n    a: {say: A., outcome: resolved}\n",
         "courts/ncmb/passages.yaml:1:1: there is no passage “gone” to override"),
        ("courts/nowhere/our-own.yaml", AT_COURT,
         "courts/nowhere:1:1: there is no court “nowhere” in courts.yaml"),
        ("courts/our-own.yaml", AT_COURT, "courts/our-own.yaml:1:1: nothing reads this"),
        ("courts/ncmb/x/our-own.yaml", AT_COURT,
         "courts/ncmb/x/our-own.yaml:1:1: nothing reads this"),
    ],
)  # fmt: skip
def test_what_a_court_has_for_nothing_is_a_fault_at_its_place(
    folder: Folder, name: str, text: str, said: str
) -> None:
    write(folder.playbooks, {name: text})
    found = faults(check_desk(folder, TODAY), folder)
    assert any(each.startswith(said) for each in found), found


def test_a_shared_step_that_goes_makes_the_check_fail_for_the_court_that_overrides_it(
    folder: Folder,
) -> None:
    renamed = OWN.replace("end}", "bye}").replace(": end,", ": bye,").replace("  end:", "  bye:")
    write(folder.playbooks, {"x/our-own.yaml": renamed})
    first, *_ = faults(check_desk(folder, TODAY), folder)
    assert first.startswith("courts/ncmb/our-own.yaml:2:3: there is no shared step “end”")


@pytest.mark.parametrize(
    "path", ["courts/ncmb/our-own.yaml", "courts/ncmb", "courts", "x/our-own.yaml", "x", ""]
)
def test_a_file_or_folder_by_its_path_has_no_faults_when_the_whole_desk_has_none(
    folder: Folder, path: str
) -> None:
    checked = check_paths(folder, [folder.playbooks / path], TODAY)
    assert checked.faults == ()
    assert bool(told(checked, folder)) is (not path.startswith("x"))
    assert checked.count == (0 if path.startswith("courts") else 1)


def test_a_path_below_where_one_stands_is_checked_like_any_other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.playbooks / "courts" / "ncmb")
    for path in ("our-own.yaml", ".", "../ncmb", "../../courts/ncmb/our-own.yaml", ".."):
        checked = check_paths(folder, [Path(path)], TODAY)
        assert checked.faults == ()
        assert len(checked.differences) == 8, path


def test_a_courts_passages_by_their_path_are_what_the_court_overrides(folder: Folder) -> None:
    text = "clear-cache:\n  steps:\n    clear: {say: Restart it., next: return}\n"
    write(folder.playbooks, {"courts/ncmb/passages.yaml": text})
    path = folder.playbooks / "courts" / "ncmb" / "passages.yaml"
    found = check_paths(folder, [path], TODAY)
    assert found.faults == ()
    assert told(found, folder)[0] == (
        "courts/ncmb/passages.yaml: at ncmb, passage clear-cache, step clear:"
    )


def test_a_playbook_that_is_switched_off_may_be_named_and_overridden(folder: Folder) -> None:
    write(folder.home, {"data/desk.yaml": "hidden: [linking-error, pacer-cost, our-own]\n"})
    assert check_desk(folder, TODAY).faults == ()
    write(folder.home, {"data/desk.yaml": "hidden: [linking-error, pacer-price]\n"})
    (fault,) = check_desk(folder, TODAY).faults
    assert "there is no playbook “pacer-price” to switch off" in fault.message


def test_what_is_switched_off_and_handed_over_to_is_told_and_is_no_fault(folder: Folder) -> None:
    over = OTHER_TOP.replace("[cd]", "[zzz]") + STEPS.replace("outcome: ", "hand-over: ")
    write(folder.playbooks, {"x/sends-on.yaml": over.replace(": resolved", ": pacer-cost")})
    write(folder.home, {"data/desk.yaml": "hidden: [pacer-cost, which-login]\n"})
    checked = check_desk(folder, TODAY)
    assert checked.faults == ()
    said = {text for text in checked.advice if "“pacer-cost” is hidden" in text}
    (text,) = said
    assert text.startswith(f"{folder.settings}:1:10: “pacer-cost” is hidden, but ")
    assert "sends-on" in text
    assert text.endswith(" hand over to it: show it, or change a copy of them.")


def test_a_court_file_that_cannot_be_read_is_told_once_and_hides_no_other_fault(
    folder: Folder,
) -> None:
    write(folder.playbooks, {
        "courts/ncmb/our-own.yaml": "steps: [\n", "y/broken.yaml": "title: [\n",
        "courts/ianb/broken.yaml": AT_COURT,
    })  # fmt: skip
    found = faults(check_desk(folder, TODAY), folder)
    assert [each.partition(": ")[0] for each in found] == [
        "courts/ncmb/our-own.yaml:1:8", "y/broken.yaml:1:8",
    ]  # fmt: skip


UNREAD = {
    "x/blank-page.yml": "name it blank-page.yaml, or keep it elsewhere.",
    "x/blank-page.YAML": "name it blank-page.yaml, or keep it elsewhere.",
    "x/blank-page.yaml.txt": "name it blank-page.yaml, or keep it elsewhere.",
    "x/blank-page": "name it blank-page.yaml, or keep it elsewhere.",
    "courts/ncmb/our-own.yml": "name it our-own.yaml, or keep it elsewhere.",
    "x/passages.yaml": "move it to PLAYBOOKS or PLAYBOOKS/courts/COURT.",
    "x/facts.yaml": "move it to PLAYBOOKS.",
    "x/desk.yaml": "it belongs into the folder data, as data/desk.yaml.",
}
"""Files that nothing reads, each with the way out."""


@pytest.mark.parametrize("name", UNREAD)
def test_a_file_that_nothing_reads_is_a_fault_with_the_way_out(folder: Folder, name: str) -> None:
    own = folder.playbooks
    write(own, {name: OWN if "our-own" not in name else AT_COURT})
    way = UNREAD[name].replace("PLAYBOOKS", str(own))
    for checked in (
        check_desk(folder, TODAY),
        check_paths(folder, [own], TODAY),
        check_paths(folder, [folder.home], TODAY),
        check_paths(folder, [(own / name).parent], TODAY),
        check_paths(folder, [own / name], TODAY),
    ):
        said = [str(each) for each in checked.faults if "nothing reads" in each.message]
        assert len(said) == 1, said
        assert said[0].startswith(f"{own / name}:1:1: nothing reads ")
        assert said[0].endswith(way)
    assert check_paths(folder, [own / "x" / "our-own.yaml"], TODAY).faults == ()


def test_what_is_kept_beside_playbooks_is_no_fault(folder: Folder) -> None:
    names = ("README.md", "x/our-own.yaml~", "x/our-own.bak", ".git/config", "x/.one.yaml.swp")
    write(folder.playbooks, dict.fromkeys((*names, "courts/ncmb/passages.yaml"), "{}"))
    assert check_desk(folder, TODAY).faults == ()
