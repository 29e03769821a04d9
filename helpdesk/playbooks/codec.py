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


def version_of(text: str, court: str) -> str:
    """The version of a playbook as resolved for a court.

    Args:
        text: The playbook as JSON.
        court: The court's id.

    Returns:
        A hash of 32 hexadecimal digits.
    """
    return sha256(f"{court}\x1f{text}".encode()).hexdigest()[:32]


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
        playbooks={slug: _playbook(each) for slug, each in raw["playbooks"].items()},
        facts={
            name: FactKind(**{**each, "choices": tuple(each["choices"])})
            for name, each in raw["facts"].items()
        },
        actions={name: _kind(each) for name, each in raw["actions"].items()},
        referrals={name: Referral(**each) for name, each in raw["referrals"].items()},
        faults=tuple(raw["faults"]),
    )


def _playbook(raw: dict[str, Any]) -> Playbook:
    lists = ("codes", "phrases", "covers", "never", "sources")
    return Playbook(
        **{**raw, **{name: tuple(raw[name]) for name in lists}}
        | {"steps": {name: _step(each) for name, each in raw["steps"].items()}}
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
