"""What the desk knows orders the rows after the first, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.playbooks.finding import Finder, Found, Hint, ordered_by_hints
from helpdesk.playbooks.indexing import index_of
from tests.playbooks.shown import shipped_playbooks

LIBRARY: Final = shipped_playbooks().library
FINDER: Final = Finder(index_of(LIBRARY))
SLUGS: Final = st.sampled_from(sorted(LIBRARY.playbooks))
HINTS: Final = st.dictionaries(SLUGS, st.builds(Hint, st.floats(0, 1), st.just("this caller")))
FOUND: Final = st.sampled_from(
    ["li", "l", "no menus after linking", "pw old, cant link", "says inactive", "code", "zzz"]
).map(FINDER.find) | st.lists(
    st.builds(Found, SLUGS, st.just("t"), st.just("c"), st.floats(-50, 50)),
    unique_by=lambda each: each.slug,
).map(lambda rows: tuple(sorted(rows, key=lambda each: -each.score)))  # fmt: skip

Rows = tuple[Found, ...]


def slugs(rows: Rows) -> list[str]:
    return [each.slug for each in rows]


@given(FOUND, HINTS)
def test_no_hint_moves_the_first_row_and_none_adds_or_takes_one(
    found: Rows, hints: dict[str, Hint]
) -> None:
    ordered = ordered_by_hints(found, hints)
    assert slugs(ordered)[:1] == slugs(found)[:1]
    assert sorted(slugs(ordered)) == sorted(slugs(found))


@given(FOUND, HINTS)
def test_the_same_words_and_hints_give_the_same_rows_in_whatever_order_hints_came(
    found: Rows, hints: dict[str, Hint]
) -> None:
    turned = dict(reversed(hints.items()))
    assert ordered_by_hints(found, hints) == ordered_by_hints(found, turned)
    assert ordered_by_hints(found, {}) == found


@given(FOUND, HINTS)
def test_rows_that_nothing_speaks_for_keep_their_order(
    found: Rows, hints: dict[str, Hint]
) -> None:
    before, after = slugs(found), slugs(ordered_by_hints(found, hints))
    others = [slug for slug in before if slug not in hints]
    assert [slug for slug in after if slug not in hints] == others


@given(FOUND, HINTS)
def test_each_row_that_is_spoken_for_says_why_and_is_else_as_it_was(
    found: Rows, hints: dict[str, Hint]
) -> None:
    for each in ordered_by_hints(found, hints):
        assert each.known == ("this caller" if each.slug in hints else "")
        assert replace(each, known="") in found


@given(FOUND, SLUGS)
def test_one_hint_moves_its_row_up_and_a_heavier_one_further(found: Rows, slug: str) -> None:
    if slug in slugs(found):
        places = [
            slugs(ordered_by_hints(found, {slug: Hint(weight, "this caller")})).index(slug)
            for weight in (0.0, 0.2, 0.5, 1.0)
        ]
        assert places[0] == slugs(found).index(slug)
        assert places == sorted(places, reverse=True)


def test_a_caller_who_called_about_it_before_has_it_second() -> None:
    found = tuple(
        Found(slug, slug, "", score) for slug, score in [("a", 10), ("b", 6), ("c", 5), ("d", 4.5)]
    )
    hints = {"d": Hint(0.25, "this caller, 28 May")}
    assert slugs(ordered_by_hints(found, hints)) == ["a", "d", "b", "c"]
