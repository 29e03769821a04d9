"""What courts have over a desk's own copy of a playbook, where its author may not look for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from helpdesk.errors import BadFile
from helpdesk.located_yaml import load
from helpdesk.playbooks.courts_own import way_out
from helpdesk.playbooks.gathering import playbook_files
from helpdesk.playbooks.overriding import court_files
from helpdesk.playbooks.reading import RawPlaybook, read_playbook
from helpdesk.resources import read_text


class Over(NamedTuple):
    """What one court has over a playbook."""

    court: str
    """The court."""

    path: Path
    """Its file."""

    steps: tuple[str, ...]
    """The shared steps that it replaces; none for a whole playbook."""

    way: str
    """How to have nothing of it."""

    def said(self, steps: Sequence[str]) -> str:
        """Say that a court has something of its own.

        Args:
            steps: The steps it is about.

        Returns:
            A sentence.
        """
        named = ", ".join(f"“{each}”" for each in steps)
        what = f"step{'s' if steps[1:] else ''} {named}" if steps else "the whole playbook"
        return f"at {self.court} {what} will be as in {self.path}; to have none, {self.way}."


def courts_over(folders: Sequence[Path], slug: str) -> Iterator[Over]:
    """Find what courts have over a playbook.

    Args:
        folders: The playbook folders, the desk's own last.
        slug: The playbook.

    Yields:
        Each court that has something of its own.
    """
    for court, files in court_files(folders).items():
        path = files.get(f"{slug}.yaml")
        if path is None:
            continue
        try:
            document = load(read_text(path), str(path))
        except BadFile:
            continue
        whole = document.value(("title",)) is not None
        steps = () if whole else tuple(document.mapping(("steps",), optional=None))
        if whole or steps:
            yield Over(court, path, steps, way_out(folders[-1], court, path.name))


def covered_changes(folders: Sequence[Path], slug: str, copy: RawPlaybook) -> Iterator[str]:
    """Tell which changes of a desk's copy a court does not get: a shipped file covers them.

    Args:
        folders: The playbook folders, the desk's own last.
        slug: The playbook.
        copy: The desk's copy.

    Yields:
        A sentence for each court.
    """
    *under, own = folders
    if not under or not Path(copy.document.name).is_relative_to(own):
        return
    over = [each for each in courts_over(folders, slug) if not each.path.is_relative_to(own)]
    shipped = next(iter(playbook_files(under).get(slug, ())), None) if over else None
    if shipped is None:
        return
    before = read_playbook(read_text(shipped), slug, str(shipped))
    changed = {
        step
        for step, raw in copy.steps.items()
        if step not in before.steps or before.steps[step].step != raw.step
    }
    for each in over:
        steps = tuple(step for step in each.steps if step in changed)
        if steps or (changed and not each.steps):
            yield f"{copy.document.name}: {each.said(steps)}"
