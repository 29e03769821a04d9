from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.escalations import TARGETS, can_accept, escalation_state, target_among
from helpdesk.domain.permissions import ROLES
from helpdesk.errors import BadInput

LOGINS = ["jlee", "mortiz", "slane"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sup", "supervisor"), ("", "supervisor"), ("jl", "jlee"), (" Lead ", "lead")],
)  # fmt: skip
def test_a_beginning_is_enough_where_only_one_is_meant(typed: str, meant: str) -> None:
    assert target_among(typed, LOGINS) == meant


@pytest.mark.parametrize("typed", ["JSmith", "jsmith", "JSMITH", "js", "JSm"])
def test_a_login_with_capital_letters_is_meant_however_it_is_typed(typed: str) -> None:
    assert target_among(typed, [*LOGINS, "JSmith"]) == "JSmith"


def test_a_whole_login_is_meant_where_another_goes_on() -> None:
    assert target_among("jsmith", ["JSmith", "JSmithers"]) == "JSmith"


def test_of_two_logins_that_differ_in_capital_letters_only_the_one_that_is_typed_is_meant() -> (
    None
):
    logins = ["JSmith", "jsmith"]
    assert [target_among(each, logins) for each in logins] == logins
    with pytest.raises(BadInput, match="could be several: JSmith, jsmith"):
        target_among("JSMITH", logins)


@pytest.mark.parametrize(("typed", "named"), [("s", "supervisor, slane"), ("nobody", "lead, ")])
def test_a_name_that_could_be_several_or_none_is_refused_with_those_there_are(
    typed: str, named: str
) -> None:
    with pytest.raises(BadInput, match=named):
        target_among(typed, LOGINS)


@given(st.sampled_from([*TARGETS, *LOGINS]), st.sampled_from(LOGINS), st.sampled_from(ROLES))
def test_a_supervisor_can_always_take_over_and_a_clerk_only_what_names_him(
    target: str, login: str, role: str
) -> None:
    if role == "supervisor" and target != "admin":
        assert can_accept(target, login, role)
    if role == "clerk":
        assert can_accept(target, login, role) == (target == login)
    if role == "admin":
        assert can_accept(target, login, role)


@pytest.mark.parametrize(
    ("answered", "answer", "now", "state"),
    [(None, None, 99, "open"), (None, None, 100, "bounced"), (99, "accepted", 500, "accepted"),
     (100, "accepted", 500, "bounced"), (50, "returned", 500, "returned")],
)  # fmt: skip
def test_what_nobody_answers_in_time_has_bounced(
    answered: int | None, answer: str | None, now: int, state: str
) -> None:
    assert escalation_state(100, answered, answer, now) == state
