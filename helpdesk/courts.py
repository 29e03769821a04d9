"""Reads ``courts.yaml``: courts, offices, per-court settings, the PACER Service Center."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, time
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from helpdesk.domain.courts import SETTINGS, Court, Office, ServiceCenter
from helpdesk.located_yaml import Document, Path, load

_KINDS: Final = ("bankruptcy", "district", "appellate")
_COURT_KEYS: Final = ("name", "short", "kind", "web", "offices")
_COURT_OPTIONAL: Final = ("go-live", "settings", "temporary-password-hours", "closed")


@dataclass(frozen=True, slots=True)
class CourtsFile:
    """What one ``courts.yaml`` says."""

    courts: Mapping[str, Court] = field(default_factory=dict)
    """The courts by id, in the order of the file."""

    center: ServiceCenter | None = None
    """The PACER Service Center, when the file names it."""


def read_courts(
    text: str, name: str, under: Mapping[str, Court] = MappingProxyType({})
) -> CourtsFile:
    """Read one ``courts.yaml``.

    Args:
        text: The YAML.
        name: The file's name for messages.
        under: Courts that are known without it. Of these it may say only what differs, which is
            laid over them; what says all stands by itself.

    Returns:
        Its courts and, if it names it, the PACER Service Center.

    Raises:
        BadFile: When anything in it is wrong, with every fault.
    """
    document = load(text, name)
    top = document.mapping((), ("courts",), ("service-center",))
    courts = {
        court: _read_court(document, ("courts", court), court, under.get(court))
        for court in document.mapping(("courts",), optional=None)
    }
    center = _read_center(document) if "service-center" in top else None
    document.refuse_faults()
    return CourtsFile(courts, center)


def _read_court(document: Document, path: Path, court_id: str, under: Court | None) -> Court:
    said = document.value(path)
    if isinstance(said, dict) and all(map(said.get, _COURT_KEYS)):
        under = None
    document.mapping(path, *_keys(_COURT_KEYS, _COURT_OPTIONAL, under))
    read = Court(
        id=court_id,
        name=document.text((*path, "name")),
        short=document.text((*path, "short"), 30),
        kind=document.choice((*path, "kind"), _KINDS),
        web=document.text((*path, "web")),
        go_live=_date(document, (*path, "go-live")),
        offices=_read_offices(document, (*path, "offices"), under),
        settings=_read_settings(document, (*path, "settings"), under),
        temporary_password_hours=_hours(document, (*path, "temporary-password-hours")),
        closed=_dates(document, (*path, "closed")),
    )
    return read if under is None else under._replace(**_given(document, path, read))


def _keys(
    required: tuple[str, ...], optional: tuple[str, ...], under: object
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys that must be there, and those that may: all may where something lies under them."""
    return (required, optional) if under is None else ((), (*required, *optional))


def _given(document: Document, path: Path, read: Court | Office) -> dict[str, Any]:
    """What a file says of a court or an office, without what it leaves out."""
    told = read._asdict()
    keys = {field: field.replace("_", "-") for field in told}
    return {
        field: told[field]
        for field, key in keys.items()
        if document.value((*path, key)) not in (None, "")
    }


def _read_offices(document: Document, path: Path, under: Court | None) -> tuple[Office, ...]:
    """The offices: those under it in their order, and what is new behind them."""
    found = document.mapping(path, optional=None)
    if document.value(path) == {}:
        document.fault(path, "a court needs at least one office.")
    known = {office.id: office for office in under.offices} if under else {}
    read = {each: _read_office(document, (*path, each), each, known.get(each)) for each in found}
    return tuple((known | read).values())


def _read_office(document: Document, path: Path, office_id: str, under: Office | None) -> Office:
    document.mapping(path, *_keys(("name", "zone"), ("phone",), under))
    read = Office(
        id=office_id,
        name=document.text((*path, "name"), 30),
        zone=_zone(document, (*path, "zone")),
        phone=document.text((*path, "phone"), 40),
    )
    return read if under is None else under._replace(**_given(document, path, read))


def _read_settings(document: Document, path: Path, under: Court | None) -> dict[str, str]:
    found = document.mapping(path, optional=tuple(SETTINGS))
    read = dict(under.settings) if under else {}
    read |= {each: document.choice((*path, each), ("unknown", "yes", "no")) for each in found}
    return {name: value for name, value in read.items() if value != "unknown"}


def _read_center(document: Document) -> ServiceCenter:
    path: Path = ("service-center",)
    document.mapping(path, ("phone", "email", "web", "zone", "opens", "closes"))
    return ServiceCenter(
        phone=document.text((*path, "phone")),
        email=document.text((*path, "email")),
        web=document.text((*path, "web")),
        zone=_zone(document, (*path, "zone")),
        opens=_time(document, (*path, "opens")),
        closes=_time(document, (*path, "closes")),
    )


def _zone(document: Document, path: Path) -> str:
    found = document.text(path)
    if not found:
        return "UTC"
    try:
        ZoneInfo(found)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        document.fault(path, f"“{found}” is not a time zone: write one like America/Chicago.")
        return "UTC"
    return found


def _date(document: Document, path: Path) -> date | None:
    return _day(document, path, document.text(path))


def _day(document: Document, path: Path, found: str) -> date | None:
    if not found:
        return None
    try:
        return date.fromisoformat(found)
    except ValueError:
        document.fault(path, f"“{found}” is not a date: write it like 2018-04-30.")
        return None


def _dates(document: Document, path: Path) -> tuple[date, ...]:
    texts = enumerate(document.texts(path))
    found = [_day(document, (*path, place), text) for place, text in texts]
    return tuple(sorted({day for day in found if day}))


def _time(document: Document, path: Path) -> time:
    found = document.text(path)
    if not found:
        return time()
    try:
        read = time.fromisoformat(found)
    except ValueError:
        read = time(tzinfo=UTC)
    if read.tzinfo:
        document.fault(path, f"“{found}” is not a time: write it like 08:00.")
    return read.replace(tzinfo=None)


def _hours(document: Document, path: Path) -> int | None:
    found = document.text(path)
    if not found:
        return None
    if found not in map(str, range(1, 24 * 14 + 1)):
        document.fault(path, f"“{found}” is not a number of hours from 1 to 336.")
        return None
    return int(found)
