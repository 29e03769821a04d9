"""Which entry of the journal is taken back, or done again, next."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Sequence
from typing import Final, NamedTuple

ON_A_CALL: Final = {
    "set_caller": "the caller",
    "choose_symptom": "the symptom",
    "continue_ticket": "going on with the older ticket",
    "answer_step": "an answer",
    "answer_question": "an answer",
    "fill_prompt": "what was filled in",
    "take_version": "the newer playbook",
    "add_action": "an action",
    "add_note": "a note",
    "attach_incident": "the link to the incident (gi ends the incident itself)",
}
"""The acts of a call that can be taken back, and what each is called."""

REVERSIBLE: Final = ON_A_CALL | {
    "finish_call": "the outcome",
    "change_status": "the status",
    "move_promise": "the promised time",
    "end_promise": "the end of a promise",
    "correct_ticket": "a correction",
    "correct_call": "a correction",
    "assign_ticket": "the owner",
    "tag_ticket": "a tag",
    "link_tickets": "a link",
    "merge_tickets": "the merge",
    "unmerge_ticket": "the unmerging",
    "link_caller": "the linking of the caller",
    "correct_caller": "a correction",
    "merge_callers": "the merge of callers",
    "unmerge_caller": "the unmerging of callers",
    "keep_apart": "that two callers are two people",
    "accept_escalation": "the taking over",
    "return_escalation": "the giving back",
    "bulk_change": "the change of many tickets,",
    "save_view": "the saved view",
    "drop_view": "the end of a saved view",
    "end_incident": "the end of the incident",
    "add_shift_note": "a note for the shift",
    "review_call": "the review",
}
"""Every act that can be taken back from a ticket, or from anywhere."""


class Told(NamedTuple):
    """One entry of the journal, as far as undoing needs it."""

    subject: str
    """Whose chain it stands in."""

    seq: int
    """Its place there."""

    who: str
    """The login of who did it."""

    act: str
    """The act's name."""

    undoes: int | None
    """The place of the entry that it takes back."""

    batch: str = ""
    """What entries of several chains have in common that one act wrote; empty for one alone."""

    @property
    def key(self) -> tuple[str, int]:
        """Its chain and its place there."""
        return (self.subject, self.seq)


def taken_back(entries: Sequence[Told]) -> set[tuple[str, int]]:
    """The entries that stand taken back: by one that was not itself taken back.

    Args:
        entries: Entries of whole chains, oldest first within each.

    Returns:
        Chain and place of each.
    """
    gone: set[tuple[str, int]] = set()
    for entry in reversed(entries):
        if entry.undoes is not None and entry.key not in gone:
            gone.add((entry.subject, entry.undoes))
    return gone


def last_to_undo(
    entries: Sequence[Told], who: str, acts: Collection[str], gone: Container[tuple[str, int]]
) -> Told | None:
    """The newest act of a person that can still be taken back.

    Args:
        entries: The entries, oldest first.
        who: The person's login.
        acts: Which acts can be taken back here.
        gone: What ``taken_back`` gives, by chain and place.

    Returns:
        The entry, or ``None``.
    """
    mine = (each for each in reversed(entries) if each.who == who and each.act in acts)
    return next((each for each in mine if each.key not in gone), None)


def last_to_redo(
    entries: Sequence[Told], who: str, acts: Collection[str], gone: Container[tuple[str, int]]
) -> Told | None:
    """The newest undo of a person, unless something else was done since.

    Args:
        entries: The entries, oldest first.
        who: The person's login.
        acts: Which acts stand in the way.
        gone: What ``taken_back`` gives, by chain and place.

    Returns:
        The entry of the undo, or ``None``.
    """
    for entry in reversed(entries):
        if entry.act == "undo" and entry.key not in gone and entry.who == who:
            return entry
        if entry.act in acts:
            return None
    return None


def what_it_undoes(entry: Told, entries: Iterable[Told]) -> Told:
    """The act that an undo or a redo is about in the end.

    Args:
        entry: Any entry.
        entries: All of its chain.

    Returns:
        The entry itself when it takes nothing back.
    """
    chain = {each.key: each for each in entries}
    while entry.undoes is not None and (entry.subject, entry.undoes) in chain:
        entry = chain[entry.subject, entry.undoes]
    return entry
