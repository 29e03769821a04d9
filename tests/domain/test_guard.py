from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpdesk.domain.guard import (
    blanked,
    find_secret,
    find_secrets,
    passes_luhn,
    safe_to_save,
)
from helpdesk.domain.guard.labels import label_kind
from helpdesk.domain.guard.spelled import is_spelling
from tests.support.corpus import ordinary_notes, said_secrets
from tests.support.sayings import ORDINARY, SECRETS

TYPED = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [*(text for text, _ in SECRETS), *ORDINARY, "password", "pin:", "\n", "…", "code is"]
        ),
        max_size=6,
    ).map(" ".join),
    st.text("pasword in:=1234567890-. \n/…", max_size=60),
)


def test_every_secret_of_the_corpus_is_found_whole_and_its_kind_never_repeats_it() -> None:
    sayings = said_secrets()
    assert len(sayings) >= 300
    missed, parts = [], []
    for each in sayings:
        found = find_secrets(each.text)
        without = blanked(each.text)
        if not found:
            missed.append(each.text)
        elif any(secret in without for secret in each.secrets):
            parts.append((each.text, without))
        assert not any(secret in one.kind for secret in each.secrets for one in found)
    assert not missed
    assert not parts


def test_secrets_are_found_in_longer_notes_and_in_capitals() -> None:
    for text, secret in SECRETS:
        note = f"Chrome, cache cleared; {text}\ncall back 212-555-0144"
        assert find_secret(note) is not None, note
        assert secret not in blanked(note)
        assert find_secret(text.upper()) is not None, text.upper()


def test_at_most_one_in_a_hundred_ordinary_notes_is_stopped() -> None:
    notes = ordinary_notes()
    assert len(set(notes)) >= 1_000
    stopped = [(each, found.kind) for each in notes if (found := find_secret(each))]
    assert len(stopped) <= len(notes) // 100, stopped
    assert not [each for each in ORDINARY if find_secret(each)]


@pytest.mark.parametrize("dressed", [str.strip, "(see {})".format, "1. {}; all done".format])
def test_what_stands_around_a_secret_does_not_hide_it(dressed: Callable[[str], str]) -> None:
    missed = [text for text, _ in SECRETS if find_secret(dressed(text)) is None]
    assert not missed


def test_characters_that_are_not_seen_hide_nothing() -> None:
    hidden = "\u200b\u200d\u2060\ufeff\u00ad"
    for sign in hidden:
        for secret in ("219-09-9999", "4012 8888 8888 1881", "Winter2025!"):
            text = f"{secret[:5]}{sign}{secret[5:]} given"
            found = find_secret(text)
            assert found is not None, ascii(text)
            assert blanked(text).endswith("… given") or "…" in blanked(text)


def test_ordinary_notes_are_not_refused_together_either() -> None:
    assert find_secret("\n".join(ORDINARY)) is None


@given(
    st.sampled_from(["", "opened:", "changed:>"]), st.sampled_from(["last", "next"]),
    st.integers(1, 999), st.sampled_from(["", "d"]),
)  # fmt: skip
def test_no_period_of_a_query_looks_like_a_secret(
    field: str, way: str, days: int, unit: str
) -> None:
    assert find_secret(f"{field}{way}-{days}{unit}") is None
    assert find_secret(f"her password is {way}-{days}{unit}") is not None


@given(st.integers(26_00001, 26_99999), st.sampled_from(["bk", "ap", "cv"]), st.integers(1, 9))
def test_no_case_number_looks_like_a_secret(number: int, kind: str, office: int) -> None:
    year, n = divmod(number, 100_000)
    for case in (f"{office}:{year}-{kind}-{n:05}", f"{year}-{n:05}-als{office}"):
        assert find_secret(f"cannot file in {case}, login does not work") is None


@given(st.integers(200, 999), st.integers(0, 9999), st.sampled_from(["-", ".", " ", ""]))
def test_no_phone_number_looks_like_a_secret(area: int, line: int, sign: str) -> None:
    number = f"{area}{sign}555{sign}{line:04}"
    assert find_secret(f"call back {number} after 2") is None


@given(
    st.integers(1, 899).filter(lambda area: area != 666),
    st.integers(1, 99),
    st.integers(1, 9999),
    st.sampled_from(["-", " ", ".", "–"]),
    st.sampled_from(ORDINARY),
)
def test_every_social_security_number_is_found(
    area: int, group: int, serial: int, sign: str, note: str
) -> None:
    number = f"{area:03}{sign}{group:02}{sign}{serial:04}"
    assert number not in blanked(f"{note} {number} {note}")


@given(st.integers(4 * 10**14, 5 * 10**14 - 1), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_found(number: int, sign: str) -> None:
    digit = next(each for each in "0123456789" if passes_luhn(f"{number}{each}"))
    whole = f"{number}{digit}"
    grouped = sign.join(whole[at : at + 4] for at in range(0, 16, 4))
    found = find_secret(f"paid with {grouped} today")
    assert found is not None
    assert found.kind == "a card number"


def test_sixteen_digits_that_fail_the_check_sum_are_no_card() -> None:
    assert find_secret("docket 4111111111111112") is None
    assert not passes_luhn("0000000000000000")


@given(TYPED)
def test_blanking_leaves_nothing_to_be_found(text: str) -> None:
    assert find_secret(blanked(text)) is None


@given(TYPED)
def test_a_text_without_secrets_is_blanked_to_itself(text: str) -> None:
    if find_secret(text) is None:
        assert blanked(text) == text


@given(TYPED)
def test_nothing_with_a_secret_in_it_is_ever_saved_while_it_is_typed(text: str) -> None:
    for each in find_secrets(text):
        before = text.rfind("\n", 0, each.start) + 1
        line = text.count("\n", 0, each.start)
        saved = [*safe_to_save(text).split("\n"), *[""] * (line + 1)][line]
        assert len(saved) <= each.start - before


@given(TYPED)
def test_every_saved_line_is_the_beginning_of_a_typed_line(text: str) -> None:
    saved, typed = safe_to_save(text).split("\n"), text.split("\n")
    assert all(whole.startswith(part) for part, whole in zip(saved, typed, strict=False))


@pytest.mark.parametrize("before", ["", "Chrome, cache cleared; "])
def test_a_secret_typed_letter_by_letter_is_not_saved_in_any_part(before: str) -> None:
    for text, secret in SECRETS:
        typed = f"{before}{text} and more"
        begins = typed.index(secret)
        for at in range(begins + 1, len(typed) + 1):
            assert len(safe_to_save(typed[:at])) <= begins, typed[:at]


@given(st.lists(st.from_regex(r"[b-z]{9,12}", fullmatch=True), min_size=1, max_size=12))
def test_a_kill_loses_the_last_word_of_a_harmless_text_and_no_more(words: list[str]) -> None:
    assume(not any(is_spelling(each) for each in words))
    text = " ".join(words)
    if safe_to_save(f"{text} ") == f"{text} ":
        assert safe_to_save(text) == text[: len(text) - len(words[-1])]


def test_words_after_one_that_announces_a_secret_stay_unsaved_up_to_the_end_of_the_line() -> None:
    typed = "Chrome 128 \nlogin not known to her \nfirewall blocks pop-ups "
    assert safe_to_save(typed) == "Chrome 128 \nlogin\nfirewall blocks pop-ups "


def test_a_secret_on_the_line_after_its_label_is_not_saved() -> None:
    assert safe_to_save("password:\nbanana ") == "password\n"


@given(st.data())
def test_a_label_with_as_many_slips_as_it_may_have_is_still_read(data: st.DataObject) -> None:
    word, most = data.draw(st.sampled_from((("passphrase", 2), ("birthdate", 1), ("username", 2))))
    mistyped = word
    for _ in range(most):
        at = data.draw(st.integers(0, len(mistyped) - 2))
        one, other = mistyped[at], mistyped[at + 1]
        letter = data.draw(st.sampled_from("aeqwxz"))
        put = data.draw(
            st.sampled_from((other + one, one + letter + other, letter + other, other))
        )
        mistyped = mistyped[:at] + put + mistyped[at + 2 :]
    assert label_kind(mistyped) == label_kind(word) != ""
