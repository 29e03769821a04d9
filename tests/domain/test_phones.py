from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.phones import (
    Phone,
    groups_of,
    looks_like_phone,
    phone_meant,
    read_phone,
    refuse_shortened,
    shown,
)
from helpdesk.errors import BadInput

NUMBERS = st.builds("{}555{:04}".format, st.integers(200, 999), st.integers(0, 9999))
BEFORE = st.sampled_from(["", "1", "1-", "+1", "+1 ", "+1-", "1 ", "1."])
BETWEEN = st.sampled_from(["", " ", "-", ".", "/", " - ", "\N{NO-BREAK SPACE}"])
EXTENDED = st.sampled_from(
    (
        *("x{}", " x{}", " x {}", " X{}", " #{}", "ext{}", " ext {}", " ext. {}", " Ext: {}"),
        *(", ext. {}", " extension {}"),
    )
)


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    digits = draw(NUMBERS)
    first, second = draw(BETWEEN), draw(BETWEEN)
    area = digits[:3] if draw(st.booleans()) else f"({digits[:3]})"
    return digits, f" {draw(BEFORE)}{area}{first}{digits[3:6]}{second}{digits[6:]} "


@given(spellings())
def test_every_spelling_of_a_number_is_the_same_number(spelling: tuple[str, str]) -> None:
    digits, written = spelling
    assert read_phone(written) == Phone(digits)


@given(
    NUMBERS,
    st.sampled_from(
        ["{}-{}-{}", "({}) {}-{}", "({}){}.{}", "+1 {} {} {}", "1-{}-{}-{}", "{}.{}.{}"]
    ),
)
def test_a_number_in_groups_is_its_groups_without_the_country_code(digits: str, form: str) -> None:
    groups = (digits[:3], digits[3:6], digits[6:])
    assert groups_of(form.format(*groups)) == " ".join(groups)
    assert groups_of(f"{form.format(*groups)}9") == ""


@pytest.mark.parametrize("text", ["2125550144", "26-1200", "2026-05-01", "555", "T-26-01200", ""])
def test_what_is_not_in_groups_is_no_written_number(text: str) -> None:
    assert groups_of(text) == ""


@given(spellings(), EXTENDED, st.integers(1, 999_999))
def test_an_extension_is_read_apart_from_the_number(
    spelling: tuple[str, str], form: str, extension: int
) -> None:
    digits, written = spelling
    assert read_phone(f"{written.strip()}{form.format(extension)}") == Phone(
        digits, str(extension)
    )


@given(
    NUMBERS | st.sampled_from(["5550144", "442071234567", "4417"]),
    st.sampled_from(["", "1"]),
    st.integers(1, 4),
)
def test_a_number_that_a_spreadsheet_counted_with_is_the_same_number(
    digits: str, country: str, zeros: int
) -> None:
    before = country if len(digits) == 10 else ""
    assert read_phone(f" {before}{digits}.{'0' * zeros}") == Phone(digits)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("200555.0000", "2005550000"), ("1200555.0000", "2005550000"), ("555.0000", "5550000"),
        ("555.0", "5550"), ("212.555.0000", "2125550000"), ("1212.555", "1212555"),
        ("2125550144.5", "21255501445"), ("2125550144e12", "212555014412"),
    ],
)  # fmt: skip
def test_groups_that_end_in_zeros_are_read_as_people_mean_them(typed: str, digits: str) -> None:
    assert read_phone(typed).digits == digits


@pytest.mark.parametrize(
    "text", ["2.12555E+09", "2.125550144E9", "2,12555e+09", "2E+09", " 2.12555E+09 "]
)
def test_a_number_that_a_spreadsheet_shortened_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=f"“{re.escape(text.strip())}”.*format the column as text"):
        refuse_shortened(text)


@given(spellings(), st.sampled_from(["", " x3", " ext. 12"]))
def test_no_spelling_of_a_number_is_taken_for_a_shortened_one(
    spelling: tuple[str, str], extension: str
) -> None:
    refuse_shortened(f"{spelling[1]}{extension}")


@given(spellings())
def test_every_spelling_looks_like_a_phone_number(spelling: tuple[str, str]) -> None:
    assert looks_like_phone(spelling[1])


@given(spellings())
def test_a_number_as_it_is_shown_is_read_back(spelling: tuple[str, str]) -> None:
    phone = Phone(spelling[0], "3")
    assert str(phone) == f"{shown(spelling[0])} x3"
    assert read_phone(str(phone)) == phone


@pytest.mark.parametrize("typed", ["0144", "555-01", "(212)", "212 555", "144"])
def test_three_digits_of_a_number_look_like_one(typed: str) -> None:
    assert looks_like_phone(typed)


@pytest.mark.parametrize(
    "typed", ["", "12", "Whitfield", "whit 212", "NY448120", "T-26-04817", "dana@x.example", "x3"]
)
def test_what_is_no_number_does_not_look_like_one(typed: str) -> None:
    assert not looks_like_phone(typed)


@pytest.mark.parametrize("digits", ["", "144", "442071234567"])
def test_a_number_that_has_not_ten_digits_is_shown_as_it_is(digits: str) -> None:
    assert shown(digits) == digits


@given(st.text())
def test_no_text_breaks_the_reading_of_phone_numbers(text: str) -> None:
    phone = read_phone(text)
    assert phone.digits == "" or (phone.digits.isascii() and phone.digits.isdigit())
    assert looks_like_phone(text) in {True, False}


def test_an_extension_in_digits_of_another_script_is_not_taken_for_one() -> None:
    assert read_phone("212-555-0144 x٣") == Phone("2125550144")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""), (" ", ""), ("0144", "0144"), ("(212) 555-0144", "2125550144"),
        ("cell 212-555-0144", "2125550144"), ("212-555-0144 x7, or the cell", "2125550144x7"),
        ("212 555 0144 or 0145", "2125550144"),
    ],
)  # fmt: skip
def test_a_number_is_read_beside_words_when_it_is_whole(text: str, kept: str) -> None:
    assert phone_meant(text).kept == kept


@pytest.mark.parametrize("text", ["abc", "my cell", "319-555-O199", "555 call Dana 0199", "x7"])
def test_what_is_no_number_is_not_put_on_record(text: str) -> None:
    with pytest.raises(BadInput, match="is no phone number: write it like 212-555-0144 x3"):
        phone_meant(text)


@pytest.mark.parametrize(
    ("phone", "kept", "said"),
    [
        (Phone("2125550144", "3"), "2125550144x3", "212-555-0144 x3"),
        (Phone("2125550144"), "2125550144", "212-555-0144"),
        (Phone("5550144", "77"), "5550144x77", "5550144 x77"),
    ],
)
def test_a_number_with_its_extension_is_one_word_and_read_back(
    phone: Phone, kept: str, said: str
) -> None:
    assert (phone.kept, shown(phone.kept), str(phone)) == (kept, said, said)
    assert read_phone(phone.kept) == read_phone(said) == phone


@given(NUMBERS, st.from_regex(r"[0-9]{0,6}", fullmatch=True))
def test_a_kept_number_is_taken_apart_as_it_was_put_together(digits: str, extension: str) -> None:
    phone = Phone(digits, extension)
    assert Phone.from_kept(phone.kept) == phone
