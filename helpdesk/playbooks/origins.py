"""Where everything in a library comes from, for the check of its files."""

from __future__ import annotations

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

    unreadable: list[Fault] = field(default_factory=list)
    """Faults of files that are not YAML at all."""

    def faults(self) -> tuple[Fault, ...]:
        """Everything found wrong so far.

        Returns:
            The faults by file and line, none twice.
        """
        found = {fault for document in self.documents for fault in document.faults}
        return tuple(sorted(found | set(self.unreadable)))
