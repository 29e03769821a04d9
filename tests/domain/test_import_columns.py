from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.export_columns import EXPORTS
from helpdesk.domain.import_columns import FIELDS, FIELDS_OF, RENAMED, TOLD_TWICE, guess_columns
from helpdesk.domain.imports import kind_of
from helpdesk.errors import BadInput

OTHERS = {
    "Caller Name": "caller_name", "Phone #": "caller_phone", "StartTime": "started_at",
    "Duration (min)": "duration", "Agent": "clerk", "Problem Types": "symptom",
    "Disposition": "outcome", "Comments": "note", "E-mail Address": "caller_email",
    "ACW": "wrap_s", "Zip": "",
}  # fmt: skip


def test_the_usual_names_of_other_systems_are_known() -> None:
    found = guess_columns(list(OTHERS), {})
    assert {each.heading: each.field for each in found} == OTHERS
    assert next(each.unit for each in found if each.field == "duration") == "m"


@pytest.mark.parametrize("kind", ["calls", "tickets", "actions"])
def test_every_column_that_we_export_is_taken_or_told_twice(kind: str) -> None:
    headings = tuple(column.name for column in EXPORTS[kind])
    assert kind_of(headings) == (kind, True)
    found = guess_columns(headings, RENAMED.get(kind, {}), FIELDS_OF[kind])
    left = {each.heading for each in found if not each.field}
    assert left - TOLD_TWICE <= {"merged_from"}
    assert all(
        each.field in {each.heading, *RENAMED.get(kind, {}).values(), "", "caller_name"}
        for each in found
    )


@given(st.lists(st.sampled_from([*OTHERS, "Start", "Notes", "Caller", "x"]), unique=True))
def test_no_field_is_taken_twice_and_no_column_is_lost(headings: list[str]) -> None:
    found = guess_columns(headings, {})
    taken = [each.field for each in found if each.field]
    assert [each.heading for each in found] == headings
    assert len(taken) == len(set(taken))
    assert set(taken) <= set(FIELDS)


def test_what_a_person_names_goes_before_every_guess() -> None:
    found = guess_columns(["Start", "Opened"], {"opened": "started_at", "Start": ""})
    assert [(each.field, each.how) for each in found] == [("", "named"), ("started_at", "named")]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"Nope": "note"}, "no column “Nope”"),
        ({"A": "moon"}, "no field of a call"),
        ({"A": "note", "B": "note"}, "Two columns"),
    ],
)
def test_what_cannot_be_named_is_refused(told: dict[str, str], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        guess_columns(["A", "B"], told)
