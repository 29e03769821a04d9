"""What is fuzzed: each target takes bytes, and only a :class:`HelpdeskError` may come out of it.

A target checks what must hold for every input, and says ``assert`` where it does not.
"""

from __future__ import annotations

import json
import tempfile
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from helpdesk.courts import read_courts
from helpdesk.desk.desk import Desk
from helpdesk.desk.import_intervals import plan_intervals
from helpdesk.desk.import_plan import plan_import
from helpdesk.desk.logged import actions_said, answers_said, times_said
from helpdesk.domain import guard
from helpdesk.domain.business_time import hours_meant
from helpdesk.domain.import_dates import ORDERS, read_date
from helpdesk.domain.import_values import (
    UNITS,
    direction_meant,
    flag_meant,
    outcome_meant,
    seconds_meant,
)
from helpdesk.domain.imports import Options
from helpdesk.domain.periods import period_meant
from helpdesk.domain.phones import looks_like_phone, read_phone, shown
from helpdesk.domain.query_parts import BadQuery
from helpdesk.domain.query_reading import Asker, query_meant
from helpdesk.domain.safe_text import block, line, storable
from helpdesk.domain.whens import clock_on, minutes_meant, moment_from_iso, moment_meant
from helpdesk.errors import HelpdeskError
from helpdesk.files.csv_file import guarded, unguarded
from helpdesk.files.row_file import open_rows
from helpdesk.playbooks.declarations import read_actions, read_facts, read_referrals
from helpdesk.playbooks.including import resolve
from helpdesk.playbooks.questions import read_questions
from helpdesk.playbooks.reading import read_passages, read_playbook
from helpdesk.settings import read_settings
from tests.support.clock import StillClock
from tests.support.desks import open_as
from tests.support.workbooks import workbook_around

Target = Callable[[bytes], None]

ZONE: Final = "America/New_York"
NOW: Final = 1_780_319_643


def _text(data: bytes) -> str:
    """Bytes as a text, lone surrogates among them."""
    return data.decode("utf-8", "surrogateescape")


def playbooks(data: bytes) -> None:
    """A playbook is read, or refused with places in the file."""
    with suppress(HelpdeskError):
        raw = read_playbook(_text(data), "fuzzed", "fuzzed.yaml")
        resolve(raw, {})
        for fault in raw.document.faults:
            assert line(fault)


def declarations(data: bytes) -> None:
    """So is every other file of a playbooks folder."""
    text = _text(data)
    for read in (read_passages, read_facts, read_actions, read_referrals, read_questions):
        with suppress(HelpdeskError):
            _, document = read(text, "fuzzed.yaml")
            for fault in document.faults:
                assert line(fault)


def settings(data: bytes) -> None:
    """Settings and courts are read whole, or refused with every fault."""
    text = _text(data)
    for read in (read_settings, read_courts):
        with suppress(HelpdeskError):
            read(text, "fuzzed.yaml")
    with suppress(HelpdeskError):
        hours_meant(tuple(text.split("\n")))


def queries(data: bytes) -> None:
    """A query is read or refused, the place of the fault in it; while typing never refused."""
    text = _text(data)
    asker = Asker(NOW, ZONE, "mortiz", lambda field: ("linking", "ianb", field))
    query_meant(text, asker, half_typed=True)
    wrong: HelpdeskError | None = None
    try:
        query_meant(text, asker)
    except HelpdeskError as refused:
        wrong = refused
    if isinstance(wrong, BadQuery):
        assert 0 <= wrong.start < wrong.end
        assert wrong.carets.strip(" ").startswith("^")


def imports_csv(data: bytes) -> None:
    """A CSV of any kind becomes a plan, or one sentence."""
    _plan(".csv", data)


def imports_jsonl(data: bytes) -> None:
    """So do lines of JSON."""
    _plan(".jsonl", data)


def imports_xlsx(data: bytes) -> None:
    """So does a workbook; what is no archive is taken for the XML of its one sheet."""
    _plan(".xlsx", data if data.startswith(b"PK") else workbook_around(data))


def import_values(data: bytes) -> None:
    """What stands in the cells of an old log."""
    text = _text(data)
    for order in ORDERS:
        with suppress(HelpdeskError):
            read_date(text, order)
    for unit in UNITS:
        with suppress(HelpdeskError):
            assert seconds_meant(text, unit) >= 0
    for read in (direction_meant, flag_meant, outcome_meant):
        with suppress(HelpdeskError):
            read(text)
    assert unguarded(str(guarded(text))) == text


def keep_secrets_out(data: bytes) -> None:
    """The guard answers, and what it blanked holds nothing it knows."""
    text = _text(data)
    found = guard.find_secret(text)
    if found is not None:
        assert 0 <= found.start <= found.end <= len(text)
    assert guard.find_secret(guard.blanked(text)) is None
    assert len(guard.safe_to_save(text)) <= len(text)


def terminal_text(data: bytes) -> None:
    """No control sign gets through, and what can be stored stays what it is."""
    text = _text(data)
    for made in (line(text), block(text)):
        assert not {unicodedata.category(sign) for sign in made} & {"Cs", "Zl", "Zp"}
        controls = {sign for sign in made if unicodedata.category(sign) == "Cc"}
        assert controls <= ({"\n"} if made is not line(text) else set())
        assert line(made) == line(line(made))
    kept = storable(text)
    kept.encode()
    assert "\0" not in kept
    assert storable(kept) == kept


def times(data: bytes) -> None:
    """Times, periods and lengths as people type them."""
    text = _text(data)
    with suppress(HelpdeskError):
        assert moment_meant(text, NOW, ZONE) > NOW
    with suppress(HelpdeskError):
        assert 0 < minutes_meant(text) <= 86_400
    for ahead in (False, True):
        with suppress(HelpdeskError):
            period = period_meant(text, NOW, ZONE, ahead=ahead)
            assert period.start < period.end
            assert str(period)
    with suppress(HelpdeskError):
        clock_on(text, date(2026, 3, 8), ZONE)
    with suppress(HelpdeskError):
        moment_from_iso(text, ZONE)
    with suppress(HelpdeskError):
        times_said(_desk(), _desk().home_office, text, None)


def answers(data: bytes) -> None:
    """Answers and actions as the command line gives them."""
    text = _text(data)
    playbook = next(iter(_desk().library.playbooks.values()))
    with suppress(HelpdeskError):
        answers_said(playbook, text.split("\n"))
    with suppress(HelpdeskError):
        actions_said(text.split("\n"))


def phones(data: bytes) -> None:
    """Numbers in any spelling."""
    text = _text(data)
    phone = read_phone(text)
    assert phone.digits.isascii()
    assert not phone.digits or phone.digits.isdecimal()
    assert str(phone) or not phone.digits
    assert shown(phone.digits) or not phone.digits
    looks_like_phone(text)


TARGETS: Final[Mapping[str, Target]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        playbooks, declarations, settings, queries, imports_csv, imports_jsonl, imports_xlsx,
        import_values, keep_secrets_out, terminal_text, times, answers, phones,
    )
}  # fmt: skip
"""Every target by its name."""


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fuzz-"))


@cache
def _desk() -> Desk:
    """A desk that nothing is written into."""
    return open_as(_folder() / "home", StillClock())


def _plan(ending: str, data: bytes) -> None:
    """Plan the import of a file, as calls and as a phone system's intervals."""
    path = _folder() / f"fuzzed{ending}"
    path.write_bytes(data)
    with suppress(HelpdeskError):
        file = open_rows(path)
        with closing(plan_import(_desk(), file, {}, Options(dates="mdy"))) as plan:
            assert plan.rows == plan.known + len(plan.faults) + len(plan.spool)
            json.dumps([fault.reason for fault in plan.faults])
            for calls in plan.spool.tickets_in_order():
                assert calls
        plan_intervals(_desk(), file, {}, Options())
