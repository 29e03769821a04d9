from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from helpdesk.domain.safe_text import block, is_plain, line, storable

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;ZXZpbA==\x07",  # writes the clipboard
    "\x1b]0;title\x07",
    "\x1b[6n",
    "\x1b[?1049l",
    "\x9b31m",
    "a\x00b",
    "a\x08\x08b",
    "a\x7fb",
    "a\rb",
    "\u202egnp.exe",
    "\u2066a\u2069\u200fb\u061c",
    "zero\u200bwidth\ufeff",
    "lone \ud800 surrogate",
    "line\u2028and\u2029paragraph",
    "tags \U000e0041\U000e007f",
    "c1 \x85 \x8d \x90",
    "Z" + "\u0301" * 40,
    "\N{HEAVY BLACK HEART}\ufe0f \N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-6}",
    "\u2067\u2068\u206a\u206f",
    "\ufff9anno\ufffatation\ufffb",
)
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
WIDTHS_DIFFER = st.sampled_from(
    "\u200d\u200c\xad\ufe0f\ufe0e👩💻👍🏽❤🇺🇸1\u20e3\u0903\u093eᄀ각\u1160\u11a8山ｆ\u0301é"
)
"""Signs whose widths hang on what stands beside them, in some terminals."""

ANYTHING = st.text(st.characters()) | st.sampled_from(HOSTILE)


def is_hostile(sign: str) -> bool:
    return (
        unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(sign) in BIDI
        or sign in "\u061c\u200b\u200e\u200f\u2060\ufeff"
    )


@given(ANYTHING)
def test_a_line_holds_no_sign_that_a_terminal_obeys(text: str) -> None:
    assert not [sign for sign in line(text) if is_hostile(sign)]


@given(ANYTHING)
def test_a_block_holds_no_sign_that_a_terminal_obeys_but_its_line_breaks(text: str) -> None:
    assert not [sign for sign in block(text) if is_hostile(sign) and sign != "\n"]


@pytest.mark.parametrize("text", HOSTILE)
def test_known_attacks_come_out_changed(text: str) -> None:
    assert line(text) != text
    assert block(text) != text


@given(ANYTHING)
def test_what_is_harmless_once_stays_as_it_is(text: str) -> None:
    assert line(line(text)) == line(text)
    assert block(block(text)) == block(text)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=400))
def test_plain_text_comes_out_unchanged(text: str) -> None:
    assert line(text) == text
    assert block(text) == text


@given(ANYTHING, st.integers(1, 30))
def test_a_line_is_never_longer_than_asked_and_shows_that_it_was_cut(
    text: str, limit: int
) -> None:
    said = line(text, limit)
    assert len(said) <= limit
    if len(text) > limit:
        assert said.endswith("…")


def test_a_block_that_is_cut_says_how_much_is_missing() -> None:
    assert block("x" * 130, 100) == "x" * 100 + "… (30 more characters)"


def test_a_block_keeps_its_lines_and_widens_tabs() -> None:
    assert block("one\r\ntwo\tthree") == "one\ntwo    three"


def test_names_in_any_script_stay_readable() -> None:
    for name in ("Ruíz", "Nguyễn", "Łukasz", "Ελένη", "山田", "דנה", "Zoë"):
        assert line(name) == name


@given(ANYTHING | st.text(WIDTHS_DIFFER))
def test_a_line_takes_as_many_cells_as_a_terminal_counts_sign_by_sign(text: str) -> None:
    said = line(text)
    assert cell_len(said) == sum(map(wcwidth, said))


def test_flags_families_and_marks_with_a_width_are_shown_as_what_every_terminal_agrees_on() -> (
    None
):
    assert line("🇺🇸 👩\u200d💻 a\u0903") == "US 👩💻 a\ufffd"


@pytest.mark.parametrize("mark", ["\u0301", "\u0327", "\u0e49", "\u064b"])
def test_no_kind_of_mark_climbs_over_other_lines(mark: str) -> None:
    assert line("Z" + mark * 40) == "Z" + mark * 2


def test_marks_cannot_climb_over_other_lines() -> None:
    assert line("Z" + "\u0301" * 40) == "Z\u0301\u0301"


@pytest.mark.parametrize("value", [17, None, 3.5, ("a", "b")])
def test_anything_can_be_said_in_a_line(value: object) -> None:
    assert line(value) == str(value)


@given(ANYTHING)
def test_stored_text_fits_any_database_and_file(text: str) -> None:
    kept = storable(text)
    assert "\0" not in kept
    assert kept.encode().decode() == kept
    assert storable(kept) == kept


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_stored_text_is_otherwise_as_it_was_typed(text: str) -> None:
    assert storable(text) == text


def test_a_pair_of_surrogates_is_stored_as_the_sign_it_means() -> None:
    assert storable("\ud83d\ude00") == "\U0001f600"


def test_what_is_plain_at_a_glance_is_what_sign_by_sign_would_be_left_alone() -> None:
    plain = [sign for sign in map(chr, range(0x11000)) if is_plain(sign)]
    assert {"a", "~", "é", "…", "“"} <= set(plain)
    assert all(block(sign * 3) == sign * 3 and cell_len(sign) == 1 for sign in plain)
    assert all(sign.isprintable() and wcwidth(sign) == 1 for sign in plain)


def test_a_pair_of_surrogates_is_shown_as_its_sign_and_a_lone_one_replaced() -> None:
    assert line("a\ud83d\ude00") == block("a\ud83d\ude00") == "a\U0001f600"
    assert line("a\ud83d") == block("\ude00a")[::-1] == "a\N{REPLACEMENT CHARACTER}"
    assert line("aa\ud83d\ude00", limit=3) == "aa…"
