"""Lines of an outbox: what was written is read, and of a torn file all whole lines are."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.acts_of_a_call import OF_A_CALL
from helpdesk.domain.calls import Caller
from helpdesk.domain.outbox import KeptAct, act_of, line_of, read_lines, settled_said, waiting_said

TEXTS = st.text(st.characters(), max_size=12)
NUMBERS = st.integers(0, 2**62)
CALLERS = st.builds(Caller, id=NUMBERS, name=TEXTS, phones=st.lists(TEXTS, max_size=2).map(tuple))
GIVEN = st.one_of(
    st.none(), NUMBERS, TEXTS, st.booleans(), st.dictionaries(TEXTS, TEXTS, max_size=2), CALLERS
)
ACTS = st.builds(
    KeptAct,
    name=st.sampled_from(sorted(OF_A_CALL)),
    given=st.lists(GIVEN, max_size=3).map(tuple),
    named=st.dictionaries(TEXTS, GIVEN, max_size=2),
    op=TEXTS,
    at=NUMBERS,
    clerk=NUMBERS,
    login=TEXTS,
    console=st.none() | NUMBERS,
    ticks=st.floats(0, 1e9),
    marks=st.dictionaries(NUMBERS, st.tuples(NUMBERS, st.floats(-1e9, 1e9))),
    ids=st.lists(NUMBERS).map(tuple),
    call=NUMBERS,
)


@given(st.lists(ACTS, max_size=3))
def test_an_act_is_read_as_it_was_written(acts: list[KeptAct]) -> None:
    lines = read_lines("".join(map(line_of, acts)))
    assert [act_of(line) for line in lines] == acts


@given(st.lists(ACTS, max_size=3), st.data())
def test_of_a_torn_file_every_whole_line_is_read(acts: list[KeptAct], data: st.DataObject) -> None:
    whole = "".join(map(line_of, acts)).encode()
    cut = data.draw(st.integers(0, len(whole)))
    torn = (whole[:cut] + b"\0" * 8).decode("utf-8", "replace")
    found = [act_of(line) for line in read_lines(torn)]
    complete = whole[:cut].count(b"\n") + (whole[cut : cut + 1] == b"\n")
    assert found == acts[:complete]


@given(
    st.dictionaries(st.sampled_from(["act", "given", "named", "op", "marks", "ids"]), TEXTS)
    | st.lists(TEXTS)
    | TEXTS
)
def test_a_line_that_is_no_act_is_none(told: object) -> None:
    for line in read_lines(json.dumps(told)):
        assert act_of(line) is None


def test_what_waits_is_said_in_words_with_a_count() -> None:
    assert waiting_said(0, "database locked", on_disk=True) == ""
    assert waiting_said(7, "database locked", on_disk=True) == "! database locked: 7 in outbox"
    assert waiting_said(1, "disk full", on_disk=False) == "! disk full: 1 in MEMORY ONLY"
    assert settled_said(1) == "1 step from the outbox: now saved in the database."
    assert settled_said(0) == ""
