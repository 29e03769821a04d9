"""Reads ``desk.yaml``: the desk's court, its rules, its look and its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from helpdesk.domain.courts import USUAL_HOURS
from helpdesk.errors import BadFile, BadInput, Fault

if TYPE_CHECKING:
    from helpdesk.located_yaml import Document

THEMES: Final = ("dark", "light", "contrast")
"""The looks of the console."""

SIGN_INS: Final = ("system", "passcode")
"""How a clerk is known."""

_KEYS: Final = (
    "court", "office", "identity-checks", "temporary-password-hours", "accept-minutes", "hours",
    "theme", "lines", "keys", "hidden", "retention", "sign-in", "lock-after", "backups",
)  # fmt: skip


class Settings(NamedTuple):
    """What ``desk.yaml`` says; every value has a default."""

    court: str = ""
    """The desk's own court; empty for the first one known."""

    office: str = ""
    """Its office; empty for the court's first."""

    identity_checks: int = 2
    """How many different identity checks a temporary password needs."""

    temporary_password_hours: int = 24
    """How long one holds where the court says nothing else."""

    accept_minutes: int = 60
    """How long an escalated ticket waits to be taken over before it comes back."""

    hours: tuple[str, ...] = USUAL_HOURS
    """The desk's office hours, as ``hours_meant`` reads them."""

    theme: str = "dark"
    """One of ``THEMES``."""

    lines: bool = True
    """Whether boxes are drawn with lines."""

    keys: Mapping[str, str] = {}
    """Keys moved by the desk: the command's id to its key."""

    key_places: Mapping[str, str] = {}
    """Where each of them stands in the file, for messages."""

    hidden: tuple[str, ...] = ()
    """Playbooks that are switched off."""

    sign_in: str = "system"
    """One of ``SIGN_INS``: who the operating system says it is, or who knows the passcode;
    empty when the file says it in a way that cannot be read."""

    lock_after: int = 10
    """After how many minutes without a key the console locks; 0 for never."""

    retention: Mapping[str, str] = {}
    """How long what class of data is kept once a ticket is done; what is not named stays."""

    backups_keep: int = 7
    """Of how many days a nightly backup is kept; 0 switches them off."""

    backups_months: int = 3
    """Of how many months one is kept besides."""

    backups_at: str = "02:00"
    """From what time of the day on the nightly work is done."""

    backups_folder: str = ""
    """Where backups lie; empty for ``data/backups`` of the desk folder."""


def read_settings(text: str, name: str) -> Settings:
    """Read ``desk.yaml``.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The settings.

    Raises:
        BadFile: When anything in it is wrong, with every fault.
    """
    settings, faults = readable_settings(text, name)
    if faults:
        raise BadFile(faults)
    return settings


def readable_settings(text: str, name: str) -> tuple[Settings, tuple[Fault, ...]]:
    """Read of ``desk.yaml`` what can be read; the rest is as if it was left out.

    Args:
        text: The YAML.
        name: The file's name for messages.

    Returns:
        The settings, and every fault.
    """
    from helpdesk.located_yaml import load  # noqa: PLC0415 - only when the file has changed

    try:
        document = load(text, name)
    except BadFile as error:
        return Settings(sign_in=""), error.faults
    settings = _settings(document)
    if document.faults and settings.sign_in == "system":  # a line that says more may be lost
        settings = settings._replace(sign_in="")
    return settings, tuple(document.faults)


def _settings(document: Document) -> Settings:
    document.mapping((), optional=_KEYS)
    keys = document.mapping(("keys",), optional=None)
    return Settings(
        court=document.text(("court",)),
        office=document.text(("office",)),
        identity_checks=_number(document, "identity-checks", 2, (1, 6)),
        temporary_password_hours=_number(document, "temporary-password-hours", 24, (1, 336)),
        accept_minutes=_number(document, "accept-minutes", 60, (1, 10_080)),
        hours=_hours(document),
        theme=document.choice(("theme",), THEMES),
        lines=document.choice(("lines",), ("yes", "no")) == "yes",
        keys={command: document.text(("keys", command), 20) for command in keys},
        key_places={command: document.place(("keys", command)) for command in keys},
        hidden=document.texts(("hidden",)),
        sign_in=_sign_in(document),
        lock_after=_number(document, "lock-after", 10, (0, 480)),
        retention=_retention(document),
        **_backups(document),
    )


def _number(
    document: Document, key: str | tuple[str, ...], default: int, bounds: tuple[int, int]
) -> int:
    path = (key,) if isinstance(key, str) else key
    found = document.text(path)
    if not found:
        return default
    if found not in map(str, range(bounds[0], bounds[1] + 1)):
        limits = f"{bounds[0]} to {bounds[1]}"
        document.fault(path, f"“{found}” for “{path[-1]}” is not a number from {limits}.")
        return default
    return int(found)


def _sign_in(document: Document) -> str:
    before = len(document.faults)
    found = document.choice(("sign-in",), SIGN_INS)
    return found if len(document.faults) == before else ""


def _backups(document: Document) -> dict[str, Any]:
    document.mapping(("backups",), optional=("keep", "months", "at", "folder"))
    at = document.text(("backups", "at"), 5) or "02:00"
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", at):
        document.fault(
            ("backups", "at"), f"“{at}” for “at” is no time of the day: write it like 02:00."
        )
        at = "02:00"
    return {
        "backups_keep": _number(document, ("backups", "keep"), 7, (0, 366)),
        "backups_months": _number(document, ("backups", "months"), 3, (0, 120)),
        "backups_at": at,
        "backups_folder": document.text(("backups", "folder")),
    }


def _hours(document: Document) -> tuple[str, ...]:
    from helpdesk.domain.business_time import hours_meant  # noqa: PLC0415

    lines = document.texts(("hours",)) or USUAL_HOURS
    try:
        hours_meant(lines)
    except BadInput as error:
        document.fault(("hours",), str(error))
        return USUAL_HOURS
    return lines


def _retention(document: Document) -> dict[str, str]:
    from helpdesk.domain.retention import RULES, read_age  # noqa: PLC0415

    rules = {}
    for of_class in document.mapping(("retention",), optional=tuple(RULES)):
        place = ("retention", of_class)
        try:
            rules[of_class] = str(read_age(document.text(place, 20), of_class))
        except BadInput as error:
            document.fault(place, str(error))
    return rules


FRESH: Final = """\
# The settings of this desk. Every line may be left out.

# The court and office of this desk (see data/courts.yaml):
# court: ianb
# office: cedar-rapids

# How many identity checks a temporary CM/ECF password needs, and how long it holds:
# identity-checks: 2
# temporary-password-hours: 24

# How many minutes an escalated ticket waits to be taken over before it comes back:
# accept-minutes: 60

# The hours in which the desk is open, for business time; a day not named is closed:
# hours: [Mon-Thu 08:30-16:30, Fri 08:30-12:00 13:00-16:30]

# The look: dark, light or contrast; boxes drawn with lines or not:
# theme: dark
# lines: yes

# Keys moved to others, by the name that the help (?) shows:
# keys:
#   new-call: f2

# Who a clerk is: as the operating system says, or who knows the passcode; and after how many
# minutes without a key the console of somebody who has a passcode locks (0: never):
# sign-in: system
# lock-after: 10

# Playbooks switched off:
# hidden: [pacer-cost]

# How long what is kept after a ticket's last change; purge takes out what is older:
# retention: {notes: 3y, callers: 3y, phones: 18m, drafts: 30d}

# Nightly backups of the desk: of how many days and months one is kept (keep: 0 for none), from
# what time of the day on they are made, and where:
# backups: {keep: 7, months: 3, at: "02:00", folder: data/backups}
"""
"""What a new desk folder's ``desk.yaml`` holds."""
