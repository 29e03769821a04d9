"""What the rows of a report have in common: moments, and a line that says what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Protocol, TypeVar

from helpdesk.domain.iso_times import moment_texts
from helpdesk.stats.definitions import Figures, kind_of
from helpdesk.stats.facts import CallFact

Row = TypeVar("Row")

NOTHING: Final = ("recorded in error", "test", "void")
"""Why a row may count for nothing; more than one may hold, the first is said."""


class Flagged(Protocol):
    """A row that may count for nothing."""

    @property
    def struck(self) -> int:
        """Whether it was recorded in error."""

    @property
    def test(self) -> int:
        """Whether its ticket is a trial."""

    @property
    def void(self) -> int:
        """Whether its ticket counts for nothing."""


def why_nothing(row: Flagged) -> str:
    """Why a row counts for nothing.

    Args:
        row: The row.

    Returns:
        One of ``NOTHING``; empty when it counts.
    """
    if row.struck:
        return "recorded in error"
    if row.void:
        return "void"
    return "test" if row.test else ""


def sort_out(
    rows: Iterable[Row], why: Callable[[Row], str], reasons: Sequence[str] = NOTHING
) -> tuple[list[Row], str]:
    """Leave rows out, and say how many and why.

    Args:
        rows: Every row in range.
        why: Says why a row is left out; empty when it is shown.
        reasons: Everything that it may say.

    Returns:
        The rows that are shown, and one line that adds up.
    """
    shown, left = [], Counter(dict.fromkeys(reasons, 0))
    for row in rows:
        if reason := why(row):
            left[reason] += 1
        else:
            shown.append(row)
    return shown, reconciliation(len(shown), left)


def reconciliation(shown: int, left: Counter[str], what: str = "rows") -> str:
    """Say where every row in range went.

    Args:
        shown: How many the report shows.
        left: How many it leaves out, by reason.
        what: What they are.

    Returns:
        One line that adds up.
    """
    parts = "".join(f" + {reason} {many:,}" for reason, many in left.items())
    return f"{what} in range {shown + left.total():,} = shown {shown:,}{parts}"


def kinds_of(calls: Iterable[CallFact]) -> Figures:
    """Count calls by kind and by nothing else, for a line that says where they went.

    Args:
        calls: The calls in range.

    Returns:
        Sums without lengths.
    """
    return Figures(Counter(kind_of(call) for call in calls))


def moment(at: int | None, zone: str) -> tuple[str | None, str | None]:
    """The cells of a moment.

    Args:
        at: Seconds UTC; ``None`` where nothing is known of it.
        zone: In which zone people mean it.

    Returns:
        It in UTC, and there with its offset.
    """
    if at is None:
        return None, None
    utc, there, _ = moment_texts(at, zone)
    return utc, there


def commonest(names: Iterable[str] | Mapping[str, int], most: int = 3) -> str | None:
    """Name what occurs most often.

    Args:
        names: The names, as often as they occur, or how often each does.
        most: How many are named; how many others there are is said.

    Returns:
        Such as ``a 3, b 1``; ``None`` of nothing.
    """
    ranked = sorted(Counter(names).items(), key=lambda each: (-each[1], each[0]))
    said = [f"{name} {many:,}" for name, many in ranked[:most]]
    more = [f"{len(ranked) - most} more"] if len(ranked) > most else []
    return ", ".join([*said, *more]) or None
