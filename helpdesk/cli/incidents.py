"""``helpdesk incidents``: what is out, what callers are told, and when it was over."""

from __future__ import annotations

from typing import Any

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say, table_lines, write
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.incidents import declare_incident, end_incident, list_incidents, read_incident
from helpdesk.domain.courts import local
from helpdesk.domain.incidents import Incident
from helpdesk.domain.whens import iso_utc

_JSON = click.option("--json", "as_json", is_flag=True, help="For a program.")


@click.group()
def command() -> None:
    """List incidents, declare one, end one."""


@command.command("list")
@click.option("--limit", type=click.IntRange(1), default=50, metavar="N", show_default=True,
              help="The most incidents to list.")  # fmt: skip
@_JSON
@click.pass_obj
def list_(folder: Folder, limit: int, as_json: bool) -> None:
    """List incidents: those that run first, then the newest."""
    with opened(folder) as desk:
        found, count = list_incidents(desk, limit)
        if as_json:
            _print_json([_as_json(each) for each in found])
        elif found:
            for text in table_lines(_HEADS, [_cells(desk, each) for each in found]):
                say(text)
        else:
            remark("helpdesk: no incident was ever declared.")
        if len(found) < count:
            remark(f"helpdesk: {len(found)} of {count}; --limit N for more.")


@command.command()
@click.option("--court", required=True, metavar="ID", help="Where it is.")
@click.option("--symptom", required=True, metavar="SLUG", help="What callers have.")
@click.option("--line", required=True, metavar="TEXT", help="What is read out to callers.")
@_JSON
@click.pass_obj
def declare(folder: Folder, court: str, symptom: str, line: str, as_json: bool) -> None:
    """Declare an incident; prints its number."""
    with opened(folder) as desk:
        number = declare_incident(desk, court, symptom, line)
        if as_json:
            _print_json(_as_json(read_incident(desk, number)[0]))
        else:
            say(str(number))


@command.command()
@click.argument("number", type=int)
@click.option("--note", default="", metavar="TEXT", help="What it was.")
@_JSON
@click.pass_obj
def end(folder: Folder, number: int, note: str, as_json: bool) -> None:
    """End incident NUMBER: who was promised to hear is due now."""
    with opened(folder) as desk:
        many = end_incident(desk, number, note)
        if as_json:
            _print_json(_as_json(read_incident(desk, number)[0]))
        else:
            say(f"Incident {number} is over; {many} to be called back.")


_HEADS = ("incident", "court", "symptom", "declared", "by", "over", "tickets", "promised", "line")


def _cells(desk: Desk, incident: Incident) -> tuple[str | int, ...]:
    zone = desk.home_office.zone
    over = _at(incident.ended_at, zone) if incident.ended_at is not None else "runs"
    return (
        incident.n, incident.court, incident.symptom, _at(incident.declared_at, zone),
        incident.clerk, over, incident.tickets, incident.promised, incident.line,
    )  # fmt: skip


def _at(moment: int, zone: str) -> str:
    return f"{local(moment, zone):%Y-%m-%d %H:%M %Z}"


def _as_json(incident: Incident) -> dict[str, Any]:
    ended_at = incident.ended_at
    return {
        "number": incident.n,
        "court": incident.court,
        "symptom": incident.symptom,
        "line": incident.line,
        "declared_at": iso_utc(incident.declared_at),
        "clerk": incident.clerk,
        "ended_at": iso_utc(ended_at) if ended_at is not None else None,
        "ended_by": incident.ended_by or None,
        "note": incident.note,
        "tickets": incident.tickets,
        "promised": incident.promised,
    }


def _print_json(value: object) -> None:
    from helpdesk.files.json_file import json_line  # noqa: PLC0415 - only for programs

    write(f"{json_line(value)}\n")
