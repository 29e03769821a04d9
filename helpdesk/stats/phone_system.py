"""What the phone system counted in a period: the calls that nobody here could count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from helpdesk.domain.ratios import Ratio
from helpdesk.port import Port
from helpdesk.stats.scope import Scope

_COUNTED: Final = """
SELECT count(*) AS intervals, min(p.start_at) AS first_at,
    max(p.start_at + p.minutes * 60) AS last_at, coalesce(sum(p.minutes), 0) AS minutes,
    coalesce(sum(p.offered), 0) AS offered, coalesce(sum(p.answered), 0) AS answered,
    coalesce(sum(p.abandoned), 0) AS abandoned, sum(p.wait_s * p.answered) AS waited_s,
    coalesce(sum(p.answered) FILTER (WHERE p.wait_s IS NOT NULL), 0) AS waited,
    coalesce(sum(p.within_target), 0) AS within_target,
    coalesce(sum(p.offered) FILTER (WHERE p.within_target IS NOT NULL), 0) AS with_target
FROM phone_interval p INDEXED BY phone_interval_at JOIN import_run r ON r.id = p.run
WHERE p.start_at >= ? AND p.start_at < ? AND (? = '' OR p.court = ?) AND (? = '' OR p.office = ?)
    AND r.at <= ? AND (r.undone_at IS NULL OR r.undone_at > ?)
"""


@dataclass(frozen=True, slots=True)
class PhoneCounts:
    """What the phone system counted; only intervals that were imported are in it."""

    intervals: int
    """How many intervals."""

    first_at: int
    """When the first began, in seconds UTC."""

    last_at: int
    """When the last ended, in seconds UTC."""

    minutes: int
    """How long they are together; less than from first to last where some are missing."""

    offered: int
    """Calls that came in."""

    answered: int
    """Calls that somebody answered."""

    abandoned: int
    """Calls that gave up before."""

    mean_wait_s: float | None
    """The mean wait of answered calls, where it was told; ``None`` when it never was."""

    service_level: Ratio | None
    """Calls answered in time, of those offered, where it was told; ``None`` when it never was."""

    @property
    def abandon_rate(self) -> Ratio:
        """Calls abandoned, of those offered."""
        return Ratio(self.abandoned, self.offered)


def phone_counts(port: Port, scope: Scope) -> PhoneCounts | None:
    """Add up what the phone system counted, by the intervals that began in a period.

    Args:
        port: The database.
        scope: Period, court, office and moment of knowledge; nothing else narrows it down.

    Returns:
        The counts; ``None`` when no interval was imported, which is not 0 calls.
    """
    where = (scope.court, scope.court, scope.office, scope.office)
    params = (scope.period.start, scope.end, *where, scope.as_of, scope.as_of)
    row = port.query(_COUNTED, params).one()
    if row is None or not row["intervals"]:
        return None
    within, with_target = row.pop("within_target"), row.pop("with_target")
    waited_s, waited = row.pop("waited_s"), row.pop("waited")
    return PhoneCounts(
        **row,
        mean_wait_s=waited_s / waited if waited else None,
        service_level=Ratio(within, with_target) if with_target else None,
    )
