from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.guard import blanked, find_secret, passes_luhn, safe_to_save
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


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_found_and_can_be_pointed_at(text: str, secret: str) -> None:
    found = find_secret(text)
    assert found is not None
    assert secret in text[found.start : found.end] or text[found.start : found.end] in secret
    assert secret not in found.kind


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_found_inside_a_longer_note(text: str, secret: str) -> None:
    note = f"Chrome, cache cleared; {text}\ncall back 212-555-0144"
    assert find_secret(note) is not None
    assert secret not in blanked(note)


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_is_found_however_it_is_capitalised(text: str, secret: str) -> None:
    assert find_secret(text.upper()) is not None, secret


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_note_is_never_refused(text: str) -> None:
    assert find_secret(text) is None


def test_ordinary_notes_are_not_refused_together_either() -> None:
    assert find_secret("\n".join(ORDINARY)) is None


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


@given(st.integers(10**14, 10**15 - 1), st.sampled_from(["", " ", "-"]))
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
    kept = safe_to_save(text)
    assert find_secret(kept) is None
    if find_secret(text):
        assert kept == ""


@given(TYPED)
def test_every_saved_line_is_the_beginning_of_a_typed_line(text: str) -> None:
    saved, typed = safe_to_save(text).split("\n"), text.split("\n")
    assert all(whole.startswith(part) for part, whole in zip(saved, typed, strict=False))


@pytest.mark.parametrize("before", ["", "Chrome, cache cleared; ", "call 212-555-0144, 402 "])
@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_a_secret_typed_letter_by_letter_is_not_saved_in_any_part(
    before: str, text: str, secret: str
) -> None:
    typed = f"{before}{text} and more\n"
    begins = typed.index(secret)
    saved = max((safe_to_save(typed[:at]) for at in range(len(typed) + 1)), key=len)
    assert len(saved) <= begins


@given(st.lists(st.from_regex(r"[b-z]{1,8}", fullmatch=True), min_size=1, max_size=12))
def test_a_kill_loses_the_last_word_of_a_harmless_text_and_no_more(words: list[str]) -> None:
    text = " ".join(words)
    if safe_to_save(f"{text} ") == f"{text} ":
        assert safe_to_save(text) == text[: len(text) - len(words[-1])]


def test_words_after_one_that_announces_a_secret_stay_unsaved_up_to_the_end_of_the_line() -> None:
    typed = "Chrome 128 \nlogin not known to her \nfirewall blocks pop-ups "
    assert safe_to_save(typed) == "Chrome 128 \nlogin\nfirewall blocks pop-ups "


def test_a_secret_on_the_line_after_its_label_is_not_saved() -> None:
    assert safe_to_save("password:\nbanana ") == ""
