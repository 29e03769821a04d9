"""Every error a person may be shown.

* HelpdeskError
  x NotAllowed        a rule of the desk, or the person's role, forbids it
    x SecretFound     the text holds something that must never be kept
  x NotFound          nothing has that number or name
  x BadInput          what was typed cannot be understood
  x BadFile           a file of the desk does not hold together; carries every fault
  x ChangedMeanwhile  somebody else was quicker
    x FieldChanged    with the same field: both values are shown, and one is picked
  x StoreProblem      the database cannot be opened, read or written
    x StoreBusy       another program holds it for too long
      x StoreDamaged    it is damaged, empty, gone or no help desk's: a backup is wanted
    x GivenUp         a read was ended because nobody waits for it any more

The message is one sentence that names the thing and the way out. Anything else that is
raised is a fault in the program.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class HelpdeskError(Exception):
    """Base of the errors whose message is shown to the person at the keyboard."""


class NotAllowed(HelpdeskError):
    """A rule of the desk, or the person's role, forbids what was asked."""


class FileThere(NotAllowed):
    """There is such a file already."""


class SecretFound(NotAllowed):
    """The text holds something that must never be kept (DESIGN §5)."""


class NotFound(HelpdeskError):
    """Nothing at the desk has that number or name."""


class BadInput(HelpdeskError):
    """What was typed cannot be understood."""


class ChangedMeanwhile(HelpdeskError):
    """Somebody else changed the same thing in between."""


class FieldChanged(ChangedMeanwhile):
    """Somebody else changed the same field since the person saw it: both values are told."""

    def __init__(self, field: str, theirs: str, mine: str, who: str = "") -> None:
        """Name both values.

        Args:
            field: The field as people call it.
            theirs: What stands there now.
            mine: What the person wanted to write.
            who: Who changed it, where that is known.
        """
        self.field, self.theirs, self.mine, self._who = field, theirs, mine, who
        by = f" by {who}" if who else " meanwhile"
        super().__init__(
            f"The {field} was changed{by}: it is “{theirs or 'empty'}” now, and you wanted "
            f"“{mine or 'empty'}”. Pick one."
        )

    def __reduce__(self) -> tuple[type[FieldChanged], tuple[str, ...]]:
        """How one process hands it to another."""
        return FieldChanged, (self.field, self.theirs, self.mine, self._who)


class StoreProblem(HelpdeskError):
    """The database cannot be opened, read or written."""


class StoreBusy(StoreProblem):
    """Another program holds the database for too long."""


class StoreDamaged(StoreProblem):
    """The database is damaged, empty, gone or no help desk's: a backup is wanted."""


class GivenUp(StoreProblem):
    """A read was ended because nobody waits for it any more."""


class Fault(NamedTuple):
    """One thing wrong in a file, and where."""

    file: str
    """The file's name as the reader knows it."""

    line: int
    """Counted from 1."""

    column: int
    """Counted from 1."""

    message: str
    """What is wrong and the mend, in one sentence."""

    def __str__(self) -> str:
        """The fault as editors and compilers print it."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class BadFile(HelpdeskError):
    """A file of the desk does not hold together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Gather what is wrong.

        Args:
            faults: Every fault found, at least one.
        """
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[BadFile], tuple[tuple[Fault, ...]]]:
        """How one process hands it to another."""
        return BadFile, (self.faults,)
