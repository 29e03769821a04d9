"""The playbooks of a desk: the desk folder's over those shipped with the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.playbook import FactKind, Playbook, Referral
from helpdesk.errors import BadFile, Fault
from helpdesk.located_yaml import Document
from helpdesk.playbooks.declarations import read_actions, read_facts, read_referrals
from helpdesk.playbooks.including import resolve
from helpdesk.playbooks.reading import (
    Passage,
    RawPlaybook,
    RawStep,
    read_passages,
    read_playbook,
)
from helpdesk.resources import read_text

DECLARATIONS: Final = ("facts.yaml", "actions.yaml", "referrals.yaml", "passages.yaml")
"""Files of a playbooks folder that are not playbooks."""

_CONFIGURATION: Final = ("courts.yaml", "desk.yaml")
"""Files of a desk folder that are not playbooks either, met when a whole desk is checked."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Library:
    """Every playbook that can be run, and what they refer to."""

    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    """The playbooks by slug."""

    facts: Mapping[str, FactKind] = field(default_factory=dict)
    """The facts by name."""

    actions: Mapping[str, ActionKind] = field(default_factory=dict)
    """The kinds of action by name."""

    referrals: Mapping[str, Referral] = field(default_factory=dict)
    """The reasons for a referral by name, in the order of their digit keys."""

    faults: tuple[str, ...] = ()
    """What is wrong with the files, each with its place; the full check finds more."""


@dataclass(slots=True)
class Reading:
    """A library as it was read, with the place of everything, for the check."""

    library: Library
    """What can be run."""

    raw: dict[str, RawPlaybook]
    """Each playbook's file."""

    origins: dict[str, dict[str, RawStep]]
    """For each playbook, where each of its steps comes from."""

    documents: list[Document]
    """Every file read, with the faults found so far."""

    unreadable: list[Fault]
    """Faults of files that are not YAML at all."""

    def faults(self) -> tuple[Fault, ...]:
        """Everything found wrong so far.

        Returns:
            The faults by file and line, none twice.
        """
        found = {fault for document in self.documents for fault in document.faults}
        return tuple(sorted(found | set(self.unreadable)))


def playbook_files(folders: Sequence[Path], hidden: Iterable[str] = ()) -> dict[str, list[Path]]:
    """Find the files of each playbook.

    Args:
        folders: The folders to look in, the one that wins last; a single file is one too.
        hidden: Slugs that the desk has switched off.

    Returns:
        The files by slug, the one that wins last.
    """
    apart = (*DECLARATIONS, *_CONFIGURATION)
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*.yaml")):
            if path.name not in apart and path.stem not in hidden:
                found.setdefault(path.stem, []).append(path)
    return found


def read_library(
    folders: Sequence[Path], hidden: Iterable[str] = (), *, broken_too: bool = False
) -> Reading:
    """Read every playbook.

    A file that cannot be used never replaces one that can: where the desk folder's is
    broken, the shipped one stays.

    Args:
        folders: The playbook folders, the one that wins last; a single file is one too.
        hidden: Slugs that the desk has switched off.
        broken_too: Whether the last file wins even so, for a check that tells everything.

    Returns:
        The library, with the place of everything and the faults found so far.
    """
    reading = Reading(Library(), {}, {}, [], [])
    facts = _declared(reading, folders, "facts.yaml", read_facts)
    actions = _declared(reading, folders, "actions.yaml", read_actions)
    referrals = _declared(reading, folders, "referrals.yaml", read_referrals)
    passages = _declared(reading, folders, "passages.yaml", read_passages)
    playbooks: dict[str, Playbook] = {}
    for slug, paths in playbook_files(folders, hidden).items():
        _refuse_twins(reading, paths, folders)
        for path in paths:
            _add_playbook(reading, playbooks, slug, path, passages, broken_too=broken_too)
    faults = tuple(map(str, reading.faults()))
    reading.library = Library(playbooks, facts, actions, referrals, faults)
    return reading


def _refuse_twins(reading: Reading, paths: Sequence[Path], folders: Sequence[Path]) -> None:
    for folder in folders:
        first, *others = [path for path in paths if path.is_relative_to(folder)] or [folder]
        for other in others:
            message = f"{first} has the same name: rename one of the two."
            if other != first:
                reading.unreadable.append(Fault(str(other), 1, 1, message))


def _add_playbook(
    reading: Reading,
    playbooks: dict[str, Playbook],
    slug: str,
    path: Path,
    passages: Mapping[str, Passage],
    *,
    broken_too: bool,
) -> None:
    try:
        raw = read_playbook(read_text(path), slug, str(path))
    except BadFile as error:
        reading.unreadable.extend(error.faults)
        return
    playbook, origins = resolve(raw, passages)
    reading.documents.append(raw.document)
    if slug in playbooks and raw.document.faults and not broken_too:
        return
    playbooks[slug], reading.raw[slug], reading.origins[slug] = playbook, raw, origins


def _declared(
    reading: Reading,
    folders: Sequence[Path],
    name: str,
    read: Callable[[str, str], tuple[dict[str, T], Document]],
) -> dict[str, T]:
    declared: dict[str, T] = {}
    for folder in folders:
        path = folder if folder.name == name else folder / name
        if not path.is_file():
            continue
        try:
            found, document = read(read_text(path), str(path))
        except BadFile as error:
            reading.unreadable.extend(error.faults)
            continue
        declared |= found
        reading.documents.append(document)
    return declared
