"""``helpdesk playbooks``: listed, shown, found, copied, checked, compared and tried."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.playbook_use import (
    TEXTS_IN_USE,
    diff,
    figures,
    missed,
    remark_broken,
    try_,
)
from helpdesk.cli.printing import remark, say, table_lines, write
from helpdesk.desk.court_steps import courts_over
from helpdesk.desk.desk import Clock, Desk, Folder
from helpdesk.desk.playbook_check import Checked, check_desk, check_paths
from helpdesk.desk.playbook_copies import copy_playbook, list_playbooks, text_in_use
from helpdesk.desk.playbook_files import playbook_folders
from helpdesk.desk.playbook_text import playbook_text
from helpdesk.desk.playbooks import LEAST_FOUND, get_playbook, rank_playbooks
from helpdesk.desk.trial import Trial, try_playbook
from helpdesk.domain.courts import local
from helpdesk.errors import BadInput
from helpdesk.playbooks.letters import spoken


@click.group()
def command() -> None:
    """List, show, find, copy, check, compare and try playbooks."""


@command.command("list")
@click.pass_obj
def list_(folder: Folder) -> None:
    """List every playbook with its codes and where it comes from."""
    with opened(folder) as desk:
        rows = [
            (book.slug, book.title, " ".join(book.codes), book.theme, book.owner,
             _from(desk, book.slug, file))
            for book, file in list_playbooks(desk)
        ]  # fmt: skip
    for text in table_lines(("slug", "title", "codes", "theme", "owner", "from"), rows):
        say(text)


@command.command()
@click.argument("slug")
@click.option("--court", metavar="ID", default="", help="As this court has it.")
@click.option("--as", "rendering", type=click.Choice(["tree", "say", "e-mail", "note"]),
              default="tree", help="The whole tree, or how it is said or written.")  # fmt: skip
@click.pass_obj
def show(folder: Folder, slug: str, court: str, rendering: str) -> None:
    """Show one playbook, by its slug or one of its codes, as a tree with every step once."""
    with opened(folder) as desk:
        book = get_playbook(desk, slug)
        remark_broken(desk, book.slug)
        trial = try_playbook(desk, book, court)
        for text in _rendered(desk, trial, rendering):
            say(text)


@command.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def check(folder: Folder, paths: tuple[Path, ...]) -> int:
    """Check this desk's playbooks, courts.yaml and desk.yaml, or the files and folders at PATHS.

    Every fault is printed as file:line:column. The exit status is 1 when there is one.
    """
    today = local(Clock().now(), "UTC").date()
    checked = check_paths(folder, paths, today) if paths else check_desk(folder, today)
    for text in checked.differences:
        say(text)
    for fault in checked.faults:
        say(str(fault))
    _remark_old(checked)
    remark(f"{_many(checked.count, 'playbook')} checked, {_many(len(checked.faults), 'fault')}.")
    return 1 if checked.faults else 0


@command.command()
@click.argument("text", nargs=-1)
@click.option("--jsonl", type=click.File(encoding="utf-8", errors="replace"), metavar="FILE",
              help="Read a phrase a line (-: standard input), print JSON lines.")  # fmt: skip
@click.pass_obj
def find(folder: Folder, text: tuple[str, ...], jsonl: TextIO | None) -> None:
    """Find the playbooks that fit what a caller says, best first."""
    if bool(text) == (jsonl is not None):
        raise BadInput("Give either words to look for, or --jsonl with a file of them.")
    if jsonl is not None:
        _find_each(folder, jsonl)
        return
    typed = " ".join(text)
    with opened(folder) as desk:
        found = rank_playbooks(desk, typed)
    if not found:
        remark(f"helpdesk: no playbook fits “{typed}”; helpdesk playbooks list names them all.")
        return
    rows = ((each.slug, each.title, " ".join(each.why)) for each in found)
    ranked = ((rank, *row) for rank, row in enumerate(rows, 1))
    for line in table_lines(("rank", "slug", "title", "why"), ranked):
        say(line)


@command.command()
@click.argument("slug")
@click.pass_obj
def copy(folder: Folder, slug: str) -> None:
    """Copy a shipped playbook into the desk folder, to be changed there."""
    with opened(folder) as desk:
        say(str(copy_playbook(desk, slug)))
    for over in courts_over(playbook_folders(folder), slug):
        remark(f"helpdesk: {over.said(over.steps)}")


def _from(desk: Desk, slug: str, file: Path) -> str:
    """Whose text of a playbook is in use."""
    broken, text = text_in_use(desk, slug)
    if broken is None:
        return "this desk" if file.is_relative_to(desk.folder.playbooks) else "shipped"
    return TEXTS_IN_USE[text][0]


def _find_each(folder: Folder, phrases: Iterable[str]) -> None:
    from helpdesk.files.json_file import json_line  # noqa: PLC0415

    with opened(folder) as desk:
        for phrase in phrases:
            text = phrase.rstrip("\r\n")
            found = rank_playbooks(desk, text, LEAST_FOUND)
            matches = [{"slug": each.slug, "score": round(each.score, 4)} for each in found]
            write(json_line({"text": text, "matches": matches}) + "\n")
            if sys.stdout is not None:
                sys.stdout.flush()


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {what}{'' if count == 1 else 's'}"


def _remark_old(checked: Checked) -> None:
    for each in checked.advice:
        remark(each)
    for each in checked.covered:
        remark(each)
    for path in checked.outdated:
        remark(f"{path}: the shipped playbook has changed since this copy was made: compare them.")


def _rendered(desk: Desk, trial: Trial, rendering: str) -> Iterable[str]:
    if rendering == "say":
        return spoken(trial.run.playbook, trial.here)
    if rendering == "e-mail":
        return trial.letter().text.splitlines()
    if rendering == "note":
        return [trial.note()]
    return playbook_text(desk, trial.run.playbook, trial.here)


for each in (diff, try_, figures, missed):
    command.add_command(each)
