from __future__ import annotations

from dataclasses import replace

from helpdesk.domain.calls import Done, Note
from helpdesk.domain.journal import Change
from helpdesk.domain.promises import Promised
from helpdesk.domain.ticket_history import Answered, Journaled, MergedIn, PastTalk, TicketHistory
from helpdesk.domain.tickets import TicketRow
from helpdesk.files.ticket_json import ticket_as_json
from tests.support.clock import START

ROW = TicketRow(
    1, 2026, 1, "open", None, "", "", "ianb", "cedar-rapids", "America/Chicago", "mortiz", START
)
BARE = TicketHistory(ROW, "", (), (), (), (), (), ())


def test_a_ticket_of_which_nothing_is_known_has_every_name() -> None:
    made = ticket_as_json(BARE)
    assert made["outcome"] is made["symptom"] is made["resolved_at"] is None
    assert made["caller"] == {"name": None, "firm": None, "phone": None, "email": None}
    for name in ("tags", "calls", "answers", "actions", "notes", "promises", "journal"):
        assert made[name] == []


def test_every_part_has_the_shared_names_and_utc_times() -> None:
    end = START + 60
    history = TicketHistory(
        ROW,
        "T-26-00002",
        (PastTalk(START, None, None, None, None, "UTC", "mortiz", "", "", False, False),),
        (Answered("query", 7, "ab12", "live", "Is it live?", "yes", START, "mortiz", False),),
        (Done(3, "sent", START, "mortiz", {"how": "mail"}, end, True),),
        (Note(START, "mortiz", "a\nb"),),
        (Promised("callback", end, "UTC", START, "mortiz", None, False),),
        (Journaled(1, START, "mortiz", "start_call", None, (Change("call", None, "9"),)),),
    )
    made = ticket_as_json(history)
    at, later = "2026-06-01T13:14:03Z", "2026-06-01T13:15:03Z"
    assert made["merged_into"] == "T-26-00002"
    assert made["calls"][0]["started_at"] == at
    assert made["calls"][0]["ended_at"] is made["calls"][0]["talk_s"] is None
    assert made["answers"][0] == {
        "playbook": "query", "version": 7, "version_hash": "ab12", "step": "live",
        "words": "Is it live?", "answer": "yes", "at": at, "clerk": "mortiz", "struck": False,
    }  # fmt: skip
    assert made["actions"][0] == {
        "kind": "sent", "at": at, "clerk": "mortiz", "fields": {"how": "mail"},
        "expires_at": later, "struck": True,
    }  # fmt: skip
    assert made["notes"][0] == {"at": at, "clerk": "mortiz", "text": "a\nb", "struck": False}
    assert made["promises"][0]["due_at"] == later
    assert made["journal"][0]["changes"] == [{"field": "call", "old": None, "new": "9"}]


def test_a_merged_ticket_comes_with_its_calls_and_notes() -> None:
    call = PastTalk(START, None, None, None, None, "UTC", "mortiz", "", "", False, False)
    merged = MergedIn(2, "T-26-00002", (call,), (), (Note(START, "mortiz", "by mail"),))
    (made,) = ticket_as_json(replace(BARE, merged_in=(merged,)))["merged_in"]
    assert made["number"] == "T-26-00002"
    assert [each["started_at"] for each in made["calls"]] == ["2026-06-01T13:14:03Z"]
    assert [each["text"] for each in made["notes"]] == ["by mail"]
