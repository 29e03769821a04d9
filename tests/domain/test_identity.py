from __future__ import annotations

import itertools
import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.actions import ActionKind
from helpdesk.domain.identity import (
    PASSWORD_KIND,
    PASSWORD_LENGTH,
    credential_refusal,
    missing_checks,
    password_from,
)

KINDS = {
    kind.name: kind
    for kind in (
        ActionKind("called-back", "b", "Called back", menu="verify", strong=True),
        ActionKind("email-on-record", "e", "E-mail confirmed", menu="verify", strong=True),
        ActionKind("name-and-firm", "n", "Name and firm match", menu="verify"),
        ActionKind("bar-number", "r", "Bar number matches", menu="verify"),
        ActionKind("instructions-sent", "e", "Instructions sent"),
        ActionKind("other", "o", "Something else", strong=True),  # strong, but no check at all
    )
}
STRONG = {"called-back", "email-on-record"}
CHECKS = STRONG | {"name-and-firm", "bar-number"}
SETS = [set(each) for n in range(5) for each in itertools.combinations(sorted(KINDS), n)]


@pytest.mark.parametrize("needed", [1, 2, 3])
@pytest.mark.parametrize("done", SETS, ids=lambda done: "+".join(sorted(done)) or "nothing")
def test_enough_different_checks_are_needed_and_one_that_proves_more_than_public_data(
    done: set[str], needed: int
) -> None:
    enough = len(done & CHECKS) >= needed and bool(done & STRONG)
    assert (missing_checks(done, KINDS, needed) is None) is enough


@pytest.mark.parametrize("linked", ["yes", "no", "dont-know", None])
@pytest.mark.parametrize("live", ["yes", "no", None])
@pytest.mark.parametrize("done", SETS, ids=lambda done: "+".join(sorted(done)) or "nothing")
def test_a_password_is_issued_only_to_the_unlinked_at_a_court_with_something_to_link(
    linked: str | None, live: str | None, done: set[str]
) -> None:
    known = {"linked-here": linked, "court-is-live": live, "upgraded": "yes"}
    facts = {name: value for name, value in known.items() if value is not None}
    checked = missing_checks(done, KINDS, 2) is None
    refusal = credential_refusal(PASSWORD_KIND, facts, done, KINDS, 2)
    assert (refusal is None) is (linked == "no" and live != "no" and checked)
    other = credential_refusal("password-reset", facts, done, KINDS, 2)
    allowed = linked == "no" or (live == "no" and linked != "yes")
    assert (other is None) is (allowed and checked)


def test_each_refusal_names_the_way_on() -> None:
    def refused(facts: dict[str, str], done: set[str]) -> str:
        return str(credential_refusal(PASSWORD_KIND, facts, done, KINDS, 2))

    everything = set(KINDS)
    assert "Forgot My Password" in refused({"linked-here": "yes"}, everything)
    assert "(a r)" in refused({"linked-here": "no", "court-is-live": "no"}, everything)
    assert "whether the accounts are linked" in refused({}, everything)
    assert "called back or e-mail confirmed" in refused({"linked-here": "no"}, set())
    assert "1 more" in refused({"linked-here": "no"}, {"called-back"})


def test_a_check_recorded_twice_counts_once() -> None:
    assert missing_checks(["called-back", "called-back"], KINDS, 2) is not None


def test_checks_of_a_kind_that_is_declared_no_more_do_not_count() -> None:
    assert missing_checks({"called-back", "palm-reading"}, KINDS, 2) is not None


@given(st.integers())
def test_a_password_has_twelve_signs_of_three_kinds_and_no_look_alikes(seed: int) -> None:
    made = password_from(random.Random(seed).choice)  # noqa: S311
    assert len(made) == PASSWORD_LENGTH == 12
    assert made.isascii()
    assert made.isalnum()
    assert not set(made) & set("&@$*0OoIl1i5Ss2Zz8")
    assert any(sign.isupper() for sign in made)
    assert any(sign.islower() for sign in made)
    assert any(sign.isdigit() for sign in made)


def test_no_two_passwords_are_alike() -> None:
    assert len({password_from(secrets.choice) for _ in range(200)}) == 200
