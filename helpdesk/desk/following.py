"""Follows the database file when it is taken away or replaced under the console."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from helpdesk.desk.desk import Clerk, Desk
from helpdesk.desk.opening import add_by_name, sign_in
from helpdesk.domain.tickets import NOT_NUMBERED, number_said
from helpdesk.errors import StoreProblem
from helpdesk.port import Port
from helpdesk.store import put_back as files
from helpdesk.store.calls import get_call
from helpdesk.store.outbox import get_by_login
from helpdesk.store.sqlite_file import SqliteFile


def follow(desk: Desk, file: SqliteFile, *, again: bool = False) -> str:
    """Go on with what lies under the file's name now, or put back what was taken away.

    Args:
        desk: The desk.
        file: Its database.
        again: Whether what it holds was replaced, though the file is the same.

    Returns:
        What was done, in a sentence for the clerk; empty when the file is the one it was.

    Raises:
        StoreProblem: When what lies there now is no database of a desk.
    """
    if again:
        desk.clerk = _known(desk)
        return f"{file.path.name} was restored from an older one meanwhile."
    if not file.where.moved():
        return ""
    with files.only_one(file.path):
        how, said = file.where.moved(), ""
        if how == "gone" and files.put_back(file):
            said = f"{file.path.name} had been deleted: it was put back whole."
        elif how == "log":
            file.empty_log()
            said = f"The write-ahead log of {file.path.name} had been deleted: nothing is lost."
        elif how:
            said = _replaced(desk, file)
        file.open_again()
        file.head()
        file.where.moved()
    if said:
        desk.clerk = _known(desk)
    return said


def _known(desk: Desk) -> Clerk:
    """The same clerk in a file that may know nobody, or others."""
    login = desk.clerk.login
    row = get_by_login(desk.port, login)
    if row is None and desk.settings.sign_in == "system":
        found = sign_in(desk, (os.getuid(), login))
        if found.login == login:
            return found
    if row is None:  # the user of the system is somebody else there, or stands for several
        add_by_name(desk, login)
        row = get_by_login(desk.port, login)
    assert row is not None  # noqa: S101 - it was added just now
    return Clerk(row["id"], row["login"], row["role"])


def _replaced(desk: Desk, file: SqliteFile) -> str:
    now = desk.clock.now()
    if file.where.own_log_is_there():
        files.drop_log(file.path)  # SQLite would write it into the other file
    moment = datetime.fromtimestamp(now, UTC)
    aside = file.path.with_name(f"{file.path.stem}-replaced-{moment:%Y%m%dT%H%M%S}.db")
    said = f"{file.path.name} was replaced by another file, which is in use now"
    kept = files.keep_former(file, now, aside)
    if kept is None:
        return f"{said}; the former was damaged and could not be kept."
    return f"{said}; what it held before is kept as {aside.name}." if kept else f"{said}."


def numbers_of(port: Port, calls: Collection[int]) -> dict[int, str]:
    """Fetch the numbers of calls.

    Args:
        port: The file, or the memory of a console.
        calls: The calls' ids.

    Returns:
        The numbers by call; without those that are not there or have none yet.
    """
    with suppress(StoreProblem):
        rows = [row for each in sorted(calls) if (row := get_call(port, each))]
        return {
            row["id"]: number_said(row["year"], row["n"])
            for row in rows
            if row["n"] < NOT_NUMBERED
        }
    return {}


def renumbered_said(port: Port, former: Mapping[int, str]) -> list[str]:
    """Say which calls have another number now.

    Args:
        port: The file that lies there now.
        former: The numbers that calls had.

    Returns:
        Such as ``T-26-00028 is T-26-00029 now.``, for each of them.
    """
    now = numbers_of(port, former) if former else {}
    return [
        f"{number} is {now[call]} now."
        for call, number in former.items()
        if now.get(call, number) != number
    ]
