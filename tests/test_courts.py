from __future__ import annotations

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.courts import read_courts
from helpdesk.domain.courts import Court, Office
from helpdesk.errors import BadFile
from helpdesk.resources import read_text, shipped
from tests.playbooks.shown import DATA

EXAMPLE = read_text(DATA / "not-live-court.yaml")
CENTER = """
service-center:
  phone: (555) 555-0111
  email: center@example.example
  web: center.example
  zone: America/Chicago
  opens: "08:00"
  closes: "18:00"
"""


def courts_of(text: str) -> dict[str, Court]:
    return dict(read_courts(text, "courts.yaml").courts)


def refusal(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_courts(text, "c.yaml")
    return [str(fault) for fault in caught.value.faults]


def changed(old: str, new: str) -> str:
    text = EXAMPLE + CENTER
    assert text.count(old) == 1
    return text.replace(old, new)


def test_the_shipped_courts_are_the_three_of_the_documents() -> None:
    found = courts_of(read_text(shipped("data") / "courts.yaml"))
    assert {name: court.go_live for name, court in found.items()} == {
        "ianb": date(2018, 4, 30),
        "iasb": date(2018, 4, 23),
        "ncmb": date(2020, 4, 13),
    }
    assert [office.phone for court in found.values() for office in court.offices] == [
        "(319) 286-2200", "(712) 233-3939", "(515) 284-6230", "",
    ]  # fmt: skip


def test_the_shipped_service_center_is_pacers() -> None:
    center = read_courts(read_text(shipped("data") / "courts.yaml"), "courts.yaml").center
    assert center is not None
    assert (center.phone, center.email) == ("(800) 676-6856", "pacer@psc.uscourts.gov")
    assert (center.zone, center.opens, center.closes) == ("America/Chicago", time(8), time(18))


def test_a_court_keeps_its_offices_in_the_order_of_the_file() -> None:
    assert [each.id for each in courts_of(EXAMPLE)["exmb"].offices] == [
        "springfield",
        "shelbyville",
    ]


def test_a_file_need_not_name_the_service_center() -> None:
    assert read_courts(EXAMPLE, "courts.yaml").center is None


def test_a_setting_that_is_unknown_is_as_if_it_were_left_out() -> None:
    text = EXAMPLE + "    settings: {pay-later: yes, fee-lockout: unknown}\n"
    assert courts_of(text)["exmb"].settings == {"pay-later": "yes"}


@pytest.mark.parametrize("nothing", ["", "{}"])
def test_a_court_without_settings_is_read(nothing: str) -> None:
    assert courts_of(f"{EXAMPLE}    settings: {nothing}\n")["exmb"].settings == {}


def test_a_court_may_leave_its_day_open() -> None:
    assert courts_of(changed("    go-live: 2031-01-01\n", ""))["exmb"].go_live is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2031-01-01", "2031-13-01", "c.yaml:8:5: “2031-13-01” is not a date: write it like 2018"),
        ("2031-01-01", "soon", "c.yaml:8:5: “soon” is not a date"),
        ("America/New_York", "America", "c.yaml:11:40: “America” is not a time zone"),
        ("America/New_York", "../x", "c.yaml:11:40: “../x” is not a time zone"),
        ('"08:00"', "8 am", "c.yaml:18:3: “8 am” is not a time: write it like 08:00."),
        ('"08:00"', "08:00+02:00", "c.yaml:18:3: “08:00+02:00” is not a time"),
        ("kind: bankruptcy", "kind: tax", "c.yaml:6:5: “tax” is not known for “kind”: use"),
        ("web: www.exmb.example", "wep: x", "c.yaml:7:5: “wep” is not known here"),
        ("    short: Example\n", "", "c.yaml:3:3: “exmb” lacks “short”: add it."),
        ("short: Example", "short: " + "x" * 31, "c.yaml:5:5: “short” has 31 characters: at most"),
        ("courts:\n", "courts: 7\nothers:\n", "c.yaml:2:1: “courts” must hold keys and values."),
    ],
)
def test_what_is_wrong_says_where(old: str, new: str, message: str) -> None:
    said = refusal(changed(old, new))
    assert any(fault.startswith(message) for fault in said), said


@pytest.mark.parametrize("hours", ["0", "337", "-1", "1.5", "two", "٣", "9" * 5000])
def test_a_temporary_password_holds_for_1_to_336_hours(hours: str) -> None:
    text = f"{EXAMPLE}    temporary-password-hours: {hours}\n"
    assert any("is not a number of hours from 1 to 336." in fault for fault in refusal(text))


@pytest.mark.parametrize("hours", [1, 336])
def test_the_hours_of_a_temporary_password_are_read(hours: int) -> None:
    text = f"{EXAMPLE}    temporary-password-hours: {hours}\n"
    assert courts_of(text)["exmb"].temporary_password_hours == hours


def test_the_days_on_which_a_court_is_closed_are_read_in_order() -> None:
    text = f"{EXAMPLE}    closed: [2026-12-24, 2026-07-06, 2026-12-24]\n"
    assert courts_of(text)["exmb"].closed == (date(2026, 7, 6), date(2026, 12, 24))
    assert courts_of(EXAMPLE)["exmb"].closed == ()


UNDER = read_courts(EXAMPLE, "courts.yaml").courts


def test_what_a_file_says_of_a_known_court_is_laid_over_it_key_by_key() -> None:
    text = """courts:
  exmb:
    short: Other
    closed: [2026-12-24]
    settings: {pay-later: yes}
    offices:
      shelbyville: {phone: (555) 555-0199}
      ogdenville: {name: Ogdenville, zone: America/Chicago}
"""
    known, laid = UNDER["exmb"], read_courts(text, "c.yaml", UNDER).courts["exmb"]
    springfield, shelbyville = known.offices
    assert laid == known._replace(
        short="Other",
        closed=(date(2026, 12, 24),),
        settings={**known.settings, "pay-later": "yes"},
        offices=(
            springfield,
            shelbyville._replace(phone="(555) 555-0199"),
            Office("ogdenville", "Ogdenville", "America/Chicago", ""),
        ),
    )


def test_what_says_all_of_a_known_court_stands_by_itself() -> None:
    head, offices, _ = EXAMPLE.partition("    offices:\n")
    text = f"{head}{offices}      one: {{name: One, zone: America/Denver}}\n"
    laid = read_courts(text, "c.yaml", UNDER).courts["exmb"]
    assert [office.id for office in laid.offices] == ["one"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("courts: {exmb: {wep: x}}", "c.yaml:1:17: “wep” is not known here: use name,"),
        ("courts: {exmb: 7}", "c.yaml:1:10: “exmb” must hold keys and values."),
        ("courts: {exmb: {offices: {new: {}}}}", "c.yaml:1:27: “new” lacks “name”: add it."),
        ("courts: {other: {closed: []}}", "c.yaml:1:10: “other” lacks “name”: add it."),
    ],
)
def test_what_is_laid_over_a_court_is_checked(text: str, message: str) -> None:
    with pytest.raises(BadFile) as refusal:
        read_courts(text, "c.yaml", UNDER)
    said = [str(fault) for fault in refusal.value.faults]
    assert any(fault.startswith(message) for fault in said), said


@pytest.mark.parametrize(
    ("closed", "message"),
    [
        ("[2026-07-06, july]", "c.yaml:12:26: “july” is not a date"),
        ("2026-07-06", "c.yaml:12:5: “closed” must be a list"),
        ("[[2026-07-06]]", "c.yaml:12:14: “0” must be text, not a list"),
    ],
)
def test_a_closure_that_is_no_date_says_where(closed: str, message: str) -> None:
    said = refusal(f"{EXAMPLE}    closed: {closed}\n")
    assert len(said) == 1
    assert said[0].startswith(message)


def test_a_setting_that_is_not_known_is_a_fault() -> None:
    said = refusal(f"{EXAMPLE}    settings: {{pay-never: yes, pay-later: perhaps}}\n")
    assert [fault[:14] for fault in said] == ["c.yaml:12:16: ", "c.yaml:12:32: "]


def test_a_court_needs_an_office() -> None:
    head = EXAMPLE[: EXAMPLE.index("    offices:")]
    assert refusal(f"{head}    offices: {{}}\n") == [
        "c.yaml:9:5: a court needs at least one office."
    ]
    assert refusal(head) == ["c.yaml:3:3: “exmb” lacks “offices”: add it."]


@pytest.mark.parametrize("key", ["zone: America/New_York, ", '  closes: "18:00"\n'])
def test_what_is_left_out_is_one_fault_and_not_two(key: str) -> None:
    assert len(refusal(changed(key, ""))) == 1


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = changed("go-live: 2031-01-01", "go-live: x").replace("short:", "shorts:", 1)
    assert [fault.partition(" ")[0] for fault in refusal(text.replace("18:00", "closing"))] == [
        "c.yaml:3:3:", "c.yaml:5:5:", "c.yaml:8:5:", "c.yaml:19:3:",
    ]  # fmt: skip


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_value_of_a_court_makes_it_raise_anything_but_a_bad_file(value: str) -> None:
    written = "'" + value.replace("'", "''") + "'"
    text = EXAMPLE.replace("2031-01-01", written).replace("America/Chicago", written)
    with suppress(BadFile):
        read_courts(text, "courts.yaml")
