"""Hostile text through the acts: kept as it was said, found again, and told in every file."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import load_workbook

from helpdesk.desk.abouts import about_export
from helpdesk.desk.desk import Desk
from helpdesk.desk.exports import export_rows
from helpdesk.desk.logged import log_call
from helpdesk.desk.tickets import list_tickets, query_of
from helpdesk.domain.calls import Caller
from helpdesk.domain.export_columns import EXPORTS
from helpdesk.domain.queries import LONGEST
from helpdesk.domain.query_parts import BadQuery
from helpdesk.domain.records import CallRecord
from helpdesk.domain.safe_text import storable
from helpdesk.errors import SecretFound
from helpdesk.files.row_export import write_export
from helpdesk.files.row_file import open_rows
from tests.support.clock import START
from tests.support.hostile import HOSTILE


def logged(desk: Desk, text: str, number: int) -> str:
    """A call with a hostile caller and note; gives the ticket's number."""
    record = CallRecord(
        START - 3_600, "ianb", "cedar-rapids", Caller(0, name=text, firm=text),
        f"212-555-01{number:02}", "linking-error", note=text, outcome="resolved", talk_s=60,
    )  # fmt: skip
    return log_call(desk, record)[1]


def test_hostile_text_is_kept_as_it_was_said_and_found_by_its_words(desk: Desk) -> None:
    for place, (kind, text) in enumerate(HOSTILE.items()):
        number = logged(desk, text, place)
        kept = desk.port.query("SELECT text FROM note ORDER BY id DESC LIMIT 1").value()
        assert kept == storable(text).strip(), kind
        words = [word for word in re.findall(r"\w+", kept) if len(word) < 40 and word[0] != "_"]
        if words:
            found = list_tickets(desk, query_of(desk, " ".join(words[:3])), 50)
            assert number in [each.number for each in found], kind


def test_no_text_passes_for_what_filters_look_for(desk: Desk) -> None:
    forged = "forged _court_ncmb _status_open _clerk_jlee _tag_vip _phone_0199"
    logged(desk, forged, 0)
    for typed in ("court:ncmb", "court:ncmb forged", "status:open forged", "phone:0199"):
        assert not list_tickets(desk, query_of(desk, typed), 50), typed


def test_any_hostile_text_is_a_query_that_is_answered_or_refused(desk: Desk) -> None:
    logged(desk, "plain", 0)
    for text in HOSTILE.values():
        for typed in (text, f"caller:{text}", f'"{text}"', f"-{text}", f"phone:{text}"):
            with suppress(SecretFound):  # what looks like one is looked for by nobody
                list_tickets(desk, query_of(desk, typed, half_typed=True), 50)
            with suppress(BadQuery, SecretFound):
                list_tickets(desk, query_of(desk, typed), 50)


@pytest.mark.parametrize(
    "typed", ["a " * 499, "-x " * 330, "caller:" + "a," * 480, "phone:1 " * 120]
)
def test_the_longest_query_is_answered_and_a_longer_one_is_refused(desk: Desk, typed: str) -> None:
    assert not list_tickets(desk, query_of(desk, typed), 50)
    with pytest.raises(BadQuery, match="at most 1,000 characters, not 1,"):
        query_of(desk, typed + " " * LONGEST)
    assert query_of(desk, typed + " " * LONGEST, half_typed=True).unread


def test_hostile_text_comes_back_from_every_file_as_it_was_and_no_cell_is_a_formula(
    desk: Desk, tmp_path: Path
) -> None:
    kept, name = {}, 0
    for place, text in enumerate(HOSTILE.values()):
        number = logged(desk, text, place)
        kept[number] = " ".join(storable(text).split())
    for form in ("csv", "xlsx", "jsonl"):
        path = tmp_path / f"tickets.{form}"
        rows = export_rows(desk, "tickets", "")
        about = about_export(desk, "tickets", "")
        write_export(path, form, EXPORTS["tickets"], rows, about)
        file = open_rows(path)
        at, name = file.headings.index("number"), file.headings.index("caller_name")
        for _, cells in file.rows():
            told = " ".join(cells[name].split())
            assert shown_in(form, told) == shown_in(form, kept[cells[at]]), form
    with (tmp_path / "tickets.csv").open(encoding="utf-8-sig", newline="") as file_:
        begun = {row[name][:1] for row in csv.reader(file_)}
    assert not begun & set("=+-@\t\r")
    sheets = load_workbook(tmp_path / "tickets.xlsx")
    cells_ = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells_ if cell.data_type == "f" or cell.hyperlink]


def shown_in(form: str, text: str) -> str:
    """A text as a file holds it: a workbook has no control signs."""
    return re.sub(r"[^\w\s!-~]+|_x[0-9A-F]{4}_", "", text) if form == "xlsx" else text
