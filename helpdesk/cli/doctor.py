"""``helpdesk doctor``: what is wrong with this desk, and the way out."""

from __future__ import annotations

import click

from helpdesk.cli.opened import opened
from helpdesk.cli.printing import say
from helpdesk.desk.desk import Folder
from helpdesk.desk.upkeep import examine, rebuild_search
from helpdesk.domain.safe_text import line


@click.command()
@click.option("--rebuild-search", "rebuild", is_flag=True, help="First make the index anew.")
@click.pass_obj
def command(folder: Folder, *, rebuild: bool) -> int:
    """Look for what is wrong with this desk.

    One line a check: ok, or !! with the way out. The exit status is 1 when something is wrong.
    """
    if rebuild:
        with opened(folder) as desk:
            rebuild_search(desk)
    wrong = False
    for finding in examine(folder):
        wrong = wrong or not finding.ok
        parts = (finding.said, finding.way_out) if finding.way_out else (finding.said,)
        said = ". ".join(part.rstrip(".") for part in parts)
        say(line(f"{'ok' if finding.ok else '!!'}  {finding.what:12} {said}", 2_000))
    return 1 if wrong else 0
