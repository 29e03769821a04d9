"""Examines the machine that a desk is on: Python, SQLite, the zones, memory, the terminal."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Final
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from helpdesk.desk.desk import Clock
from helpdesk.desk.findings import Finding
from helpdesk.store.backup_file import sqlite_lacks

_ZONES: Final = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
_OUR_PACKAGE: Final = "helpdesk-console"
_FIRST_DAY: Final = 1_735_689_600
"""2025-01-01: no clock that is right is before it."""

_LAST_DAY: Final = 4_102_444_800
"""2100-01-01."""

_LEAST_MEMORY: Final = 300_000
"""Kilobytes that must be free for a console and a report."""

_OLD_YEARS: Final = 2
"""Data of the zones that is older than this may lack a change of the law."""

_NEED: Final = re.compile(r"([\w.-]+)\s*(?:\[[^]]*\])?\s*\(?([<>=!~\d.,\s]*)\)?\s*(;.*)?\Z")


def examine_machine(clock: Clock) -> Iterator[Finding]:
    """Examine what has nothing to do with one desk.

    Args:
        clock: Where the time comes from.

    Yields:
        What was found, one part after the other.
    """
    yield _python()
    yield _sqlite()
    yield _zones(clock)
    yield _clock(clock)
    yield _memory()
    yield _terminal()


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    try:
        needs = metadata.requires(_OUR_PACKAGE) or []
    except metadata.PackageNotFoundError:
        return Finding("Python", f"{version}; its packages cannot be told")
    wrong = [said for said in map(_lacking, needs) if said]
    if wrong:
        return Finding("Python", f"{version}, but {'; '.join(wrong)}", "Install helpdesk again.")
    return Finding("Python", f"{version}, with every package in range")


def _lacking(need: str) -> str:
    """What is wrong with one package that is needed; those of the tests are not asked about."""
    match = _NEED.match(need)
    if match is None or "extra" in (match[3] or ""):
        return ""
    name, bounds = match[1], match[2].replace(" ", "")
    try:
        there = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"{name} is missing"
    for bound in filter(None, bounds.split(",")):
        sign, wanted = re.match(r"([<>=!~]*)(.*)", bound).groups()  # type: ignore[union-attr]
        below = _numbers(there) < _numbers(wanted)
        if (sign == ">=" and below) or (sign == "<" and not below):
            return f"{name} is {there}, not {bounds}"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


def _sqlite() -> Finding:
    version, lacks = sqlite_lacks()
    if lacks:
        said = f"{version} without {', '.join(lacks)}"
        return Finding("SQLite", said, "Install a Python whose SQLite is 3.37 or newer with FTS5.")
    return Finding("SQLite", version)


def _zones(clock: Clock) -> Finding:
    try:
        for zone in _ZONES:
            ZoneInfo(zone)
    except ZoneInfoNotFoundError as error:
        return Finding("time zones", f"{error.args[0]}", "Install the package tzdata.")
    there = next((path for path in TZPATH if (Path(path) / _ZONES[0]).is_file()), "")
    version = _zone_version(there)
    year = re.match(r"\d{4}", version)
    if year and clock.now() // 31_556_952 + 1970 - int(year[0]) > _OLD_YEARS:
        said = f"of {version}, which lacks later changes of the law"
        return Finding("time zones", said, "Bring tzdata up to date.")
    return Finding("time zones", f"found, {there or 'the package tzdata'} {version}".rstrip())


def _zone_version(folder: str) -> str:
    with suppress(OSError):
        for name in ("tzdata.zi", "+VERSION", "version"):
            path = Path(folder or ".") / name
            if folder and path.is_file():
                with path.open(encoding="ascii", errors="replace") as file:
                    return file.readline(100).removeprefix("# version").strip()
    if folder:
        return ""
    with suppress(metadata.PackageNotFoundError):
        return metadata.version("tzdata")
    return ""


def _clock(clock: Clock) -> Finding:
    now = clock.now()
    if not _FIRST_DAY <= now <= _LAST_DAY:
        return Finding("clock", f"{now} seconds since 1970 cannot be right", "Set the clock.")
    return Finding("clock", "plausible")


def _memory() -> Finding:
    with suppress(OSError, ValueError, IndexError):
        text = Path("/proc/meminfo").read_text(encoding="ascii", errors="replace")
        free = int(text.split("MemAvailable:")[1].split()[0])
        said = f"{free // 1000:,} MB free"
        if free < _LEAST_MEMORY:
            return Finding("memory", said, "Close other programs: a console needs 100 MB.")
        return Finding("memory", said)
    return Finding("memory", "not known on this system")


def _terminal() -> Finding:
    if sys.stdout is None or not sys.stdout.isatty():
        return Finding("terminal", "none here")
    kind, encoding = os.environ.get("TERM", "dumb"), sys.stdout.encoding.lower()
    if encoding.replace("-", "") != "utf8":
        said = f"{kind} in {encoding}, which cannot show every name"
        return Finding("terminal", said, "Set a UTF-8 locale, such as LANG=C.UTF-8.")
    if kind == "dumb":
        return Finding("terminal", "TERM=dumb shows no console", "Use helpdesk --plain.")
    return Finding("terminal", f"{kind}, UTF-8")
