"""What was found and taken out, as text: places and counts, never the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpdesk.desk.desk import Desk
from helpdesk.desk.redacting import Redaction
from helpdesk.desk.wiping import Left
from helpdesk.domain.safe_text import line
from helpdesk.domain.words import counted


def redaction_lines(desk: Desk, found: Redaction) -> Iterator[str]:
    """Say where something stands or stood, and what holds it still.

    Args:
        desk: The desk.
        found: What was found, or taken out.

    Yields:
        The lines.
    """
    for place, many in found.places:
        yield line(f"{place}: {many} time{'' if many == 1 else 's'}")
    if found.left is None:
        if found.places:
            yield f"In all {found.times} times. Taken out, it cannot be brought back."
    else:
        yield f"Taken out {found.times} times; the journal keeps who, when, why and how long."
        yield from left_lines(desk, found.left)
    if found.held:
        yield line(f"! {found.held}")
    if found.elsewhere:
        yield (
            f"It seems to stand on {counted(found.elsewhere, 'other ticket')} too: "
            "--extent caller or --extent desk looks there too."
        )


def _named(home: Path, path: Path) -> Path:
    return path.relative_to(home) if path.is_relative_to(home) else path


def left_lines(desk: Desk, left: Left) -> Iterator[str]:
    """Say what still holds what was taken out.

    Args:
        desk: The desk.
        left: What was found.

    Yields:
        The lines; at least that exports and copies elsewhere are nobody's to know.
    """
    home = desk.folder.home
    for path in left.backups:
        yield line(f"! backup {_named(home, path)} holds it until it is deleted")
    if left.older:
        older = f"{counted(len(left.older), 'older backup')}, the newest "
        older += str(_named(home, left.older[-1]))
        yield line(
            f"{older}, may hold it in parts: no whole word of it was seen there"
            if left.searched
            else f"! {older}: each holds what was taken out after it was made, until it is deleted"
        )
    for path in left.files:
        yield line(f"! {path.relative_to(home)} holds it too: delete it, or make it anew")
    if left.log:
        yield "! another program reads the database: helpdesk purge --finish empties its log"
    yield "Exports and backups that were copied elsewhere are not known here."
