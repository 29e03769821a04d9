"""What happens on one made-up call: what is done, noted and promised, and how long it takes."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from random import Random
from typing import Final, NamedTuple

from helpdesk.domain.actions import ActionField, ActionKind
from helpdesk.domain.demo_ways import Way
from helpdesk.domain.identity import PASSWORD_KIND, credential_refusal

_WHERE: Final = (
    "Chrome", "Edge", "Firefox", "Safari on a Mac", "an office PC", "a laptop at home",
    "the firm's remote desktop", "a new PC", "a tablet",
)  # fmt: skip
_SEEN: Final = (
    "the firewall blocks pop-ups", "the menus came after a second sign-in",
    "the page stayed blank until the cache was cleared", "autofill had put in the old login",
    "the office manager has the account number", "wants the steps by e-mail",
    "had two accounts and used the wrong one", "the secretary listens in",
    "is in a hurry, has a deadline today", "will try again after lunch",
    "typed it by hand, worked at once", "thinks the other court's login is meant",
    "asked for a call after two", "knows the steps, needed the menu path only",
)  # fmt: skip
_SAID: Final = ("as asked", "the linking steps", "on the caller's screen", "with the caller")

_NOTED: Final = 0.34
_DONE: Final = 0.65
_CHECKED: Final = 0.08
_ISSUED: Final = 0.85
_ON_HOLD: Final = 0.12
_UNTOUCHED: Final = 0.2

Actions = tuple[tuple[str, Mapping[str, str]], ...]
"""Kind and fields of what was done, in order."""


class Spent(NamedTuple):
    """How long a call took."""

    talk_s: int
    """Seconds talked."""

    hold_s: int
    """Seconds on hold."""

    wrap_s: int
    """Seconds after the caller hung up."""

    @property
    def all_s(self) -> int:
        """Seconds from ring to the end of it."""
        return self.talk_s + self.hold_s + self.wrap_s


class Doings:
    """Makes up what is done on calls."""

    def __init__(self, chance: Random, kinds: Mapping[str, ActionKind], checks: int) -> None:
        """Learn what can be done.

        Args:
            chance: Where chance comes from.
            kinds: The kinds of action by name.
            checks: How many identity checks a temporary password needs.
        """
        self._chance, self._kinds, self._needed = chance, kinds, checks
        checking = [kind for kind in kinds.values() if kind.menu == "verify"]
        self._strong = [kind.name for kind in checking if kind.strong]
        self._weak = [kind.name for kind in checking if not kind.strong]

    def actions(self, way: Way) -> Actions:
        """Make up what was done on a call.

        Args:
            way: The way it took.

        Returns:
            Kind and fields, identity checks first.
        """
        chance = self._chance
        plain = [
            kind
            for kind in way.kinds
            if not self._kinds[kind].credential and chance.random() < _DONE
        ]
        issued = PASSWORD_KIND in way.kinds and chance.random() < _ISSUED
        checks = self._checks() if issued or chance.random() < _CHECKED else []
        told = (PASSWORD_KIND, way.facts, checks, self._kinds, self._needed)
        if issued and not credential_refusal(*told):
            plain.append(PASSWORD_KIND)
        return tuple((kind, self._fields(self._kinds[kind])) for kind in (*checks, *plain))

    def note(self) -> str:
        """Make up what was noted.

        Returns:
            The note; mostly nothing.
        """
        chance = self._chance
        if chance.random() > _NOTED:
            return ""
        first = f"{chance.choice(_WHERE)}: {chance.choice(_SEEN)}"
        return first if chance.random() < 0.6 else f"{first}; {chance.choice(_SEEN)}"  # noqa: PLR2004

    def spent(self, way: Way, actions: Actions, pace: float) -> Spent:
        """Make up how long a call took: log-normal, as calls are.

        Args:
            way: The way it took.
            actions: What was done.
            pace: How slow the clerk is; 1 for the middle.

        Returns:
            Its times.
        """
        chance = self._chance
        middle = pace * (110 + 16 * len(way.answers) + 55 * len(actions))
        hold = chance.lognormvariate(log(55), 0.6) if chance.random() < _ON_HOLD else 0
        return Spent(
            max(15, round(chance.lognormvariate(log(middle), 0.42))),
            round(hold),
            round(chance.lognormvariate(log(28 * pace), 0.7)),
        )

    def dropped(self) -> Spent:
        """Make up how long a line held that dropped.

        Returns:
            Its times; some were gone at once.
        """
        if self._chance.random() < _UNTOUCHED:
            return Spent(0, 0, self._chance.randrange(10))
        return Spent(self._chance.randrange(3, 45), 0, self._chance.randrange(15))

    def _checks(self) -> list[str]:
        strong = self._chance.sample(self._strong, min(1, len(self._strong)))
        weak = self._chance.sample(self._weak, min(len(self._weak), max(0, self._needed - 1)))
        return [*weak, *strong]

    def _fields(self, kind: ActionKind) -> dict[str, str]:
        return {
            field.name: self._value(field)
            for field in kind.fields
            if field.required or self._chance.random() < _DONE
        }

    def _value(self, field: ActionField) -> str:
        return self._chance.choice(field.choices or _SAID)
