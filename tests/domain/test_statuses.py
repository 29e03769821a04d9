from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.statuses import ALLOWED, SETTLED, refuse_change, reopened_after
from helpdesk.domain.tickets import ACTIVE, STATUS_AFTER, STATUSES
from helpdesk.errors import NotAllowed

ANY = st.sampled_from(STATUSES)


def test_the_table_speaks_of_every_status_and_of_no_other() -> None:
    assert set(ALLOWED) == set(STATUSES)
    assert {to for after in ALLOWED.values() for to in after} == set(STATUSES)


def test_every_outcome_of_a_call_is_allowed_from_whatever_a_call_can_work_on() -> None:
    after = {status: {status, *ALLOWED[status]} for status in ACTIVE}
    assert all(set(STATUS_AFTER.values()) <= after[status] for status in ACTIVE)


@given(ANY, ANY)
def test_what_the_table_does_not_allow_is_refused_with_both_names(status: str, to: str) -> None:
    if to in ALLOWED[status]:
        refuse_change("T-26-00001", status, to)
        return
    with pytest.raises(NotAllowed, match=f"T-26-00001 is {status} and cannot become {to}: "):
        refuse_change("T-26-00001", status, to)


@pytest.mark.parametrize("status", ["merged", "void"])
def test_out_of_merged_and_void_leads_no_change(status: str) -> None:
    assert ALLOWED[status] == ()


@given(ANY, ANY, st.integers(0, 99))
def test_only_a_ticket_that_was_settled_is_reopened(status: str, to: str, before: int) -> None:
    again = reopened_after(status, to, before) - before
    assert again == (status in SETTLED and to == "open")
