"""The right playbook for whatever is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import Playbook
from helpdesk.playbooks.finding import Finder
from helpdesk.playbooks.indexing import index_as_told, index_from_told, index_of
from helpdesk.playbooks.library import Library
from tests.playbooks.shown import DATA, shipped_playbooks

LIBRARY: Final = shipped_playbooks().library
FINDER: Final = Finder(index_of(LIBRARY))
BOOKS: Final = list(LIBRARY.playbooks.values())
SENTENCES: Final = [
    json.loads(line)
    for line in (DATA / "callers_sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


def slugs(typed: str) -> list[str]:
    return [each.slug for each in FINDER.find(typed)]


def is_wanted(sentence: dict[str, str], among: list[str]) -> bool:
    return bool({sentence["topic"], *sentence.get("also", [])} & set(among))


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_an_exact_code_is_the_first_row(book: Playbook) -> None:
    assert [slugs(code)[0] for code in book.codes] == [book.slug] * len(book.codes)
    assert [slugs(f" {code.upper()} ")[0] for code in book.codes] == [book.slug] * len(book.codes)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_a_playbook_is_found_first_by_its_title(book: Playbook) -> None:
    assert slugs(book.title)[0] == book.slug


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.slug)
def test_a_playbook_is_among_the_first_three_by_each_of_its_phrases(book: Playbook) -> None:
    missed = [phrase for phrase in book.phrases if book.slug not in slugs(phrase)[:3]]
    assert missed == []


def test_nine_of_ten_callers_find_theirs_among_the_first_three() -> None:
    missed = [each for each in SENTENCES if not is_wanted(each, slugs(each["text"])[:3])]
    assert len(missed) <= len(SENTENCES) / 10, missed


def test_three_of_four_callers_find_theirs_first() -> None:
    missed = [each for each in SENTENCES if not is_wanted(each, slugs(each["text"])[:1])]
    assert len(missed) <= len(SENTENCES) / 4, missed


def test_the_callers_sentences_are_no_phrases_of_playbooks() -> None:
    known = {phrase.casefold() for book in BOOKS for phrase in book.phrases}
    assert [each for each in SENTENCES if each["text"].casefold() in known] == []


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("linkng eror", "linking-error"),
        ("autenticator on my old phne", "mfa-lost-device"),
        ("clear the cahce", "browser-cache"),
        ("PDF rejcted", "pdf-upload"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(typed: str, wanted: str) -> None:
    assert wanted in slugs(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("no men", "no-menus-after-link"),
        ("forgot my pacer pas", "forgot-pacer"),
        ("charged twi", "double-charge-refund"),
        ("filing age", "filing-agent"),
    ],
)
def test_the_last_word_may_be_half_typed(typed: str, wanted: str) -> None:
    assert wanted in slugs(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("cc decl at pcr reg", "card-not-authorized"),
        ("pw unknwn, unlinked", "forgot-cmecf-before-link"),
        ("no bk/adv menu", "no-menus-after-link"),
        ("2fa new phone", "mfa-lost-device"),
        ("w/o atty, efile?", "pro-se-filer"),
        ("nef for my asst", "nef-recipients"),
    ],
)
def test_shorthand_is_read(typed: str, wanted: str) -> None:
    assert wanted in slugs(typed)[:3]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("upgraded and cannot get in, court is not live", "cant-get-in-before-golive"),
        ("upgraded and cannot get in, court is live", "cant-get-in-after-golive"),
    ],
)
def test_a_small_word_can_decide(typed: str, wanted: str) -> None:
    assert slugs(typed)[0] == wanted


def test_a_row_tells_which_words_matched_and_which_word_was_meant() -> None:
    rows = {each.slug: each.why for each in FINDER.find("my lawyer's pasword is too short")}
    assert set(rows["pacer-password-rules"]) == {"password", "too", "short"}
    assert {"password", "attorney"} <= set(rows["staff-filing"])


def test_nothing_is_listed_for_words_that_no_playbook_has() -> None:
    assert slugs("zyzzyva qwrx 77123") == []


def test_nothing_typed_lists_every_playbook_by_title() -> None:
    titles = [each.title for each in FINDER.find("  ")]
    assert titles == sorted(book.title for book in BOOKS)


def test_a_desk_without_playbooks_finds_none() -> None:
    empty = Finder(index_of(Library()))
    assert empty.find("no menus") == ()
    assert empty.find("") == ()


def test_words_that_were_written_down_find_the_same() -> None:
    told = json.dumps(index_as_told(index_of(LIBRARY)))
    again = Finder(index_from_told(json.loads(told)))
    for typed in ("", "li", "lokced ot", *(each["text"] for each in SENTENCES)):
        assert again.find(typed) == FINDER.find(typed)


@given(
    st.text()
    | st.lists(st.sampled_from([*SENTENCES[0]["text"].split(), "li", "/", "’"])).map("".join)
)
def test_any_text_lists_each_playbook_at_most_once_best_first(typed: str) -> None:
    found = FINDER.find(typed)
    assert len({each.slug for each in found}) == len(found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


@given(st.sampled_from(SENTENCES), st.integers(min_value=1))
def test_every_row_of_a_text_typed_so_far_says_why(sentence: dict[str, str], typed: int) -> None:
    so_far = sentence["text"][:typed]
    assert all(each.why for each in FINDER.find(so_far) if so_far.strip())


def test_two_programs_rank_alike() -> None:
    phrases = "".join(each["text"] + "\n" for each in SENTENCES)
    command = [sys.executable, "-m", "helpdesk", "playbooks", "find", "--jsonl", "-"]
    told = {
        subprocess.run(
            command,
            input=phrases,
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
