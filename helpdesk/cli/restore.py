"""``helpdesk restore``: a backup is looked into, and put in the place of the desk."""

from __future__ import annotations

from pathlib import Path

import click

from helpdesk.cli.opened import tell_broken
from helpdesk.cli.printing import confirm, say
from helpdesk.cli.progress import Progress
from helpdesk.desk.desk import Folder
from helpdesk.desk.losses import Lost
from helpdesk.desk.restoring import Look, look_into, refuse_careless, restore
from helpdesk.domain.courts import local
from helpdesk.domain.words import counted

_MOST_NAMED = 12
_BOXES = "note boxes"


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
    tell_broken(folder)
    if dry_run or not yes:
        with Progress("Reading") as progress:
            look = look_into(folder, path, progress)
        _say(look)
        if dry_run:
            say("Nothing was changed.")
            return
        if not force:
            refuse_careless(path, look.strange, look.consoles)
        confirm("Put it in the place of the desk?", "Nothing was changed.")
    with Progress("Restoring") as progress:
        look, aside = restore(folder, path, force=force, progress=progress)
    lost = look.lost
    newer = f" {_lost_said(look)}" if lost and (lost.entries or lost.calls) else ""
    back = f" {said}" if (said := _back_said(lost)) else ""
    kept = f" The database that was there is kept as {aside}." if aside.exists() else ""
    tickets = look.facts["tables"].get("ticket", 0)
    done = f"Restored {tickets:,} tickets of {_moment(look, look.at)} from {path.name}."
    say(f"{done}{newer}{back}{kept}")


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
    if back := _back_said(look.lost):
        say(f"!!        {back}")
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
    named = _named(numbers)
    tickets = f"{counted(len(numbers), 'ticket')} ({named})" if numbers else "no ticket"
    return (
        f"Not in it: {tickets}, {counted(lost.calls, 'call')}, {counted(lost.entries, 'change')}, "
        f"the last on {_moment(look, lost.last_at)}; no number is given again."
    )


def _back_said(lost: Lost | None) -> str:
    """What was taken out for good and comes back; empty when nothing does."""
    if lost is None or not (lost.redacted or lost.redacted_of or lost.purged):
        return ""
    what, ways = [], []
    if lost.redacted or lost.redacted_of:
        on = [f"on {_named(lost.redacted)}"] if lost.redacted else []
        on += [f"of {_of(lost.redacted_of)}"] if lost.redacted_of else []
        what.append(f"what was redacted {' and '.join(on)}")
        ways.append("helpdesk redact")
    if lost.purged:
        what.append(f"what was purged of {_of(lost.purged)}")
        ways.append("helpdesk purge")
    again = "takes" if len(ways) == 1 else "take"
    return (
        f"The backup brings back {' and '.join(what)}, as far as it holds that: "
        f"{' and '.join(ways)} {again} it out again."
    )


def _of(kinds: tuple[tuple[str, int], ...]) -> str:
    said = (_BOXES if kind == "desk" else counted(many, kind) for kind, many in kinds)
    return " and ".join(said)


def _named(numbers: tuple[str, ...]) -> str:
    named = ", ".join(numbers[:_MOST_NAMED])
    more = len(numbers) - _MOST_NAMED
    return f"{named} and {more:,} more up to {numbers[-1]}" if more > 0 else named


def _moment(look: Look, at: int) -> str:
    return f"{local(at, look.zone):%Y-%m-%d %H:%M:%S %Z}"
