"""Variables in playbook texts: ``<court.phone>`` becomes the court's number.

The list of variables here is the list that the check knows, so the two cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from helpdesk.domain.courts import Court, Office, ServiceCenter, local
from helpdesk.domain.holidays import is_working_day

_VARIABLE: Final = re.compile(r"<([a-z]+\.[a-z-]+)>")
_PROMPT: Final = re.compile(r"<ask: *([^<>\s][^<>]{0,39}?) *>")
_EITHER: Final = re.compile(f"{_VARIABLE.pattern}|{_PROMPT.pattern}")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the variables speak of: this call, at this moment."""

    now: int
    """The moment, in seconds UTC."""

    court: Court | None = None
    """The court the caller has trouble with."""

    office: Office | None = None
    """The office of that court."""

    center: ServiceCenter | None = None
    """The PACER Service Center."""

    caller: str = ""
    """The caller's name."""

    clerk: str = ""
    """The clerk's name."""

    ticket: str = ""
    """The ticket's number."""

    asked: Mapping[str, str] = field(default_factory=dict)
    """What the clerk filled in for the prompts of this call (``<ask: ...>``)."""


def _center(of: Callable[[ServiceCenter], str]) -> Callable[[Circumstances], str]:
    return lambda here: of(here.center) if here.center else ""


def _court(of: Callable[[Court], str]) -> Callable[[Circumstances], str]:
    return lambda here: of(here.court) if here.court else ""


def _office(of: Callable[[Office], str]) -> Callable[[Circumstances], str]:
    return lambda here: of(here.office) if here.office else ""


def _phone(here: Circumstances) -> str:
    offices = (here.office, *(here.court.offices if here.court else ()))
    return next((office.phone for office in offices if office and office.phone), "")


def _phones(court: Court) -> str:
    many = len(court.offices) > 1
    return " or ".join(
        f"{office.phone} ({office.name})" if many else office.phone
        for office in court.offices
        if office.phone
    )


def _go_live(court: Court) -> str:
    return f"{court.go_live:%B} {court.go_live.day}, {court.go_live.year}" if court.go_live else ""


def _hours(here: Circumstances) -> str:
    if not here.center:
        return ""
    return here.center.hours(here.now, here.office.zone if here.office else here.center.zone)


def _open(here: Circumstances) -> str:
    if not here.center:
        return ""
    if not here.center.is_open(here.now):
        return "closed now"
    holiday = not is_working_day(local(here.now, here.center.zone).date())
    return "perhaps closed now, a federal holiday" if holiday else "open now"


def _time_there(here: Circumstances) -> str:
    return f"{local(here.now, here.office.zone):%H:%M %Z}" if here.office else ""


VARIABLES: Final[Mapping[str, Callable[[Circumstances], str]]] = {
    "court.name": _court(lambda court: court.name),
    "court.short": _court(lambda court: court.short),
    "court.web": _court(lambda court: court.web),
    "court.phone": _phone,
    "court.phones": _court(_phones),
    "court.go-live": _court(_go_live),
    "office.name": _office(lambda office: office.name),
    "office.time": _time_there,
    "psc.phone": _center(lambda center: center.phone),
    "psc.email": _center(lambda center: center.email),
    "psc.web": _center(lambda center: center.web),
    "psc.hours": _hours,
    "psc.open": _open,
    "caller.name": lambda here: here.caller,
    "clerk.name": lambda here: here.clerk,
    "ticket.number": lambda here: here.ticket,
}
"""Every variable that a text may hold, and where its value comes from."""


_IN_WRITING: Final = dict.fromkeys(("court.phone", "court.phones"), "the number you called")
"""What a letter says in place of a value that the reader knows."""


def rendered(text: str, here: Circumstances) -> str:
    """Put the values in.

    Args:
        text: A text of a playbook.
        here: What the variables speak of.

    Returns:
        The text; a variable without a value shows as ``‹court phone?›``, never as nothing, and
        so does a prompt that nobody has filled in.
    """

    def value(match: re.Match[str]) -> str:
        name, label = match.groups()
        if label:
            return here.asked.get(label) or f"‹{label}?›"
        found = VARIABLES[name](here) if name in VARIABLES else ""
        return found if found.strip() else f"‹{name.replace('.', ' ').replace('-', ' ')}?›"

    return _EITHER.sub(value, text)


def written(text: str, here: Circumstances) -> str:
    """Put the values into a text that the caller reads: a number nobody recorded is no hole.

    Args:
        text: A text of a playbook.
        here: What the variables speak of.

    Returns:
        The text; only what is ``lacking`` still shows as ``‹court go live?›``.
    """
    for name, instead in _IN_WRITING.items():
        if not VARIABLES[name](here):
            text = text.replace(f"<{name}>", instead)
    return rendered(text, here)


def lacking(text: str, here: Circumstances) -> Iterator[str]:
    """Find what would be a hole in a text that the caller reads.

    Args:
        text: A text of a playbook.
        here: What the variables speak of.

    Yields:
        Each variable without a value as it is written, ``<court.go-live>``, and each prompt that
        nobody has filled in.
    """
    for match in _EITHER.finditer(text):
        name, label = match.groups()
        of = VARIABLES.get(name or "")
        value = here.asked.get(label) if label else of and of(here)
        if not value and name not in _IN_WRITING:
            yield match.group()


def prompts(text: str) -> tuple[str, ...]:
    """Find what a text asks the clerk to fill in.

    Args:
        text: A text of a playbook.

    Returns:
        The label of each ``<ask: label>``, in order, none twice.
    """
    return tuple(dict.fromkeys(_PROMPT.findall(text)))


def unknown_variables(text: str) -> Iterator[str]:
    """Find what looks like a variable and is none.

    Args:
        text: A text of a playbook.

    Yields:
        Each unknown name, without its brackets.
    """
    for name in re.findall(r"<([^<>]*)>", _PROMPT.sub("", text)):
        if name not in VARIABLES:
            yield name
