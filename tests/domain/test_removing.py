from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.entries import (
    Entry,
    digest,
    emptied_values,
    emptying,
    fault_of_chain,
    removed_from,
)
from helpdesk.domain.journal import Change
from helpdesk.domain.removing import (
    PURGED,
    REDACTED,
    Sought,
    purged_fields,
    sought_in_sql,
    taken_out,
    taken_out_of_json,
    times_in,
)
from helpdesk.domain.retention import Age, kept_since, purged_identity, read_age
from helpdesk.errors import BadInput

WORDS = st.text(st.characters(exclude_characters="▒"), min_size=3, max_size=12)
ZONE = "America/New_York"


@given(st.text(max_size=20), WORDS, st.text(max_size=20))
def test_words_are_gone_from_any_text(before: str, words: str, after: str) -> None:
    sought = Sought(words)
    said = taken_out(f"{before}{words}{after}", sought)
    assert REDACTED in said
    assert words not in said.replace(REDACTED, "\x00") or words in REDACTED
    assert not times_in(said.replace(REDACTED, ""), sought) or words in (before + after)


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=20)), WORDS)
def test_the_texts_of_an_action_lose_words_and_stay_json(
    fields: dict[str, str], words: str
) -> None:
    said = json.dumps({**fields, "what": f"he said {words}"}, ensure_ascii=False)
    assert any(each in said for each in sought_in_sql(Sought(words)))
    made = json.loads(taken_out_of_json(said, Sought(words)))
    assert made.keys() == {*fields, "what"}
    assert all(REDACTED in text or words not in text for text in made.values())


def test_what_was_chosen_from_a_list_stays_when_texts_are_purged() -> None:
    fields = {"delivery": "called back", "what": "told her off", "by": "e-mail"}
    kept = json.loads(purged_fields(json.dumps([["other", fields]]), {"e-mail"}))
    assert kept == [["other", {"delivery": "called back", "what": PURGED, "by": "e-mail"}]]


def test_a_number_is_looked_for_as_it_is_written_and_as_digits() -> None:
    sought = Sought("(212) 555-0144")
    assert taken_out("(212) 555-0144, or 2125550144", sought) == f"{REDACTED}, or {REDACTED}"
    assert times_in("call 2125550145", sought) == 0


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_pseudonym_is_the_same_for_the_same_in_one_run_only(one: str, other: str) -> None:
    made = purged_identity(one, "salt")
    assert made == purged_identity(f" {one} ", "salt") or not one.split()
    assert purged_identity(made, "salt") == made
    assert one.casefold() not in made or len(one) < 4
    if one[:1] != "▒":
        assert made != purged_identity(one, "another run")
    del other


@pytest.mark.parametrize(
    ("age", "day"),
    [("90d", "2026-03-02"), ("18m", "2024-11-30"), ("3m", "2026-02-28"), ("2y", "2024-05-31")],
)
def test_ages_are_counted_by_the_calendar_of_the_office(age: str, day: str) -> None:
    now = int(datetime(2026, 5, 31, 16, tzinfo=UTC).timestamp())
    assert datetime.fromtimestamp(kept_since(read_age(age, "notes"), now, ZONE), UTC).date() == (
        datetime.fromisoformat(day).date()
    )


@given(st.integers(1, 99_999), st.sampled_from("dmy"), st.integers(10**9, 2 * 10**9))
def test_nothing_is_due_before_its_time(many: int, unit: str, now: int) -> None:
    assert (
        kept_since(Age(many, unit), now, ZONE) <= now - 86_400 * (1 if unit == "d" else 28) + 3_600
    )


@pytest.mark.parametrize("text", ["", "soon", "0d", "-3y", "3", "3 weeks", "1e9y"])
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        read_age(text, "notes")


def entry(seq: int, act: str, changes: tuple[Change, ...], before: str) -> Entry:
    salts = tuple(f"salt {place}" for place in range(len(changes)))
    return Entry("ticket:1", seq, 100 + seq, "mortiz", act, changes, salts, before)


@pytest.mark.parametrize("times", [1, 2])
def test_emptied_values_hold_only_while_the_entry_that_emptied_them_stands(times: int) -> None:
    note = entry(1, "add_note", (Change("text", None, "one two three"), Change("x", "1", "2")), "")
    chain, values = [note], list(zip(note.changes, note.salts, strict=True))
    for words in ("two", "three")[:times]:
        before = digest(values)
        values = emptied_values(
            values,
            lambda each, words=words: Change(  # type: ignore[misc]
                each.field, each.old, taken_out(each.new or "", Sought(words))
            ),
            iter(f"fresh {words}"),
        )
        told = (emptying(1, before, digest(values)),)
        chain.append(entry(len(chain) + 1, "redact", told, chain[-1].hash))
    now = Entry(
        "ticket:1", 1, 101, "mortiz", "add_note", tuple(each for each, _ in values),
        tuple(salt for _, salt in values), "",
    )  # fmt: skip
    kept = [(now, note.value_digest, note.hash)]
    kept += [(each, each.value_digest, each.hash) for each in chain[1:]]
    assert fault_of_chain("ticket:1", kept) is None
    assert removed_from(each for each, _, _ in kept) == 1
    fault = "ticket:1: the values of entry 1 were changed"
    assert fault_of_chain("ticket:1", kept[:-1]) == fault
    assert fault_of_chain("ticket:1", [(note, *kept[0][1:]), *kept[1:]]) == fault
    added = [(entry(2, "add_note", chain[1].changes, note.hash), "", "")]
    assert fault_of_chain("ticket:1", [kept[0], *added]) == fault
