"""``helpdesk restore``: a backup is looked into, and put in the place of the desk."""

from __future__ import annotations

from pathlib import Path

import click

from helpdesk.cli.printing import say
from helpdesk.cli.progress import Progress
from helpdesk.desk.desk import Folder
from helpdesk.desk.restoring import Look, look_into, restore
from helpdesk.domain.courts import local
from helpdesk.errors import NotAllowed

_MOST_NAMED = 12


@click.command()
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Only say what is in it and what would be lost.")
@click.option("--yes", is_flag=True, help="Restore without asking.")
@click.option("--force", is_flag=True, help="Although consoles are open, or it is another desk's.")
@click.pass_obj
def command(folder: Folder, file: str, *, dry_run: bool, yes: bool, force: bool) -> None:
    """Put the backup FILE in the place of this desk's database.

    The database that is there is kept in data/backups. FILE is read to its last page before
    anything is changed, and is not changed itself.
    """
    path = Path(file).expanduser()
    if dry_run or not yes:
        with Progress("Reading") as progress:
            look = look_into(folder, path, progress)
        _say(look)
        if dry_run:
            say("Nothing was changed.")
            return
        if not click.confirm("Put it in the place of the desk?", err=True):
            raise NotAllowed("Nothing was changed.")
    with Progress("Restoring") as progress:
        look, aside = restore(folder, path, force=force, progress=progress)
    lost = look.lost
    newer = f" {_lost_said(look)}" if lost and (lost.entries or lost.calls) else ""
    kept = f" The database that was there is kept as {aside}." if aside.exists() else ""
    tickets = look.facts["tables"].get("ticket", 0)
    say(f"Restored {tickets:,} tickets of {_moment(look, look.at)} from {path.name}.{newer}{kept}")


def _say(look: Look) -> None:
    tables = look.facts["tables"]
    counts = ", ".join(
        f"{tables.get(table, 0):,} {words}"
        for table, words in (
            ("ticket", "tickets"), ("call", "calls"), ("caller", "callers"), ("note", "notes"),
            ("action", "actions"), ("clerk", "clerks"),
        )
    )  # fmt: skip
    say(f"{look.file}: the desk as it was on {_moment(look, look.at)}")
    older = ", brought up to date on the way" if look.older else ""
    say(f"holds     {counts}; tables of version {look.facts['version']}{older}")
    say(f"journal   {look.chains:,} chains hold, the newest entry is {look.facts['head']['hash']}")
    say(f"lost      {_lost_said(look)}")
    if look.strange:
        say(f"!!        it {look.strange}: only with --force")
    if look.consoles:
        say(f"!!        open consoles: {', '.join(look.consoles)}; ask them to leave, or --force")


def _lost_said(look: Look) -> str:
    lost = look.lost
    if lost is None:
        return "what the present database holds beyond it cannot be told: it cannot be read"
    if not lost.entries:
        return "nothing: it has all that the desk holds"
    numbers = lost.tickets
    named = ", ".join(numbers[:_MOST_NAMED])
    if len(numbers) > _MOST_NAMED:
        named += f" and {len(numbers) - _MOST_NAMED:,} more up to {numbers[-1]}"
    tickets = f"{_many(len(numbers), 'ticket')} ({named})" if numbers else "no ticket"
    return (
        f"Not in it: {tickets}, {_many(lost.calls, 'call')}, {_many(lost.entries, 'change')}, "
        f"the last on {_moment(look, lost.last_at)}; no number is given again."
    )


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _moment(look: Look, at: int) -> str:
    return f"{local(at, look.zone):%Y-%m-%d %H:%M:%S %Z}"
