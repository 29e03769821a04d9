"""Actions: things done for a caller, each of a declared kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionField:
    """One thing that is recorded with an action."""

    name: str
    """Its name in rows and files."""

    text: str
    """What the clerk is asked."""

    choices: tuple[str, ...] = ()
    """The values allowed; empty for free text."""

    required: bool = False
    """Whether the action is refused without it."""


@dataclass(frozen=True, slots=True)
class ActionKind:
    """A kind of action, from ``actions.yaml``."""

    name: str
    """Its name in rows and files: ``temporary-password``."""

    key: str
    """The second key after ``a`` (actions) or ``v`` (identity checks)."""

    text: str
    """What was done, for lists and the ledger."""

    told: str = ""
    """What the caller is told; may hold variables."""

    fields: tuple[ActionField, ...] = ()
    """What is recorded with it."""

    menu: str = "action"
    """``action`` for the key ``a``, ``verify`` for ``v``."""

    strong: bool = False
    """For a check: whether it proves more than public data can (called back, mail on record)."""

    outside: bool = False
    """Whether it had an effect outside the desk, so that it is struck and never removed."""

    credential: bool = False
    """Whether it hands a way in out: only to whom was checked, and never for linked accounts."""

    letter: bool = False
    """Whether the steps go to the clipboard as an e-mail when it is recorded."""

    def field(self, name: str) -> ActionField | None:
        """Find a field.

        Args:
            name: Its name.

        Returns:
            The field, or ``None``.
        """
        return next((each for each in self.fields if each.name == name), None)
