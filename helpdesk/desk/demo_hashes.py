"""The hashes of very many new entries of the journal, put in by whoever writes the rows.

What makes the rows has more to do than what writes them: so this is the writer's share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from helpdesk.desk.acting import ticket_chain
from helpdesk.domain.entries import digest, entry_hash
from helpdesk.domain.journal import FIRST_HASH, Change
from helpdesk.store.filling import Group
from helpdesk.store.journal import ADD_UNSEALED, ADD_VALUE_OF

_TOLD: Final = 7
"""How many columns of an entry are told; a digest and two hashes follow."""

_ENTRY: Final = _TOLD + 3
_VALUE: Final = 5
"""How many columns a value has: its entry, its field, what it was and is, and its salt."""


class Hashes:
    """Follows chains from their first entry on, as long as they are gone on with."""

    def __init__(self) -> None:
        """Begin with no chain."""
        self._heads: dict[str, str] = {}

    def put_into(self, groups: Iterable[Group], settled: Iterable[int]) -> None:
        """Put digests and hashes into entries, which are changed where they stand.

        Args:
            groups: Rows, entries of the journal and their values among them.
            settled: Tickets whose chains end here.
        """
        by_sql = {sql: values for sql, _, values in groups}
        self._hash(by_sql.get(ADD_UNSEALED, []), by_sql.get(ADD_VALUE_OF, []))
        for ticket in settled:
            self._heads.pop(ticket_chain(ticket), None)

    def _hash(self, entries: list[Any], values: Sequence[Any]) -> None:
        heads, end = self._heads, 0
        for at in range(0, len(entries), _ENTRY):
            number, subject, seq, when, who, act, undoes = entries[at : at + _TOLD]
            begin = end
            while end < len(values) and values[end] == number:
                end += _VALUE
            changes = [
                (Change(*values[place + 1 : place + 4]), values[place + 4])
                for place in range(begin, end, _VALUE)
            ]
            value_digest, before = digest(changes), heads.get(subject, FIRST_HASH)
            made = entry_hash(subject, seq, when, who, act, undoes, value_digest, before)
            entries[at + _TOLD : at + _ENTRY] = value_digest, before, made
            heads[subject] = made
