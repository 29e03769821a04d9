from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.playbooks import read_again
from helpdesk.desk.runs import choose_symptom
from tests.cli.conftest import Ran, Run
from tests.playbooks.written import write
from tests.support.calls import rows
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.small_books import hide_shipped
from tests.support.tables import KEPT

TOP = """\
title: {title}
theme: mine
owner: court
phase: both
codes: [{code}]
phrases: [{title}]
"""
WALKED = (
    TOP.format(title="The printer prints twice", code="zz")
    + """\
start: paper
steps:
  paper:
    say: Thank you for calling <court.short>, <caller.name>.
    ask: Is there paper?
    why: Most have none.
    answers: {yes: tray, no: end, dont-know: end}
  tray:
    ask: Which tray?
    answers: {the Upper one: over, the lower one: end}
  over:
    do: Go on with the ink.
    hand-over: mine-ink
    next: end
  end:
    say: Good bye.
    outcome: resolved
"""
)
INK = (
    TOP.format(title="Ink", code="zy")
    + """\
start: ink
steps:
  ink: {ask: Is there ink?, answers: {yes: dry, no: dry}}
  dry: {say: Let it dry., outcome: waiting}
"""
)
Try = Callable[..., Ran]


@pytest.fixture
def own(desk: Desk) -> Path:
    """The folder of a desk with two playbooks of its own."""
    hide_shipped(desk.folder)
    files = {"mine-walked.yaml": WALKED, "mine-ink.yaml": INK}
    return write(desk.folder.playbooks / "mine", files)


@pytest.fixture
def try_(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> Try:
    """Tries a playbook, typing a line for each text."""
    assert own.is_dir()

    def try_(*lines: str, slug: str = "zz", options: tuple[str, ...] = ()) -> Ran:
        typed = "".join(f"{line}\n" for line in lines).encode("latin-1")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        return run("playbooks", "try", slug, *options)

    return try_


def shown(ran: Ran) -> list[str]:
    """The steps that were shown, by their last word, and the end."""
    return [
        text.split(": ")[-1] for text in ran.out.splitlines()
        if ", step " in text or text.startswith("The playbook")
    ]  # fmt: skip


def test_a_playbook_is_walked_to_its_end_through_the_one_it_hands_over_to(try_: Try) -> None:
    ran = try_("y", "1", "", "n", "", "")
    assert (ran.status, ran.err) == (0, (
        "The printer prints twice: Roe, Pat calls. b back, e the e-mail, q leaves.\n"
    ))  # fmt: skip
    assert shown(ran) == [
        "paper", "tray", "over", "ink", "dry", "end", "The playbook ends here.",
    ]  # fmt: skip
    assert ran.out.split("\n\n")[0] == (
        "\nThe printer prints twice, step 1 of about 4: paper\n"
        "  SAY  Thank you for calling Iowa Northern, Roe, Pat.\n"
        "  ASK  Is there paper?\n  WHY  Most have none.\n"
        "  [y] yes\n  [n] no\n  [d] dont-know"
    )
    assert "  [1] the Upper one\n  [2] the lower one\n" in ran.out
    assert "  [enter] go on in mine-ink\n" in ran.out
    assert "The printer prints twice > Ink, step 4 of about " in ran.out


def test_a_wrong_key_is_refused_with_those_that_fit_and_the_walk_stays(try_: Try) -> None:
    ran = try_("x", "", "4", "Y", "n", "0", "9", "2")
    assert ran.status == 0
    assert shown(ran) == ["paper", "tray", "end"]
    refused = ran.err.splitlines()[1:]
    assert len(refused) == 6
    assert all(each.startswith("helpdesk: The step “") for each in refused)
    assert refused[0].endswith("does not take “x”; it takes: yes, no, dont-know.")
    assert refused[-1].endswith("it takes: the Upper one, the lower one.")


def test_b_goes_back_and_at_the_first_step_says_so(try_: Try) -> None:
    ran = try_("b", "y", "2", "B", "b", "n")
    assert shown(ran) == ["paper", "tray", "end", "tray", "paper", "end"]
    assert ran.err.splitlines()[1:] == ["helpdesk: This is the first step."]


def test_behind_the_end_only_b_and_e_and_q_are_taken(try_: Try) -> None:
    ran = try_("n", "", "", "y", "b", "q")
    assert shown(ran) == ["paper", "end", "The playbook ends here.", "end"]
    assert ran.err.splitlines()[1:] == ["helpdesk: The playbook ends here: go back, or leave."] * 2


def test_e_prints_the_e_mail_as_far_as_it_was_walked(try_: Try) -> None:
    ran = try_("y", "e", "q", "y")
    assert "Subject: Your call to Iowa Northern\n\nHello Pat Roe,\n" in ran.out
    assert "1. Thank you for calling Iowa Northern, Roe, Pat." in ran.out
    assert "Most have none." not in ran.out.partition("Subject:")[2]
    assert shown(ran) == ["paper", "tray"]  # what comes behind q is not read


def test_a_walk_at_another_court_says_its_names(try_: Try) -> None:
    ran = try_("q", options=("--court", "NCMB"))
    assert "calling Middle North Carolina, Roe, Pat." in ran.out


@pytest.mark.parametrize("lines", [(), ("\xff\xfe",), ("\x1b[2J",), ("\0",), ("x" * 100_000,)])
def test_an_input_that_ends_or_is_no_text_is_no_fault(try_: Try, lines: tuple[str, ...]) -> None:
    ran = try_(*lines)
    assert ran.status == 0
    assert "\x1b" not in ran.err
    assert shown(ran) == ["paper"]


@pytest.mark.usefixtures("own")
def test_without_an_input_the_first_step_is_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    ran = run("playbooks", "try", "zz")
    assert (ran.status, shown(ran)) == (0, ["paper"])


def test_trying_writes_nothing_down(try_: Try, desk: Desk) -> None:
    try_("y", "1", "", "n", "e", "")
    for table in (*KEPT, "prompt", "phrase"):
        assert rows(desk, f"SELECT * FROM {table}") == []


@pytest.fixture
def changed(home: Path, clock: StillClock, own: Path) -> Path:
    """A playbook that was used, and has another question since."""
    with closing(open_as(home, clock)) as desk:  # which knows that it has no others
        choose_symptom(desk, start_call(desk), "mine-walked")
    path = own / "mine-walked.yaml"
    path.write_text(WALKED.replace("Is there paper?", "Is there any paper?"))
    return path


@pytest.mark.usefixtures("changed")
def test_diff_shows_what_is_different_since_it_was_used_last(run: Run) -> None:
    for name in ("mine-walked", "zz"):
        ran = run("playbooks", "diff", name)
        assert (ran.status, ran.err) == (0, "")
        assert ran.out == (
            "- mine-walked v1 at ianb\n+ mine-walked as its file is now at ianb\n"
            "step paper\n  - ask: Is there paper?\n  + ask: Is there any paper?\n"
        )


@pytest.mark.usefixtures("changed")
def test_diff_says_when_nothing_is_different(run: Run) -> None:
    ran = run("playbooks", "diff", "zz", "1", "1")
    assert (ran.status, ran.err) == (0, "Nothing is different.\n")
    assert ran.out == "- mine-walked v1 at ianb\n+ mine-walked v1 at ianb\n"


def test_diff_of_a_deleted_playbook_compares_the_versions_that_were_used(
    run: Run, desk: Desk, changed: Path
) -> None:
    read_again(desk)
    choose_symptom(desk, start_call(desk), "mine-walked")
    changed.unlink()
    assert "+ ask: Is there any paper?" in run("playbooks", "diff", "mine-walked", "1", "2").out
    ran = run("playbooks", "diff", "mine-walked")
    assert (ran.status, ran.out) == (1, "")
    assert "name two versions" in ran.err


@pytest.mark.usefixtures("changed")
@pytest.mark.parametrize(
    ("said", "status", "why"),
    [
        (("diff", "nosuch"), 1, "There is no playbook “nosuch”"),
        (("diff", "zy"), 1, "mine-ink was never used at ianb"),
        (("diff", "zz", "7"), 1, "no version v7 there; there are: v1."),
        (("diff", "zz", "--court", "nowhere"), 1, "no court “nowhere”"),
        (("diff", "zz", "0"), 2, "x>=1"),
        (("diff", "zz", "one"), 2, "not a whole number"),
        (("diff",), 2, "Missing argument"),
        (("try", "no-such"), 1, "no playbook “no-such”"),
        (("try", "zz", "--court", "nowhere"), 1, "no court “nowhere”"),
        (("figures", "no-such"), 1, "no playbook “no-such”"),
        (("figures", "zz", "--court", "nowhere"), 1, "no court “nowhere”"),
        (("figures", "zz", "--from", "yesterdey"), 1, "--from: “yesterdey” is not a period"),
        (("figures", "zz", "--out", "report.pdf"), 1, ".csv, .json, .jsonl, .xlsx, .html, .txt"),
        (("missed", "--court", "nowhere"), 1, "no court “nowhere”"),
        (("missed", "--to", "2026-02-30"), 1, "--to: “2026-02-30” is not a period"),
        (("missed", "--format", "xlsx"), 1, "A workbook is not printed"),
        (("missed", "zz"), 2, "unexpected extra argument"),
        (("show", "zz", "--as", "pdf"), 2, "'e-mail'"),
        (("show", "zz", "--court", "nowhere"), 1, "no court “nowhere”"),
        (("check", "no-such-file"), 2, "does not exist"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_and_by_the_status(
    run: Run, said: tuple[str, ...], status: int, why: str
) -> None:
    ran = run("playbooks", *said)
    assert (ran.status, ran.out) == (status, "")
    assert why in ran.err
    assert ran.err.startswith("helpdesk: ")
    assert ran.err.count("\n") == 1
