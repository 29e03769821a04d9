"""Reads what is kept of days and months."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from helpdesk.port import Port
from helpdesk.stats.pieces import Place
from helpdesk.stats.scope import Scope

_KEPT: Final = """
SELECT day, court, office, figures FROM rollup
WHERE part = ? AND day IN (SELECT value FROM json_each(?))
    AND (? = '' OR court = ?) AND (? = '' OR office = ?)
ORDER BY day, court, office
"""

_KEPT_THERE: Final = """
SELECT day, court, office, figures FROM rollup
WHERE part = ? AND day IN (SELECT value FROM json_each(?)) AND court = ? AND office = ?
"""


def kept_rows(
    port: Port, scope: Scope, part: str, days: Collection[str]
) -> Iterator[tuple[Place, Any]]:
    """Read what is kept of days and months.

    Args:
        port: The database.
        scope: Says the court and the office.
        part: Which of the sums.
        days: The days and months.

    Yields:
        Where it belongs, and what is kept there.
    """
    place = (scope.court, scope.court, scope.office, scope.office)
    for row in port.query(_KEPT, (part, json.dumps([*days]), *place)).rows:
        yield Place(*row[:3]), json.loads(row[3])


def kept_rows_of(
    port: Port, part: str, days: Collection[str], court: str, office: str
) -> Iterator[tuple[Place, Any]]:
    """Read what is kept of days at one place, where sums of places do not add up.

    Args:
        port: The database.
        part: Which of the sums.
        days: The days.
        court: The court's id; empty for what is kept of all.
        office: The office's id; empty for what is kept of the whole court.

    Yields:
        Where it belongs, and what is kept there.
    """
    for row in port.query(_KEPT_THERE, (part, json.dumps([*days]), court, office)).rows:
        yield Place(*row[:3]), json.loads(row[3])


def numbered(values: Sequence[Any]) -> list[list[Any]]:
    """Lay out values that repeat, as they are kept.

    Args:
        values: The values.

    Returns:
        Those that there are, and which of them stands at each place.
    """
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return [[*numbers], [numbers[value] for value in values]]


def in_places(column: Sequence[Sequence[Any]]) -> Iterator[Any]:
    """The values that :func:`numbered` laid out; the argument is what it gave."""
    values, numbers = column
    return map(values.__getitem__, numbers)
