"""``helpdesk redact``: take out for good what must not be kept, wherever it stands."""

from __future__ import annotations

import sys

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import confirm, say
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.one_ticket import show_ticket
from helpdesk.desk.redacting import Redaction, look_for, redact
from helpdesk.desk.redaction_places import EXTENTS
from helpdesk.desk.redaction_text import redaction_lines
from helpdesk.domain.removing import Sought
from helpdesk.domain.words import counted
from helpdesk.errors import BadInput, NotAllowed, NotFound


@click.command()
@click.argument("number")
@click.option("--text", metavar="WORDS", help="The words exactly as they stand; - reads them.")
@click.option("--note", type=click.IntRange(1), metavar="N", help="The ticket's Nth note, whole.")
@click.option("--reason", default="", metavar="WHY", help="Why; kept in the journal.")
@click.option(
    "--extent",
    type=click.Choice(EXTENTS),
    default=EXTENTS[0],
    show_default=True,
    help="How far: this ticket and its caller, every ticket of theirs, or the desk.",
)
@click.option("--dry-run", is_flag=True, help="Only say where it stands.")
@click.option("--yes", is_flag=True, help="Do not ask: it cannot be undone.")
@click.pass_obj
def command(
    folder: Folder, number: str, text: str | None, note: int | None, reason: str, extent: str,
    *, dry_run: bool, yes: bool,
) -> None:  # fmt: skip
    """Take words out of ticket NUMBER wherever they stand; nothing brings them back.

    Words on the command line stay in the shell's history: --text - reads them from standard
    input instead.
    """
    with opened(folder) as desk:
        sought = _sought(desk, number, text, note)
        found = look_for(desk, number, sought, extent)
        if not found.places:
            said = f"It stands nowhere on {number} exactly like this: capitals and blanks count."
            raise NotFound(f"{said} Nothing was taken out.")
        if dry_run:
            _print(desk, found)
            return
        if not yes:
            _print(desk, found)
            if found.held:
                raise NotAllowed("It is held: nothing was taken out.")
            confirm("Take it out? It cannot be undone", "Nothing was taken out.")
        _print(desk, redact(desk, number, sought, reason, extent))


def _sought(desk: Desk, number: str, text: str | None, note: int | None) -> Sought:
    if (text is None) == (note is None):
        raise BadInput("Say what is to be taken out: either --text WORDS or --note N.")
    if text is not None:
        return Sought(sys.stdin.read().rstrip("\n") if text == "-" else text)
    notes = show_ticket(desk, number).notes
    assert note is not None  # noqa: S101 - checked above
    if not notes:
        raise BadInput(f"{number} has no note: take words out with --text.")
    if note > len(notes):
        last = f" to {len(notes)}" if len(notes) > 1 else ""
        raise BadInput(f"{number} has {counted(len(notes), 'note')}: choose --note 1{last}.")
    return Sought(notes[note - 1].text, whole=True)


def _print(desk: Desk, found: Redaction) -> None:
    for text in redaction_lines(desk, found):
        say(text)
