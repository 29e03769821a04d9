from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from tests.cli.conftest import Run
from tests.playbooks.written import write

IOWA = "At Iowa Northern a filing login that a company shares cannot be linked."
OWN = """\
steps:
  not-live:
    say: Not live in Carolina.
    outcome: resolved
"""


@pytest.fixture
def own(desk: Desk) -> Path:
    """The desk's own playbooks folder, with a step that one court has of its own."""
    return write(desk.folder.playbooks, {"courts/ncmb/linking-error.yaml": OWN})


@pytest.mark.usefixtures("own")
def test_a_playbook_is_shown_as_a_court_has_it_with_that_courts_names(run: Run) -> None:
    iowa, carolina, southern = (
        run("playbooks", "show", "li", "--court", court).out for court in ("ianb", "NCMB", "iasb")
    )
    assert "Is Iowa Northern on NextGen?" in iowa
    assert IOWA in iowa
    assert "Is Middle North Carolina on NextGen?" in carolina
    assert not re.search("(?:SAY|ASK) .*Iowa Northern", carolina)
    assert "Not live in Carolina." in carolina
    assert "Is Iowa Southern on NextGen?" in southern
    assert IOWA not in southern
    assert "Not live in Carolina." not in iowa + southern
    assert run("playbooks", "show", "li").out == iowa  # the desk's own court


@pytest.mark.usefixtures("own")
def test_the_shared_playbook_says_where_it_differs(run: Run) -> None:
    lines = run("playbooks", "show", "li", "--court", "iasb").out.splitlines()
    assert "  Differs  at ianb, at ncmb" in lines


@pytest.mark.usefixtures("desk")
def test_a_playbook_is_shown_as_it_is_said_without_what_is_for_the_clerk_alone(run: Run) -> None:
    said = run("playbooks", "show", "no-menus-after-link", "--as", "say")
    tree = run("playbooks", "show", "no-menus-after-link").out
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert len(lines) > 2
    assert all(f"SAY  {line}" in tree or f"ASK  {line}" in tree for line in lines)


@pytest.mark.usefixtures("desk")
def test_a_playbook_is_shown_as_the_e_mail_and_the_note_of_a_made_up_caller(run: Run) -> None:
    mail = run("playbooks", "show", "li", "--as", "e-mail", "--court", "ncmb").out
    assert mail.startswith("Subject: Your call to Middle North Carolina\n\nHello Pat Roe,\n\n")
    assert "Middle North Carolina" in mail
    note = run("playbooks", "show", "li", "--as", "note").out
    assert note.startswith("Error while linking")
    assert "Is Iowa Northern on NextGen? yes (known). Next: " in note


def test_check_prints_differences_and_faults_and_counts_on_the_other_stream(
    run: Run, own: Path
) -> None:
    path = own / "courts" / "ncmb" / "linking-error.yaml"
    ran = run("playbooks", "check")
    assert ran.status == 0
    assert f"{path}: at ncmb, linking-error, step not-live:\n" in ran.out
    assert "\n  + say: Not live in Carolina.\n" in ran.out
    assert ran.err.endswith(" playbooks checked, no faults.\n")
    path.write_text(OWN.replace("not-live", "no-such-step"))
    ran = run("playbooks", "check")
    assert ran.status == 1
    assert f"{path}:2:3: there is no shared step “no-such-step” to override" in ran.out
    assert ran.err.endswith(" checked, 1 fault.\n")


def test_check_of_a_court_file_by_its_path_shows_what_is_different_in_it_alone(
    run: Run, own: Path
) -> None:
    path = own / "courts" / "ncmb" / "linking-error.yaml"
    ran = run("playbooks", "check", path)
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if not line.startswith("  ")] == [
        f"{path}: at ncmb, linking-error, step not-live:"
    ]
