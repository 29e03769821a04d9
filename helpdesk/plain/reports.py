"""Reports in plain lines: a row a line, each figure after its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import reports
from helpdesk.domain.tables import Figure, Table, said

_USUAL: Final = "last-30d"


def report_said(desk: Desk, typed: str) -> Iterator[str]:
    """Say a report, or which ones there are.

    Args:
        desk: The desk.
        typed: A report's name and a period; nothing for the names, no period for 30 days.

    Yields:
        Its header, each row, the total and its foot.

    Raises:
        NotFound: When there is no such report.
        BadInput: When the period cannot be read.
    """
    name, _, period = typed.strip().partition(" ")
    if not name:
        yield from (f"{each}  {title}" for each, title in reports(desk).items())
        return
    table = make_report(desk, Question(name, period.strip() or _USUAL)).table.for_people()
    yield from table.header
    for row in (*table.rows, *([table.total] if table.total else [])):
        yield _row(table, row)
    yield from table.footer


def _row(table: Table, row: tuple[Figure, ...]) -> str:
    told = [said(figure, unit) for figure, unit in zip(row, table.units, strict=True)]
    pairs = zip(table.headings[1:], told[1:], strict=True)
    return f"{told[0]}: {', '.join(f'{name} {each}'.strip() for name, each in pairs if each)}"
