"""Lists of tickets against the rows themselves, read one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from helpdesk.desk.demo import fill_demo
from helpdesk.desk.desk import Desk
from helpdesk.desk.tickets import count_tickets, list_tickets, query_of
from helpdesk.domain.tickets import TicketRow, status_now
from helpdesk.port import Statement, Value
from helpdesk.store import ticket_lists, ticket_ways
from helpdesk.store.search import index_tickets
from tests.support.clock import START, StillClock
from tests.support.desks import open_as

TICKETS = 240
DAY = 86_400

MERGED = {
    9: 8, 20: 19, 21: 20, 22: 21, 31: 32, 40: 42, 41: 43, 50: 49, 51: 49,
    **{each: each + 1 for each in range(100, 160, 3)},
}  # fmt: skip
"""Which of the tickets went on in which, some of them by a detour."""

Facts = dict[str, Any]


def rows(desk: Desk, sql: str, params: tuple[Value, ...] = ()) -> list[Facts]:
    return list(desk.port.query(sql, params).dicts())


def marked(desk: Desk) -> list[Statement]:
    """Rows that a made-up history does not have, spread over its tickets."""
    tickets = [row["id"] for row in rows(desk, "SELECT id FROM ticket ORDER BY id")]
    calls = [row["id"] for row in rows(desk, "SELECT id FROM call ORDER BY id")]
    clerk, at = desk.clerk.id, desk.clock.now()
    made: list[Statement] = [
        ("UPDATE ticket SET status = 'void' WHERE id = ?", (tickets[3],)),
        ("UPDATE ticket SET status = 'waiting', wakes_at = ? WHERE id = ?", (at - 5, tickets[5])),
        ("UPDATE ticket SET status = 'waiting', wakes_at = ? WHERE id = ?", (at + 5, tickets[6])),
        ("UPDATE ticket SET status = 'escalated', wakes_at = ? WHERE id = ?", (at, tickets[7])),
        (
            "UPDATE ticket SET status = 'escalated', wakes_at = ? WHERE id = ?",
            (at + 1, tickets[8]),
        ),
        ("UPDATE call SET talk_s = 20000 WHERE id = ?", (calls[9],)),
        ("UPDATE call SET playbook_outcome = 'nothing' WHERE id = ?", (calls[10],)),
        ("UPDATE call SET clock_changed = 1 WHERE id = ?", (calls[12],)),
        ("UPDATE call SET playbook_outcome = outcome WHERE id = ?", (calls[11],)),
    ]
    made += [("UPDATE call SET edited = 1 WHERE id = ?", (each,)) for each in calls[20:24]]
    review = "INSERT INTO call_review(call, at, clerk, text, struck) VALUES (?, ?, ?, '', ?)"
    made += [(review, (calls[20], at, clerk, 0)), (review, (calls[21], at, clerk, 1))]
    made += [
        ("INSERT INTO tag(ticket, tag) VALUES (?, ?)", (each, tag))
        for tag, every in (("urgent", 3), ("test", 4)) for each in tickets[::every]
    ]  # fmt: skip
    incident = """INSERT INTO incident(id, n, court, symptom, line, declared_at, clerk)
        VALUES (?, ?, 'ianb', 'fault ' || ?, '', ?, ?)"""
    made += [(incident, (n, n, n, at, clerk)) for n in (1, 12)]
    joined = """INSERT INTO incident_ticket(id, incident, ticket, at, clerk, struck)
        VALUES (?, ?, ?, ?, ?, ?)"""
    made += [
        (joined, (1, 12, tickets[30], at, clerk, 0)), (joined, (2, 12, tickets[31], at, clerk, 1)),
        (joined, (3, 1, tickets[31], at, clerk, 0)),
    ]  # fmt: skip
    escalated = """INSERT INTO escalation(id, ticket, target, at, clerk, returns_at, struck)
        VALUES (?, ?, ?, ?, ?, 0, ?)"""
    made += [
        (escalated, (1, tickets[40], "lead", at, clerk, 0)),
        (escalated, (2, tickets[41], "lead", at, clerk, 0)),
        (escalated, (3, tickets[41], "jlee", at + 1, clerk, 0)),
        (escalated, (4, tickets[40], "jlee", at + 1, clerk, 1)),
    ]
    many = """UPDATE ticket SET changed_at = (SELECT max(changed_at) FROM ticket)
        WHERE id > ? AND id < ?"""
    made += [
        (many, (tickets[60], tickets[90])),
        ("UPDATE promise SET due_at = due_at / 86400 * 86400 WHERE done_at IS NULL", ()),
        (
            """INSERT INTO promise(ticket, kind, due_at, zone, made_at, clerk)
            SELECT ticket, kind, due_at + id % 2 * 3600, zone, made_at, clerk FROM promise
            WHERE done_at IS NULL AND struck = 0 AND id % 3 <> 0""",
            (),
        ),
    ]
    into = "UPDATE ticket SET status = 'merged', merged_into = ? WHERE id = ?"
    made += [(into, (tickets[root], tickets[each])) for each, root in MERGED.items()]
    return [*made, index_tickets(tickets)]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with a made-up history of some weeks, which the tests only look at."""
    clock = StillClock()
    desk = open_as(tmp_path_factory.mktemp("listed"), clock)
    fill_demo(desk, TICKETS, days=40)
    desk.port.transact("marks", clock.at, marked(desk))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def facts(listed: Desk) -> list[Facts]:
    """Every ticket with what is asked of it, put together row by row."""
    found = []
    sql = "SELECT t.*, k.login FROM ticket t JOIN clerk k ON k.id = t.clerk ORDER BY t.id"
    for row in rows(listed, sql):
        own = (row["id"],)
        row["calls"] = [
            dict(each) for each in rows(
                listed, "SELECT l.*, r.struck AS review FROM call_ticket x JOIN call l "
                "ON l.id = x.call LEFT JOIN call_review r ON r.call = l.id WHERE x.ticket = ?", own
            )
        ]  # fmt: skip
        row["lengths"] = [
            each["talk_s"] + each["hold_s"] for each in row["calls"] if each["talk_s"] is not None
        ]
        for table, what in (("tag", "tag"), ("action", "kind"), ("note", "text")):
            there = f"SELECT {what} AS it FROM {table} WHERE ticket = ?"
            row[table] = [each["it"] for each in rows(listed, there, own)]
        due = "SELECT due_at FROM promise WHERE ticket = ? AND done_at IS NULL AND struck = 0"
        row["due"] = [each["due_at"] for each in rows(listed, due, own)]
        target = "SELECT at, id, target FROM escalation WHERE ticket = ? AND struck = 0"
        row["targets"] = [tuple(each.values()) for each in rows(listed, target, own)]
        incident = """SELECT n FROM incident_ticket x JOIN incident i ON i.id = x.incident
            WHERE x.ticket = ? AND x.struck = 0"""
        row["incidents"] = [each["n"] for each in rows(listed, incident, own)]
        name = rows(listed, "SELECT name, firm FROM caller WHERE id = ?", (row["caller"],))
        row["who"] = [f"{each['name']} {each['firm']}".lower() for each in name]
        row["now"] = status_now(row["status"], row["wakes_at"], listed.clock.now())
        found.append(row)
    return with_merged(found)


def with_merged(tickets: list[Facts]) -> list[Facts]:
    """Every ticket that stands for itself, with what is written on those that go on in it."""
    by_id = {ticket["id"]: ticket for ticket in tickets}
    kept = ("calls", "lengths", "action", "note", "due", "targets", "incidents", "who")
    for ticket in tickets:
        root = ticket
        while root["merged_into"] is not None:
            root = by_id[root["merged_into"]]
        if root is not ticket:
            for each in kept:
                root[each] = root[each] + ticket[each]
    return [ticket for ticket in tickets if ticket["merged_into"] is None]


def target(ticket: Facts) -> str:
    return str(max(ticket["targets"], default=("", "", ""))[-1])


def flagged(ticket: Facts) -> bool:
    return any(
        (call["edited"] or call["clock_changed"]
         or sum(call[clock] or 0 for clock in ("talk_s", "hold_s", "wrap_s")) > 4 * 3600
         or call["playbook_outcome"] not in {None, call["outcome"]}) and call["review"] != 0
        for call in ticket["calls"]
    )  # fmt: skip


def is_llp(ticket: Facts) -> bool:
    return any(who.endswith(" llp") for who in ticket["who"])


def local_day(ticket: Facts) -> int:
    """The day in Chicago in the summer, counted from that of the clock."""
    return int((ticket["opened_at"] - 5 * 3600) // DAY - (START - 5 * 3600) // DAY)


ASKED: dict[str, Callable[[Facts], bool]] = {
    "": bool,
    "status:void": lambda t: t["status"] == "void",
    "status:open": lambda t: t["now"] == "open",
    "status:open,waiting": lambda t: t["now"] in {"open", "waiting"},
    "-status:resolved,closed": lambda t: t["now"] not in {"resolved", "closed"},
    "status:escalated": lambda t: t["now"] == "escalated",
    "status:waiting firewall": lambda t: t["now"] == "waiting" and "firewall" in words(t),
    "status:open court:ianb": lambda t: t["now"] == "open" and t["court"] == "ianb",
    "court:ianb": lambda t: t["court"] == "ianb",
    "-court:ianb,iasb": lambda t: t["court"] not in {"ianb", "iasb"},
    "office:cedar-rapids": lambda t: t["office"] == "cedar-rapids",
    "clerk:jlee -court:ianb": lambda t: t["login"] == "jlee" and t["court"] != "ianb",
    "symptom:linking": lambda t: (t["symptom"] or "").startswith("linking"),
    "-sym:linking": lambda t: not (t["symptom"] or "").startswith("linking"),
    "outcome:waiting,callback": lambda t: t["outcome"] in {"waiting", "callback"},
    "tag:urgent": lambda t: "urgent" in t["tag"],
    "-tag:test tag:urgent": lambda t: "urgent" in t["tag"] and "test" not in t["tag"],
    "action:instructions-sent": lambda t: "instructions-sent" in t["action"],
    "-action:instructions-sent": lambda t: "instructions-sent" not in t["action"],
    "dur>10m": lambda t: max(t["lengths"], default=-1) > 600,
    "dur<=2m": lambda t: -1 < max(t["lengths"], default=-1) <= 120,
    "-dur<=2m": lambda t: not -1 < max(t["lengths"], default=-1) <= 120,
    "calls>1": lambda t: len(t["calls"]) > 1,
    "calls>=2": lambda t: len(t["calls"]) > 1,
    "calls<3": lambda t: len(t["calls"]) < 3,
    "-calls>1": lambda t: len(t["calls"]) < 2,
    "reopened:yes": lambda t: t["reopened"] > 0,
    "reopened:no": lambda t: t["reopened"] == 0,
    "edited:yes": lambda t: any(call["edited"] for call in t["calls"]),
    "-edited:yes": lambda t: not any(call["edited"] for call in t["calls"]),
    "flagged:yes": flagged,
    "flagged:no": lambda t: not flagged(t),
    "incident:12": lambda t: 12 in t["incidents"],
    "incident:1,12": lambda t: t["incidents"] != [],
    "escalated-to:lead": lambda t: target(t) == "lead",
    "escalated-to:jlee": lambda t: target(t) == "jlee",
    "is:late": lambda t: any(due < START for due in t["due"]),
    "-is:late": lambda t: not any(due < START for due in t["due"]),
    "due:next-7d": lambda t: any(0 <= due - START + 29_643 < 7 * DAY for due in t["due"]),
    "opened:last-7d": lambda t: -7 < local_day(t) <= 0,
    "opened:last-14d firewall": lambda t: local_day(t) > -14 and "firewall" in words(t),
    "opened<last-7d -firewall": lambda t: local_day(t) < -6 and "firewall" not in words(t),
    "changed>2026-05-20": lambda t: t["changed_at"] >= 1_779_339_600,
    "resolved<2026-05-20": lambda t: (t["resolved_at"] or 2**40) < 1_779_253_200,
    "caller:fairbank": lambda t: any("fairbank," in who for who in t["who"]),
    "firm:llp": is_llp,
    "-firm:llp status:resolved": lambda t: not is_llp(t) and t["now"] == "resolved",
}


def words(ticket: Facts) -> str:
    return " ".join(ticket["note"]).lower()


def walked(desk: Desk, typed: str, page: int, *, backwards: bool) -> list[TicketRow]:
    query, found, beside = query_of(desk, typed), list[TicketRow](), None
    while more := list_tickets(desk, query, page, beside, backwards=backwards):
        found = [*more, *found] if backwards else [*found, *more]
        beside = more[0] if backwards else more[-1]
    return found


@pytest.mark.parametrize("typed", ASKED)
def test_a_list_holds_what_its_words_say_whichever_way_it_is_reached(
    listed: Desk, facts: list[Facts], monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    wanted = [each["id"] for each in facts if ASKED[typed](each)]
    wanted = [
        each["id"] for each in reversed(facts)
        if each["id"] in set(wanted) and (each["status"] != "void" or typed == "status:void")
    ]  # fmt: skip
    assert wanted, "a claim about nothing"
    for few in (5_000, 3):
        monkeypatch.setattr(ticket_ways, "FEW", few)
        found = list_tickets(listed, query_of(listed, typed), 1_000)
        assert [row.id for row in found] == wanted
        assert count_tickets(listed, query_of(listed, typed)) == len(wanted)


BOTH: list[tuple[str, str]] = [
    ("firm:llp", "is:late"), ("firm:llp", "edited:yes"),
    ("-firm:llp status:resolved", "court:ianb"),
    ("firm:llp", "opened:last-7d"), ("firm:llp", "calls>1"), ("firm:llp", "dur>10m"),
    ("-opened:last-7d", "symptom:linking"), ("caller:fairbank", "reopened:no"),
    ("opened:last-7d", "-court:ianb,iasb"), ("changed>2026-05-20", "resolved<2026-05-20"),
    ("firm:llp", "changed>2026-05-20"), ("opened<last-7d -firewall", "reopened:no"),
    ("firm:llp", "escalated-to:lead"), ("symptom:linking", "is:late"),
]  # fmt: skip
"""Queries that are asked together."""


def asked_of(typed: str) -> Callable[[Facts], bool]:
    """What holds of a ticket for a query of ``ASKED``, or for one that is refused there."""
    if typed.startswith("-") and typed not in ASKED:
        return lambda ticket: not ASKED[typed[1:]](ticket)
    return ASKED[typed]


def in_order(found: list[Facts], sort: str) -> list[int]:
    if sort == "due":
        return [each["id"] for each in sorted(
            (each for each in found if each["due"]), key=lambda t: (min(t["due"]), t["id"])
        )]  # fmt: skip
    by = "changed_at" if sort == "changed" else "opened_at"
    found = sorted(found, key=lambda t: (t[by], t["id"]), reverse=sort != "oldest")
    return [each["id"] for each in found]


@pytest.mark.parametrize("typed", [*((each,) for each in ASKED), *BOTH])
def test_every_order_has_the_same_pages_whichever_way_they_are_reached(
    listed: Desk, facts: list[Facts], monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    held = [asked_of(each) for each in typed]
    found = [
        each for each in facts
        if all(holds(each) for holds in held)
        and (each["status"] != "void" or typed == ("status:void",))
    ]  # fmt: skip
    for few, stretch in ((3, 25), (3, 1_000), (3, 8), (20, 25)):
        monkeypatch.setattr(ticket_ways, "FEW", few)
        monkeypatch.setattr(ticket_ways, "STRETCH", stretch)
        for sort in ("changed", "due", "newest", "oldest"):
            asked, wanted = f"{' '.join(typed)} sort:{sort}", in_order(found, sort)
            assert [row.id for row in walked(listed, asked, 17, backwards=False)] == wanted, asked
            assert [row.id for row in walked(listed, asked, 23, backwards=True)] == wanted, asked
            query = query_of(listed, asked)
            assert count_tickets(listed, query) == len(wanted)
            assert sorted(ticket_lists.find_ids(listed.port, query, START, 999)) == sorted(wanted)


@pytest.mark.parametrize("sort", ["newest", "oldest", "changed", "due"])
@pytest.mark.parametrize("typed", ["", "firewall", "status:open", "edited:yes", "court:ianb"])
def test_pages_join_without_a_gap_in_both_directions(
    listed: Desk, monkeypatch: pytest.MonkeyPatch, typed: str, sort: str
) -> None:
    monkeypatch.setattr(ticket_ways, "FEW", 3 if sort in {"oldest", "changed"} else 5_000)
    asked = f"{typed} sort:{sort}"
    there = walked(listed, asked, 7, backwards=False)
    assert walked(listed, asked, 5, backwards=True) == there
    assert len({row.id for row in there}) == len(there)
    places = [(row.place, row.id) for row in there]
    assert places == sorted(places, reverse=sort in {"newest", "changed"})
    assert count_tickets(listed, query_of(listed, asked)) == len(there)


def test_what_is_due_comes_soonest_first_and_each_ticket_once(
    listed: Desk, facts: list[Facts]
) -> None:
    found = [(row.place, row.id) for row in walked(listed, "sort:due", 50, backwards=False)]
    assert found == sorted((min(t["due"]), t["id"]) for t in facts if t["due"])


def test_the_beginning_of_a_long_word_finds_what_the_index_finds_by_it(
    listed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = listed.port.query("SELECT text FROM ticket_text LIMIT 40").rows
    words = {word for (text,) in texts for word in re.findall(r"\b[a-z0-9]{6,}", text.lower())}
    begun = sorted({word[:end] for word in words for end in range(6, len(word) + 1)})
    asked = [each for long in begun for each in (long, f"caller:{long}", f"firm:{long.upper()}")]
    asked += [f"linking-{long}" for long in begun if long.isalpha()]
    assert len(begun) > 300

    def found() -> list[list[int]]:
        return [
            sorted(ticket_lists.find_ids(listed.port, query, 0, 5_000))
            for query in (query_of(listed, each, half_typed=True) for each in asked)
        ]

    by_words = found()
    monkeypatch.setattr(ticket_ways, "find_words", lambda *_: [])
    assert by_words == found()
    assert len([each for each in by_words if each]) > len(begun)
