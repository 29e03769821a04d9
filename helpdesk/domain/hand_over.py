"""The hand-over sheet of a shift: what is still to be done, and who has taken it over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from helpdesk.domain.courts import local
from helpdesk.domain.tickets import ACTIVE
from helpdesk.domain.words import counted

KINDS: Final = ("callback", "waiting", "parked", "incident", "escalated", "note")
"""What a line can be about, in the order of the sheet."""

_PROMISED: Final = ("callback", "waiting")
_WANTED: Final = {**dict.fromkeys(_PROMISED, ACTIVE), "escalated": ("escalated",)}
"""Where a ticket must stand for what is said on it to be still to be done."""


class Matter(NamedTuple):
    """Something that the next shift must know of."""

    kind: str
    """One of ``KINDS``."""

    row: int
    """The id of the promise, call, incident, escalation or note."""

    ticket: int | None
    """The ticket's id; ``None`` for an incident or a note."""

    at: int
    """When it is due, or since when it is so, in seconds UTC."""

    said: str
    """What it is about; the caller's name stands with the ticket."""


class SheetLine(NamedTuple):
    """One line of a sheet."""

    id: int
    """The line's id; 0 in a preview."""

    place: int
    """Its place on the sheet, from 1."""

    matter: Matter
    """What it is about."""

    number: str = ""
    """The ticket's number, or empty."""

    court: str = ""
    """The court's id, or empty."""

    caller: str = ""
    """The caller's name, or empty."""

    taken_by: str = ""
    """The login of who took it over, or empty."""

    taken_at: int | None = None
    """When, in seconds UTC."""

    done: bool = False
    """Whether it was dealt with since the sheet was made."""

    @property
    def untaken(self) -> bool:
        """Whether it still waits for somebody."""
        return self.taken_at is None and not self.done


class Sheet(NamedTuple):
    """A hand-over sheet, or a preview of one."""

    id: int
    """The sheet's id; 0 for a preview."""

    at: int
    """When it was made, in seconds UTC."""

    clerk: str
    """Who made it."""

    lines: Sequence[SheetLine]
    """Its lines, in order; none is left out."""

    since: tuple[SheetLine, ...] = ()
    """Notes written after it was made: they come onto the next one."""

    @property
    def untaken(self) -> int:
        """How many lines still wait for somebody."""
        return sum(line.untaken for line in self.lines)


def ordered(matters: Iterable[Matter], now: int) -> tuple[Matter, ...]:
    """Put matters in the order of the sheet.

    Args:
        matters: The matters.
        now: The moment, in seconds UTC.

    Returns:
        What is late first, then by kind; within both by time.
    """

    def place(matter: Matter) -> tuple[int, int, int]:
        late = matter.kind in _PROMISED and matter.at < now
        return (0 if late else 1 + KINDS.index(matter.kind), matter.at, matter.row)

    return tuple(sorted(matters, key=place))


def is_dealt_with(kind: str, done: int, struck: int, status: str | None) -> bool:
    """Whether nobody needs to take over any more what a line is about.

    Args:
        kind: One of ``KINDS``.
        done: Whether the promise, call, incident or escalation is over itself.
        struck: Whether it was recorded in error.
        status: Where the ticket of the promise or escalation stands, or the one that it goes on
            in; ``None`` without one.

    Returns:
        ``True`` also for what no ticket waits for any more.
    """
    wanted = _WANTED.get(kind)
    return bool(done or struck or (wanted and status not in wanted))


def is_late(line: SheetLine, now: int) -> bool:
    """Whether a line's time is over and nobody has dealt with it.

    Args:
        line: The line.
        now: The moment, in seconds UTC.

    Returns:
        ``True`` for a promise whose time is over.
    """
    return line.matter.kind in _PROMISED and line.matter.at < now and not line.done


def head_said(sheet: Sheet, zone: str) -> str:
    """The first line of a sheet.

    Args:
        sheet: The sheet.
        zone: The desk's zone.

    Returns:
        Such as ``HANDOVER Mon 2026-06-01 08:00 EDT by BNOVAK   6 lines, 3 untaken``.
    """
    when = f"{local(sheet.at, zone):%a %Y-%m-%d %H:%M %Z}"
    count = counted(len(sheet.lines), "line")
    return f"HANDOVER {when} by {sheet.clerk.upper()}   {count}, {sheet.untaken} untaken"


def mark_said(line: SheetLine, zone: str) -> str:
    """Who has a line.

    Args:
        line: The line.
        zone: The desk's zone.

    Returns:
        ``[ ]``, ``[x] MORTIZ 08:01`` or ``[+] done``; all three may be true of a line, and
        whoever took it is told then.
    """
    if line.taken_at is not None:
        done = " done" if line.done else ""
        return f"[x] {line.taken_by.upper()} {local(line.taken_at, zone):%H:%M}{done}"
    return "[+] done" if line.done else "[ ]"


def text_of(sheet: Sheet, zone: str, now: int) -> str:
    """A sheet as a text to hand on; nothing is cut.

    Args:
        sheet: The sheet.
        zone: The desk's zone.
        now: The moment, in seconds UTC.

    Returns:
        The lines.
    """
    head = head_said(sheet, zone) if sheet.id else f"PREVIEW   {len(sheet.lines)} to hand over"
    lines = [_text(line, zone, now) for line in sheet.lines]
    since = [f"    {_text(line, zone, now)}" for line in sheet.since]
    after = ["", "Written since, for the next sheet:", *since] if since else []
    return "\n".join([head, *lines, *after]) + "\n"


def _text(line: SheetLine, zone: str, now: int) -> str:
    sign = "!" if is_late(line, now) else " "
    when = f"{local(line.matter.at, zone):%a %m-%d %H:%M}"
    who = " ".join(filter(None, (line.number, line.caller, line.court.upper())))
    about = "  ".join(filter(None, (who, line.matter.said)))
    mark = f"   {mark_said(line, zone)}" if line.id else ""
    return f"{line.place:>2} {sign} {line.matter.kind:<9} {when}  {about}{mark}"
