"""What a report is about: when, where, whose, and as it was known at which moment (STATS §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from helpdesk.domain.periods import Period
from helpdesk.port import Port, Rows, Value


@dataclass(frozen=True, slots=True)
class Shadow:
    """How the tables stood at a past moment: common table expressions that hide those of now."""

    tables: str = ""
    """``name(columns) AS (...)``, each ended by a comma; empty when nothing has changed since."""

    params: tuple[Value, ...] = ()
    """Their parameters."""

    def query(self, port: Port, sql: str, params: Sequence[Value] = ()) -> Rows:
        """Ask for something as it stood then.

        Args:
            port: The database.
            sql: A statement that begins with ``WITH``.
            params: Its parameters.

        Returns:
            The rows.
        """
        if not self.tables:
            return port.query(sql, params)
        head, _, rest = sql.lstrip().partition("WITH ")
        rest = rest.removeprefix("RECURSIVE ")
        return port.query(f"{head}WITH RECURSIVE {self.tables}\n{rest}", (*self.params, *params))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which calls and tickets a report is about."""

    period: Period
    """When they began."""

    as_of: int
    """The moment whose knowledge counts, in seconds UTC."""

    court: str = ""
    """One court's id, or empty for all."""

    office: str = ""
    """One office of it, or empty for all."""

    clerk: int | None = None
    """One clerk's id, or ``None`` for all."""

    symptom: str = ""
    """One symptom's slug, or empty for all."""

    tickets: frozenset[int] | None = None
    """Only calls of these tickets; ``None`` for those of any."""

    shadow: Shadow = field(default=Shadow())
    """How the tables stood at ``as_of``."""

    @property
    def end(self) -> int:
        """The second after the last that is known of, in seconds UTC."""
        return min(self.period.end, self.as_of + 1)

    @property
    def whole(self) -> bool:
        """Whether nothing but a place narrows it down."""
        return self.clerk is None and not self.symptom and self.tickets is None

    def meets(self, court: str, office: str, symptom: str, clerk: int, ticket: int) -> bool:
        """Whether something is about what the report is about, whenever it was.

        Args:
            court: Its court's id.
            office: Its office's id.
            symptom: Its symptom's slug, or empty.
            clerk: Whose it is.
            ticket: The ticket that it counts for.

        Returns:
            ``True`` when no filter leaves it out.
        """
        return (
            (not self.court or court == self.court)
            and (not self.office or office == self.office)
            and (not self.symptom or symptom == self.symptom)
            and (self.clerk is None or clerk == self.clerk)
            and (self.tickets is None or ticket in self.tickets)
        )
