from __future__ import annotations

import pytest

from helpdesk.desk.callers import add_caller, find_callers, set_caller
from helpdesk.desk.calls import start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.figures import period_of_report
from helpdesk.desk.merging import continue_ticket
from helpdesk.desk.runs import choose_symptom
from helpdesk.desk.symptoms import missed_phrases, rank_symptoms, symptom_hints
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.calls import Caller
from helpdesk.domain.periods import Period
from helpdesk.domain.tables import Figure, Table
from helpdesk.errors import NotFound, SecretFound
from helpdesk.playbooks.finding import Hint
from tests.support.calls import call_of_dana, rows
from tests.support.clock import StillClock

WORDS = "cannot link my accounts"
HOUR = 3_600


def on(desk: Desk, slug: str) -> int:
    call = start_call(desk)
    choose_symptom(desk, call, slug)
    return call


def hints_of(desk: Desk, call: int) -> dict[str, str]:
    return {slug: each.said for slug, each in symptom_hints(desk, call_view(desk, call)).items()}


def phrases(desk: Desk) -> list[tuple[str, str | None, str | None]]:
    found = rows(desk, "SELECT text, first, chosen FROM phrase ORDER BY id")
    return [(row["text"], row["first"], row["chosen"]) for row in found]


def june(desk: Desk) -> Period:
    return period_of_report(desk, "2026-06", "2026-06")


def column(table: Table, name: str) -> list[Figure]:
    return [row[table.columns.index(name)] for row in table.rows]


@pytest.mark.parametrize("typed", [WORDS, "menu empty", "pw old", "li", "p", "it does not work"])
def test_what_the_desk_knows_orders_only_the_rows_behind_the_first(desk: Desk, typed: str) -> None:
    bare = rank_symptoms(desk, typed)
    last = bare[-1].slug
    hinted = rank_symptoms(desk, typed, {last: Hint(9.0, "much"), "gone": Hint(9.0, "gone")})
    assert hinted[0].slug == bare[0].slug
    assert {each.slug for each in hinted} == {each.slug for each in bare}
    assert [each.slug for each in hinted[:2]] == [bare[0].slug, last]
    assert [each.known for each in hinted if each.known] == ["much"]


def test_without_a_word_what_the_desk_knows_comes_first_and_nothing_is_left_out(
    desk: Desk,
) -> None:
    hints = {"no-menus-after-link": Hint(0.15, "2 calls"), "which-login": Hint(0.25, "before")}
    ranked = rank_symptoms(desk, " ", hints)
    assert [each.slug for each in ranked[:2]] == ["which-login", "no-menus-after-link"]
    assert len(ranked) == len(desk.library.playbooks)


def test_what_came_in_here_twice_in_four_hours_speaks_for_itself(
    desk: Desk, clock: StillClock
) -> None:
    for slug in ("linking-error", "linking-error", "which-login"):
        on(desk, slug)
    clock.go_on(4 * HOUR)
    assert hints_of(desk, start_call(desk)) == {"linking-error": "2 calls here in 4 hours"}
    clock.go_on(1)
    assert hints_of(desk, start_call(desk)) == {}


def test_neither_this_call_nor_calls_about_another_court_speak_for_a_symptom(desk: Desk) -> None:
    own = on(desk, "linking-error")
    on(desk, "linking-error")
    assert hints_of(desk, own) == {}
    assert hints_of(desk, start_call(desk)) == {"linking-error": "2 calls here in 4 hours"}
    elsewhere = start_call(desk)
    add_caller(desk, elsewhere, Caller(0, name="Lane, Kim", court="ncmb"))
    assert hints_of(desk, elsewhere) == {}


def test_what_this_caller_called_about_lately_speaks_with_its_day(
    desk: Desk, clock: StillClock
) -> None:
    call_of_dana(desk)
    (dana,) = find_callers(desk, "whitfield")
    clock.go_on(-24 * HOUR)
    for slug in ("linking-error", "linking-error", "which-login"):
        clock.go_on(24 * HOUR)
        call = start_call(desk)
        set_caller(desk, call, dana.id, "0144")
        choose_symptom(desk, call, slug)
    again = start_call(desk)
    set_caller(desk, again, dana.id, "0144")
    assert hints_of(desk, again) == {
        "linking-error": "this caller, Tue 02 Jun 08:14 CDT",
        "which-login": "this caller, Wed 03 Jun 08:14 CDT",
    }
    clock.go_on(30 * 24 * HOUR)
    later = start_call(desk)
    set_caller(desk, later, dana.id, "0144")
    assert list(hints_of(desk, later)) == ["which-login"]


def test_the_words_that_chose_a_playbook_are_kept_with_what_stood_first(desk: Desk) -> None:
    call = start_call(desk)
    choose_symptom(desk, call, "which-login", f"  {WORDS}\t now\0")
    (first, *_) = rank_symptoms(desk, f"{WORDS} now")
    assert first.slug != "which-login"
    assert phrases(desk) == [(f"{WORDS} now�", first.slug, "which-login")]


@pytest.mark.parametrize("typed", ["li", "LI", " lk ", "", "  "])
def test_a_code_and_an_empty_box_are_no_words_to_learn_from(desk: Desk, typed: str) -> None:
    choose_symptom(desk, start_call(desk), "linking-error", typed)
    assert phrases(desk) == []


def test_what_was_given_up_is_kept_before_what_was_chosen_and_chose_nothing(desk: Desk) -> None:
    choose_symptom(desk, start_call(desk), "linking-error", WORDS, ("xqzjvk", "zzkqx vv"))
    assert [(text, chosen) for text, _, chosen in phrases(desk)] == [
        ("xqzjvk", None), ("zzkqx vv", None), (WORDS, "linking-error"),
    ]  # fmt: skip
    assert phrases(desk)[0][1] is None


@pytest.mark.parametrize(
    ("typed", "given_up"),
    [
        ("the password is Hunter2!x", ()),
        (WORDS, ("pin: 4711", "xqz")),
        (WORDS, ("4111 1111 1111 1111",)),
    ],
)
def test_words_with_a_secret_are_refused_and_nothing_of_the_choice_is_kept(
    desk: Desk, typed: str, given_up: tuple[str, ...]
) -> None:
    call = start_call(desk)
    with pytest.raises(SecretFound):
        choose_symptom(desk, call, "linking-error", typed, given_up)
    assert phrases(desk) == []
    assert call_view(desk, call).symptom == ""
    with pytest.raises(SecretFound):
        rank_symptoms(desk, "the password is Hunter2!x")


def test_the_report_lists_what_found_nothing_what_was_not_taken_and_what_was_changed_later(
    desk: Desk, clock: StillClock
) -> None:
    first = rank_symptoms(desk, WORDS)[0].slug
    choose_symptom(desk, start_call(desk), first, WORDS)  # found and taken: not in the report
    clock.go_on(60)
    choose_symptom(desk, start_call(desk), "which-login", WORDS, ("xqzjvk",))
    clock.go_on(60)
    changed = start_call(desk)
    choose_symptom(desk, changed, first, WORDS)
    choose_symptom(desk, changed, "which-login")
    table = missed_phrases(desk, june(desk))
    assert [(row[:4], row[4]) for row in table.rows] == [
        ((WORDS, first, first, "which-login"), "T-26-00003"),
        ((WORDS, first, "which-login", "which-login"), "T-26-00002"),
        (("xqzjvk", None, None, "which-login"), "T-26-00002"),
    ]
    assert column(table, "at_local") == [
        f"2026-06-01T08:{minute}:03-05:00" for minute in (16, 15, 15)
    ]
    assert table.footer == ("3 of 4 phrases found nothing or not what was chosen",)


def test_a_choice_that_was_taken_back_is_in_the_report(desk: Desk) -> None:
    first = rank_symptoms(desk, WORDS)[0].slug
    call = start_call(desk)
    choose_symptom(desk, call, first, WORDS)
    undo_last(desk, call)
    assert [row[:4] for row in missed_phrases(desk, june(desk)).rows] == [
        (WORDS, first, first, None)
    ]


def test_going_on_with_an_older_ticket_makes_no_missed_phrase_of_what_was_chosen(
    desk: Desk,
) -> None:
    older = on(desk, "which-login")
    call = start_call(desk)
    choose_symptom(desk, call, rank_symptoms(desk, WORDS)[0].slug, WORDS)
    continue_ticket(desk, call, call_view(desk, older).ticket)
    assert missed_phrases(desk, june(desk)).rows == ()


def test_the_report_is_of_its_days_and_its_court_however_that_is_written(
    desk: Desk,
) -> None:
    choose_symptom(desk, start_call(desk), "which-login", WORDS)
    for court, many in (("", 1), ("ianb", 1), ("IANB", 1), ("ncmb", 0)):
        table = missed_phrases(desk, june(desk), court)
        assert len(table.rows) == many
        assert table.footer[0].startswith(f"{many} of {many} ")
    july = period_of_report(desk, "2026-05", "2026-05")
    assert missed_phrases(desk, july).rows == ()
    with pytest.raises(NotFound, match="no court “nowhere”"):
        missed_phrases(desk, june(desk), "nowhere")
