"""Where everything in a library comes from, for the check of its files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from helpdesk.errors import Fault
from helpdesk.located_yaml import Document
from helpdesk.playbooks.library import Library
from helpdesk.playbooks.overriding import Replaced
from helpdesk.playbooks.reading import RawPlaybook, RawStep


@dataclass(slots=True)
class Reading:
    """A library as it was read, with the place of everything, for the check."""

    library: Library = field(default_factory=Library)
    """What can be run."""

    slugs: Collection[str] = ()
    """Every playbook that has a file, whether it can be used or not."""

    hidden: Collection[str] = ()
    """Playbooks that the desk has switched off; naming one is no fault."""

    broken_too: bool = False
    """Whether files are taken as they stand, broken or not, for a check that tells everything."""

    raw: dict[str, RawPlaybook] = field(default_factory=dict)
    """Each playbook's file."""

    origins: dict[str, dict[str, RawStep]] = field(default_factory=dict)
    """For each playbook, where each of its steps comes from."""

    court_origins: dict[tuple[str, str], dict[str, RawStep]] = field(default_factory=dict)
    """The same for each court's own playbooks, by court and slug."""

    replaced: dict[str, list[Replaced]] = field(default_factory=dict)
    """What each court has in place of shared steps."""

    documents: list[Document] = field(default_factory=list)
    """Every file read, with the faults found so far."""

    passages_broken: bool = False
    """Whether the shared passages cannot be used as they are."""

    unreadable: list[Fault] = field(default_factory=list)
    """Faults of files that are not YAML at all."""

    def knows(self, slug: str) -> bool:
        """Whether there is such a playbook, be it switched off, or broken and told as such.

        Args:
            slug: The playbook.

        Returns:
            ``True`` for what may be named without a fault.
        """
        return slug in self.slugs or slug in self.hidden

    def is_broken(self, raw: RawPlaybook, origins: Mapping[str, RawStep]) -> bool:
        """Whether a playbook cannot be used as it was read.

        Args:
            raw: The playbook as it stands in its file.
            origins: Where each of its steps comes from, passages put in.

        Returns:
            ``True`` also when it includes a passage and the file of passages is broken.
        """
        includes = any(step.include for step in raw.steps.values())
        documents = (raw.document, *(each.document for each in origins.values()))
        return any(each.faults for each in documents) or (includes and self.passages_broken)

    def faults(self) -> tuple[Fault, ...]:
        """Everything found wrong so far.

        Returns:
            The faults by file and line, none twice.
        """
        found = {fault for document in self.documents for fault in document.faults}
        return tuple(sorted(found | set(self.unreadable)))
