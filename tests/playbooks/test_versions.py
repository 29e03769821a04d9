"""What makes a new version of a playbook, how two are compared, and how an old one is read."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import Answer, Playbook, Step
from helpdesk.playbooks.codec import (
    library_as_told,
    library_from_told,
    playbook_as_json,
    playbook_from_json,
    version_of,
)
from helpdesk.playbooks.differing import differences
from tests.playbooks.shown import shipped_playbooks
from tests.support.small_books import INNER, OUTER

LIBRARY: Final = shipped_playbooks().library
BOOKS: Final = list(LIBRARY.playbooks.values())
OTHER: Final[dict[str, Any]] = {
    "steps": {}, "when": {"goal": ("file",)}, "codes": ("zz",), "phrases": ("other words",),
    "covers": ("S0-01",), "never": ("Never that.",), "sources": ("elsewhere",),
}  # fmt: skip
LEADS: Final = {"title", "owner", "start", "never", "steps"}
FINDS: Final = {field.name for field in fields(Playbook)} - LEADS - {"slug"}
OF_A_STEP: Final = [field.name for field in fields(Step) if field.name not in {"id", "inverted"}]


def other_step(step: Step, name: str) -> Step:
    """A step that is different in one thing."""
    was = getattr(step, name)
    other: Any = f"{was} other".strip()
    if isinstance(was, bool):
        other = not was
    elif name == "answers":
        other = (*was, Answer("perhaps", step.id))
    elif isinstance(was, tuple):
        other = (*was, "other")
    return replace(step, **{name: other})


def with_step(book: Playbook, step: Step) -> Playbook:
    return replace(book, steps={**book.steps, step.id: step})


@pytest.mark.parametrize("name", sorted(FINDS))
def test_what_a_playbook_is_found_by_makes_no_new_version_and_no_difference(name: str) -> None:
    for book in BOOKS:
        other = replace(book, **{name: OTHER.get(name, "other")})
        assert other != book
        assert version_of(other, "ianb") == version_of(book, "ianb")
        assert list(differences(book, other)) == []


@pytest.mark.parametrize("name", sorted(LEADS))
def test_what_a_playbook_tells_makes_a_new_version_and_is_told(name: str) -> None:
    for book in BOOKS:
        other = replace(book, **{name: OTHER.get(name, "other")})
        assert version_of(other, "ianb") != version_of(book, "ianb")
        assert list(differences(book, other)) != []


@pytest.mark.parametrize("name", OF_A_STEP)
@given(st.sampled_from(BOOKS), st.data())
def test_one_thing_changed_in_one_step_is_a_new_version_and_the_only_difference(
    name: str, book: Playbook, data: st.DataObject
) -> None:
    step = data.draw(st.sampled_from(list(book.steps.values())))
    changed = with_step(book, other_step(step, name))
    assert version_of(changed, "ianb") != version_of(book, "ianb")
    named, *lines = differences(book, changed)
    assert named == f"step {step.id}"
    assert lines
    assert all(line.startswith(("  - ", "  + ")) for line in lines)
    assert next(iter(differences(changed, book))) == named


@given(st.sampled_from(BOOKS), st.sampled_from(BOOKS))
def test_two_playbooks_are_of_one_version_only_if_nothing_differs(
    one: Playbook, other: Playbook
) -> None:
    other = replace(other, slug=one.slug)
    same = version_of(one, "ianb") == version_of(other, "ianb")
    assert same is (list(differences(one, other)) == [])


def test_a_question_turned_round_is_another_version() -> None:
    step = replace(INNER.steps["linked"], inverted=True)
    changed = with_step(INNER, step)
    assert version_of(changed, "ianb") != version_of(INNER, "ianb")
    assert list(differences(INNER, changed)) == [
        "step linked", "  - fact: linked-here", "  + fact: not linked-here",
    ]  # fmt: skip


def test_each_court_and_each_playbook_has_versions_of_its_own() -> None:
    versions = {version_of(book, court) for book in BOOKS for court in ("ianb", "exmb", "")}
    assert len(versions) == 3 * len(BOOKS)


def test_a_version_stays_the_same_from_one_program_to_the_next() -> None:
    assert version_of(OUTER, "ianb") == "1b3b437ace36faf964c84b1ed1d7b3a0"


def test_steps_that_come_and_go_are_told_with_all_their_lines() -> None:
    steps = {name: step for name, step in OUTER.steps.items() if name != "once-more"}
    new = Step("fee", say="It is free.", next="bye", see=("one", "two"))
    assert list(differences(OUTER, replace(OUTER, steps={**steps, "fee": new}))) == [
        "step once-more", "  - say: And again.", "  - hand-over: inner", "  - next: bye",
        "step fee", "  + say: It is free.", "  + next: bye", "  + see: one, two",
    ]  # fmt: skip


@given(st.sampled_from([*BOOKS, INNER, OUTER]))
def test_a_playbook_is_read_back_as_it_was(book: Playbook) -> None:
    back = playbook_from_json(playbook_as_json(book))
    assert back == book
    assert list(back.steps) == list(book.steps)
    assert version_of(back, "ianb") == version_of(book, "ianb")


def test_a_library_is_read_back_as_it_was() -> None:
    told = replace(LIBRARY, faults=("one.yaml:1:1: no",))
    assert library_from_told(json.loads(json.dumps(library_as_told(told)))) == told


def test_steps_that_were_not_looked_at_for_long_are_let_go_and_read_again() -> None:
    back = library_from_told(library_as_told(LIBRARY))
    first, *others = back.playbooks.values()
    before = dict(first.steps)
    assert all(first.steps[name] is step for name, step in before.items())
    assert all(other.steps for other in others)
    assert first.steps == before
    assert not any(first.steps[name] is step for name, step in before.items())
    assert version_of(first, "ianb") == version_of(BOOKS[0], "ianb")
    assert playbook_as_json(first) == playbook_as_json(BOOKS[0])


FIRST_KEYS: Final = {
    "id", "ask", "say", "do", "why", "fact", "inverted", "answers", "next", "actions", "outcome",
    "refer", "see", "slug", "title", "theme", "owner", "phase", "codes", "phrases", "start",
    "steps", "covers", "never", "sources", "review",
}  # fmt: skip
"""What the first versions that any desk kept have of a step and of a playbook."""


@pytest.mark.parametrize("book", [INNER, BOOKS[0]], ids=lambda book: book.slug)
def test_a_version_kept_before_a_key_was_known_reads_with_what_the_key_means_left_out(
    book: Playbook,
) -> None:
    kept = {name: value for name, value in asdict(book).items() if name in FIRST_KEYS}
    kept["steps"] = {
        name: {key: value for key, value in step.items() if key in FIRST_KEYS}
        for name, step in kept["steps"].items()
    }
    old = playbook_from_json(json.dumps(kept))
    later: dict[str, Any] = {
        field.name: field.default for field in fields(Step) if field.name not in FIRST_KEYS
    }
    for name, step in old.steps.items():
        assert step == replace(book.steps[name], **later)
    assert old == replace(book, when={}, steps=old.steps)
    assert version_of(old, "ianb") == version_of(replace(book, steps=old.steps), "ianb")
