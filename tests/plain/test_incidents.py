"""Outages in plain lines: the same verbs as on the screen."""

from __future__ import annotations

from helpdesk.desk.desk import Desk
from helpdesk.desk.incidents import declare_incident, read_incident
from tests.plain.conftest import transcript
from tests.support.clock import StillClock
from tests.support.desks import RVANCE, open_as
from tests.support.outages import call_about, quiet_weeks


def test_more_calls_than_usual_are_said_and_an_incident_is_declared(desk: Desk) -> None:
    quiet_weeks(desk)
    for _ in range(6):
        call_about(desk)
    said = transcript(desk, "n", "", "link", "", "o", "", "h", "b", "end")
    assert "! IANB  Error while linking: 5 calls by 08:14, usually none." in said
    assert "Error while linking [li] ! unusual: 6 calls today, usually none" in said
    assert "! unusual: 5 calls by 08:14, usually none (o)" in said
    assert 'enter = Iowa Northern knows about "Error while linking"' in said
    assert "incident 1. say: Iowa Northern knows about" in said
    assert "end = when incident 1 is over." in said
    assert "They hear when incident 1 is over." in said
    assert "! incident 1 at IANB, Error while linking" in said
    incident, tickets = read_incident(desk, 1)
    assert (incident.promised, len(tickets)) == (1, 1)


def test_a_known_outage_takes_the_same_keys_as_on_the_screen(desk: Desk) -> None:
    declare_incident(desk, "ianb", "linking-error", "Linking is out.")
    said = transcript(desk, "n", "", "li", "o", "y", "s", "li", "o", "u", "u", "h", "r")
    assert "! INCIDENT 1 runs for this: o" in said
    assert "incident 1. say: Linking is out." in said
    assert "The incident is read out: s brings the playbook back." in said
    assert "incident 1 (o: what to read out)" in said
    assert said.count("incident 1. say: Linking is out.") == 2
    assert "Taken back: the link to the incident" in said


def test_among_several_one_is_chosen_and_a_clerk_is_told_whom_to_ask(
    desk: Desk, clock: StillClock
) -> None:
    clerk = open_as(desk.folder.home, clock, RVANCE, "clerk")
    clerk.read_playbooks = desk.read_playbooks
    said = transcript(clerk, "n", "", "li", "o", "p")
    assert "No incident runs at Iowa Northern: ask one of lead, supervisor, admin." in said
    for symptom in ("pdf-upload", "store-card"):
        declare_incident(desk, "ianb", symptom, f"{symptom} is out.")
    said = transcript(clerk, "n", "", "li", "o", "1", "h", "r")
    assert "attach the call to which incident?" in said
    assert "incident 1. say: pdf-upload is out." in said
    clerk.close()


def test_the_key_that_declares_is_named_to_those_alone_who_may(
    desk: Desk, clock: StillClock
) -> None:
    quiet_weeks(desk)
    for _ in range(6):
        call_about(desk)
    clerk = open_as(desk.folder.home, clock, RVANCE, "clerk")
    clerk.read_playbooks = desk.read_playbooks
    said = transcript(clerk, "n", "", "li", "p")
    assert "! unusual: 5 calls by 08:14, usually none\n" in said
    clerk.close()


def test_an_end_without_an_incident_is_no_time(desk: Desk) -> None:
    assert '"end" is not a time' in transcript(desk, "n", "", "li", "h", "b", "end", "esc", "r")
