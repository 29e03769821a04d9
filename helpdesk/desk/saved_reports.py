"""Reports saved to a file: the one that stands on the screen, and those of a command."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from helpdesk.desk.abouts import about_report
from helpdesk.desk.access import note_look
from helpdesk.desk.acting import act
from helpdesk.desk.desk import Desk
from helpdesk.desk.own_files import refuse_own_file
from helpdesk.desk.reports import Answered
from helpdesk.domain.report_about import About, file_name, form_of
from helpdesk.domain.tables import Table


@dataclass(frozen=True, slots=True)
class ToSave:
    """A report and the file that it is to become."""

    made_by_desk: ClassVar[bool] = True
    """Nobody typed what is in it: it is not searched for secrets when it is handed back."""

    table: Table
    """The report."""

    about: About
    """What it is about."""

    path: Path
    """Where."""

    form: str
    """``csv``, ``json``, ``jsonl``, ``xlsx``, ``html`` or ``table``."""

    lines: tuple[str, ...] = ()
    """The report as it is printed, for the form ``table``."""

    bom: bool = True
    """Whether CSV begins with the mark that Excel wants."""

    force: bool = False
    """Whether files that are there already may be replaced."""


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
        NotAllowed: When there is such a file already, or it is the place of one of the desk's own.
    """
    path = Path(name.strip()).expanduser()
    form = form_of(path.name, but=("table",))
    notices = save_table(desk, ToSave(answered.table, about_report(desk, answered), path, form))
    return " ".join((f"{len(answered.table.rows):,} rows in {path}.", *notices))


@act("export")
def save_table(desk: Desk, report: ToSave) -> tuple[str, ...]:
    """Save any report to any file, with its sidecar.

    Args:
        desk: The desk.
        report: The report, and where it goes.

    Returns:
        What a reader must know of the file.

    Raises:
        BadInput: When it cannot be written there.
        NotAllowed: When there is such a file already, or it is the place of one of the desk's own.
    """
    from helpdesk.files.report_file import write_report  # noqa: PLC0415 - only for files

    refuse_own_file(desk.folder, report.path)
    notices = write_report(
        report.path, report.form, report.table, report.about, lines=report.lines, bom=report.bom,
        force=report.force,
    )  # fmt: skip
    note_look(desk, "export", f"report {report.about.report}")
    return notices
