"""Playbooks as JSON: for the versions that the database keeps, and for the cache."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from helpdesk.domain.actions import ActionField, ActionKind
from helpdesk.domain.playbook import Answer, FactKind, Playbook, Referral, Step
from helpdesk.playbooks.library import Library

_OPEN: Final = 4
"""Of so many playbooks the steps are at hand; of the others they are folded up."""


def playbook_as_json(playbook: Playbook) -> str:
    """Write a playbook down, the same text for the same playbook.

    Args:
        playbook: The playbook.

    Returns:
        JSON without blanks.
    """
    return json.dumps(playbook, default=_told, separators=(",", ":"))


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
    return _version(_Itself(playbook), court)


class _Itself:
    """A playbook as the one object that it is: what it says would take longer to compare."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.playbook is self.playbook

    def __hash__(self) -> int:
        return id(self.playbook)


@lru_cache(maxsize=128)
def _version(one: _Itself, court: str) -> str:
    playbook = one.playbook
    led = [playbook.slug, playbook.title, playbook.owner, playbook.start, playbook.never]
    steps = [_said(step) for step in playbook.steps.values()]
    text = json.dumps([court, led, steps], default=_told, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:32]


def _said(step: Step) -> dict[str, Any]:
    """What a file says of a step, so that a key that is new to the format changes no version."""
    return {name: value for name, value in _told(step).items() if value}


def _told(part: Playbook | Step | Answer | _Steps) -> dict[str, Any]:
    """A part of a playbook by the names of its fields; ``asdict`` would copy every text of it."""
    if isinstance(part, _Steps):
        return dict(part)
    return {name: getattr(part, name) for name in part.__slots__}


def library_as_told(library: Library) -> dict[str, Any]:
    """Write a library down.

    Args:
        library: The library.

    Returns:
        What JSON can hold; each playbook is two texts, so that it is read only when it is wanted,
        and its steps apart from the rest.
    """
    rest = replace(library, playbooks={}, at_courts={})
    return asdict(rest) | {
        "playbooks": _texts(library.playbooks),
        "at_courts": {court: _texts(each) for court, each in library.at_courts.items()},
        "titles": {slug: library.title(slug) for slug in library.playbooks},
    }


def library_from_told(raw: Mapping[str, Any]) -> Library:
    """Read a library back.

    Args:
        raw: What ``library_as_told`` wrote.

    Returns:
        The library.
    """
    return Library(
        playbooks=_Kept(raw["playbooks"]),
        at_courts={court: _Kept(each) for court, each in raw["at_courts"].items()},
        facts={
            name: FactKind(**{**each, "choices": tuple(each["choices"])})
            for name, each in raw["facts"].items()
        },
        actions={name: _kind(each) for name, each in raw["actions"].items()},
        referrals={name: Referral(**each) for name, each in raw["referrals"].items()},
        questions=_playbook(raw["questions"]),
        faults=tuple(raw["faults"]),
        titles=raw["titles"],
    )


class _Kept(Mapping[str, Playbook]):
    """Playbooks that are read when they are first wanted: a command wants one of eighty."""

    def __init__(self, parts: Mapping[str, tuple[str, str]]) -> None:
        self._kept: dict[str, tuple[str, bytes] | Playbook] = {
            slug: (rest, b64decode(folded)) for slug, (rest, folded) in parts.items()
        }

    def __getitem__(self, slug: str) -> Playbook:
        kept = self._kept[slug]
        if isinstance(kept, tuple):
            rest, folded = kept
            kept = replace(playbook_from_json(rest), steps=_Steps(folded))
            self._kept[slug] = kept
        return kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


class _Steps(Mapping[str, Step]):
    """The steps of a playbook, read when one is wanted: most are wanted by few calls a day."""

    __slots__ = ("_folded",)

    def __init__(self, folded: bytes) -> None:
        self._folded = folded

    def __getitem__(self, name: str) -> Step:
        return _unfolded(self._folded)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_unfolded(self._folded))

    def __len__(self) -> int:
        return len(_unfolded(self._folded))


@lru_cache(maxsize=_OPEN)
def _unfolded(folded: bytes) -> dict[str, Step]:
    raw = json.loads(zlib.decompress(folded))
    return {name: _step(each) for name, each in raw.items()}


def _texts(playbooks: Mapping[str, Playbook]) -> dict[str, tuple[str, str]]:
    """Each playbook without its steps, and these folded up."""
    return {
        slug: (playbook_as_json(replace(each, steps={})), _folded(each.steps))
        for slug, each in playbooks.items()
    }


def _folded(steps: Mapping[str, Step]) -> str:
    text = json.dumps(dict(steps), default=_told, separators=(",", ":"))
    return b64encode(zlib.compress(text.encode())).decode()


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
