"""Callers who turn out to be one person: merged by pointer, taken apart at any later date."""

from __future__ import annotations

from helpdesk.desk.acting import Batch, act, caller_chain
from helpdesk.desk.callers import known_caller
from helpdesk.desk.desk import Desk
from helpdesk.desk.reversal import TOGETHER
from helpdesk.domain.calls import Caller
from helpdesk.domain.journal import Change
from helpdesk.errors import NotAllowed, NotFound
from helpdesk.store.alike import add_apart, is_apart
from helpdesk.store.caller_merging import get_merged_into, save_merged_into
from helpdesk.store.callers import get_caller


@act("record", again=True)
def merge_callers(desk: Desk, caller: int, into: int) -> Caller:
    """Say that two callers are one person: the first counts as the second from now on.

    Nothing is moved: tickets, calls and numbers stay where they were written.

    Args:
        desk: The desk.
        caller: Who is found under the other from now on.
        into: Whom they count as; when merged themselves, the one they count as.

    Returns:
        Whom they count as.

    Raises:
        NotFound: When there is no such caller.
        NotAllowed: When both are one person already.
    """
    batch = Batch(desk, decided_on=[caller_chain(caller), caller_chain(into)])
    one, other = known_caller(desk, caller), known_caller(desk, into)
    if one.id == other.id:
        raise NotAllowed(f"Both count as {_named(other)} already.")
    batch.write(save_merged_into(one.id, other.id))
    _tell(batch, "merge_callers", one, other, Change(
        f"caller/{one.id}/merged_into", None, str(other.id)
    ))  # fmt: skip
    batch.send()
    return other


@act("record", again=True)
def unmerge_caller(desk: Desk, caller: int) -> None:
    """Take a merged caller out again: they stand on their own with all that is theirs.

    Args:
        desk: The desk.
        caller: The merged caller's id.

    Raises:
        NotFound: When there is no such caller.
        NotAllowed: When they are not merged.
    """
    batch = Batch(desk, decided_on=[caller_chain(caller)])
    found = get_caller(desk.port, caller)
    if found is None:
        raise NotFound("This caller is not in the database any more.")
    into = get_merged_into(desk.port, caller)
    other = get_caller(desk.port, into) if into is not None else None
    if other is None:
        raise NotAllowed(f"{_named(found)} is not merged: there is nothing to take apart.")
    batch.write(save_merged_into(caller, None))
    _tell(batch, "unmerge_caller", found, other, Change(
        f"caller/{caller}/merged_into", str(other.id), None
    ))  # fmt: skip
    batch.send()


@act("record", again=True)
def keep_apart(desk: Desk, one: int, other: int) -> None:
    """Say that two callers who look alike are two people: it is not suggested again.

    Args:
        desk: The desk.
        one: A caller's id.
        other: The other's.

    Raises:
        NotFound: When there is no such caller.
        NotAllowed: When they are the same, or were kept apart before.
    """
    batch = Batch(desk, decided_on=[caller_chain(one), caller_chain(other)])
    first, second = known_caller(desk, min(one, other)), known_caller(desk, max(one, other))
    if first.id == second.id:
        raise NotAllowed(f"Both count as {_named(first)}: take them apart first.")
    low, high = sorted((first.id, second.id))
    if is_apart(desk.port, low, high):
        raise NotAllowed(f"{_named(first)} and {_named(second)} are kept apart already.")
    row = batch.new_id()
    batch.write(add_apart(row, low, high, batch.stamp.at, batch.stamp.clerk))
    _tell(batch, "keep_apart", first, second, Change(f"caller_apart/{row}/struck", "1", "0"))
    batch.send()


def _tell(batch: Batch, name: str, one: Caller, other: Caller, change: Change) -> None:
    """Tell both chains; the change is set back once, by the first."""
    together = Change(TOGETHER, None, batch.stamp.op)
    batch.tell(caller_chain(one.id), name, [change, Change("with", None, _named(other)), together])
    batch.tell(caller_chain(other.id), name, [Change("with", None, _named(one)), together])


def _named(caller: Caller) -> str:
    return caller.name or "(no name)"
