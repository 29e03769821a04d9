"""``helpdesk verify``: whether the journal is what was written."""

from __future__ import annotations

from collections.abc import Iterator

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import say
from helpdesk.cli.progress import Progress
from helpdesk.cli.reporting import check_desk
from helpdesk.desk.desk import Folder
from helpdesk.desk.verifying import verify_journal
from helpdesk.domain.safe_text import line
from helpdesk.domain.verifying import Printed, Verified
from helpdesk.files.json_file import json_text


@click.command()
@click.option("--against", metavar="HASH",
              help="Also look for a hash from the foot of a report.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.pass_obj
def command(folder: Folder, against: str | None, *, as_json: bool) -> int:
    """Verify the journal: every chain, every value, every seal, and the rows they tell of.

    Names the first broken entry and how many more; the exit status is 1 when one is broken.
    """
    check_desk(folder)
    printed = None if against is None else Printed(against)
    with opened(folder, broken_too=True) as desk, Progress("journal") as progress:
        found = verify_journal(desk, printed, progress)
    if as_json:
        click.echo(json_text(_as_json(found)), nl=False)
    else:
        for text in _lines(found):
            say(line(text, 2_000))
    return 1 if found.faults.count else 0


def _lines(found: Verified) -> Iterator[str]:
    if found.faults.first is not None:
        yield f"!!  {found.faults.first}"
        if found.more:
            yield f"!!  and {found.more:,} more"
    else:
        yield f"ok  {found.entries:,} entries in {found.chains:,} chains hold"
        yield f"ok  {found.checked:,} columns and notes are as the journal tells"
    if found.removed:
        yield f"ok  {found.removed:,} entries had values removed by redaction or purge"
    if found.found:
        yield f"ok  the hash is there: {found.found}"
    newest = f"the newest of {found.newest}" if found.newest else "none was made yet"
    yield f"    seals: {found.seals:,}, {newest}"
    yield f"    entries since: {found.unsealed:,}; the next seal takes them in"


def _as_json(found: Verified) -> dict[str, object]:
    first = found.faults.first
    return {
        "ok": not found.faults.count,
        "entries": found.entries,
        "chains": found.chains,
        "values": found.values,
        "removed": found.removed,
        "checked": found.checked,
        "seals": found.seals,
        "newest_seal": (
            {"day": found.newest.day, "hash": found.newest.hash} if found.newest else None
        ),
        "unsealed": found.unsealed,
        "against": found.found or None,
        "faults": found.faults.count,
        "first": {
            "ticket": first.number or None, "subject": first.subject, "seq": first.seq or None,
            "what": first.what, "since": first.since or None,
        } if first else None,
    }  # fmt: skip
