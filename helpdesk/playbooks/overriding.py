"""What is different at one court: ``courts/COURT/`` replaces steps, passages or whole playbooks.

A file ``courts/COURT/SLUG.yaml`` with a ``title`` is a whole playbook; without one it has only
``steps`` that replace steps of the shared playbook, and ``new-steps`` that these lead to.
``courts/COURT/passages.yaml`` does the same with shared passages. A file is left out as a whole
where it does not fit the shared text any more: the court has the newer shared text then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Final

from helpdesk.located_yaml import Document, Path, load
from helpdesk.playbooks.reading import (
    RETURN,
    Passage,
    RawPlaybook,
    RawStep,
    check_exits,
    check_reached,
    read_passage,
    read_playbook,
    read_steps,
)
from helpdesk.resources import read_text

FOLDER: Final = "courts"
"""The folder of a playbooks folder that holds a folder for each court."""

PASSAGES: Final = "passages.yaml"
"""The file of a court's folder that replaces shared passages."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """One step that a court has in place of the shared one."""

    what: str
    """Which step of which playbook or passage."""

    document: Document
    """The court's file."""

    old: RawStep | None
    """The shared step; ``None`` for one that only this court has."""

    new: RawStep | None
    """The court's; ``None`` for a step that this court has no more."""


def court_files(folders: Iterable[FilePath]) -> dict[str, dict[str, FilePath]]:
    """Find the files of every court.

    Args:
        folders: The playbook folders, the one that wins last; a single file is one too.

    Returns:
        For each court the files by name.
    """
    found: dict[str, dict[str, FilePath]] = {}
    for folder in folders:
        alone = [folder] if is_of_court(folder, folder) else []
        for path in (*alone, *sorted((folder / FOLDER).glob("*/*.yaml"))):
            if not path.name.startswith("."):  # an editor's own, beside the file it changes
                found.setdefault(path.parent.resolve().name, {})[path.name] = path
    return found


def is_of_court(path: FilePath, folder: FilePath) -> bool:
    """Whether a file belongs to one court alone.

    Args:
        path: The file.
        folder: The playbooks folder it lies in, or the file itself.

    Returns:
        ``True`` for what lies below ``courts/``.
    """
    if path == folder:
        return path.is_file() and path.parent.resolve().parent.name == FOLDER
    return path.is_relative_to(folder / FOLDER)


def overridden_playbook(
    path: FilePath, shared: RawPlaybook | None
) -> tuple[RawPlaybook | None, Document]:
    """Read what a court has in place of a shared playbook.

    Args:
        path: The court's file.
        shared: The shared playbook, or ``None`` when there is none of that name.

    Returns:
        The court's playbook, passages not yet put in, or ``None`` when there is nothing to
        override; and the file with the faults found.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    text, slug, name = read_text(path), path.stem, str(path)
    document = load(text, name)
    if shared is None:
        message = f"there is no playbook “{slug}” to override: it is gone or has another name."
        document.fault((), message)
        return None, document
    if "title" in document.mapping((), optional=None):
        own = read_playbook(text, slug, name)
        return own, own.document
    document.mapping((), ("steps",), ("new-steps",))
    steps = _merged(document, (), shared.steps, shared.playbook.start, "")
    return RawPlaybook(shared.playbook, steps, document), document


def overridden_passages(
    path: FilePath, shared: Mapping[str, Passage]
) -> tuple[dict[str, Passage], Document]:
    """Read what a court has in place of shared passages.

    Args:
        path: The court's ``passages.yaml``.
        shared: The shared passages by name.

    Returns:
        The court's passages by name, and the file with the faults found.

    Raises:
        BadFile: When the text is not YAML at all.
    """
    document = load(read_text(path), str(path))
    if document.root is None:
        document.fault((), "the file is empty: fill it or delete it.")
    found = {}
    for name in document.mapping((), optional=None):
        if name not in shared:
            message = f"there is no passage “{name}” to override: it is gone or has another name."
            document.fault((name,), message)
        elif "start" in document.mapping((name,), optional=None):
            found[name] = read_passage(document, name)
        else:
            document.mapping((name,), ("steps",), ("new-steps",))
            steps = _merged(document, (name,), shared[name].steps, shared[name].start, RETURN)
            found[name] = replace(shared[name], steps=steps)
    return found, document


def replaced(
    what: str, document: Document, old: Mapping[str, RawStep], new: Mapping[str, RawStep]
) -> Iterator[Replaced]:
    """Tell what a court's steps change.

    Args:
        what: The playbook or passage.
        document: The court's file.
        old: The shared steps.
        new: The court's.

    Yields:
        Each step that differs, in the order of the shared steps, new ones last.
    """
    for step in dict.fromkeys((*old, *new)):
        one, other = old.get(step), new.get(step)
        if (one and (one.step, one.include)) != (other and (other.step, other.include)):
            yield Replaced(f"{what}, step {step}", document, one, other)


def _merged(
    document: Document, path: Path, shared: Mapping[str, RawStep], start: str, back: str
) -> dict[str, RawStep]:
    steps = read_steps(document, (*path, "steps"))
    new = read_steps(document, (*path, "new-steps"))
    for step in steps.keys() - shared.keys():
        message = f"there is no shared step “{step}” to override: it is gone or has another name."
        document.fault(steps[step].path, message)
    for step in new.keys() & shared.keys():
        message = f"“{step}” is a shared step already: put it under “steps” to override it."
        document.fault(new[step].path, message)
    merged = {**shared, **steps, **new}
    check_exits((*steps.values(), *new.values()), {*merged, back})
    check_reached(start, merged, new)
    return merged
