"""The tickets of the calls behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from helpdesk.stats.calls import each_call
from helpdesk.stats.definitions import named
from helpdesk.stats.facts import CallFact
from helpdesk.stats.source import Source


def tickets_of_calls(
    source: Source, counts: str, holds: Callable[[CallFact], bool] | None = None
) -> list[int]:
    """The tickets of the calls that a figure is made of.

    Args:
        source: What the report was made from.
        counts: What the calls count as; nothing that depends on calls before and after.
        holds: What they must meet too.

    Returns:
        Their ids, newest call first.
    """
    calls = named(each_call(source.port, source.scope, source.progress))
    return newest_first(
        call for call, names, _ in calls if counts in names and (holds is None or holds(call))
    )


def newest_first(calls: Iterable[CallFact]) -> list[int]:
    """The tickets of calls, each once.

    Args:
        calls: They, the first first.

    Returns:
        The ids, that of the newest call first.
    """
    return list(dict.fromkeys(reversed([call.ticket for call in calls])))
