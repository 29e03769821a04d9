"""Calls that have another number in the file that lies there now: callers know the former."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from helpdesk.domain.tickets import NOT_NUMBERED, number_said
from helpdesk.errors import StoreProblem
from helpdesk.port import Port
from helpdesk.store.calls import get_call


def numbers_of(port: Port, calls: Collection[int]) -> dict[int, str]:
    """Fetch the numbers of calls.

    Args:
        port: The file, or the memory of a console.
        calls: The calls' ids.

    Returns:
        The numbers by call; without those that are not there or have none yet.
    """
    with suppress(StoreProblem):
        rows = [row for each in sorted(calls) if (row := get_call(port, each))]
        return {
            row["id"]: number_said(row["year"], row["n"])
            for row in rows
            if row["n"] < NOT_NUMBERED
        }
    return {}


def renumbered_said(port: Port, former: Mapping[int, str]) -> list[str]:
    """Say which calls have another number now.

    Args:
        port: The file that lies there now.
        former: The numbers that calls had.

    Returns:
        Such as ``T-26-00028 is T-26-00029 now.``, for each of them.
    """
    now = numbers_of(port, former) if former else {}
    return [
        f"{number} is {now[call]} now."
        for call, number in former.items()
        if now.get(call, number) != number
    ]
