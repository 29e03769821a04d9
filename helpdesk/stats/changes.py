"""How a report says that a count has changed since as long a time before (STATS §8)."""

from __future__ import annotations

from datetime import date
from typing import Final

from helpdesk.domain.periods import Period, period_of_days
from helpdesk.domain.tables import Figure, Meaning
from helpdesk.stats.definitions import Figures
from helpdesk.stats.measures import meanings, rounded
from helpdesk.stats.source import Source, previous
from helpdesk.stats.trend import Change, Span

UNKNOWN: Final = (None,) * 5
"""The cells where nobody knows what was before."""


def compared_words(what: str) -> dict[str, Meaning]:
    """Say what the columns of a change mean.

    Args:
        what: What is compared with the one before: ``span`` or ``period``.

    Returns:
        The meanings by the columns' names.
    """
    return meanings(
        before=("before", "count", (
            f"started calls of the {what} before, of the same part of it where this one is cut "
            "off; blank where that begins before the first call")),
        change=("change", "times", (
            f"started calls, of days that are over, divided by those of the {what} before")),
        change_low=("low", "times", "lower end of the change's 95 % interval"),
        change_high=("high", "times", "upper end of the change's 95 % interval"),
        arrow=("", "text", "up or down where the whole interval lies above or below 1"),
    )  # fmt: skip


def change_cells(now: Figures, before: Figures) -> tuple[Figure, ...]:
    """The cells of those columns.

    Args:
        now: The sums of what is compared.
        before: Those of what it is compared with.

    Returns:
        As many as ``UNKNOWN`` has.
    """
    change = Change(now.counts["started"], before.counts["started"])
    low, high = change.interval or (None, None)
    return change.before, rounded(change.value), rounded(low), rounded(high), change.arrow


def compared_periods(source: Source) -> tuple[Period, Period] | None:
    """What of the whole period of a report is compared, and with what.

    Args:
        source: What the report is made from.

    Returns:
        The days of it that are over, and as many of the period before; ``None`` where no day is
        over, or where those before begin before the first call.
    """
    first, after = source.days
    span, zone = Span(first, after, first, after), source.scope.period.zone
    earlier = source.within(previous(source.scope.period, source.days)).days[0]
    now, before = span.days_over(source.known), span.days_before(earlier, source.known)
    return (
        (period_of_days(*now, zone), period_of_days(*before, zone))
        if source.knows(before)
        else None
    )


def compared_said(source: Source, compared: tuple[Period, Period] | None) -> str:
    """Say for the foot of a report what was compared.

    Args:
        source: What the report is made from.
        compared: What :func:`compared_periods` gave.

    Returns:
        One line.
    """
    if compared is not None:
        now, before = compared
        cut = "" if now == source.scope.period else f"; cut off: compared with it is {now}"
        return f"before: {before}{cut}"
    if source.known <= source.days[0]:
        return "before: nothing, no day of the period is over"
    return f"before: nothing, that begins before the first call{_on(source)}"


def not_compared(source: Source, earliest: date) -> tuple[str, ...]:
    """Say that nothing is compared with a span of which only a part is known.

    Args:
        source: What the report is made from.
        earliest: The first day of the earliest span that another would be compared with.

    Returns:
        A line for the foot; none where all of it is known.
    """
    if source.began is None or earliest >= source.began:
        return ()
    return (f"no change against a span that begins before the first call{_on(source)}",)


def _on(source: Source) -> str:
    return "" if source.began is None else f", {source.began}"
