"""Sets back what entries of the journal changed, in one batch, as new entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpdesk.desk.acting import Batch, ticket_chain
from helpdesk.desk.desk import Desk
from helpdesk.desk.due_texts import finish_texts, in_texts_of, index_of_callers
from helpdesk.desk.setting_back import refuse_second
from helpdesk.domain.journal import Change
from helpdesk.domain.removing import is_removed
from helpdesk.domain.tickets import number_said
from helpdesk.domain.undoing import Told
from helpdesk.errors import NotAllowed
from helpdesk.port import Statement
from helpdesk.store.caller_merging import find_caller_roots
from helpdesk.store.calls import add_segment, end_segments
from helpdesk.store.journal import find_told_together, get_changes, get_heads
from helpdesk.store.merging import find_roots
from helpdesk.store.reversing import get_value, is_column, save_value
from helpdesk.store.search import index_callers, index_ticket, index_tickets
from helpdesk.store.tickets import add_span, end_span, get_ticket, save_changed

TOGETHER = "batch"
"""The field that entries of several chains have in common, which one act wrote."""


def written_together(desk: Desk, entry: Told) -> list[Told]:
    """All entries that one act wrote.

    Args:
        desk: The desk.
        entry: One of them.

    Returns:
        The entries; the one alone when the act wrote no other.
    """
    return find_told_together(desk.port, entry.batch) if entry.batch else [entry]


def tell_together(batch: Batch, name: str, told: Mapping[int, Sequence[Change]]) -> None:
    """Tell the chains of several tickets what one act changed, so that it is one undo.

    Args:
        batch: The batch.
        name: The act's name.
        told: What each ticket's chain is told, by the ticket's id.
    """
    together = [Change(TOGETHER, None, batch.stamp.op)] if len(told) > 1 else []
    for ticket, changes in told.items():
        batch.tell(ticket_chain(ticket), name, [*changes, *together])
        batch.index(index_ticket(ticket))


def reverse(batch: Batch, entry: Told, name: str) -> None:
    """Set back what an act changed, in all chains that it wrote in, or nothing at all.

    Args:
        batch: An empty batch; it is sent here.
        entry: An entry of the act.
        name: ``undo`` or ``redo``.

    Raises:
        NotAllowed: When something of it was changed again since.
        ChangedMeanwhile: When somebody writes in one of the chains at this moment.
    """
    desk = batch.desk
    entries = written_together(desk, entry)
    heads = get_heads(desk.port, list(dict.fromkeys(each.subject for each in entries)))
    together = [Change(TOGETHER, None, batch.stamp.op)] if len(entries) > 1 else []
    set_back: list[Change] = []
    for each in entries:
        back = [
            Change(told.field, told.new, told.old)
            for told in get_changes(desk.port, each.subject, each.seq)
            if is_column(told.field)
        ]
        _refuse_removed(back)
        _refuse_overwriting(desk, back)
        _refuse_circle(desk, back)
        refuse_second(desk, back)
        batch.write(*_written(back))
        for change in back:
            batch.write(*_aftermath(batch, change))
        set_back += back
        changes = [*back, *together]
        batch.tell(each.subject, name, changes, undoes=each.seq, head=heads[each.subject])
    _index(batch, list(heads))
    index_of_callers(batch, in_texts_of(set_back))
    batch.send()
    finish_texts(desk)


def _written(changes: Sequence[Change]) -> list[Statement]:
    """The statements that set values back; a call's end never stands before its beginning."""
    ends = [each for each in changes if each.field.endswith("/ended_at")]
    others = [each for each in changes if each not in ends]
    return [
        *(save_value(each.field, None) for each in ends if each.field.startswith("call/")),
        *(save_value(each.field, each.new) for each in (*others, *ends)),
    ]


def _refuse_removed(changes: Sequence[Change]) -> None:
    """Refuse to put back what was taken out for good: its sign would stand there."""
    if any(is_removed(each.new) for each in changes):
        raise NotAllowed("What stood there was removed for good: it cannot be put back.")


def _refuse_overwriting(desk: Desk, changes: Sequence[Change]) -> None:
    for change in changes:
        if get_value(desk.port, change.field) != change.old:
            table, row, column = change.field.split("/")
            where = ""
            if table == "ticket" and (found := get_ticket(desk.port, int(row))):
                where = f" of {number_said(found['year'], found['n'])}"
            said = f"The {column.removesuffix('_at').replace('_', ' ')}{where}"
            raise NotAllowed(f"{said} was changed again since: take that back first.")


def _refuse_circle(desk: Desk, changes: Sequence[Change]) -> None:
    """Refuse a pointer to what itself goes on in the row by now: both would be nowhere."""
    roots = {"ticket": find_roots, "caller": find_caller_roots}
    for change in changes:
        table, row, column = change.field.split("/")
        if column != "merged_into" or change.new is None:
            continue
        into = int(change.new)
        if roots[table](desk.port, [into]).get(into, into) == int(row):
            raise NotAllowed(
                "They were merged the other way round since: take that back first, by unmerging."
            )


def _aftermath(batch: Batch, change: Change) -> list[Statement]:
    """What follows from a value that is set back: the stretches of a status, or of wrap."""
    table, row, column = change.field.split("/")
    now, stamp = batch.stamp.at, batch.stamp
    if (table, column) == ("call", "wrap_ended_at"):
        if change.new is not None:
            return [end_segments(int(row), now, None)]
        # the time since the call was finished was no work on it: another stretch begins
        console = batch.desk.console
        return [add_segment(batch.new_id(), int(row), "wrap", stamp.clerk, console, now)]
    if (table, column) != ("ticket", "status") or change.new is None:
        return []
    return [
        end_span(int(row), now),
        add_span(batch.new_id(), int(row), change.new, now),
    ]


def _index(batch: Batch, subjects: Sequence[str]) -> None:
    tickets = [int(each.removeprefix("ticket:")) for each in subjects if _is(each, "ticket")]
    callers = [int(each.removeprefix("caller:")) for each in subjects if _is(each, "caller")]
    batch.write(*(save_changed(ticket, batch.stamp.at) for ticket in tickets))
    if callers:
        batch.index(index_callers(callers))
    if len(tickets) == 1:
        batch.index(index_ticket(tickets[0]))
    elif tickets:
        batch.index(index_tickets(tickets))


def _is(subject: str, kind: str) -> bool:
    return subject.startswith(f"{kind}:")
