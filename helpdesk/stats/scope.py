"""What a report is about: when, where, whose, and as it was known at which moment (STATS §9)."""

from __future__ import annotations

from dataclasses import dataclass

from helpdesk.domain.periods import Period


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

    by_end: bool = False
    """Whether a call belongs to the half hour in which its wrap was over, not to that in which it
    began."""

    past: bool = False
    """Whether ``as_of`` was asked for: then the sums that are kept of days do not serve."""

    @property
    def end(self) -> int:
        """The second after the last that is known of, in seconds UTC."""
        return min(self.period.end, self.as_of + 1)

    @property
    def begun(self) -> bool:
        """Whether the period had begun at ``as_of``."""
        return self.period.start <= self.as_of

    @property
    def whole(self) -> bool:
        """Whether nothing but a place narrows it down."""
        wide = self.clerk is None and not self.symptom and self.tickets is None
        return wide and not self.by_end

    @property
    def everywhere(self) -> bool:
        """Whether nothing but the period narrows it down."""
        narrow = self.court or self.office or self.symptom or self.clerk is not None
        return not narrow and self.tickets is None

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
