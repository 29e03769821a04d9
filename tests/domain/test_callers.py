from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpdesk.domain.callers import (
    Fit,
    fit_of,
    folded,
    has_family_name,
    holds_all,
    nearest_words,
    similar_names,
    words_of,
)

WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=5, max_size=12)
ANY = st.text(max_size=30)


def groups(typed: str) -> list[tuple[str, ...]]:
    return [(word,) for word in words_of(typed)]


@pytest.mark.parametrize(
    ("typed", "name", "firm", "fit"),
    [
        ("whit", "Whitfield, Dana", "Roe LLP", Fit.NAME),
        ("dana whit", "Whitfield, Dana", "Roe LLP", Fit.NAME),
        ("dana", "Whitfield, Dana", "Roe LLP", Fit.WORD),
        ("field", "Whitfield, Dana", "Roe LLP", Fit.INSIDE_NAME),
        ("roe", "Whitfield, Dana", "Roe LLP", Fit.FIRM),
        ("dana roe", "Whitfield, Dana", "Roe LLP", Fit.OTHER),
        ("nunez", "Núñez, Ana", "", Fit.NAME),
        ("O'BR", "O’Brien, Pat", "", Fit.NAME),
    ],
)
def test_names_that_begin_with_the_words_come_before_names_that_hold_them_and_firms(
    typed: str, name: str, firm: str, fit: Fit
) -> None:
    assert fit_of(groups(typed), name, firm)[1] == fit


@given(ANY, ANY, ANY)
def test_any_text_has_a_fit_and_what_it_stands_in_is_held(
    typed: str, name: str, firm: str
) -> None:
    off, fit = fit_of(groups(typed), name, firm)
    assert 0 <= off <= len(groups(typed))
    if fit < Fit.FIRM:
        assert holds_all(groups(typed), " ".join(words_of(name)))


@given(
    WORDS, st.integers(0, 10), st.sampled_from("abcxyz"), st.sampled_from(["swap", "drop", "add"])
)
def test_a_word_with_one_typing_error_is_found_among_others(
    word: str, place: int, letter: str, error: str
) -> None:
    at = place % (len(word) - 1)
    wrong = {
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "drop": word[:at] + word[at + 1 :],
        "add": word[:at] + letter + word[at:],
    }[error]
    assume(len(wrong) >= 5)
    assert word in nearest_words(wrong, ["zzzzzzzz", "0144", word])


@given(ANY, st.lists(ANY, max_size=8))
def test_what_is_near_was_known(typed: str, known: list[str]) -> None:
    assert set(nearest_words(typed, known)) <= set(known)


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Whitfield, Dana", "Dana Whitfield", True),
        ("Whitfield, Dana", "Whitfeld, Dana", True),
        ("Whitfield, Dana", "Whitfield, D.", True),
        ("Okonkwo, Bea", "Okonkwo, Beatrice", True),
        ("Whitfield, Dana", "Whitfield", True),
        ("Whitfield, Dana", "Whitfield, Hugo", False),
        ("Whitfield, Dana", "Roe, Pat", False),
        ("Whitfield, Dana", "", False),
        ("", "", False),
    ],
)
def test_similar_names_are_those_of_one_person(one: str, other: str, same: bool) -> None:
    assert similar_names(one, other) is same
    assert similar_names(other, one) is same


@pytest.mark.parametrize(
    ("typed", "name", "has"),
    [
        ("Vance, Rosa", "Kessler, Rosa", False), ("Vance, Rosa", "Vance, Rosa", True),
        ("van, r", "Vance, Rosa", True), ("Rosa Vance", "Kessler, Rosa", True),
        ("de la Cruz, Ann", "De La Cruz, Ann", True), ("de la Cruz, Ann", "De La Rue, Ann", False),
        (", Rosa", "Kessler, Rosa", True), ("Muñoz,", "Munoz, Ida", True),
    ],
)  # fmt: skip
def test_a_family_name_that_was_typed_first_is_looked_for_in_the_name(
    typed: str, name: str, *, has: bool
) -> None:
    assert has_family_name(typed, name) is has
