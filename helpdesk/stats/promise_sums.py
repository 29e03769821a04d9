"""What was promised, one by one: of whole days it is kept, so that no year need be read (R9)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from helpdesk.domain.periods import Period, period_of_days
from helpdesk.port import Port, Statement
from helpdesk.stats.callback_facts import Callback, fetch_promises, within
from helpdesk.stats.kept_rows import in_places, kept_rows_of, numbered
from helpdesk.stats.pieces import Place
from helpdesk.stats.rolling import add_kept
from helpdesk.stats.rollups import kept_days
from helpdesk.stats.scope import Scope
from helpdesk.stats.slots import slot_of
from helpdesk.stats.source import Source

PART: Final = "promise"
"""Which of the kept sums they are."""

_OWN: Final = frozenset({"id", "ticket", "n", "made_at", "due_at", "attempt_at", "done_at"})
"""What hardly two promises of a day have in common."""

_SAID: Final = """
SELECT id, reason FROM promise WHERE id IN (SELECT value FROM json_each(?))
"""


def promises_due(source: Source) -> list[Callback]:
    """Everything that was promised for a time in the period of a report.

    Args:
        source: What the report is made from.

    Returns:
        The promises as :func:`fetch_promises` gives them, those of kept days where they hold.
    """
    port, scope = source.port, source.scope
    days, gaps = kept_days(port, scope, by_day=True)
    if not days:
        return fetch_promises(port, scope)
    if scope.end < scope.period.end:  # what is due ahead is read with what is due today
        begins = gaps.pop().start if gaps and gaps[-1].end == scope.end else scope.end
        gaps.append(scope.period._replace(start=begins))
    kept = [columns for _, columns in kept_rows_of(port, PART, days, "", "")]
    said = _reasons(port, kept)
    parts: list[tuple[int, Mapping[str, Any] | Period]] = [
        *((columns["due_at"][0], columns) for columns in kept),
        *((gap.start, gap) for gap in gaps),
    ]
    found: list[Callback] = []
    for _, part in sorted(parts, key=lambda each: each[0]):
        if isinstance(part, Period):
            found += fetch_promises(port, replace(scope, period=part))
        else:
            found += within(_unpacked(part, said), scope)
    return found


def roll_up_promises(port: Port, days: Sequence[date], scope: Scope) -> Iterator[Statement]:
    """Keep what was promised for whole days.

    Args:
        port: The database.
        days: Days that follow one another.
        scope: Says the moment whose knowledge counts, and the zone.

    Yields:
        The statements that keep it.
    """
    zone = scope.period.zone
    period = period_of_days(days[0], days[-1] + timedelta(days=1), zone)
    found: dict[str, list[Callback]] = {}
    for each in fetch_promises(port, replace(scope, period=period)):
        found.setdefault(slot_of(each.due_at, zone).day.isoformat(), []).append(each)
    for day, there in found.items():
        yield add_kept(PART, Place(day, "", ""), _packed(there))


def _packed(promises: Sequence[Callback]) -> dict[str, Any]:
    """Columns: a promise takes 121 bytes, as a row of names 400.

    What people wrote stands in no sums: of reasons only where there are some.
    """
    columns = zip(Callback._fields, zip(*promises, strict=True), strict=True)
    kept = {name: [*each] if name in _OWN else numbered(each) for name, each in columns}
    kept["reason"] = [place for place, each in enumerate(promises) if each.reason]
    return kept


def _reasons(port: Port, kept: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """The reasons of kept promises as they stand now, by the promise's id."""
    ids = [columns["id"][place] for columns in kept for place in columns["reason"]]
    return dict(port.query(_SAID, (json.dumps(ids),)).rows) if ids else {}


def _unpacked(kept: Mapping[str, Any], said: Mapping[int, str]) -> Iterator[Callback]:
    reasons = [""] * len(kept["id"])
    for place in kept["reason"]:
        reasons[place] = said.get(kept["id"][place], "")
    columns = (
        kept[name] if name in _OWN else reasons if name == "reason" else in_places(kept[name])
        for name in Callback._fields
    )
    return map(Callback._make, zip(*columns, strict=True))
