"""``helpdesk tickets``: the list of tickets, newest first."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say, table_lines, write
from helpdesk.desk.desk import Desk, Folder
from helpdesk.desk.tickets import (
    count_said,
    count_tickets,
    filed_rows,
    ordered,
    query_of,
    ticket_pages,
)
from helpdesk.domain.courts import local
from helpdesk.domain.phones import shown
from helpdesk.domain.queries import BEST
from helpdesk.domain.tickets import TicketRow

_ORDERS = {
    "": "newest", "newest": "newest", "oldest": "oldest", "changed": "last changed",
    "due": "soonest due", BEST: "best",
}  # fmt: skip
_LEFT_OUT = re.compile(r"-(?!h\Z)[^-]")
_FORMATS = ("table", "csv", "json", "jsonl")


class QueryCommand(click.Command):
    """A command whose arguments are a query, so that ``-word`` leaves out and is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put what is to be left out behind the options."""
        if "--" not in args:
            left_out = [part for part in args if _LEFT_OUT.match(part)]
            kept = [part for part in args if part not in left_out]
            args = [*kept, "--", *left_out] if left_out else kept
        return super().parse_args(ctx, args)


@click.command(cls=QueryCommand)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1), default=50, metavar="N", show_default=True,
              help="The most tickets to list.")  # fmt: skip
@click.option("--view", type=click.IntRange(1, 9), metavar="N",
              help="A saved view; QUERY narrows it.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True,
              help="For people, a spreadsheet, or programs.")  # fmt: skip
@click.pass_obj
def command(
    folder: Folder, query: tuple[str, ...], limit: int, view: int | None, form: str
) -> None:
    """List tickets, newest first.

    QUERY is plain words (a name, a firm, a number, any word of a note or an answer; "two words"
    in quotes stand side by side), and fields: court:ID office:ID symptom:SLUG clerk:me
    status:open,waiting outcome:escalated tag:urgent action:KIND caller:NAME firm:"two words"
    phone:0144 escalated-to:supervisor incident:12 reopened:yes edited:yes flagged:yes is:late
    dur>10m calls>2; opened, changed, resolved and due with 2026-05-03, 2026-05, fy2026, q1,
    friday, today, last-week, last-30d, A..B, also opened>2026-03-01. A minus before a word or
    a field leaves it out; sort:oldest, sort:changed and sort:due order what is found.
    """
    typed = query_typed(query)
    with opened(folder) as desk:
        if view is not None:
            from helpdesk.desk.saved_views import view_at  # noqa: PLC0415 - only for views

            typed = f"{view_at(desk, view).query} {typed}".strip()
        meant = query_of(desk, typed)
        count = count_tickets(desk, meant)
        meant = ordered(meant, count)
        _print(desk, ticket_pages(desk, meant, limit), form)
        for period in meant.periods:
            remark(f"helpdesk: {period}")
        if not count:
            remark(f"helpdesk: no ticket matches {typed}" if typed else
                   "helpdesk: there is no ticket yet.")  # fmt: skip
        elif count > limit:
            remark(f"helpdesk: the {_ORDERS[meant.sort]} {limit} of {count_said(count)}; "
                   "--limit N for more.")  # fmt: skip
        elif meant.sort == BEST:
            remark("helpdesk: the best first; sort:newest for the newest first.")


def query_typed(parts: Sequence[str]) -> str:
    """Put the arguments of a command together to a query.

    Args:
        parts: The arguments; words that the shell took as one stand side by side.

    Returns:
        The query as it would be typed in the console.
    """
    return " ".join(_quoted(part) for part in parts)


def _quoted(part: str) -> str:
    plain = " " in part and '"' not in part and ":" not in part and " -" not in part
    sign = "-" if plain and part.startswith("-") else ""
    return f'{sign}"{part.removeprefix(sign)}"' if plain else part


def _print(desk: Desk, pages: Iterator[Sequence[TicketRow]], form: str) -> None:
    if form == "csv":
        from helpdesk.domain.export_columns import TICKETS  # noqa: PLC0415 - each form its own
        from helpdesk.files.csv_file import write_columns  # noqa: PLC0415

        write_columns(_Out(), TICKETS, chain.from_iterable(map(filed_rows, pages)))
    elif form == "table":
        cells = [_cells(row) for page in pages for row in page]
        for text in table_lines(_HEADS, cells) if cells else ():
            say(text)
    else:
        _print_json(desk, chain.from_iterable(pages), form)


class _Out(io.StringIO):
    """Standard output, as a file that is written part by part."""

    def write(self, text: str, /) -> int:
        """Write a part."""
        write(text)
        return len(text)


_HEADS = ("number", "status", "opened", "court", "symptom", "caller", "phone", "clerk")


def _cells(row: TicketRow) -> tuple[str, ...]:
    opened = f"{local(row.opened_at, row.zone):%Y-%m-%d %H:%M %Z}"
    caller = ", ".join(filter(None, (row.caller, row.firm)))
    phone = shown(row.phone)
    return (row.number, row.status, opened, row.court, row.symptom, caller, phone, row.clerk)


def _print_json(desk: Desk, rows: Iterable[TicketRow], form: str) -> None:
    """One object a ticket, each as ``show --json`` has it."""
    from helpdesk.desk.one_ticket import ticket_history  # noqa: PLC0415
    from helpdesk.files.json_file import json_line  # noqa: PLC0415
    from helpdesk.files.ticket_json import ticket_as_json  # noqa: PLC0415

    before, between, behind = ("", "\n", "\n") if form == "jsonl" else ("[", ",\n ", "]\n")
    part, is_any = before, False
    for row in rows:
        write(part + json_line(ticket_as_json(ticket_history(desk, row.id))))
        part, is_any = between, True
    if is_any or form == "json":
        write(behind if is_any else before + behind)
