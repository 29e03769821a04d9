"""What a report is narrowed by: each is asked for in a box of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import Answered, range_said, units_of
from helpdesk.desk.saved_reports import file_proposed, save_report
from helpdesk.desk.staff import list_staff
from helpdesk.desk.tickets import query_of
from helpdesk.tui.screens.ask import Question as Asked
from helpdesk.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from helpdesk.tui.app import HelpdeskApp

Take = Callable[[Question], None]
"""Takes the question as it is to be asked next."""

_ALL: Final = "*"
_ALL_ROW: Final = Row(_ALL, "all")
_SPANS: Final = {
    "": "by itself: what suits it best",
    "day": "days",
    "week": "weeks, from Monday",
    "sunday-week": "weeks, from Sunday",
    "month": "months",
    "fy": "federal fiscal years, from October",
}


def period_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask for the period.

    Args:
        console: The console.
        asked: What is asked now.
        take: Takes what is to be asked.

    Returns:
        The question; the range with its offsets is said while one types.
    """

    def with_it(typed: str) -> Question:
        return replace(asked, period=typed, first="", last="")

    async def then(typed: str) -> str:
        range_said(console.desk, replace(with_it(typed or "today"), as_of=""))
        take(with_it(typed))
        return ""

    return Asked(
        "Which period? Empty for all since the first call.", then, box=True,
        example="today, last-week, last-30d, 2026-05, fy2026, 2026-05-01..2026-05-14",
        filled=asked.period, anew=True,
        echo=lambda typed: range_said(console.desk, replace(with_it(typed), as_of="")),
    )  # fmt: skip


def as_of_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask for the moment whose knowledge counts; the parameters are those of the period."""

    def with_it(typed: str) -> Question:
        return replace(asked, as_of=typed)

    def meant(typed: str) -> str:
        return range_said(console.desk, replace(with_it(typed), period=asked.period or "today"))

    async def then(typed: str) -> str:
        meant(typed)
        take(with_it(typed))
        return ""

    return Asked(
        "As it was known when? Empty for now.", then, box=True,
        example="2026-05-31 for its end, or 2026-05-31T12:00", filled=asked.as_of, anew=True,
        echo=meant,
    )  # fmt: skip


async def file_asked(console: HelpdeskApp, answered: Answered) -> Asked:
    """Ask for the file to which a report is saved.

    Args:
        console: The console.
        answered: The report.

    Returns:
        The question.
    """

    async def then(typed: str) -> str:
        return await console.thread.read(save_report, answered, typed)

    return Asked(
        "Save as which file? .xlsx, .csv, .html, .json or .jsonl", then, box=True,
        filled=await console.thread.read(file_proposed, answered),
    )  # fmt: skip


def tickets_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask for a query that tickets must fit; the parameters are those of the period."""

    async def then(typed: str) -> str:
        await console.thread.read(query_of, typed)
        take(replace(asked, query=typed))
        return ""

    return Asked(
        "Only calls of which tickets? Empty for all.", then, box=True,
        example="tag:e-filing outcome:escalated", filled=asked.query,
    )  # fmt: skip


def court_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask for the court and office; the parameters are those of the period."""
    rows = [_ALL_ROW]
    for court in console.desk.courts.values():
        rows.append(Row(court.id, f"{court.id:<22} {court.name}"))
        if len(court.offices) > 1:
            rows += [
                Row(f"{court.id}/{each.id}", f"{court.id}/{each.id:<17} {court.short}")
                for each in court.offices
            ]

    async def then(key: str) -> str:
        take(replace(asked, court="" if key == _ALL else key))
        return ""

    return Asked("Which court?", then, rows, box=True, example="a court or an office")


async def clerk_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask whose calls; the parameters are those of the period."""
    staff = await console.thread.read(list_staff)
    rows = [_ALL_ROW, *(Row(each.login, f"{each.login:<14} {each.role}") for each in staff)]

    async def then(key: str) -> str:
        take(replace(asked, clerk="" if key == _ALL else key))
        return ""

    return Asked("Whose calls?", then, rows, box=True, example="a login")


def symptom_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask for the symptom; the parameters are those of the period."""
    library = console.desk.library
    books = sorted((library.title(slug), slug) for slug in library.playbooks)
    rows = [_ALL_ROW, *(Row(slug, f"{title:<52} {slug}") for title, slug in books)]

    async def then(key: str) -> str:
        take(replace(asked, symptom="" if key == _ALL else key))
        return ""

    return Asked("Which symptom?", then, rows, box=True, example="a symptom")


def span_asked(console: HelpdeskApp, asked: Question, take: Take) -> Asked:
    """Ask for the spans of a trend, or the like; the parameters are those of the period."""
    units = ("", *units_of(console.desk, asked.report))
    said = [_SPANS.get(unit, unit) for unit in units]
    rows = [Row(str(place), f"{place}  {each}") for place, each in enumerate(said, 1)]

    async def then(key: str) -> str:
        take(replace(asked, unit=units[int(key) - 1]))
        return ""

    return Asked("By what?", then, rows)
