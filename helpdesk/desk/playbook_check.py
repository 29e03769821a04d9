"""The check of playbooks, courts and settings, for who keeps them; needs no database."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helpdesk.courts import CourtsFile, read_courts
from helpdesk.desk.configuration import read_configuration, shipped_courts
from helpdesk.desk.court_steps import covered_changes
from helpdesk.desk.desk import Folder
from helpdesk.desk.playbook_copies import is_outdated
from helpdesk.desk.playbook_files import playbook_folders
from helpdesk.desk.unread_files import faults_below, faults_of_unread
from helpdesk.domain.keys import Keymap
from helpdesk.errors import BadFile, Fault
from helpdesk.located_yaml import load
from helpdesk.playbooks.checking import check, overdue
from helpdesk.playbooks.differing import changed_lines, step_lines
from helpdesk.playbooks.gathering import playbook_files, read_library
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.origins import Reading
from helpdesk.playbooks.overriding import FOLDER
from helpdesk.resources import read_text, shipped
from helpdesk.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of playbooks found."""

    faults: tuple[Fault, ...]
    """Everything wrong, by file and line."""

    advice: tuple[str, ...]
    """What is no fault and should be looked at, each with its place."""

    outdated: tuple[Path, ...]
    """Copies whose shipped playbook has changed since, or is gone."""

    count: int
    """How many playbooks were checked."""

    differences: tuple[str, ...] = ()
    """What each court has in place of shared steps, as lines."""

    covered: tuple[str, ...] = ()
    """Changes of the desk's copies that a court does not get, as sentences."""


def check_desk(folder: Folder, today: date) -> Checked:
    """Check the playbooks, courts and settings of a desk; needs no database.

    Args:
        folder: The desk folder.
        today: The date, for what is overdue.

    Returns:
        Everything found.
    """
    faults: list[Fault] = []
    settings = Settings()
    folders = playbook_folders(folder)
    try:
        told = read_configuration(folder)
        settings = told.settings
        faults.extend(_faults_of_court_folders(folders, told.courts))
    except BadFile as error:
        faults.extend(error.faults)
    if folder.settings.is_file():
        faults.extend(_faults_of_configuration(folder.settings))
    reading = read_library(folders, settings.hidden, broken_too=True)
    faults.extend(check(reading))
    faults.extend(_faults_of_hidden(folder, settings))
    for each in folders:
        faults.extend(faults_of_unread(each))
    missed = _missed(folder, settings, reading.library)
    return _checked(reading, faults, today, folders, missed)


def check_paths(folder: Folder, paths: Sequence[Path], today: date) -> Checked:
    """Check some files or folders, as if they lay in the desk folder.

    Args:
        folder: The desk folder, for what they refer to.
        paths: The files and folders, each of which exists.
        today: The date, for what is overdue.

    Returns:
        Everything found in them, and nothing else.
    """
    given = [each for path in paths for each in _read_as(path)]
    same = {path.resolve() for path in given}
    others = [each for each in playbook_folders(folder) if each.resolve() not in same]
    reading = read_library([*others, *given], broken_too=True)
    faults = [fault for fault in check(reading) if _is_below(Path(fault.file), paths)]
    for path in paths:
        faults.extend(_faults_of_configuration(path))
    faults.extend(faults_below(paths, playbook_folders(folder)))
    for slug, raw in list(reading.raw.items()):
        if not _is_below(Path(raw.document.name), paths):
            del reading.raw[slug]
    for changes in reading.replaced.values():
        changes[:] = [each for each in changes if _is_below(Path(each.document.name), paths)]
    return _checked(reading, faults, today, playbook_folders(folder))


def _read_as(path: Path) -> list[Path]:
    """What is read for a path: of what courts have of their own, each file by itself."""
    if (path / "playbooks").is_dir():
        return [path / "playbooks"]
    place = path.resolve()
    if path.is_dir() and FOLDER in {place.name, place.parent.name}:
        return sorted(path.rglob("*.yaml"))
    return [path]


def _checked(
    reading: Reading,
    faults: list[Fault],
    today: date,
    folders: Sequence[Path],
    advice: Iterable[str] = (),
) -> Checked:
    files = [Path(raw.document.name) for raw in reading.raw.values()]
    return Checked(
        faults=tuple(sorted(set(faults))),  # a file may be read by itself and with others
        advice=(*_late(reading, today), *advice),
        outdated=tuple(path for path in sorted(files) if is_outdated(path)),
        count=len(files),
        differences=tuple(_differences(reading)),
        covered=tuple(
            said
            for slug, raw in reading.raw.items()
            for said in covered_changes(folders, slug, raw)
        ),
    )


def _late(reading: Reading, today: date) -> Iterator[str]:
    for book in overdue(reading.library, today):
        if raw := reading.raw.get(book.slug):
            place = raw.document.place(("review",))
            yield f"{place}: the facts of “{book.slug}” were to be read again by {book.review}."


def _missed(folder: Folder, settings: Settings, library: Library) -> Iterator[str]:
    """Name what is switched off and is handed over to all the same."""
    own = [book for books in library.at_courts.values() for book in books.values()]
    books = [*library.playbooks.values(), *own]
    for place, slug in enumerate(settings.hidden):
        leads = dict.fromkeys(
            book.slug for book in books for step in book.steps.values() if step.hand_over == slug
        )
        if leads:
            at = load(read_text(folder.settings), str(folder.settings)).place(("hidden", place))
            mend = "show it, or change a copy of them"
            yield f"{at}: “{slug}” is hidden, but {', '.join(leads)} hand over to it: {mend}."


def _differences(reading: Reading) -> Iterator[str]:
    for court, changes in reading.replaced.items():
        for change in changes:
            yield f"{change.document.name}: at {court}, {change.what}:"
            old, new = step_lines(change.old), step_lines(change.new)
            yield from (f"  {each}" for each in changed_lines(old, new))


def _faults_of_court_folders(folders: Sequence[Path], courts: Container[str]) -> Iterator[Fault]:
    for folder in folders:
        for path in sorted((folder / FOLDER).glob("*")):
            if path.is_dir() and path.name not in courts:
                message = f"there is no court “{path.name}” in courts.yaml: rename the folder."
                yield Fault(str(path), 1, 1, message)
        for path in sorted((folder / FOLDER).rglob("*.yaml")):
            if path.parent.parent != folder / FOLDER:
                message = "nothing reads this: what a court has of its own lies in courts/COURT/."
                yield Fault(str(path), 1, 1, message)


def _is_below(path: Path, paths: Sequence[Path]) -> bool:
    return any(path == each or path.is_relative_to(each) for each in paths)


def _faults_of_configuration(path: Path) -> list[Fault]:
    """Check every ``courts.yaml`` and ``desk.yaml`` at or below a path."""
    faults: list[Fault] = []
    readers = {"courts.yaml": _courts_of, "desk.yaml": _keymap_of}
    for name, read in readers.items():
        below = sorted(path.rglob(name)) if path.is_dir() else [path] * (path.name == name)
        for file in below:
            try:
                read(read_text(file), str(file))
            except BadFile as error:
                faults.extend(error.faults)
    return faults


def _courts_of(text: str, name: str) -> CourtsFile:
    """Read a ``courts.yaml`` as that of a desk; the shipped one has nothing under it."""
    own = Path(name).resolve() == (shipped("data") / "courts.yaml").resolve()
    return read_courts(text, name, {} if own else shipped_courts())


def _keymap_of(text: str, name: str) -> Keymap:
    """Read a ``desk.yaml`` as far as a console does that opens with its keys."""
    settings = read_settings(text, name)
    return Keymap(settings.keys, settings.key_places)


def _faults_of_hidden(folder: Folder, settings: Settings) -> tuple[Fault, ...]:
    known = playbook_files(playbook_folders(folder))
    wrong = [place for place, slug in enumerate(settings.hidden) if slug not in known]
    if not wrong:
        return ()
    document = load(read_text(folder.settings), str(folder.settings))
    for place in wrong:
        slug = settings.hidden[place]
        document.fault(("hidden", place), f"there is no playbook “{slug}” to switch off.")
    return tuple(document.faults)
