"""Who the callers of an old call log are: people on record, or new ones, each of them once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import Caller
from helpdesk.domain.phones import read_phone
from helpdesk.domain.records import CallRecord
from helpdesk.store.imports import find_callers_by


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody on record."""

    id: int
    details: tuple[str, str, str]
    """Name, firm and e-mail in small letters."""


class Callers:
    """Finds the caller of each call: by number or address and by what else is said of them."""

    def __init__(self, desk: Desk, *, own: bool, by_number: bool = False) -> None:
        """Begin with nobody known.

        Args:
            desk: The desk.
            own: Whether the file is an export of ours: then everything about a caller is in it,
                and somebody of whom more is known is somebody else.
            by_number: Whether the number is the one on record, and not that of one call: then
                another number is somebody else.
        """
        self._desk, self._own, self._by_number = desk, own, by_number
        self._made: dict[str, list[_Known]] = {}

    def named(self, records: Sequence[CallRecord]) -> list[CallRecord]:
        """Say of some calls who called.

        Args:
            records: The calls.

        Returns:
            The same calls, each with the id of its caller; a new one is described once.
        """
        digits = [read_phone(record.phone).digits for record in records]
        emails = {each.caller.email for each in records if each.caller and each.caller.email}
        asked = [sorted(set(filter(None, each))) for each in (digits, emails)]
        there: dict[str, list[_Known]] = {}
        for row in find_callers_by(self._desk.port, *asked).dicts():
            details = (row["name"].casefold(), row["firm"].casefold(), row["email"].casefold())
            there.setdefault(row["by"].casefold(), []).append(_Known(row["id"], details))
        return [
            self._named(record, number, there)
            for record, number in zip(records, digits, strict=True)
        ]

    def _named(
        self, record: CallRecord, digits: str, there: dict[str, list[_Known]]
    ) -> CallRecord:
        caller = record.caller
        details = _details(caller)
        email = "" if self._by_number else details[2]
        keys = [key for key in (digits, email) if key] or ["\x1f".join(details)]
        known = [each for key in keys for each in (*self._made.get(key, ()), *there.get(key, ()))]
        for each in known:
            if self._is_that(each.details, details):
                return replace(record, caller=None, caller_id=each.id)
        if caller is None:
            return replace(record, caller_id=0)
        made = self._desk.ids.make(record.started_at)
        for key in keys:
            self._made.setdefault(key, []).append(_Known(made, details))
        return replace(record, caller_id=made)

    def _is_that(self, known: tuple[str, ...], said: tuple[str, ...]) -> bool:
        """Whether somebody on record is who is meant: nothing that is said is otherwise."""
        if self._own:
            return known == said
        return all(not each or each == there for there, each in zip(known, said, strict=True))


def _details(caller: Caller | None) -> tuple[str, str, str]:
    if caller is None:
        return ("", "", "")
    return (caller.name.casefold(), caller.firm.casefold(), caller.email.casefold())
