"""What holds for every report whose rows are things that happened."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import make_report
from helpdesk.desk.report_scope import Question
from helpdesk.desk.reports import tickets_of_cell
from helpdesk.errors import BadInput, StoreBusy
from helpdesk.port import Rows, Value
from tests.support.clock import StillClock
from tests.support.desks import open_as, open_with_history
from tests.support.reports import report

REPORTS = (
    "repeat-callers", "callbacks", "backlog", "playbooks", "credentials", "data-quality",
    "hand-over", "incidents", "escalations",
)  # fmt: skip
OF_CLERKS = ("callbacks", "credentials", "escalations")
_SUM = re.compile(r"([\d,]+) = ((?:[^=;+]*? [\d,]+(?: \+ )?)+)")


@pytest.fixture
def busy(home: Path, clock: StillClock) -> Iterator[Desk]:
    """A desk with a made-up history."""
    desk = open_with_history(home, clock)
    yield desk
    desk.close()


def number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.mark.parametrize("name", REPORTS)
def test_every_column_is_explained_and_every_sum_of_the_foot_adds_up(
    busy: Desk, name: str
) -> None:
    table = report(busy, name)
    assert set(table.columns) == set(table.meant)
    assert len(table.keys) == len(table.rows) == len(set(table.keys))
    assert len(table.tickets) in {0, len(table.rows)}
    sums = [found for line in table.footer if (found := _SUM.search(line))]
    assert sums
    for found in sums:
        parts = [number(part.split()[-1]) for part in found[2].split(" + ")]
        assert sum(parts) == number(found[1]), found[0]


@pytest.mark.parametrize("name", [each for each in REPORTS if each != "data-quality"])
def test_a_court_a_symptom_and_tickets_leave_fewer_tickets_behind(busy: Desk, name: str) -> None:
    def behind(**said: str) -> set[int]:
        return set(tickets_of_cell(busy, make_report(busy, Question(name, **said)), -1, ""))

    every, ianb = behind(), behind(court="ianb")
    offices = behind(court="ianb/cedar-rapids")
    assert offices <= ianb <= every
    assert behind(symptom="linking-error") <= every
    assert behind(query="court:ianb") == ianb
    assert len(ianb) < len(every) or not every


def test_a_clerk_sees_the_own_rows_and_how_many_others_there_are(
    home: Path, clock: StillClock, busy: Desk
) -> None:
    whole = {name: len(report(busy, name).rows) for name in OF_CLERKS}
    busy.close()
    with closing(open_as(home, clock, (3, "akim"), "clerk")) as other:
        for name in OF_CLERKS:
            table = report(other, name)
            clerk = table.columns.index("clerk")
            assert {row[clerk] for row in table.rows} == {"akim"}
            assert f"of other clerks {whole[name] - len(table.rows)}" in table.footer[0]


def test_what_a_report_cannot_go_by_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="repeat-callers goes by person, phone, firm, office"):
        make_report(desk, Question("repeat-callers", unit="week"))


@pytest.mark.parametrize("refused", [False, True])
def test_after_a_report_garbage_is_collected_as_before_also_when_it_was_refused(
    busy: Desk, *, refused: bool
) -> None:
    asked, collected = busy.port.query, list[bool]()

    def query(sql: str, params: Sequence[Value] = ()) -> Rows:
        if "FROM escalation" in sql:
            collected.append(gc.isenabled())
            if refused:
                raise StoreBusy("Another program holds it.")
        return asked(sql, params)

    busy.port.query = query  # type: ignore[method-assign]
    if refused:
        with pytest.raises(StoreBusy):
            report(busy, "escalations")
    else:
        assert report(busy, "escalations").rows
    assert collected == [False]
    assert gc.isenabled()
