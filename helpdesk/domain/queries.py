"""The query language: what is looked for in lists, views, exports and on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from helpdesk.domain.query_parts import BadQuery
    from helpdesk.domain.query_values import Range

NAMES: Final = {
    "court": "court", "office": "office", "symptom": "symptom", "clerk": "clerk",
    "status": "status", "outcome": "outcome", "tag": "tag", "action": "action",
    "escalated-to": "clerk or role", "incident": "incident",
}  # fmt: skip
"""Fields whose values are names that must exist, each with what it names."""

TEXTS: Final = ("caller", "firm", "phone")
"""Fields whose values are any words, or digits."""

PERIODS: Final = ("opened", "changed", "resolved", "due")
"""Fields whose values are periods."""

NUMBERS: Final = ("dur", "calls")
"""Fields whose values are lengths or counts."""

YES_NO: Final = ("reopened", "flagged", "edited")
"""Fields that hold or do not."""

FIELDS: Final = (*NAMES, *TEXTS, *PERIODS, *NUMBERS, *YES_NO, "is", "sort")
"""Everything that may stand before a sign."""

SORTS: Final = ("newest", "oldest", "changed", "due")
"""The orders that can be asked for."""

LONGEST: Final = 1_000
"""How many characters a query may have."""

BEST: Final = "best"
"""The order of a few hits for words: the best first."""


class Clause(NamedTuple):
    """One thing that must hold, or must not."""

    field: str
    """One of ``FIELDS``, or ``word``."""

    values: tuple[str, ...] = ()
    """Names or texts, any of them; for ``word`` the one text whose words stand side by side."""

    ranges: tuple[Range, ...] = ()
    """Ranges of moments, seconds or counts, any of them."""

    negated: bool = False
    """Whether it must not hold."""

    half: bool = False
    """Whether its last word is still being typed, so that its beginning is enough."""


class Query(NamedTuple):
    """What a ticket must have to be listed; the empty query lists all."""

    clauses: tuple[Clause, ...] = ()
    """All of them must hold."""

    sort: str = ""
    """One of ``SORTS`` or ``BEST``; empty when nothing was said: the newest first."""

    half_typed: bool = False
    """Whether the person is still typing."""

    periods: tuple[str, ...] = ()
    """Every period that was named, with both ends and their offsets."""

    unread: tuple[BadQuery, ...] = ()
    """What is not applied, because it cannot be read yet; only while typing."""

    only: tuple[int, ...] | None = None
    """Exactly the tickets with these ids, void and merged ones too; ``None`` for any."""

    callers: tuple[int, ...] = ()
    """Only tickets of the callers with these ids, newest first; empty for anybody's."""

    @property
    def made_by_desk(self) -> bool:
        """Read by no guard again: it has read the text that this was made of."""
        return True

    @property
    def has_words(self) -> bool:
        """Whether plain words are looked for, which can be ranked."""
        return any(each.field == "word" and not each.negated for each in self.clauses)

    def of(self, field: str) -> tuple[Clause, ...]:
        """The clauses of one field.

        Args:
            field: One of ``FIELDS``, or ``word``.

        Returns:
            The clauses, in the order typed.
        """
        return tuple(each for each in self.clauses if each.field == field)
