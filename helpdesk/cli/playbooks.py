"""``helpdesk playbooks``: listed, shown, found, copied and checked."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TextIO

import click

from helpdesk.cli.printing import remark, say, table_lines, write
from helpdesk.desk.desk import Clock, Folder
from helpdesk.desk.opening import open_desk
from helpdesk.desk.playbooks import (
    LEAST_FOUND,
    Checked,
    check_desk,
    check_paths,
    copy_playbook,
    get_playbook,
    list_playbooks,
    rank_playbooks,
)
from helpdesk.desk.speaking import said
from helpdesk.domain.courts import local
from helpdesk.domain.playbook import Playbook, Step
from helpdesk.errors import BadInput


@click.group()
def command() -> None:
    """List, show, find, copy and check playbooks."""


@command.command("list")
@click.pass_obj
def list_(folder: Folder) -> None:
    """List every playbook with its codes and where it comes from."""
    with closing(open_desk(folder)) as desk:
        rows = [
            (book.slug, book.title, " ".join(book.codes), book.theme, book.owner,
             "this desk" if file.is_relative_to(folder.playbooks) else "shipped")
            for book, file in list_playbooks(desk)
        ]  # fmt: skip
    for text in table_lines(("slug", "title", "codes", "theme", "owner", "from"), rows):
        say(text)


@command.command()
@click.argument("slug")
@click.pass_obj
def show(folder: Folder, slug: str) -> None:
    """Show one playbook, by its slug or one of its codes, with every step."""
    with closing(open_desk(folder)) as desk:
        book = get_playbook(desk, slug)
        for text in _lines(book):
            say(said(desk, text))


@command.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.pass_obj
def check(folder: Folder, paths: tuple[Path, ...]) -> int:
    """Check this desk's playbooks, courts.yaml and desk.yaml, or the files and folders at PATHS.

    Every fault is printed as file:line:column. The exit status is 1 when there is one.
    """
    today = local(Clock().now(), "UTC").date()
    checked = check_paths(folder, paths, today) if paths else check_desk(folder, today)
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
    with closing(open_desk(folder)) as desk:
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
    with closing(open_desk(folder)) as desk:
        say(str(copy_playbook(desk, slug)))


def _find_each(folder: Folder, phrases: Iterable[str]) -> None:
    from helpdesk.files.json_file import json_line  # noqa: PLC0415

    with closing(open_desk(folder)) as desk:
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
    for book in checked.overdue:
        remark(f"{book.slug}: its facts were to be read again by {book.review}.")
    for path in checked.outdated:
        remark(f"{path}: the shipped playbook has changed since this copy was made: compare them.")


def _lines(book: Playbook) -> Iterator[str]:
    yield f"{book.title} ({book.slug})"
    told = {
        "Codes": ", ".join(book.codes),
        "Theme": book.theme,
        "Owner": book.owner,
        "Phase": book.phase,
        "Covers": ", ".join(book.covers),
        "Sources": ", ".join(book.sources),
        "Review": book.review,
    }
    yield from (f"  {name:8} {text}" for name, text in told.items() if text)
    yield from (f"  NEVER    {text}" for text in book.never)
    yield "  Said as"
    yield from (f"    {phrase}" for phrase in book.phrases)
    for step in book.steps.values():
        yield ""
        yield f"{step.id}{' (start)' if step.id == book.start else ''}"
        yield from (f"  {text}" for text in _step(step))


def _step(step: Step) -> Iterator[str]:
    told = {name: getattr(step, name) for name in ("ask", "say", "do", "why")}
    told["fact"] = f"not {step.fact}" if step.inverted else step.fact
    told["fact"] += " (asked again)" if step.again else ""
    yield from (f"{name:4} {text}" for name, text in told.items() if text)
    yield from (f"     {answer.key} > {answer.leads_to}" for answer in step.answers)
    after = {
        "": f"> {step.next}" if step.next else "",
        "acts": ", ".join(step.actions),
        "ends": f"{step.outcome} ({step.refer})" if step.refer else step.outcome,
        "see": ", ".join(step.see),
    }
    yield from (f"{name:4} {text}" for name, text in after.items() if text)
