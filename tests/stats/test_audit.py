"""An auditor's own program: the reports recomputed from the raw tables, call by call."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.domain.ratios import Ratio
from tests.support.reports import figure, report, rows_of

WEEK: Final = 7 * 86_400
FORTNIGHT: Final = 14 * 86_400
ACTIVE: Final = {"open", "waiting", "escalated"}
ZONE: Final = ZoneInfo("America/Chicago")
FROM, TO = (int(datetime(2026, month, 1, tzinfo=ZONE).timestamp()) for month in (5, 6))
MAY: Final = "2026-05"

Row = dict[str, Any]


class Audit:
    """The rows of one desk, read by nothing of the program."""

    def __init__(self, path: Path) -> None:
        with closing(sqlite3.connect(path)) as file:
            file.row_factory = sqlite3.Row
            self.calls = [dict(row) for row in file.execute("SELECT * FROM call")]
            self.tickets = {row["id"]: dict(row) for row in file.execute("SELECT * FROM ticket")}
            self.links = dict(file.execute("SELECT call, min(ticket) FROM call_ticket GROUP BY 1"))
            self.spans = [dict(row) for row in file.execute("SELECT * FROM status_span")]
            self.promises = [dict(row) for row in file.execute("SELECT * FROM promise")]
            self.logins = dict(file.execute("SELECT id, login FROM clerk"))
            done = (
                "SELECT call FROM answer UNION SELECT call FROM action UNION SELECT call FROM note"
            )
            self.touched = {row[0] for row in file.execute(done)}
        for call in self.calls:
            call["ticket"] = self.links[call["id"]]
            call["about"] = self.tickets[call["ticket"]]["symptom"] or call["symptom"] or ""

    def reopened(self, ticket: int) -> bool:
        """Whether it was resolved and then worked on again."""
        spans = sorted(
            (each["from_at"], each["id"], each["status"])
            for each in self.spans if each["ticket"] == ticket
        )  # fmt: skip
        statuses = [status for _, _, status in spans]
        after = statuses[statuses.index("resolved") :] if "resolved" in statuses else []
        return not ACTIVE.isdisjoint(after)

    def inbound(self) -> Iterator[Row]:
        yield from (call for call in self.calls if call["direction"] == "in")

    def dropped(self, call: Row) -> bool:
        silent = call["talk_s"] == 0 and call["id"] not in self.touched
        return call["outcome"] == "dropped" or silent

    def handled(self) -> list[Row]:
        ended = [call for call in self.inbound() if call["outcome"] and not self.dropped(call)]
        return sorted(ended, key=lambda call: (call["started_at"], call["id"]))

    def may(self, calls: list[Row]) -> list[Row]:
        return [call for call in calls if FROM <= call["started_at"] < TO]

    def near(self, call: Row, *, alike: bool, later: bool) -> bool:
        """Whether the same caller called within a week before or after."""
        for other in self.inbound():
            apart = (other["started_at"] - call["started_at"]) * (1 if later else -1)
            if other["caller"] != call["caller"] or not 0 < apart <= WEEK:
                continue
            first, second = (call, other) if later else (other, call)
            same_contact = (
                first["outcome"] == "dropped"
                and second["started_at"] - (first["ended_at"] or first["started_at"]) <= 120
            )
            if not same_contact and (not alike or other["about"] == call["about"]):
                return True
        return False


def _p(values: list[int], share: float) -> float:
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    low, high = ordered[int(at)], ordered[min(int(at) + 1, len(ordered) - 1)]
    return low + (at - int(at)) * (high - low)


def _length(call: Row) -> int:
    return int(call["talk_s"] + call["hold_s"] + call["wrap_s"])


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Audit]]:
    from tests.support.clock import StillClock
    from tests.support.desks import open_as

    desk = open_as(tmp_path_factory.mktemp("audit") / "home", StillClock())
    fill_demo(desk, 250, days=70)
    yield desk, Audit(desk.folder.database)
    desk.close()


def test_volumes_and_times(audited: tuple[Desk, Audit]) -> None:
    desk, audit = audited
    began = audit.may(list(audit.inbound()))
    handled = audit.may(audit.handled())
    lengths = [_length(call) for call in handled]
    expected = {
        "started": len(began),
        "handled": len(handled),
        "dropped": sum(audit.dropped(call) for call in began),
        "aht_s": round(sum(lengths) / len(lengths), 3),
        "median_s": round(_p(lengths, 0.5), 3),
        "p90_s": round(_p(lengths, 0.9), 3),
        "wrap_median_s": _p([call["wrap_s"] for call in handled], 0.5),
        "escalation_rate": Ratio(sum(c["outcome"] == "escalated" for c in handled), len(handled)),
        "referral_rate": Ratio(sum(c["outcome"] == "referred" for c in handled), len(handled)),
    }
    assert {name: figure(desk, name, period=MAY) for name in expected} == expected


def test_resolution_and_repeats(audited: tuple[Desk, Audit]) -> None:
    desk, audit = audited
    first: dict[int, Row] = {}
    for call in audit.handled():
        first.setdefault(call["ticket"], call)
    calls = audit.may(list(first.values()))
    resolved = [
        call for call in calls
        if call["outcome"] == "resolved" and not audit.reopened(call["ticket"])
    ]  # fmt: skip
    ours = [call for call in calls if call["outcome"] != "referred"]
    lasting = [c for c in resolved if c["caller"] and not audit.near(c, alike=True, later=True)]
    known = [call for call in audit.may(audit.handled()) if call["caller"]]
    expected = {
        "gross_fcr": Ratio(len(resolved), len(calls)),
        "net_fcr": Ratio(len(resolved), len(ours)),
        "repeat_adjusted_fcr": Ratio(len(lasting), sum(c["caller"] is not None for c in ours)),
        "repeat_rate": Ratio(
            sum(audit.near(c, alike=True, later=False) for c in known), len(known)
        ),
        "repeat_any_rate": Ratio(
            sum(audit.near(c, alike=False, later=False) for c in known), len(known)
        ),
    }
    assert {name: figure(desk, name, period=MAY) for name in expected} == expected


def test_tickets_backlog_and_promises(audited: tuple[Desk, Audit]) -> None:
    desk, audit = audited
    resolved: dict[int, list[Row]] = defaultdict(list)
    for span in audit.spans:
        if span["status"] == "resolved" and FROM <= span["from_at"] < TO:
            resolved[span["ticket"]].append(span)
    after = {(span["ticket"], span["from_at"]): span["status"] for span in audit.spans}
    reopened = sum(
        any(
            span["to_at"] and span["to_at"] - span["from_at"] <= FORTNIGHT
            and after.get((ticket, span["to_at"])) in ACTIVE
            for span in spans
        )
        for ticket, spans in resolved.items()
    )  # fmt: skip
    now = desk.clock.now()
    at = min(now, TO)
    backlog = sum(
        span["status"] in ACTIVE and span["from_at"] <= at < (span["to_at"] or at + 1)
        for span in audit.spans
    )
    outbound = [call for call in audit.calls if call["direction"] == "out"]
    kept = due = 0
    for promise in audit.promises:
        if promise["kind"] != "callback" or not FROM <= promise["due_at"] < TO:
            continue
        tries = [
            call["started_at"] for call in outbound
            if call["ticket"] == promise["ticket"] and call["started_at"] >= promise["made_at"]
        ]  # fmt: skip
        in_time = bool(tries) and min(tries) <= promise["due_at"]
        early = promise["done_at"] is not None and promise["done_at"] <= promise["due_at"]
        if in_time or (not early and (promise["done_at"] or promise["due_at"] < now)):
            due, kept = due + 1, kept + in_time
    expected = {
        "tickets_opened": sum(FROM <= t["opened_at"] < TO for t in audit.tickets.values()),
        "tickets_resolved": len(resolved),
        "reopen_rate": Ratio(reopened, len(resolved)),
        "backlog": backlog,
        "callbacks_kept": Ratio(kept, due),
    }
    assert {name: figure(desk, name, period=MAY) for name in expected} == expected


@pytest.mark.parametrize(("name", "column"), [("by-symptom", "about"), ("by-clerk", "clerk")])
def test_the_rows_of_a_part(audited: tuple[Desk, Audit], name: str, column: str) -> None:
    desk, audit = audited
    groups: dict[str, list[int]] = defaultdict(list)
    for call in audit.may(audit.handled()):
        groups[str(call[column])].append(_length(call))
    rows = rows_of(report(desk, name, period=MAY))
    assert {key: rows[key]["handled"] for key in groups} == {
        key: len(lengths) for key, lengths in groups.items()
    }
    for key, lengths in groups.items():
        assert rows[key]["aht_s"] == round(sum(lengths) / len(lengths), 3)
        assert rows[key]["p90_s"] == round(_p(lengths, 0.9), 3)


def test_half_hours_weekdays_and_spans(audited: tuple[Desk, Audit]) -> None:
    desk, audit = audited
    slots: dict[str, int] = defaultdict(int)
    days: dict[str, int] = defaultdict(int)
    for call in audit.may(list(audit.inbound())):
        wall = datetime.fromtimestamp(call["started_at"], UTC).astimezone(ZONE)
        slots[f"{wall:%H}:{wall.minute // 30 * 30:02}"] += 1
        days[f"{wall:%Y-%m-%d}"] += 1
    found = rows_of(report(desk, "half-hours", period=MAY))
    assert {name: row["started"] for name, row in found.items() if row["started"]} == slots
    spans = rows_of(report(desk, "trend", period=MAY, unit="day"))
    assert {name: row["started"] for name, row in spans.items() if row["started"]} == days
