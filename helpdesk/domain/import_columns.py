"""Which column of an old call log is which field: by our own names, by usual ones, by likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpdesk.errors import BadInput

FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "call_id": (),
    "number": ("ticket", "ticket number", "ticket no", "ticket id", "case id", "incident number"),
    "started_at": (
        "start", "started", "start time", "start date", "call start", "call time", "date time",
        "datetime", "timestamp", "call date time", "received", "received at", "opened",
        "opened at", "created", "created at", "created on", "call started", "date of call",
        "start date time", "call start time", "date and time", "logged", "logged at",
    ),
    "date": ("call date", "day", "date received", "log date"),
    "time": ("time of call", "time received", "time of day"),
    "ended_at": (
        "end", "ended", "end time", "stop", "stop time", "call end", "call ended", "finished",
        "end date time", "call end time",
    ),
    "direction": ("call direction", "in out", "inbound outbound", "call type", "type of call"),
    "court": ("court id", "district", "court name", "court code"),
    "office": ("division", "location", "site", "court office"),
    "caller_name": (
        "caller", "name", "name of caller", "contact", "contact name", "customer",
        "customer name", "attorney", "attorney name", "filer", "filer name", "requester",
        "requester name", "user", "client", "who called", "from name",
    ),
    "caller_firm": ("firm", "law firm", "company", "organization", "organisation", "firm name"),
    "caller_phone": (
        "phone", "phone number", "telephone", "tel", "caller id", "number called from", "ani",
        "contact phone", "callback number", "call back number", "caller number", "from number",
        "phone no",
    ),
    "caller_email": ("email", "e mail", "mail", "email address", "e mail address"),
    "caller_role": ("role", "caller type", "type of caller", "party type"),
    "clerk": (
        "agent", "agent name", "operator", "handled by", "taken by", "answered by", "staff",
        "assigned to", "assignee", "technician", "logged by", "owner", "user id", "initials",
        "employee", "representative", "created by",
    ),
    "symptom": (
        "problem", "issue", "category", "subject", "topic", "reason for call", "call reason",
        "summary", "title", "type of problem", "problem type", "short description", "complaint",
    ),
    "outcome": (
        "result", "status", "resolution", "disposition", "state", "call result",
        "outcome of call",
    ),
    "due_at": (
        "due", "due date", "follow up", "follow up date", "callback at", "call back at",
        "waiting until",
    ),
    "reason": ("referred to", "escalated to", "transferred to"),
    "duration": (
        "length", "call length", "call duration", "total time", "minutes", "mins", "time spent",
        "handle time", "total duration", "length of call", "duration of call",
    ),
    "talk_s": ("talk", "talk time", "talked", "conversation time"),
    "hold_s": ("hold", "hold time", "on hold", "time on hold"),
    "wrap_s": ("wrap", "wrap up", "wrap time", "wrap up time", "acw", "after call work"),
    "note": (
        "notes", "comment", "comments", "remarks", "description", "details", "resolution notes",
        "call notes", "memo", "free text",
    ),
    "tags": ("tag", "labels", "keywords"),
    "precision": (),
    "edited": (),
    "clock_changed": (),
}  # fmt: skip
"""The fields of a call that can be imported, each with what other systems call it."""

_WHOSE: Final = (
    "number", "started_at", "court", "office", "clerk", "symptom",
)  # fmt: skip
_TICKETS: Final = (
    *_WHOSE, "status", "outcome", "resolved_at", "caller_name", "caller_firm", "caller_phone",
    "caller_email", "tags",
)  # fmt: skip
_ACTIONS: Final = (*_WHOSE, "action_id", "kind", "fields", "expires_at", "struck")
FIELDS_OF: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    "calls": FIELDS,
    "tickets": dict.fromkeys(_TICKETS, ()),
    "actions": dict.fromkeys(_ACTIONS, ()),
}
"""The fields by what a file holds; what is no call comes only from our own files."""

RENAMED: Final[Mapping[str, Mapping[str, str]]] = {
    "tickets": {"opened_at": "started_at"},
    "actions": {"at": "started_at"},
}
"""What begins them."""

TOLD_TWICE: Final = frozenset({
    "started_local", "ended_local", "opened_local", "at_local", "zone", "handle_s", "handle_hms",
    "source", "utc_offset", "ended_offset", "resolved_local", "resolved_offset",
})  # fmt: skip
"""Columns of our own files that say again what others say."""

_ALIKE: Final = 86
"""How alike an unknown heading must be to a known one, of 100."""

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNIT: Final = re.compile(
    r"(?:[(\[]\s*|\bin\s+|_|\s)(h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?|h+:mm(?::ss)?|m+:ss)"
    r"\s*[)\]]?\s*\Z",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SIGNS: Final = re.compile(r"[^\w]+|_")
_LENGTHS: Final = ("duration", "talk_s", "hold_s", "wrap_s")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    place: int
    """Where it stands, from 0."""

    heading: str
    """What stands above it."""

    field: str = ""
    """Which field it is; empty when it is left out."""

    how: str = ""
    """Why: ``named``, ``the same name``, or what it was taken for."""

    unit: str = ""
    """For a length of time what its numbers are: ``s``, ``m``, ``h`` or empty for not said."""


def guess_columns(
    headings: Sequence[str], told: Mapping[str, str], fields: Mapping[str, Sequence[str]] = FIELDS
) -> tuple[Column, ...]:
    """Say which column is which field; every field is taken at most once.

    Args:
        headings: What stands above the columns.
        told: Fields by heading as a person named them; an empty field leaves the column out.
        fields: The fields that there are, each with what other systems call it.

    Returns:
        The columns, left to right.

    Raises:
        BadInput: When a heading or a field that was named is not there, or one is named twice.
    """
    _refuse_unknown(headings, told, tuple(fields))
    named = {_folded(heading): field for heading, field in told.items()}
    found = {
        place: (named[_folded(heading)], "named")
        for place, heading in enumerate(headings)
        if _folded(heading) in named
    }
    free = [place for place in range(len(headings)) if place not in found]
    for guess in (_exact, _likest):
        taken = {field for field, _ in found.values()}
        left = {name: words for name, words in fields.items() if name not in taken}
        found |= guess([(at, headings[at]) for at in free if at not in found], left)
    return tuple(
        Column(place, heading, *found.get(place, ("", "")), _unit(heading, found.get(place)))
        for place, heading in enumerate(headings)
    )


def words_of(heading: str) -> str:
    """A heading as plain small words: ``CallerName (work)`` is ``caller name``."""
    said = _BRACKETS.sub(" ", _CAMEL.sub(" ", heading))
    return " ".join(_SIGNS.sub(" ", said).lower().split())


def _refuse_unknown(
    headings: Sequence[str], told: Mapping[str, str], fields: Sequence[str]
) -> None:
    there = {_folded(heading) for heading in headings}
    for heading, field in told.items():
        if _folded(heading) not in there:
            known = ", ".join(f"“{each}”" for each in headings)
            raise BadInput(f"There is no column “{heading}”; there are: {known}.")
        if field and field not in fields:
            raise BadInput(f"“{field}” is no field of a call; there are: {', '.join(fields)}.")
    taken = [field for field in told.values() if field]
    for field in taken:
        if taken.count(field) > 1:
            raise BadInput(f"Two columns are named as {field}: name one of them.")


def _exact(
    columns: Sequence[tuple[int, str]], fields: Mapping[str, Sequence[str]]
) -> dict[int, tuple[str, str]]:
    """Our own names first, then the usual ones of other systems in their order."""
    found: dict[int, tuple[str, str]] = {}
    said = {place: words_of(heading) for place, heading in columns}
    for field, usual in fields.items():
        name = field.removesuffix("_s") if field in _LENGTHS else field
        for words in (name.replace("_", " "), f"{name} s", *usual):
            place = next((at for at, known in said.items() if known == words), None)
            if place is not None:
                own = words == words_of(field)
                found[place] = (field, "the same name" if own else f"usual for {field}")
                del said[place]
                break
    return found


def _likest(
    columns: Sequence[tuple[int, str]], fields: Mapping[str, Sequence[str]]
) -> dict[int, tuple[str, str]]:
    """What is left goes to the field whose names it is likest, the likest of all first."""
    from rapidfuzz.fuzz import token_sort_ratio  # noqa: PLC0415 - only for imports

    scores = sorted(
        (
            (-token_sort_ratio(words_of(heading), words), place, field, words)
            for place, heading in columns
            if heading not in TOLD_TWICE
            for field, usual in fields.items()
            for words in (field.replace("_", " "), *usual)
        ),
    )
    found: dict[int, tuple[str, str]] = {}
    for score, place, field, words in scores:
        if -score < _ALIKE:
            break
        if place not in found and field not in {taken for taken, _ in found.values()}:
            found[place] = (field, f"like “{words}”")
    return found


def _unit(heading: str, found: tuple[str, str] | None) -> str:
    if found is None or found[0] not in _LENGTHS:
        return ""
    match = _UNIT.search(_CAMEL.sub(" ", heading))
    if match:
        return match[1][0].lower()
    return {"minutes": "m", "mins": "m"}.get(words_of(heading), "")


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())
