"""The hand-over of a shift: sheets are made, their lines taken, notes written for the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from helpdesk.desk.acting import Batch, act
from helpdesk.desk.desk import Desk
from helpdesk.desk.matters import matters_now
from helpdesk.desk.private_files import write_private
from helpdesk.desk.standing_sheet import standing_sheet
from helpdesk.domain.courts import local
from helpdesk.domain.folded import folded
from helpdesk.domain.hand_over import Matter, Sheet, SheetLine, is_dealt_with
from helpdesk.domain.journal import Change
from helpdesk.domain.safe_text import storable
from helpdesk.domain.tickets import number_said
from helpdesk.domain.words import counted
from helpdesk.errors import BadInput, NotAllowed, NotFound
from helpdesk.store.hand_overs import (
    add_hand_over,
    add_line,
    add_shift_note,
    find_lines,
    find_newest,
    find_notes,
    get_line,
    save_taken,
)
from helpdesk.store.tickets import find_rows

DESK: Final = "desk"
"""The chain of the journal that hand-overs stand in."""

LONGEST_NOTE: Final = 400
"""The most characters of a note for the shift."""

_BLOCK: Final = 500
"""Of so many lines the tickets are fetched at once."""

AGAIN_SECONDS: Final = 60
"""So soon after a sheet no other is made: two clerks may press the key at once."""


@act("read")
def newest_sheet(desk: Desk) -> Sheet:
    """Fetch the newest hand-over sheet, until the business day after it was made is over.

    Args:
        desk: The desk.

    Returns:
        The sheet with who has taken what; before there is one, a preview of what a sheet
        would hold now.
    """
    now, found = desk.clock.now(), standing_sheet(desk)
    if found is None:
        return Sheet(0, now, desk.clerk.login, folded(_previewed(desk, matters_now(desk))))
    lines = folded(_line(row) for row in find_lines(desk.port, found["id"]).dicts())
    notes = find_notes(desk.port, found["at"], found["id"]).dicts()
    since = tuple(
        SheetLine(0, place, Matter("note", row["id"], None, row["at"], _noted(row)))
        for place, row in enumerate(notes, 1)
    )
    return Sheet(found["id"], found["at"], found["login"], lines, since)


@act("record", again=True)
def make_hand_over(desk: Desk) -> str:
    """Make the sheet: what is still to be done at this moment is fixed, line by line.

    Args:
        desk: The desk.

    Returns:
        What was made, as a sentence.

    Raises:
        NotAllowed: When one was made a moment ago.
    """
    batch = Batch(desk, decided_on=[DESK])
    now, zone = batch.stamp.at, desk.home_office.zone
    last = find_newest(desk.port, now - AGAIN_SECONDS)
    if last is not None:
        when = f"{local(last['at'], zone):%H:%M}"
        raise NotAllowed(f"{last['login'].upper()} made one at {when}, a moment ago: read it.")
    matters, sheet = matters_now(desk), batch.new_id()
    batch.write(add_hand_over(sheet, now, batch.stamp.clerk))
    for place, matter in enumerate(matters, 1):
        about = (matter.kind, matter.row, matter.ticket)
        said = "" if matter.kind == "note" else matter.said
        batch.write(add_line(batch.new_id(), sheet, place, about, matter.at, said))
    told = [Change("hand_over", None, str(sheet)), Change("lines", None, str(len(matters)))]
    batch.tell(DESK, "make_hand_over", told)
    batch.send()
    return f"Handed over: {counted(len(matters), 'line')}. Whoever comes takes them (space)."


@act("record", again=True)
def take_line(desk: Desk, line: int) -> str:
    """Take a line of a sheet over, or give back one's own.

    Args:
        desk: The desk.
        line: The line's id.

    Returns:
        What was done, as a sentence.

    Raises:
        NotFound: When there is no such line.
        NotAllowed: When somebody else has it.
    """
    batch = Batch(desk, decided_on=[DESK])
    row = get_line(desk.port, line)
    if row is None:
        raise NotFound("This line is not on a sheet any more.")
    held, mine = row["taken_by"], batch.stamp.clerk
    if held is not None and held != mine:
        when = f"{local(row['taken_at'], desk.home_office.zone):%H:%M}"
        raise NotAllowed(f"{row['login'].upper()} took line {row['place']} at {when}.")
    taken = None if held == mine else mine
    batch.write(save_taken(line, batch.stamp.at if taken else None, taken))
    told = [Change(f"line {line} taken", row["login"], batch.stamp.login if taken else None)]
    batch.tell(DESK, "take_line" if taken else "give_line_back", told)
    batch.send()
    return f"Line {row['place']} is {'yours; space again gives it back' if taken else 'free'}."


@act("record")
def add_note_for_shift(desk: Desk, text: str) -> None:
    """Write a note for the next shift; it stands on the next sheet until somebody takes it.

    Args:
        desk: The desk.
        text: What it says, one line.

    Raises:
        BadInput: When it is empty or too long.
        SecretFound: When it holds what must never be kept.
    """
    said = " ".join(storable(text).split())
    if not said or len(said) > LONGEST_NOTE:
        raise BadInput(f"A note for the shift has 1 to {LONGEST_NOTE} characters.")
    batch = Batch(desk)
    note = batch.new_id()
    batch.write(add_shift_note(note, batch.stamp.at, batch.stamp.clerk, said))
    told = [Change(f"shift_note/{note}/struck", "1", "0"), Change("text", None, said)]
    batch.tell(DESK, "add_shift_note", told)
    batch.send()


def write_sheet(desk: Desk, at: int, text: str) -> Path:
    """Write a sheet into a file.

    Args:
        desk: The desk.
        at: When the sheet was made, in seconds UTC: names the file.
        text: The sheet as a text.

    Returns:
        The file, in the user's own folder and readable by nobody else.

    Raises:
        NotAllowed: When it cannot be written.
    """
    desk.require("read")
    name = f"hand-over-{local(at, desk.home_office.zone):%Y-%m-%d-%H%M}.txt"
    return write_private("hand-overs", name, text.encode())


def _previewed(desk: Desk, matters: Sequence[Matter]) -> Iterator[SheetLine]:
    """The lines of a sheet that is not made yet."""
    for first in range(0, len(matters), _BLOCK):
        block = matters[first : first + _BLOCK]
        rows = find_rows(desk.port, [each.ticket for each in block if each.ticket]).dicts()
        told = {
            row["id"]: (number_said(row["year"], row["n"]), row["court"], row["name"] or "")
            for row in rows
        }
        for place, matter in enumerate(block, first + 1):
            yield SheetLine(0, place, matter, *told.get(matter.ticket, ()))


def _line(row: Mapping[str, Any]) -> SheetLine:
    matter = Matter(row["kind"], row["row"], row["ticket"], row["at"], row["said"] or "")
    return SheetLine(
        id=row["id"],
        place=row["place"],
        matter=matter,
        number=number_said(row["year"], row["n"]) if row["year"] else "",
        court=row["court"] or "",
        caller=row["caller"] or "",
        taken_by=row["login"] or "",
        taken_at=row["taken_at"],
        done=is_dealt_with(row["kind"], row["done"], row["struck"], row["status"]),
    )


def _noted(row: Mapping[str, Any]) -> str:
    return f"{row['login'].upper()}: {row['text']}"
