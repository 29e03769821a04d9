"""What playbooks say is counted in few bytes, and read back as it was."""

from __future__ import annotations

import json

import pytest

from helpdesk.playbooks import counting
from helpdesk.playbooks.counting import Spoken, counted
from helpdesk.playbooks.evidence import Evidence
from helpdesk.playbooks.indexing import Index, index_as_told, index_from_told
from helpdesk.playbooks.wording import Word, read_words


def library(*said: str) -> Index:
    """An index of playbooks that say one thing each."""
    words = [tuple(read_words(each)) for each in said]
    spoken = [(f"book-{place}", Spoken((each,), ())) for place, each in enumerate(words)]
    return Index({}, counted(spoken), {word: 1 for each in words for word in each})


def read_back(index: Index) -> Index:
    return index_from_told(json.loads(json.dumps(index_as_told(index))))


@pytest.mark.parametrize("said", [(), ("locked",), ("locked out", "card was declined")])
def test_an_index_is_read_back_as_it_was(said: tuple[str, ...]) -> None:
    index = library(*said)
    assert read_back(index) == index


def test_a_feature_speaks_for_those_that_have_it_however_many_words_there_are() -> None:
    many = [f"w{place} locked" for place in range(70_000)]  # numbers of pairs beyond 32 bits
    spoken = [("many", Spoken([[Word(each, each) for each in text.split()] for text in many], ()))]
    spoken.append(("few", Spoken([[Word("declined", "declined")]], ())))
    of = counted(spoken)
    assert of.half > 16
    assert of.found.typecode == "Q"
    assert set(Evidence(of).speaks_for("declined")) == {"few"}
    assert set(Evidence(of).speaks_for("w69999 locked")) == {"many"}
    assert Evidence(of).speaks_for("never") == {}


@pytest.mark.parametrize(
    ("most", "kind"), [(255, "B"), (256, "H"), (65_535, "H"), (65_536, "I"), (2**32, "Q")]
)
def test_numbers_take_as_few_bytes_as_hold_the_greatest(most: int, kind: str) -> None:
    held = counting.tight([0, most])
    assert (held.typecode, list(held)) == (kind, [0, most])
