"""``helpdesk doctor``: what is wrong with this desk, the way out, and mending it."""

from __future__ import annotations

import json

import click

from helpdesk.cli.printing import say
from helpdesk.cli.progress import Progress
from helpdesk.desk.desk import Folder
from helpdesk.desk.findings import Finding
from helpdesk.desk.mending import repair
from helpdesk.desk.upkeep import examine
from helpdesk.domain.safe_text import line


@click.command()
@click.option("--repair", "mend", is_flag=True, help="First mend what loses nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.pass_obj
def command(folder: Folder, *, mend: bool, as_json: bool) -> int:
    """Look for what is wrong with this desk.

    One line a check: ok, or !! with the way out. The exit status is 1 when something is wrong.
    With --repair: rights, missing folders, leftovers, search indexes and kept sums; a backup comes
    before any change of the database, and damaged data is never touched.
    """
    mended = []
    if mend:
        with Progress("Repairing") as progress:
            for said in repair(folder, progress=progress):
                mended.append(said)
                if not as_json:
                    say(line(f">>  {said}", 2_000))
    found = []
    for finding in examine(folder):
        found.append(finding)
        if not as_json:
            say(_said(finding))
    wrong = any(not finding.ok for finding in found)
    if as_json:
        checks = [
            {"name": each.what, "ok": each.ok, "said": each.said, "way_out": each.way_out}
            for each in found
        ]
        say(json.dumps({"ok": not wrong, "mended": mended, "checks": checks}, indent=2))
    return 1 if wrong else 0


def _said(finding: Finding) -> str:
    parts = (finding.said, finding.way_out) if finding.way_out else (finding.said,)
    said = ". ".join(part.rstrip(".") for part in parts)
    return line(f"{'ok' if finding.ok else '!!'}  {finding.what:12} {said}", 2_000)
