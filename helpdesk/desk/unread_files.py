"""Files of a playbooks folder that nothing reads, though whoever put them there thinks so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from helpdesk.errors import Fault
from helpdesk.playbooks.gathering import CONFIGURATION, DECLARATIONS
from helpdesk.playbooks.overriding import FOLDER, PASSAGES

_BESIDE: Final = (".md", ".bak", ".orig", "~", "#")
"""How names end of what is kept beside playbooks on purpose: notes, and what was there before."""


def faults_of_unread(folder: Path) -> Iterator[Fault]:
    """Find the files of a playbooks folder that nothing reads.

    Args:
        folder: The playbooks folder.

    Yields:
        A fault for each, with the way out.
    """
    read = set(folder.rglob("*.yaml"))
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if hidden or path.name.endswith(_BESIDE) or path.is_dir():
            continue
        message = _misplaced(path, folder) if path in read else misnamed(path)
        if message:
            yield Fault(str(path), 1, 1, message)


def misnamed(path: Path) -> str:
    """Say that nothing reads a file of such a name.

    Args:
        path: The file.

    Returns:
        A sentence with the way out; empty when the name is a playbook's.
    """
    if path.suffix == ".yaml":
        return ""
    stem = path.name
    while Path(stem).suffix:
        stem = Path(stem).stem
    return f"nothing reads a file of this name: name it {stem}.yaml, or keep it elsewhere."


def faults_below(paths: Sequence[Path], folders: Sequence[Path]) -> Iterator[Fault]:
    """Find what nothing reads among files and folders.

    Args:
        paths: The files and folders.
        folders: The playbooks folders they may lie in.

    Yields:
        A fault for each file that nothing reads where it lies, or under its name.
    """
    for path in paths:
        if path.is_file() and (message := misnamed(path)):
            yield Fault(str(path), 1, 1, message)
            continue
        place = path.resolve()
        home = next((each for each in folders if place.is_relative_to(each.resolve())), None)
        inside = path / "playbooks" if (path / "playbooks").is_dir() else home
        for fault in faults_of_unread(inside) if inside else ():
            below = Path(fault.file).resolve()
            if below.is_relative_to(place):
                yield fault._replace(file=str(path / below.relative_to(place)))


def _misplaced(path: Path, folder: Path) -> str:
    if path.name in CONFIGURATION:
        return f"nothing reads this here: it belongs into the folder data, as data/{path.name}."
    of_court = path.parent.parent == folder / FOLDER
    if path.name not in DECLARATIONS or path.parent == folder or of_court:
        return ""
    also = f" or {folder / FOLDER}/COURT" if path.name == PASSAGES else ""
    return f"nothing reads this here: move it to {folder}{also}."
