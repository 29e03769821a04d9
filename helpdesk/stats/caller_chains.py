"""Chains of calls: whoever calls again soon goes on with the same chain (STATS §5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain as joined
from typing import NamedTuple

from helpdesk.domain.repeats import REPEAT_SECONDS, SAME_CONTACT_SECONDS
from helpdesk.stats.caller_sums import CallerCall

Counts = Callable[[CallerCall], bool]
"""Whether a call is in the range of the report."""


class Chain(NamedTuple):
    """The calls of somebody who called again."""

    calls: tuple[CallerCall, ...]
    """Those of every chain that reaches into the range, the first first."""

    contacts: int
    """How often it was called: a call right after a dropped line is the same contact."""

    longest: int
    """How many contacts the longest chain has."""

    of_longest: Sequence[CallerCall]
    """Its calls, the first first; those of the first where several are as long."""


def chain_of(calls: Sequence[CallerCall], counts: Counts) -> Chain | None:
    """Find the chains of one caller: contacts of which each is within W of the one before.

    Args:
        calls: Inbound calls, the first first.
        counts: Whether a call is in the range of the report.

    Returns:
        The chains in which a call counts; ``None`` without one of at least two contacts.
    """
    chains: list[tuple[int, list[CallerCall]]] = []
    contacts, chain = 1, [calls[0]]
    for call in calls[1:]:
        last = chain[-1]
        if _same_contact(last, call):
            chain.append(call)
        elif call.started_at - last.started_at <= REPEAT_SECONDS:
            contacts += 1
            chain.append(call)
        else:
            chains.append((contacts, chain))
            contacts, chain = 1, [call]
    chains.append((contacts, chain))
    kept = [each for each in chains if each[0] > 1 and any(map(counts, reversed(each[1])))]
    if not kept:
        return None
    found = tuple(joined.from_iterable(chain for _, chain in kept))
    many = [contacts for contacts, _ in kept]
    longest = max(kept, key=lambda each: each[0])
    return Chain(found, sum(many), *longest)


def _same_contact(before: CallerCall, call: CallerCall) -> bool:
    if before.started_at != call.started_at:
        ended = before.dropped_at
        if ended is None or call.started_at - ended > SAME_CONTACT_SECONDS:
            return False
    return before.caller == call.caller
