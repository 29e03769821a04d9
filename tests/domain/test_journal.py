from __future__ import annotations

import random

from hypothesis import assume, given
from hypothesis import strategies as st

from helpdesk.domain.entries import Entry, digest
from helpdesk.domain.journal import FIRST_HASH, Change

# Subjects, logins and acts come from the program; only values come from people.
PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)
VALUES = st.none() | st.text(st.characters(), max_size=12)
CHANGES = st.builds(Change, field=PLAIN, old=VALUES, new=VALUES)
SALTED = st.lists(
    st.tuples(CHANGES, st.text("0123456789abcdef", min_size=4, max_size=16)), max_size=5
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    values = draw(SALTED)
    return Entry(
        subject=draw(PLAIN),
        seq=draw(st.integers(1, 10**6)),
        at=draw(st.integers(0, 2**40)),
        who=draw(PLAIN),
        act=draw(PLAIN),
        changes=tuple(change for change, _ in values),
        salts=tuple(salt for _, salt in values),
        prev_hash=draw(st.sampled_from([FIRST_HASH, "a" * 64])),
        undoes=draw(st.none() | st.integers(1, 10**6)),
    )


@given(entries(), entries())
def test_the_hash_changes_with_every_field_of_an_entry(entry: Entry, other: Entry) -> None:
    for name in ("subject", "seq", "at", "who", "act", "prev_hash", "undoes"):
        forged = entry._replace(**{name: getattr(other, name)})
        same = getattr(entry, name) == getattr(other, name)
        assert (forged.hash == entry.hash) is same, name


@given(entries(), CHANGES, st.data())
def test_the_hash_changes_with_every_part_of_every_value(
    entry: Entry, other: Change, data: st.DataObject
) -> None:
    assume(entry.changes)
    at = data.draw(st.integers(0, len(entry.changes) - 1))
    for name in ("field", "old", "new"):
        forged = entry.changes[at]._replace(**{name: getattr(other, name)})
        changes = (*entry.changes[:at], forged, *entry.changes[at + 1 :])
        same = forged == entry.changes[at]
        assert (entry._replace(changes=changes).hash == entry.hash) is same, name


@given(entries())
def test_the_hash_changes_when_a_value_is_left_out(entry: Entry) -> None:
    assume(entry.changes)
    fewer = entry._replace(changes=entry.changes[1:], salts=entry.salts[1:])
    assert fewer.hash != entry.hash


@given(SALTED, st.integers())
def test_the_order_of_the_values_does_not_matter(
    values: list[tuple[Change, str]], seed: int
) -> None:
    mixed = list(values)
    random.Random(seed).shuffle(mixed)  # noqa: S311
    assert digest(mixed) == digest(values)


def test_nothing_and_an_empty_text_are_told_apart() -> None:
    nothing, empty = Change("note", None, "x"), Change("note", "", "x")
    assert digest([(nothing, "ab")]) != digest([(empty, "ab")])


def test_the_same_value_under_another_salt_has_another_digest() -> None:
    change = Change("note", None, "x")
    assert digest([(change, "ab")]) != digest([(change, "cd")])
