"""``helpdesk change``: one change of every ticket of a query, shown first and then done."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import remark, say
from helpdesk.cli.tickets import QueryCommand, query_typed
from helpdesk.desk.bulk import bulk_change, plan_bulk, tickets_meant
from helpdesk.desk.desk import Folder
from helpdesk.domain.bulk import bulk_change_meant
from helpdesk.errors import BadInput


@click.command(cls=QueryCommand)
@click.argument("change")
@click.argument("query", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do it; without it only what it would do is said.")
@click.pass_obj
def command(folder: Folder, change: str, query: tuple[str, ...], yes: bool) -> None:
    """Change every ticket of QUERY, all in one transaction that one undo takes back.

    CHANGE is status=resolved, status=closed:why, status=open, owner=LOGIN, or
    tags="urgent -later". QUERY is that of helpdesk tickets; it must not be empty.
    """
    meant = bulk_change_meant(change)
    if not all(part.strip() for part in query):  # a script's unset variable is not *all*
        raise BadInput("A part of QUERY is empty: say which tickets are meant, or leave it out.")
    with opened(folder) as desk:
        tickets = tickets_meant(desk, query_typed(query))
        plan = (bulk_change if yes else plan_bulk)(desk, tickets, meant)
        for refusal in plan.refused:
            remark(f"helpdesk: {refusal.number}: {refusal.reason}")
        if yes:
            say(f"changed {plan.changed:,}, refused {len(plan.refused):,}")
            remark(
                f"helpdesk: to take all of it back, open {plan.example} in the console, press a, "
                "then u, and choose the change of many tickets."
            )
        else:
            say(f"{meant.said}: {plan}")
            remark("helpdesk: nothing was changed yet; --yes does it.")
