from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.queries import FIELDS, Clause, Query
from helpdesk.domain.query_parts import BadQuery
from helpdesk.domain.query_reading import Asker, query_meant
from helpdesk.domain.query_values import Range

NOW, ZONE = 1_780_319_643, "America/New_York"
NAMES = {
    "court": ("ianb", "ncmb"),
    "symptom": ("linking-error", "link-accounts", "query-error"),
    "status": ("open", "waiting"),
    "clerk": ("mortiz", "Dana.Ruiz"),
}
SIGNS = ("x:", '"', "ianb", "today", "2026-05", " ", "linking", "-", ",", ">", "\ud800", "*",
         "NEAR(", "10m", "²", "-court:ianb", "sort:due", "０１４４")  # fmt: skip
TYPED = st.one_of(
    st.text(st.characters()),
    st.lists(st.sampled_from([*(f"{each}:" for each in FIELDS), *SIGNS]), max_size=10).map(
        "".join
    ),
)


def meant(text: str, *, half_typed: bool = False, zone: str = ZONE) -> Query:
    asker = Asker(NOW, zone, "mortiz", lambda field: NAMES.get(field, ()))
    return query_meant(text, asker, half_typed=half_typed)


def words(text: str) -> list[str]:
    return [each for clause in meant(text).of("word") for each in clause.values]


def at(text: str, zone: str = ZONE) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp())


def test_nothing_typed_asks_for_everything() -> None:
    assert meant("") == meant("   ") == Query()


def test_every_part_is_one_thing_that_must_hold() -> None:
    asked = meant('court:IANB,ncmb -sym:link dur>10m calls<=2 "Clear cache" -Chrome sort:due')
    assert asked.clauses == (
        Clause("court", ("ianb", "ncmb")),
        Clause("symptom", ("link-accounts", "linking-error"), negated=True),
        Clause("dur", ranges=(Range(601),)),
        Clause("calls", ranges=(Range(below=3),)),
        Clause("word", ("clear cache",)),
        Clause("word", ("chrome",), negated=True),
    )
    assert asked.sort == "due"


def test_the_same_field_twice_must_hold_twice() -> None:
    assert [each.values for each in meant("court:ianb court:ncmb").of("court")] == [
        ("ianb",), ("ncmb",),
    ]  # fmt: skip


def test_names_are_those_of_the_desk_however_they_are_capitalised() -> None:
    assert meant("CLERK:dana.ruiz").clauses == (Clause("clerk", ("Dana.Ruiz",)),)
    assert meant("clerk:me").clauses == (Clause("clerk", ("mortiz",)),)


def test_commas_part_values_and_quotes_keep_them_whole() -> None:
    (firm,) = meant('firm:"Roe, Fairbank LLP",zeller').clauses
    assert firm.values == ("roe fairbank llp", "zeller")


def test_a_word_with_signs_is_its_words_next_to_each_other() -> None:
    assert words("can't e-file a<b") == ["can t", "e file", "a b"]


@pytest.mark.parametrize(
    ("text", "lasts"),
    [
        ("dur:2m", (120, 180)), ("dur:90s", (90, 91)), ("dur:1h", (3600, 7200)),
        ("dur:1h30m", (5400, 5460)), ("dur>10m", (601, None)), ("dur>=10m", (600, None)),
        ("dur<2m", (None, 120)), ("dur<=2m", (None, 121)), ("dur:5", (300, 360)),
        ("calls:2", (2, 3)), ("calls>2", (3, None)), ("calls<2", (None, 2)),
    ],
)  # fmt: skip
def test_lengths_and_counts_are_compared_as_the_sign_says(
    text: str, lasts: tuple[int | None, int | None]
) -> None:
    (clause,) = meant(text).clauses
    assert clause.ranges == (Range(*lasts),)


@pytest.mark.parametrize("zone", [ZONE, "America/Phoenix", "Pacific/Guam", "America/Chicago"])
@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01", "2026-05-31"])
def test_a_day_begins_and_ends_to_the_second_where_the_desk_is(day: str, zone: str) -> None:
    def holds(text: str, clock: str) -> bool:
        (clause,) = meant(text, zone=zone).clauses
        (wanted,) = clause.ranges
        moment = at(f"{day}T{clock}", zone)
        return (wanted.least or 0) <= moment < (wanted.below or 2**62)

    first, last = "00:00:00", "23:59:59"
    assert (holds(f"opened:{day}", first), holds(f"opened:{day}", last)) == (True, True)
    assert (holds(f"opened>{day}", last), holds(f"opened>={day}", first)) == (False, True)
    assert (holds(f"opened<{day}", first), holds(f"opened<={day}", last)) == (False, True)
    before, after = (at(f"{day}T{clock}", zone) for clock in (first, last))
    ((inside,),) = [each.ranges for each in meant(f"opened:{day}", zone=zone).clauses]
    assert (inside.least, inside.below) == (before, after + 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("opened:2026-03", "opened 2026-03-01 00:00 EST … 2026-04-01 00:00 EDT"),
        ("changed>2026-03-07", "changed from 2026-03-08 00:00 EST on"),
        ("due<2026-03-09", "due before 2026-03-09 00:00 EDT"),
    ],
)
def test_a_period_is_told_with_its_offsets(text: str, said: str) -> None:
    assert meant(text).periods == (said,)


@pytest.mark.parametrize(
    ("text", "half"),
    [("link", True), ("link ", False), ('"link"', False), ('"link', True), ("caller:wh", True),
     ("court:ianb", False)],
)  # fmt: skip
def test_only_a_last_word_that_is_still_being_typed_is_half_typed(
    text: str, *, half: bool
) -> None:
    assert [each.half for each in meant(text, half_typed=True).clauses] == [half]
    assert [each.half for each in meant(text).clauses] == [False]


@pytest.mark.parametrize("text", ["-ca", "roe -court:ianb", "-", "court:", "court:ia", "opened:2"])
def test_what_is_half_typed_is_not_applied_yet(text: str) -> None:
    asked = meant(text, half_typed=True)
    assert {each.field for each in asked.clauses} <= {"word"}
    assert not any(each.negated for each in asked.clauses)


@pytest.mark.parametrize(
    ("text", "said", "under"),
    [
        ("roe wxyz:red", "there is no wxyz: to look for; use court:", "wxyz"),
        ("-cort:ianb", "there is no cort: to look for; did you mean court:", "cort"),
        ("roe court:ianb,nope x", "no court “nope”; there are: ianb, ncmb", "nope"),
        ("opened:soonish", "is not a period", "soonish"),
        ("dur>long", "is not a length", "long"),
        ("calls:many", "is not a number of calls", "many"),
        ("court>ianb", "cannot be compared", "court>ianb"),
        ("tag:", "say which tag", "tag:"),
        ("reopened:maybe", "use reopened:yes or reopened:no", "maybe"),
        ("sort:best", "use sort:newest", "best"),
        ("-sort:due", "cannot be left out", "-sort:due"),
        ("phone:abc", "holds no digit", "abc"),
        ("caller:%", "holds no word", "%"),
    ],
)
def test_a_refusal_names_the_word_and_points_at_it(text: str, said: str, under: str) -> None:
    with pytest.raises(BadQuery) as refused:
        meant(text)
    wrong = refused.value
    assert said in str(wrong)
    assert wrong.typed[wrong.start : wrong.end] == under
    assert wrong.carets == " " * text.index(under) + "^" * len(under)


def test_carets_stand_under_the_word_behind_wide_signs() -> None:
    with pytest.raises(BadQuery) as refused:
        meant("松本 court:x")
    assert refused.value.carets == " " * len("____ court:") + "^"


@given(TYPED, st.booleans())
def test_every_text_is_a_query_that_can_be_asked_or_refused_at_a_place(
    text: str, half_typed: bool
) -> None:
    wrong: list[BadQuery] = []
    asked = Query()
    try:
        asked = meant(text, half_typed=half_typed)
    except BadQuery as refused:
        wrong.append(refused)
    for each in wrong:
        assert not half_typed
        assert 0 <= each.start < each.end <= max(1, len(each.typed))
    for clause in asked.clauses:
        assert clause.field in (*FIELDS, "word")
        for value in clause.values:
            assert value.encode().decode() == value
            assert '"' not in value
