"""The columns of exported rows; names are only added, each moment has its offset beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from helpdesk.domain.file_columns import Column

_UTC: Final = "in UTC"
_THERE: Final = "the same moment by the clock of the office"
_OFFSET: Final = "how far that clock is from UTC then"
_PLACE: Final = (
    Column("court", "text", "the court"),
    Column("office", "text", "its office"),
)
_CALLER: Final = (
    Column("caller_name", "text", "who called"),
    Column("caller_firm", "text", "for whom"),
    Column("caller_phone", "text", "the digits of the number"),
    Column("caller_email", "text", "the mail address"),
)
_CLERK: Final = Column("clerk", "text", "the login of the clerk")
_SYMPTOM: Final = Column("symptom", "text", "what the caller said was wrong")
_NUMBER: Final = Column("number", "word", "the ticket's number")
_ZONE: Final = Column("zone", "word", "the time zone of the office")
_TAGS: Final = Column("tags", "text", "the ticket's tags, with blanks between them")
_MERGED: Final = Column("merged_from", "word", "its own ticket, where that was merged into this")
_STRUCK: Final = Column("struck", "flag", "1 where it was recorded in error and taken back")

TICKETS: Final = (
    _NUMBER,
    Column("status", "word", "where it stands"),
    Column("outcome", "word", "how its last call ended"),
    _SYMPTOM, *_PLACE, *_CALLER, _CLERK,
    Column("opened_at", "utc", f"when it was opened, {_UTC}"),
    Column("opened_local", "local", _THERE),
    Column("utc_offset", "word", _OFFSET),
    _ZONE,
    Column("resolved_at", "utc", f"when it was resolved last, {_UTC}"),
    Column("resolved_local", "local", _THERE),
    Column("resolved_offset", "word", _OFFSET),
    _TAGS,
)  # fmt: skip
"""Those of tickets."""

CALLS: Final = (
    _NUMBER,
    Column("call_id", "word", "the call"),
    Column("started_at", "utc", f"when it began, {_UTC}"),
    Column("started_local", "local", _THERE),
    Column("utc_offset", "word", _OFFSET),
    _ZONE,
    Column("ended_at", "utc", f"when the caller hung up, {_UTC}"),
    Column("ended_local", "local", _THERE),
    Column("ended_offset", "word", _OFFSET),
    Column("direction", "word", "in, or out for a call back"),
    *_PLACE, *_CALLER, _CLERK, _SYMPTOM,
    Column("outcome", "word", "how it ended"),
    Column("reason", "text", "to whom it was referred or escalated, and why"),
    Column("talk_s", "seconds", "talk"),
    Column("hold_s", "seconds", "hold"),
    Column("wrap_s", "seconds", "work after the call"),
    Column("handle_s", "seconds", "talk + hold + wrap, where all three are known"),
    Column("edited", "flag", "1 where its times were corrected by hand"),
    Column("clock_changed", "flag", "1 where the clock was set while it ran"),
    Column("precision", "word", "how exactly its times are known: second, minute or day"),
    Column("source", "word", "through which door it came in"),
    _TAGS, _MERGED,
)  # fmt: skip
"""Those of calls."""

ACTIONS: Final = (
    _NUMBER,
    Column("action_id", "word", "the action"),
    Column("at", "utc", f"when it was done, {_UTC}"),
    Column("at_local", "local", _THERE),
    Column("utc_offset", "word", _OFFSET),
    _ZONE, *_PLACE, _CLERK, _SYMPTOM,
    Column("kind", "text", "what was done"),
    Column("fields", "text", "how, as JSON"),
    Column("expires_at", "utc", f"until when it holds, {_UTC}"),
    _STRUCK, _MERGED,
)  # fmt: skip
"""Those of actions."""

JOURNAL: Final = (
    Column("subject", "word", "what was changed: a ticket, a caller, a clerk or the desk"),
    _NUMBER,
    Column("seq", "count", "the place of the entry in the subject's chain"),
    Column("at", "utc", f"when, {_UTC}"),
    Column("at_local", "local", "the same moment by the clock of the desk"),
    Column("utc_offset", "word", _OFFSET),
    Column("who", "text", "the login of who did it"),
    Column("act", "word", "what was done"),
    Column("undoes", "count", "the place of the entry that it takes back"),
    Column("field", "text", "which value was changed; an entry has one row for each"),
    Column("old", "text", "what it was"),
    Column("new", "text", "what it is"),
    Column("hash", "word", "the entry's hash, which the next one of the chain names"),
)
"""Those of the journal."""

EXPORTS: Final[Mapping[str, tuple[Column, ...]]] = {
    "tickets": TICKETS,
    "calls": CALLS,
    "actions": ACTIONS,
    "journal": JOURNAL,
}
"""What can be exported, with its columns."""
