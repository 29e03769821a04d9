from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.periods import period_meant
from helpdesk.domain.queries import FIELDS, Query, query_meant
from helpdesk.errors import BadInput

NOW, ZONE = 1_780_319_643, "America/New_York"
TYPED = st.one_of(
    st.text(st.characters()),
    st.lists(
        st.sampled_from(
            [f"{field}:" for field in FIELDS]
            + [
                "x:",
                '"',
                "ianb",
                "today",
                "2026-05",
                " ",
                "linking",
                "open",
                "\ud800",
                "*",
                "NEAR(",
            ]
        ),
        max_size=10,
    ).map("".join),
)


def meant(text: str, half_typed: bool = False) -> Query:
    return query_meant(text, NOW, ZONE, "mortiz", half_typed=half_typed)


def test_nothing_typed_asks_for_everything() -> None:
    assert meant("") == meant("   ") == Query()


def test_words_and_fields_are_told_apart() -> None:
    asked = meant('court:IANB symptom:linking-error clerk:jlee status:open "Clear cache" Chrome')
    assert asked == Query(
        words=(("clear", "cache"), ("chrome",)),
        court="ianb",
        symptom="linking-error",
        clerk="jlee",
        status="open",
    )


def test_me_is_whoever_asks() -> None:
    assert meant("clerk:me").clerk == "mortiz"


def test_opened_is_a_period_in_the_desks_zone() -> None:
    assert meant("opened:2026-05").opened == period_meant("2026-05", NOW, ZONE)


def test_fields_are_read_however_they_are_capitalised() -> None:
    assert meant("Court:ianb") == meant("COURT:ianb") == meant("court:ianb")


def test_a_word_with_signs_is_its_words_next_to_each_other() -> None:
    assert meant("can't e-file").words == (("can", "t"), ("e", "file"))


def test_signs_alone_ask_for_nothing() -> None:
    assert meant('* ( "" -') == Query()


@pytest.mark.parametrize(
    ("text", "half"), [("link", True), ("link ", False), ('"link"', False), ("", True)]
)
def test_only_a_last_word_that_is_still_being_typed_is_half_typed(
    text: str, *, half: bool
) -> None:
    assert meant(text, half_typed=True).half_typed is half
    assert meant(text).half_typed is False


def test_an_unknown_field_is_refused_by_its_name() -> None:
    with pytest.raises(
        BadInput, match=r"no colour: .* court:, symptom:, clerk:, opened:, status:"
    ):
        meant("colour:red")


def test_a_period_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(BadInput, match="is not a period"):
        meant("opened:soonish")


@given(TYPED, st.booleans())
def test_every_text_is_a_query_that_can_be_asked_or_refused(text: str, half_typed: bool) -> None:
    try:
        asked = meant(text, half_typed=half_typed)
    except BadInput:
        return
    for value in (asked.court, asked.symptom, asked.clerk, asked.status):
        assert value.encode().decode() == value
    for group in asked.words:
        assert group
        assert all(word.isprintable() and '"' not in word for word in group)
