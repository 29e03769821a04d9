from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.hand_over import (
    KINDS,
    Matter,
    Sheet,
    SheetLine,
    head_said,
    is_late,
    mark_said,
    ordered,
    text_of,
)
from helpdesk.domain.reviews import why_flagged

NEW_YORK = "America/New_York"
NOW = 1_780_315_200  # Monday 2026-06-01 08:00 in New York
MATTERS = st.lists(
    st.builds(
        Matter, st.sampled_from(KINDS), st.integers(1, 99), st.none(),
        st.integers(NOW - 9_000, NOW + 9_000), st.just("x"),
    )
)  # fmt: skip


def line(place: int, kind: str, at: int = NOW, **more: object) -> SheetLine:
    return SheetLine(place, place, Matter(kind, place, None, at, f"about {place}"), **more)  # type: ignore[arg-type]


SHEET = Sheet(
    1, NOW, "bnovak",
    (
        line(1, "callback", NOW - 900, number="T-26-00007", caller="Okafor, Ada", court="ianb"),
        line(2, "parked", taken_by="mortiz", taken_at=NOW + 60),
        line(3, "incident", done=True),
        line(4, "note", taken_by="jlee", taken_at=NOW + 120, done=True),
    ),
)  # fmt: skip


@given(MATTERS)
def test_what_is_late_comes_first_and_nothing_is_left_out(matters: list[Matter]) -> None:
    found = ordered(matters, NOW)
    assert sorted(map(repr, found)) == sorted(map(repr, matters))
    late = [each.kind in {"callback", "waiting"} and each.at < NOW for each in found]
    assert late == sorted(late, reverse=True)
    rest = [KINDS.index(each.kind) for each, is_so in zip(found, late, strict=True) if not is_so]
    assert rest == sorted(rest)


def test_the_head_counts_the_lines_and_those_that_wait_for_somebody() -> None:
    assert head_said(SHEET, NEW_YORK) == (
        "HANDOVER Mon 2026-06-01 08:00 EDT by BNOVAK   4 lines, 1 untaken"
    )


def test_a_line_says_who_has_it_and_whether_it_is_done() -> None:
    marks = [mark_said(each, NEW_YORK) for each in SHEET.lines]
    assert marks == ["[ ]", "[x] MORTIZ 08:01", "[+] done", "[x] JLEE 08:02 done"]


def test_only_a_promise_that_is_not_dealt_with_is_late() -> None:
    assert [is_late(each, NOW + 1) for each in SHEET.lines] == [True, False, False, False]
    assert not is_late(line(1, "callback", NOW - 1, done=True), NOW)


def test_the_text_of_a_sheet_has_every_line_uncut() -> None:
    said = text_of(SHEET, NEW_YORK, NOW).splitlines()
    assert said == [
        "HANDOVER Mon 2026-06-01 08:00 EDT by BNOVAK   4 lines, 1 untaken",
        " 1 ! callback  Mon 06-01 07:45  T-26-00007 Okafor, Ada IANB  about 1   [ ]",
        " 2   parked    Mon 06-01 08:00  about 2   [x] MORTIZ 08:01",
        " 3   incident  Mon 06-01 08:00  about 3   [+] done",
        " 4   note      Mon 06-01 08:00  about 4   [x] JLEE 08:02 done",
    ]


def test_a_call_is_flagged_for_every_reason_there_is_and_for_no_other() -> None:
    plain = why_flagged("resolved", "resolved", 14_400, edited=False, clock_changed=False)
    assert plain == ()
    assert why_flagged("resolved", "", 60, edited=False, clock_changed=False) == ()
    assert why_flagged("waiting", "resolved", 14_401, edited=True, clock_changed=True) == (
        "times edited by hand",
        "the computer's clock was set",
        "took 4:00 hours",
        "ended waiting, the playbook says resolved",
    )
