"""``helpdesk callers``: everybody who called, found by any part of anything."""

from __future__ import annotations

from typing import Any

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say, table_lines, write
from helpdesk.desk.access import note_callers
from helpdesk.desk.caller_search import look_for_callers
from helpdesk.desk.desk import Folder
from helpdesk.domain.calls import Caller
from helpdesk.domain.phones import shown
from helpdesk.domain.whens import iso_utc

_HEADS = ("name", "phone", "firm", "e-mail", "bar", "court")


@click.command()
@click.argument("words", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.pass_obj
def command(folder: Folder, words: tuple[str, ...], as_json: bool) -> None:
    """List callers who fit WORDS, the likeliest first; without words who called last.

    WORDS are any part of a name, firm, e-mail, bar number, phone number or ticket number.
    """
    typed = " ".join(words)
    with opened(folder) as desk:
        found = look_for_callers(desk, typed, counted=True)
        note_callers(desk, found.callers)
    if as_json:
        from helpdesk.files.json_file import json_line  # noqa: PLC0415

        for caller in found.callers:
            write(f"{json_line(_as_json(caller))}\n")
    elif found.callers:
        for text in table_lines(_HEADS, (_cells(each) for each in found.callers)):
            say(text)
    if not found.callers:
        remark(f"helpdesk: nobody fits {typed}" if typed else "helpdesk: nobody has called yet.")
    if told := found.told("more words narrow it"):
        remark(f"helpdesk: {told}")


def _cells(caller: Caller) -> tuple[str, ...]:
    phones = ", ".join(map(shown, caller.phones))
    return (
        caller.name, phones, caller.firm, caller.email, caller.bar_number,
        caller.court,
    )  # fmt: skip


def _as_json(caller: Caller) -> dict[str, Any]:
    return {
        "id": caller.id,
        "name": caller.name,
        "firm": caller.firm,
        "role": caller.role,
        "phones": list(caller.phones),
        "email": caller.email,
        "bar_number": caller.bar_number,
        "court": caller.court,
        "office": caller.office,
        "called_at": iso_utc(caller.called_at),
    }
