"""A report that stands on the screen, saved to a file."""

from __future__ import annotations

from pathlib import Path

from helpdesk.desk.abouts import about_report
from helpdesk.desk.access import note_look
from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.reports import Answered
from helpdesk.domain.report_about import file_name, form_of


@act("export")
def file_proposed(desk: Desk, answered: Answered) -> str:
    """Propose the name of a file for a report.

    Args:
        desk: The desk.
        answered: The report.

    Returns:
        The name, in the folder in which the program was started.
    """
    return file_name(about_report(desk, answered), ".xlsx")


@act("export")
def save_report(desk: Desk, answered: Answered, name: str) -> str:
    """Save a report as it stands, with its sidecar.

    Args:
        desk: The desk.
        answered: The report.
        name: The file; its ending says the form.

    Returns:
        What was written where.

    Raises:
        BadInput: When the name does not say a form, or it cannot be written there.
        NotAllowed: When there is such a file already.
    """
    from helpdesk.files.report_file import write_report  # noqa: PLC0415 - only for files

    path, about = Path(name.strip()).expanduser(), about_report(desk, answered)
    form = form_of(path.name, but=("table",))
    notices = write_report(path, form, answered.table, about, lines=())
    note_look(desk, "export", f"report {answered.question.report}")
    return " ".join((f"{len(answered.table.rows):,} rows in {path}.", *notices))
