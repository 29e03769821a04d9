"""Which consoles live: whether a process that wrote itself down is still there."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from helpdesk.desk.desk import Desk
from helpdesk.store.clerks import find_open_consoles

_SEEN_SECONDS: Final = 30
"""A console of another machine that was not heard of for so long is taken for gone."""


def boot_id() -> str:
    """Tells one start of this machine from the next, so that an old pid means nothing."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""


def lives(row: Mapping[str, Any]) -> bool:
    """Whether a console of this machine is still there.

    Args:
        row: Its ``pid``, ``closed_at``, ``host`` and ``boot``.

    Returns:
        ``True`` when its process is; ``False`` also for one of another machine.
    """
    if row["pid"] is None or row["closed_at"] is not None:
        return False
    if row["host"] != platform.node():
        return False
    if row["boot"] != boot_id():
        return False
    try:
        os.kill(row["pid"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def open_consoles(desk: Desk) -> tuple[str, ...]:
    """Who has a console open.

    Args:
        desk: The desk.

    Returns:
        Their logins.
    """
    now, here = desk.clock.now(), platform.node()
    rows = find_open_consoles(desk.port).dicts()
    found = (
        row["login"]
        for row in rows
        if row["id"] != desk.console
        and (lives(row) if row["host"] == here else row["seen_at"] > now - _SEEN_SECONDS)
    )
    return tuple(dict.fromkeys(found))
