"""What must be told beside a report or an export: of what, of when, and by whom (STATS §10)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from helpdesk.domain.courts import local
from helpdesk.domain.seals import foot_of
from helpdesk.domain.tables import Table
from helpdesk.domain.whens import iso_local
from helpdesk.errors import BadInput

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_-]+")
_DECEMBER: Final = 12
_LONGEST_FILTER: Final = 40
_MARK: Final = 6

SUFFIXES: Final = {
    "csv": ".csv", "json": ".json", "jsonl": ".jsonl", "xlsx": ".xlsx", "html": ".html",
    "table": ".txt",
}  # fmt: skip
"""How the file of each form of a report ends."""


@dataclass(frozen=True, slots=True)
class About:
    """What the figures of a file are of."""

    report: str
    """Its name: ``by-symptom``, or ``tickets`` for an export."""

    query: str
    """Which calls or tickets: the filters as they were typed; empty for all."""

    first: date | None
    """The first day, or ``None`` where no period was asked for."""

    last: date | None
    """The last day, included."""

    start: int | None
    """The first second, UTC."""

    end: int | None
    """The second after the last, UTC."""

    zone: str
    """The zone in which days are meant."""

    as_of: int
    """The moment whose knowledge counts, in seconds UTC."""

    definitions: int
    """Which version of the definitions."""

    who: str
    """The login of who asked."""

    made_at: int
    """When it was made, in seconds UTC."""

    head: str
    """The newest entry of the journal at ``as_of``: its number and hash."""

    court: str = ""
    """One court, ``ianb`` or ``ianb/sioux-city``; empty for all."""

    filters: tuple[tuple[str, str], ...] = ()
    """What else narrows it down or says how it is made, by name; what is not asked is left out."""

    seal: str = ""
    """The newest seal of the journal at ``as_of``: its day and hash; empty before the first."""


def told(about: About) -> dict[str, object]:
    """Say it by name, for a sidecar and for a sheet.

    Args:
        about: What a file is about.

    Returns:
        Names and values; moments are ISO 8601 with the offset of the zone.
    """

    def moment(at: int | None) -> str | None:
        return None if at is None else iso_local(at, about.zone)

    return {
        "report": about.report,
        "query": about.query,
        "court": about.court or None,
        "first": str(about.first) if about.first else None,
        "last": str(about.last) if about.last else None,
        "start": moment(about.start),
        "end": moment(about.end),
        "zone": about.zone,
        "as_of": moment(about.as_of),
        "definitions": about.definitions,
        "who": about.who,
        "made_at": moment(about.made_at),
        "journal": about.head,
        "journal_sealed": about.seal or None,
    }


def footed(table: Table, about: About) -> Table:
    """Say at the foot of a table how the journal behind it is sealed.

    Args:
        table: The table.
        about: What it is about.

    Returns:
        The table with one more line at its foot.
    """
    return replace(table, footer=(*table.footer, foot_of(about.seal)))


def form_of(name: str, but: Collection[str] = ()) -> str:
    """Read off a file's name which form it has.

    Args:
        name: The name.
        but: Forms that are not offered.

    Returns:
        One of ``SUFFIXES``.

    Raises:
        BadInput: When it ends in none of them, or is nothing but an ending.
    """
    refuse_nameless(name)
    offered = {form: suffix for form, suffix in SUFFIXES.items() if form not in but}
    for form, suffix in offered.items():
        if name.lower().endswith(suffix):
            return form
    raise BadInput(f"“{name}” ends in none of {', '.join(offered.values())}: name it so.")


def refuse_nameless(name: str) -> None:
    """Refuse an ending with no name before it, whose file would be hidden.

    Args:
        name: The file's name.

    Raises:
        BadInput: When it is one.
    """
    if name.lower() in SUFFIXES.values():
        raise BadInput(f"“{name}” is an ending without a name: write one before it.")


def file_name(about: About, suffix: str) -> str:
    """Name the file of a report.

    Args:
        about: What it is about.
        suffix: Such as ``.csv``.

    Returns:
        Such as ``calls_by-symptom_2026-05_NYSB_clerk-akim_asof-20260601T0900-0400.csv``: what
        is asked otherwise has another name.
    """
    as_of = f"asof-{local(about.as_of, about.zone):%Y%m%dT%H%M%z}"
    court = about.court.upper() or "all"
    filters = (_filter_said(f"{name}-{value}") for name, value in about.filters)
    parts = ("calls", about.report, _span(about.first, about.last), court, *filters)
    safe = (_UNSAFE.sub("-", part).strip("-") for part in parts if part)
    return "_".join((*safe, as_of)) + suffix


def _filter_said(text: str) -> str:
    """A filter as a part of a name; what is cut or spelled otherwise gets a mark of its own."""
    safe = _UNSAFE.sub("-", text)[:_LONGEST_FILTER].strip("-")
    return safe if safe == text else f"{safe}-{sha256(text.encode()).hexdigest()[:_MARK]}"


def _span(first: date | None, last: date | None) -> str:
    """A month, a year or a day where the days are just that; else the first and the last."""
    if first is None or last is None:
        return ""
    after = last + timedelta(days=1) if last < date.max else last
    if first == last:
        return str(first)
    if first.day == after.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if (first.month, first.day, last.month, last.day) == (1, 1, _DECEMBER, 31):
        return f"{first:%Y}" if first.year == last.year else f"{first:%Y}--{last:%Y}"
    return f"{first}--{last}"
