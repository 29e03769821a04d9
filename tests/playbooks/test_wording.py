"""Words in one spelling, and the words that were meant."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.slips import slips
from helpdesk.playbooks.spelling import Spelling
from helpdesk.playbooks.wording import features, read_words

WORDS = st.text("abcd", max_size=6)


def stems(text: str) -> list[str]:
    return [word.stem for word in read_words(text)]


@pytest.mark.parametrize(
    "same",
    [
        ("login", "log in", "Logged on", "sign-in", "signing in", "logon", "log into"),
        ("efile", "e-file", "e filing", "E-Filed", "efiling"),
        ("username", "user name", "user-id", "User IDs", "uname"),
        ("CM/ECF", "cmecf", "CM-ECF", "ECF"),
        ("cannot", "can’t", "can't", "cant", "can not", "unable to"),
        ("mfa", "2FA", "two-factor", "multi-factor", "multifactor", "two step"),
        ("set up", "setup", "setting up"),
        ("password", "pw", "pwd", "pass word", "passwords"),
        ("link", "linking", "linked", "links"),
        ("without an attorney", "pro se", "self-represented"),
        ("attorney", "lawyers", "atty", "attorney’s"),
        ("resume", "résumé"),
    ],
)
def test_one_thing_has_one_spelling(same: tuple[str, ...]) -> None:
    assert {tuple(stems(text)) for text in same} == {tuple(stems(same[0]))}
    assert len(stems(same[0])) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("log in", "log out"), ("sign up", "sign in"), ("upgrade", "update"), ("card", "code")],
)
def test_two_things_have_two(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_words_in_a_row_and_words_alike_are_compared_too() -> None:
    assert features(read_words("shared code")) == {
        "shar",
        "cod",
        "shar cod",
        "~shared",
        "~code",
    }


@pytest.mark.parametrize(
    ("typed", "known", "many"),
    [("acount", "account", 1), ("acocunt", "account", 1), ("adress", "account", 3), ("", "ab", 2)],
)
def test_a_swap_a_gap_and_a_wrong_letter_are_one_slip_each(
    typed: str, known: str, many: int
) -> None:
    assert slips(typed, known, 2) == many


@given(WORDS, WORDS)
def test_slips_are_the_same_both_ways_and_none_only_between_equals(one: str, other: str) -> None:
    assert slips(one, other, 2) == slips(other, one, 2)
    assert (slips(one, other, 2) == 0) == (one == other)


def guessed(typed: str, *, unfinished: bool = False) -> list[str]:
    words = read_words("password password passes account authenticator link code")
    known = Spelling(Counter(words))
    return [word.shown for word in known.guess(typed, unfinished=unfinished)]


def test_a_word_is_guessed_from_its_beginning_only_while_it_is_typed() -> None:
    assert guessed("pas", unfinished=True) == ["password", "passes"]
    assert guessed("pas") == []


def test_a_word_is_guessed_without_its_vowels_and_with_slips() -> None:
    assert guessed("lnk") == ["link"]
    assert guessed("acount") == ["account"]
    assert guessed("athenticater") == ["authenticator"]


def test_a_short_word_and_a_number_are_not_guessed() -> None:
    assert guessed("lin") == []
    assert guessed("1234") == []
