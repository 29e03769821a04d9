"""How nearly two spellings are the same, held against a library that counts the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Indel

from helpdesk.domain.slips import likeness, slips

WORDS = st.text("abcé", max_size=8)


@given(WORDS, WORDS, st.integers(0, 4))
def test_slips_are_those_of_the_library(one: str, other: str, most: int) -> None:
    assert slips(one, other, most) == min(OSA.distance(one, other), most + 1)


@given(WORDS, WORDS)
def test_likeness_is_that_of_the_library(one: str, other: str) -> None:
    assert likeness(one, other) == Indel.normalized_similarity(one, other)
