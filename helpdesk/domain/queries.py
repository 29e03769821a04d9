"""What is looked for in lists, exports and on the command line: words and ``field:value``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from helpdesk.domain.periods import Period, period_meant
from helpdesk.domain.safe_text import storable
from helpdesk.errors import BadInput

FIELDS: Final = ("court", "symptom", "clerk", "opened", "status")
"""What may stand before a colon."""

_PART: Final = re.compile(
    r'(?:(?P<field>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))', re.IGNORECASE
)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Query:
    """What a ticket must have to be listed; the empty query lists all."""

    words: tuple[tuple[str, ...], ...] = ()
    """Words that must all be there; several in one group stand next to each other."""

    court: str = ""
    """The court's id."""

    symptom: str = ""
    """The symptom's slug, or its beginning."""

    clerk: str = ""
    """The clerk's login."""

    status: str = ""
    """The status as it counts now."""

    opened: Period | None = None
    """When the ticket was opened."""

    half_typed: bool = False
    """Whether the last word is still being typed, so that its beginning is enough."""


def query_meant(text: str, now: int, zone: str, me: str, *, half_typed: bool = False) -> Query:
    """Read a query.

    Args:
        text: Such as ``court:ianb symptom:linking opened:last-week "clear cache"``.
        now: The moment now, in seconds UTC.
        zone: The zone in which days are meant.
        me: The login that ``clerk:me`` means.
        half_typed: Whether the person is still typing.

    Returns:
        The query.

    Raises:
        BadInput: When a part cannot be read; the message names it.
    """
    fields: dict[str, str] = {}
    words: list[tuple[str, ...]] = []
    for part in _PART.finditer(storable(text)):
        value = part["quoted"] if part["quoted"] is not None else part["plain"]
        field = (part["field"] or "").lower()
        if field not in FIELDS:
            if field and part["plain"] is not None:
                raise BadInput(f"“{part[0]}”: there is no {field}: to look for; use {_known()}.")
            words.append(tuple(word.lower() for word in _WORD.findall(part[0])))
        else:
            fields[field] = value.lower()
    opened = period_meant(fields["opened"], now, zone) if "opened" in fields else None
    return Query(
        words=tuple(group for group in words if group),
        court=fields.get("court", ""),
        symptom=fields.get("symptom", ""),
        clerk=me if fields.get("clerk") == "me" else fields.get("clerk", ""),
        status=fields.get("status", ""),
        opened=opened,
        half_typed=half_typed and not text.endswith((" ", '"')),
    )


def _known() -> str:
    return ", ".join(f"{field}:" for field in FIELDS)
