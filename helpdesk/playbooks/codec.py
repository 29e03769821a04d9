"""Playbooks as JSON: for the versions that the database keeps, and for the cache."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from helpdesk.domain.actions import ActionField, ActionKind
from helpdesk.domain.playbook import Answer, FactKind, Playbook, Referral, Step
from helpdesk.playbooks.library import Library


def playbook_as_json(playbook: Playbook) -> str:
    """Write a playbook down, the same text for the same playbook.

    Args:
        playbook: The playbook.

    Returns:
        JSON without blanks.
    """
    return json.dumps(asdict(playbook), separators=(",", ":"), sort_keys=False)


def playbook_from_json(text: str) -> Playbook:
    """Read a playbook back.

    Args:
        text: What ``playbook_as_json`` wrote.

    Returns:
        The playbook.
    """
    return _playbook(json.loads(text))


def version_of(playbook: Playbook, court: str) -> str:
    """The version of a playbook as resolved for a court.

    What it is found by and where its facts come from are no part of it: a new phrase makes
    no new version, since it leads nobody another way.

    Args:
        playbook: The playbook.
        court: The court's id.

    Returns:
        A hash of 32 hexadecimal digits.
    """
    led = [playbook.slug, playbook.title, playbook.owner, playbook.start, playbook.never]
    steps = [_said(asdict(step)) for step in playbook.steps.values()]
    text = json.dumps([court, led, steps], separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:32]


def _said(step: dict[str, Any]) -> dict[str, Any]:
    """What a file says of a step, so that a key that is new to the format changes no version."""
    return {name: value for name, value in step.items() if value}


def library_as_json(library: Library) -> str:
    """Write a library down.

    Args:
        library: The library.

    Returns:
        JSON without blanks.
    """
    return json.dumps(asdict(library), separators=(",", ":"))


def library_from_json(text: str) -> Library:
    """Read a library back.

    Args:
        text: What ``library_as_json`` wrote.

    Returns:
        The library.
    """
    raw = json.loads(text)
    return Library(
        playbooks=_playbooks(raw["playbooks"]),
        at_courts={court: _playbooks(each) for court, each in raw["at_courts"].items()},
        facts={
            name: FactKind(**{**each, "choices": tuple(each["choices"])})
            for name, each in raw["facts"].items()
        },
        actions={name: _kind(each) for name, each in raw["actions"].items()},
        referrals={name: Referral(**each) for name, each in raw["referrals"].items()},
        questions=_playbook(raw["questions"]),
        faults=tuple(raw["faults"]),
    )


def _playbooks(raw: dict[str, Any]) -> dict[str, Playbook]:
    return {slug: _playbook(each) for slug, each in raw.items()}


def _playbook(raw: dict[str, Any]) -> Playbook:
    lists = ("codes", "phrases", "covers", "never", "sources")
    when = {question: tuple(answers) for question, answers in raw.get("when", {}).items()}
    return Playbook(
        **{**raw, **{name: tuple(raw[name]) for name in lists}}
        | {"steps": {name: _step(each) for name, each in raw["steps"].items()}, "when": when}
    )


def _step(raw: dict[str, Any]) -> Step:
    answers = tuple(Answer(**each) for each in raw["answers"])
    return Step(
        **{**raw, "answers": answers, "actions": tuple(raw["actions"]), "see": tuple(raw["see"])}
    )


def _kind(raw: dict[str, Any]) -> ActionKind:
    fields = tuple(
        ActionField(**{**each, "choices": tuple(each["choices"])}) for each in raw["fields"]
    )
    return ActionKind(**{**raw, "fields": fields})
