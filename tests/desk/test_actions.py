from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from helpdesk.desk.actions import (
    add_action_to_call,
    checked_fields,
    issue_password,
    kind_named,
    password_hours,
    refusal_of_credential,
)
from helpdesk.desk.calls import end_call, finish_call, start_call
from helpdesk.desk.desk import Desk
from helpdesk.desk.runs import answer_step, choose_symptom
from helpdesk.desk.undo import undo_last
from helpdesk.desk.view import call_view
from helpdesk.domain.identity import PASSWORD_KIND
from helpdesk.errors import BadInput, NotAllowed, SecretFound
from tests.support.bytes import found_in
from tests.support.calls import call_for_password, call_of_dana, rows
from tests.support.clock import StillClock

DELIVERY = {"delivery": "called back"}


def unlinked(desk: Desk) -> int:
    call = call_of_dana(desk)
    choose_symptom(desk, call, "forgot-cmecf-before-link")
    answer_step(desk, call, "cmecf", "yes")
    answer_step(desk, call, "unlinked", "yes")
    return call


def test_an_action_is_kept_with_its_fields_and_shown_on_the_call(
    desk: Desk, clock: StillClock
) -> None:
    call = start_call(desk)
    add_action_to_call(desk, call, "instructions-sent", {"by": "e-mail", "what": " the  guide "})
    (done,) = call_view(desk, call).done
    assert (done.kind, done.at, done.clerk) == ("instructions-sent", clock.at, "mortiz")
    assert done.fields == {"by": "e-mail", "what": "the guide"}
    assert (done.expires_at, done.struck) == (None, False)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("fly", {}, "no action “fly”; there are: called-back"),
        ("password-reset", {}, "needs “delivery” .called back, e-mail on record"),
        ("password-reset", {"delivery": " "}, "needs “delivery”"),
        ("password-reset", {"delivery": "shouted"}, "is one of: called back"),
        ("called-back", {"how": "x"}, "no field “how”; it has: none"),
        ("other", {"what": ""}, "needs “what”"),
    ],
)
def test_an_action_that_is_not_declared_or_not_filled_in_is_refused(
    desk: Desk, kind: str, fields: dict[str, str], said: str
) -> None:
    call = start_call(desk)
    with pytest.raises(BadInput, match=said):
        add_action_to_call(desk, call, kind, fields)
    assert call_view(desk, call).done == ()


@pytest.mark.parametrize("wrap", [dict, MappingProxyType])
def test_no_field_of_an_action_takes_a_secret(
    desk: Desk, wrap: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    call = start_call(desk)
    with pytest.raises(SecretFound):
        add_action_to_call(desk, call, "other", wrap({"what": "told pw: Hunter2!x"}))
    assert call_view(desk, call).done == ()


def test_a_value_with_strange_signs_is_kept_as_text(desk: Desk) -> None:
    call = start_call(desk)
    what = "“quoted” \\ {brace} \N{PILE OF POO} a\0b \ud800"
    add_action_to_call(desk, call, "other", {"what": what})
    said = "“quoted” \\ {brace} \N{PILE OF POO} a\N{REPLACEMENT CHARACTER}b"
    assert call_view(desk, call).done[0].fields["what"].startswith(said)


def test_choices_and_required_fields_come_from_the_declaration(desk: Desk) -> None:
    kind = kind_named(desk, PASSWORD_KIND)
    assert checked_fields(kind, {"delivery": "  called   back "}) == DELIVERY


def test_a_password_is_never_only_recorded(desk: Desk) -> None:
    call = call_for_password(desk)
    with pytest.raises(NotAllowed, match="a t on the call"):
        add_action_to_call(desk, call, PASSWORD_KIND, DELIVERY)


def test_a_password_is_refused_until_somebody_answered_whether_the_accounts_are_linked(
    desk: Desk,
) -> None:
    call = call_of_dana(desk)
    for check in ("called-back", "email-on-record"):
        add_action_to_call(desk, call, check)
    with pytest.raises(NotAllowed, match="First answer whether the accounts are linked"):
        issue_password(desk, call, DELIVERY)
    choose_symptom(desk, call, "forgot-cmecf-before-link")
    answer_step(desk, call, "cmecf", "yes")
    answer_step(desk, call, "unlinked", "yes")
    assert issue_password(desk, call, DELIVERY).password


@pytest.mark.parametrize(
    "checks",
    [[], ["called-back"], ["name-and-firm", "bar-number"], ["called-back", "called-back"],
     ["name-and-firm", "bar-number", "known-voice"]],
    ids="+".join,
)  # fmt: skip
def test_a_password_is_refused_until_enough_identity_checks_are_recorded(
    desk: Desk, checks: list[str]
) -> None:
    call = unlinked(desk)
    for check in checks:
        add_action_to_call(desk, call, check)
    with pytest.raises(NotAllowed, match="identity check"):
        issue_password(desk, call, DELIVERY)
    assert rows(desk, "SELECT * FROM action WHERE kind = ?", PASSWORD_KIND) == []


def test_a_check_that_was_struck_does_not_count(desk: Desk) -> None:
    call = call_for_password(desk)
    undo_last(desk, call)
    with pytest.raises(NotAllowed, match="1 more identity check"):
        issue_password(desk, call, DELIVERY)


def test_a_linked_account_is_sent_to_pacer_and_gets_no_password(desk: Desk) -> None:
    call = call_for_password(desk)
    answer_step(desk, call, "unlinked", "no")
    with pytest.raises(NotAllowed, match="Forgot My Password on the PACER login page"):
        issue_password(desk, call, DELIVERY)


def test_an_answer_that_was_changed_to_not_known_opens_no_way_to_a_password(
    desk: Desk, clock: StillClock
) -> None:
    call = call_for_password(desk)
    clock.go_on(1)
    answer_step(desk, call, "unlinked", "dont-know")
    with pytest.raises(NotAllowed, match="First answer whether"):
        issue_password(desk, call, DELIVERY)


def test_a_court_before_its_go_live_gets_an_ordinary_reset(desk: Desk) -> None:
    court = desk.courts["ianb"]
    desk.courts = {**desk.courts, "ianb": court._replace(go_live=None)}
    call = call_for_password(desk)
    with pytest.raises(NotAllowed, match=r"not on NextGen yet.*\(a r\)"):
        issue_password(desk, call, DELIVERY)


@pytest.mark.parametrize("fields", [{}, {"delivery": "read out"}, {"delivery": ""}])
def test_a_password_without_its_delivery_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    call = call_for_password(desk)
    with pytest.raises(BadInput, match="called back, e-mail on record"):
        issue_password(desk, call, fields)
    assert rows(desk, "SELECT * FROM promise") == []


def test_the_ledger_keeps_who_for_whom_how_and_until_when(desk: Desk, clock: StillClock) -> None:
    call = call_for_password(desk)
    issued = issue_password(desk, call, DELIVERY)
    assert issued.expires_at == clock.at + 24 * 3600
    done = call_view(desk, call).done[-1]
    assert (done.kind, done.clerk, done.at) == (PASSWORD_KIND, "mortiz", clock.at)
    assert (done.fields, done.expires_at) == (DELIVERY, issued.expires_at)
    assert rows(desk, "SELECT kind, due_at, zone, done_at FROM promise") == [
        {"kind": "linked-by-then", "due_at": issued.expires_at, "zone": "America/Chicago",
         "done_at": None}
    ]  # fmt: skip


def test_a_password_holds_as_long_as_its_court_says(desk: Desk, clock: StillClock) -> None:
    court = desk.courts["ianb"]._replace(temporary_password_hours=8)
    desk.courts = {**desk.courts, "ianb": court}
    assert password_hours(desk, court) == 8
    assert password_hours(desk, desk.courts["iasb"]) == 24
    call = call_for_password(desk)
    assert issue_password(desk, call, DELIVERY).expires_at == clock.at + 8 * 3600


def test_taking_an_issued_password_back_takes_its_promise_back(desk: Desk) -> None:
    call = call_for_password(desk)
    issue_password(desk, call, DELIVERY)
    assert "struck, recorded in error" in undo_last(desk, call)
    assert rows(desk, "SELECT struck FROM promise") == [{"struck": 1}]
    assert call_view(desk, call).done[-1].struck


def test_the_refusal_is_known_before_anybody_asks(desk: Desk) -> None:
    kind = kind_named(desk, PASSWORD_KIND)
    call = unlinked(desk)
    assert "identity checks" in str(refusal_of_credential(desk, call_view(desk, call), kind))
    call = call_for_password(desk)
    assert refusal_of_credential(desk, call_view(desk, call), kind) is None


@pytest.mark.parametrize("kind", ["password-reset", "login-told"])
def test_every_way_in_is_given_out_only_after_the_checks_and_never_for_linked_accounts(
    desk: Desk, kind: str
) -> None:
    with pytest.raises(NotAllowed, match="identity checks"):
        add_action_to_call(desk, unlinked(desk), kind, DELIVERY)
    with pytest.raises(NotAllowed, match="who the caller is"):
        add_action_to_call(desk, start_call(desk), kind, DELIVERY)
    add_action_to_call(desk, call_for_password(desk), kind, DELIVERY)
    assert [row["kind"] for row in rows(desk, "SELECT kind FROM action")][-1] == kind


def test_an_issued_password_stands_in_no_byte_of_any_file(
    desk: Desk, home: Path, tmp_path: Path, cache_folder: Path
) -> None:
    issued = [issue_password(desk, call_for_password(desk), DELIVERY) for _ in range(5)]
    call = call_for_password(desk)
    issued.append(issue_password(desk, call, DELIVERY))
    undo_last(desk, call)
    end_call(desk, call)
    finish_call(desk, call, "resolved")

    def places() -> list[str]:
        folders = (tmp_path, cache_folder)
        return [name for each in issued for name in found_in(each.password, *folders)]

    assert (home / "data" / "helpdesk.db-wal").stat().st_size > 0
    assert found_in("called back", home)  # what is looked for would be found
    assert places() == []
    desk.close()
    assert places() == []


def test_an_issued_password_is_not_in_what_a_crash_report_would_print(desk: Desk) -> None:
    issued = issue_password(desk, call_for_password(desk), DELIVERY)
    assert issued.password not in f"{issued!r} {issued}"
