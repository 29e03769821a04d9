"""A ticket's walk through its playbook, made of what is kept and what the desk knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from helpdesk.desk.desk import Desk
from helpdesk.domain.calls import CallState, PastCall
from helpdesk.domain.courts import Court, Office, local
from helpdesk.domain.playbook import DONT_KNOW, Playbook
from helpdesk.domain.run import Given, Known, Run, SaidBefore, StepKey
from helpdesk.domain.tickets import number_said
from helpdesk.domain.walk import desk_facts, walk
from helpdesk.playbooks.codec import playbook_from_json
from helpdesk.port import Port, Rows
from helpdesk.store.doings import find_given, get_ordinal, get_version
from helpdesk.store.symptoms import find_said_before

_AT_HAND: Final = 4
"""How many kept playbooks are remembered: each is some 50 kB."""


def run_of(
    desk: Desk, court: Court, office: Office, version: str | None, answers: Rows
) -> tuple[Run | None, int]:
    """Walk a ticket's playbook as it was when the run began.

    Args:
        desk: The desk.
        court: The ticket's court.
        office: Its office: its date decides whether the court is live.
        version: The playbook version that the ticket keeps; ``None`` without a symptom.
        answers: The rows of its answers.

    Returns:
        The run and the version as people count it; nothing without a playbook.
    """
    ordinal = get_ordinal(desk.port, version) if version else None
    if version is None or ordinal is None:
        return None, 0
    playbook = kept_playbook(desk.port, version)
    return _run(desk, (court, office), playbook, list(answers.dicts())), ordinal


def _run(
    desk: Desk, place: tuple[Court, Office], playbook: Playbook, rows: Sequence[Mapping[str, Any]]
) -> Run:
    given = given_in(desk, rows)
    books = {each.opened.slug: each.opened for each in given.values() if each.opened}
    books[playbook.slug] = playbook
    apart = [
        row
        for row in rows
        if row["playbook"] not in books or row["step"] not in books[row["playbook"]].steps
    ]
    return walk(playbook, given, known_facts(desk, *place, apart))


def run_on(desk: Desk, call: CallState, version: str) -> Run:
    """Walk the playbook of a call.

    Args:
        desk: The desk.
        call: The call.
        version: The playbook version that its ticket keeps.

    Returns:
        The run.
    """
    playbook = kept_playbook(desk.port, version)
    rows = list(find_given(desk.port, call.ticket).dicts())
    return _run(desk, (call.court, call.office), playbook, rows)


def given_in(desk: Desk, rows: Iterable[Mapping[str, Any]]) -> dict[StepKey, Given]:
    """The clerk's answers on a ticket, the latest of each step, in the order of the first.

    Args:
        desk: The desk.
        rows: The rows of the ticket's answers, oldest first.

    Returns:
        The answers by playbook and step, with the playbooks that were handed over to.
    """
    given: dict[StepKey, Given] = {}
    for row in rows:
        if not row["struck"]:
            opened = kept_playbook(desk.port, row["opened"]) if row["opened"] else None
            given[row["playbook"], row["step"]] = Given(row["answer"], row["at"], opened)
    return given


def said_before(desk: Desk, past: Sequence[PastCall], court: str) -> dict[str, SaidBefore]:
    """What a caller answered about facts on earlier tickets, the latest of each.

    Args:
        desk: The desk.
        past: The earlier tickets.
        court: The court that is called about: what holds for one court says nothing of others.

    Returns:
        The answers by fact.
    """
    if not past:
        return {}
    newest: dict[tuple[int, str, str], Mapping[str, Any]] = {}
    rows = find_said_before(desk.port, json.dumps([each.ticket for each in past]))
    for row in rows.dicts():
        key = (row["ticket"], row["playbook"], row["step"])
        newest.pop(key, None)  # what it said before is taken back
        newest[key] = row
    found = {}
    for last in newest.values():
        fact = desk.library.facts.get(last["fact"])
        if fact and last["value"] != DONT_KNOW and (last["court"] == court or not fact.at_court):
            number = number_said(last["year"], last["n"])
            found[fact.name] = SaidBefore(last["value"], last["at"], number)
    return found


def asked_in(rows: Rows, call: int) -> dict[str, str]:
    """What was filled in on one call, by the prompt's label.

    Args:
        rows: The rows of its ticket's prompts, oldest first.
        call: The call.

    Returns:
        The texts.
    """
    return {
        row["label"]: row["text"]
        for row in rows.dicts()
        if row["call"] == call and not row["struck"]
    }


@lru_cache(maxsize=_AT_HAND)
def kept_playbook(port: Port, version: str) -> Playbook:
    """Read a playbook as a version kept it: its text is long, and read once.

    Args:
        port: The database.
        version: The version's hash, which an answer or a ticket stands on.

    Returns:
        The playbook.
    """
    (kept,) = get_version(port, version).dicts()
    return playbook_from_json(kept["text"])


def known_facts(
    desk: Desk, court: Court, office: Office, rows: Iterable[Mapping[str, Any]]
) -> dict[str, Known]:
    """What is known to a ticket: by the desk, and by what was answered on it.

    Args:
        desk: The desk.
        court: The ticket's court.
        office: Its office.
        rows: The rows of the ticket's answers, oldest first.

    Returns:
        The facts by name; what the clerk answered counts before what the desk knows.
    """
    live = court.is_live(local(desk.clock.now(), office.zone).date()) if court.kind else None
    facts = desk_facts(desk.library.facts, live, court.settings)
    newest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in rows:
        if not row["struck"]:
            newest.pop((row["playbook"], row["step"]), None)  # what it said before is taken back
            newest[row["playbook"], row["step"]] = row
    for row in newest.values():
        if row["fact"] and row["value"] != DONT_KNOW:
            facts[row["fact"]] = Known(row["value"], "ticket")
    return facts


def knows_the_same(desk: Desk, call: CallState, facts: Mapping[str, Known]) -> bool:
    """Whether the desk still knows what it knew: days change, and settings.

    Args:
        desk: The desk.
        call: The call.
        facts: What ``known_facts`` gave for it.

    Returns:
        ``False`` where a run has to be walked anew.
    """
    now = known_facts(desk, call.court, call.office, ())
    of_desk = {name for name, known in facts.items() if known.source == "desk"}
    told = facts.keys() - of_desk
    return of_desk == now.keys() - told and all(now[name] == facts[name] for name in of_desk)
