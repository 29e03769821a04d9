from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpdesk.desk.desk import Desk
from helpdesk.desk.history import record_history
from helpdesk.domain.calls import Caller
from helpdesk.domain.records import CallRecord
from helpdesk.errors import BadInput, NotAllowed, NotFound, SecretFound
from tests.support.clock import START, StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.records import RECORD, story


@pytest.mark.parametrize(
    "secret",
    [
        replace(RECORD, note="her password: Hunter2!x"),
        replace(RECORD, caller=Caller(0, firm="SSN 123-45-6789")),
        replace(RECORD, actions=(("other", {"what": "card 4111 1111 1111 1111"}),)),
        replace(RECORD, reason="pin 12345"),
    ],
)
def test_a_secret_in_any_text_refuses_the_whole_batch(
    desk: Desk, clock: StillClock, secret: CallRecord
) -> None:
    clock.go_on(86_400)
    with pytest.raises(SecretFound):
        record_history(desk, iter([CallRecord(START - 60, "ianb"), secret]))
    assert desk.port.query("SELECT count(*) FROM ticket").value() == 0


@pytest.mark.parametrize(
    ("record", "error", "said"),
    [
        (replace(RECORD, court="xxxb"), NotFound, "no court “xxxb”"),
        (replace(RECORD, office="nowhere"), NotFound, "no office “nowhere”; it has: greensboro"),
        (replace(RECORD, symptom="nope"), NotFound, "no playbook “nope”"),
        (replace(RECORD, answers=(("nope", "yes"),)), BadInput, "no step “nope”; it has: cmecf,"),
        (replace(RECORD, answers=(("cmecf", "maybe"),)), BadInput, "it takes: yes, no, dont-know"),
        (replace(RECORD, actions=(("nope", {}),)), BadInput, "no action “nope”"),
        (replace(RECORD, actions=RECORD.actions[1:]), NotAllowed, "identity checks first"),
        (replace(RECORD, answers=()), NotAllowed, "whether the accounts are linked"),
        (replace(RECORD, outcome="fine"), BadInput, "“fine” is no outcome"),
        (replace(RECORD, due_at=None), BadInput, "needs a time"),
        (replace(RECORD, outcome="resolved"), BadInput, "have a time, not “resolved”"),
        (replace(RECORD, talk_s=-1), BadInput, "cannot end before it began"),
        (replace(RECORD, direction="up"), BadInput, "no direction"),
        (replace(RECORD, started_at=START + 86_400 * 400), BadInput, "end in the future"),
        (replace(RECORD, started_at=-61_000_000_000), BadInput, "before 2000"),
        (replace(RECORD, continues=17), NotFound, "is not in the database"),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_written(
    desk: Desk, clock: StillClock, record: CallRecord, error: type[Exception], said: str
) -> None:
    clock.go_on(86_400)
    with pytest.raises(error, match=said):
        record_history(desk, [record])
    assert desk.port.query("SELECT count(*) FROM ticket").value() == 0


def test_a_call_before_the_last_change_of_its_ticket_is_refused(
    desk: Desk, clock: StillClock
) -> None:
    clock.go_on(86_400)
    calls = story(desk)
    record_history(desk, calls[:3])
    early = replace(calls[2], started_at=START + 100)
    with pytest.raises(BadInput, match="in the order of their times"):
        record_history(desk, [early])


def test_a_clerk_records_in_no_other_name_and_an_admin_writes_the_other_down(
    desk: Desk, home: Path, clock: StillClock
) -> None:
    hers = CallRecord(START, "ianb", clerk="jlee", told_at=START)
    colleague = open_as(home, clock, RVANCE, "clerk")
    with pytest.raises(NotAllowed, match="rvance is clerk"):
        record_history(colleague, [hers])
    colleague.close()
    record_history(desk, [hers])
    taken = desk.port.query("SELECT k.login FROM call l JOIN clerk k ON k.id = l.clerk")
    assert taken.rows == [("jlee",)]
    told = desk.port.query("SELECT DISTINCT who FROM journal WHERE act = 'record_call'")
    assert told.rows == [("jlee",)]
