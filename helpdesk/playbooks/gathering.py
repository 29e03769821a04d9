"""Reads the playbook folders of a desk: its own files over those shipped with the program."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from helpdesk.domain.playbook import Playbook
from helpdesk.domain.questions import questions_of
from helpdesk.errors import BadFile, Fault
from helpdesk.located_yaml import Document
from helpdesk.playbooks.checking_steps import check_led, check_passages
from helpdesk.playbooks.courts_own import read_courts_own
from helpdesk.playbooks.declarations import read_actions, read_facts, read_referrals
from helpdesk.playbooks.including import resolve
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.overriding import is_of_court
from helpdesk.playbooks.questions import QUESTIONS, read_questions
from helpdesk.playbooks.reading import Passage, read_passages, read_playbook
from helpdesk.resources import read_text

DECLARATIONS: Final = (
    "facts.yaml", "actions.yaml", "referrals.yaml", "passages.yaml", QUESTIONS,
)  # fmt: skip
"""Files of a playbooks folder that are not playbooks."""

CONFIGURATION: Final = ("courts.yaml", "desk.yaml")
"""Files of a desk folder that are not playbooks either, met when a whole desk is checked."""

T = TypeVar("T")


def playbook_files(folders: Sequence[Path], hidden: Iterable[str] = ()) -> dict[str, list[Path]]:
    """Find the files of each playbook; what is different at one court is not among them.

    Args:
        folders: The folders to look in, the one that wins last; a single file is one too.
        hidden: Slugs that the desk has switched off.

    Returns:
        The files by slug, the one that wins last.
    """
    apart = (*DECLARATIONS, *CONFIGURATION)
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*.yaml")):
            if path.name in apart or path.stem in hidden or is_of_court(path, folder):
                continue
            if path.name.startswith("."):  # an editor's own, beside the file it changes
                continue
            found.setdefault(path.stem, []).append(path)
    return found


def read_library(
    folders: Sequence[Path],
    hidden: Iterable[str] = (),
    *,
    broken_too: bool = False,
    before: Library | None = None,
) -> Reading:
    """Read every playbook.

    A file that cannot be used never replaces a good one: what was read before stays, else
    the shipped file under the desk's.

    Args:
        folders: The playbook folders, the one that wins last; a single file is one too.
        hidden: Slugs that the desk has switched off.
        broken_too: Whether the last file wins even so, for a check that tells everything.
        before: What was read of the same folders before.

    Returns:
        The library, with the place of everything and the faults found so far.
    """
    reading, before = Reading(hidden=frozenset(hidden), broken_too=broken_too), before or Library()
    facts = _declared(reading, folders, "facts.yaml", read_facts, before.facts)
    actions = _declared(reading, folders, "actions.yaml", read_actions, before.actions)
    referrals = _declared(reading, folders, "referrals.yaml", read_referrals, before.referrals)
    asked = _declared(reading, folders, QUESTIONS, read_questions, before.questions.steps)
    reading.library = Library(
        facts=facts, actions=actions, referrals=referrals, questions=questions_of(asked)
    )
    files = playbook_files(folders, reading.hidden)
    reading.slugs = files.keys()
    passages = _passages(reading, folders)
    good = None if broken_too else before
    reading.library = replace(
        reading.library,
        playbooks=_read_all(reading, files, folders, passages, good),
        at_courts=read_courts_own(reading, folders, passages, good),
        faults=tuple(map(str, dict.fromkeys((*reading.unreadable, *reading.faults())))),
    )
    return reading


def _passages(reading: Reading, folders: Sequence[Path]) -> Mapping[str, Passage]:
    """The shared passages; whether their files are broken is noted."""

    def read(text: str, name: str) -> tuple[dict[str, Passage], Document]:
        passages, document = read_passages(text, name)
        check_passages(reading, document, passages.values())
        return passages, document

    so_far = reading.faults()
    found = _declared(reading, folders, "passages.yaml", read, {})
    reading.passages_broken = reading.faults() != so_far
    return found


def _read_all(
    reading: Reading,
    files: Mapping[str, Sequence[Path]],
    folders: Sequence[Path],
    passages: Mapping[str, Passage],
    before: Library | None,
) -> dict[str, Playbook]:
    playbooks: dict[str, Playbook] = {}
    for slug, paths in files.items():
        twins = _refuse_twins(reading, paths, folders)
        if before and twins and slug in before.playbooks:
            playbooks[slug] = before.playbooks[slug]
            continue
        for path in paths:
            if before and path in twins:
                continue
            good = before.playbooks.get(slug) or playbooks.get(slug) if before else None
            if found := _read_one(reading, slug, path, passages, good):
                playbooks[slug] = found
        if before and playbooks.get(slug) is before.playbooks.get(slug):
            reading.raw.pop(slug, None)  # the shipped file is not what courts' own lies over
    return playbooks


def _refuse_twins(
    reading: Reading, paths: Sequence[Path], folders: Sequence[Path]
) -> Collection[Path]:
    """The files of a playbook that has one in the same folder already; that is noted."""
    twins: set[Path] = set()
    for folder in folders:
        first, *others = [path for path in paths if path.is_relative_to(folder)] or [folder]
        for other in others:
            message = f"{first} has the same name: rename one of the two."
            if other != first:
                reading.unreadable.append(Fault(str(other), 1, 1, message))
                twins.add(other)
    return twins


def _read_one(
    reading: Reading,
    slug: str,
    path: Path,
    passages: Mapping[str, Passage],
    good: Playbook | None,
) -> Playbook | None:
    """Read a playbook, or keep the good one there is when the file is broken.

    Without a good one it is used as far as it can be walked, unless it cannot even be begun.
    """
    try:
        raw = read_playbook(read_text(path), slug, str(path))
    except BadFile as error:
        reading.unreadable.extend(error.faults)
        return good
    check_led(reading, raw)
    playbook, origins = resolve(raw, passages)
    reading.documents.append(raw.document)
    begins = playbook.title and playbook.codes and playbook.start in playbook.steps
    if reading.is_broken(raw, origins) and not reading.broken_too and (good or not begins):
        return good
    reading.raw[slug], reading.origins[slug] = raw, origins
    return playbook


def _declared(
    reading: Reading,
    folders: Sequence[Path],
    name: str,
    read: Callable[[str, str], tuple[dict[str, T], Document]],
    before: Mapping[str, T],
) -> Mapping[str, T]:
    declared: dict[str, T] = {}
    whole = True
    for folder in folders:
        alone = folder.name == name and not is_of_court(folder, folder)
        path = folder if alone else folder / name
        if not path.exists():
            continue
        try:
            found, document = read(read_text(path), str(path))
        except BadFile as error:
            reading.unreadable.extend(error.faults)
            whole = False
            continue
        if document.root is None:
            document.fault((), "the file is empty: fill it or delete it.")
        stays = declared if document.faults and not reading.broken_too else {}
        declared |= {name: each for name, each in found.items() if name not in stays}
        whole = whole and not document.faults
        reading.documents.append(document)
    return before if before and not whole else declared
