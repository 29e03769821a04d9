from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.domain.playbook import Step
from helpdesk.playbooks.templates import (
    VARIABLES,
    Circumstances,
    prompts,
    rendered,
    unknown_variables,
)
from tests.playbooks.shown import COURTS, NOW, SHIPPED, shipped_playbooks, texts

IANB, NCMB = COURTS["ianb"], COURTS["ncmb"]
CALL = Circumstances(NOW, IANB, IANB.offices[0], SHIPPED.center, "Pat Doe", "ortiz", "T-26-00001")
NOTHING = Circumstances(NOW)
HERE = st.builds(
    Circumstances,
    st.integers(0, 2**32),
    st.sampled_from([None, *COURTS.values()]),
    st.sampled_from([None, *(office for court in COURTS.values() for office in court.offices)]),
    st.sampled_from([None, SHIPPED.center]),
    st.text(max_size=5),
    st.text(max_size=5),
    st.text(max_size=5),
)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("court.name", "U.S. Bankruptcy Court, Northern District of Iowa"),
        ("court.short", "Iowa Northern"),
        ("court.web", "www.ianb.uscourts.gov"),
        ("court.phone", "(319) 286-2200"),
        ("court.phones", "(319) 286-2200 (Cedar Rapids) or (712) 233-3939 (Sioux City)"),
        ("court.go-live", "April 30, 2018"),
        ("office.name", "Cedar Rapids"),
        ("office.time", "10:00 CST"),
        ("psc.phone", "(800) 676-6856"),
        ("psc.email", "pacer@psc.uscourts.gov"),
        ("psc.web", "pacer.uscourts.gov"),
        ("psc.hours", "8am-6pm Central, Mon-Fri"),
        ("psc.open", "open now"),
        ("caller.name", "Pat Doe"),
        ("clerk.name", "ortiz"),
        ("ticket.number", "T-26-00001"),
    ],
)
def test_a_variable_becomes_its_value(variable: str, value: str) -> None:
    assert rendered(f"Say <{variable}>.", CALL) == f"Say {value}."


def test_the_office_of_the_call_gives_its_own_number() -> None:
    there = replace(CALL, office=IANB.offices[1])
    assert rendered("<court.phone> <office.name>", there) == "(712) 233-3939 Sioux City"


def test_an_office_without_a_number_falls_back_to_the_courts_first() -> None:
    there = replace(CALL, office=IANB.offices[1]._replace(phone=""))
    assert rendered("<court.phone>", there) == "(319) 286-2200"


def test_a_court_of_one_office_does_not_name_it_beside_the_number() -> None:
    here = Circumstances(NOW, COURTS["iasb"])
    assert rendered("<court.phones>", here) == "(515) 284-6230"


def test_the_hours_are_said_in_the_time_of_the_office() -> None:
    here = replace(CALL, court=NCMB, office=NCMB.offices[0])
    assert rendered("<psc.hours>", here) == "8am-6pm Central, Mon-Fri = 9am-7pm there"


def test_a_number_nobody_recorded_shows_as_a_gap() -> None:
    here = replace(CALL, court=NCMB, office=NCMB.offices[0])
    assert rendered("Call <court.phone>.", here) == "Call ‹court phone?›."


@pytest.mark.parametrize("variable", VARIABLES)
def test_without_a_call_every_variable_is_a_gap(variable: str) -> None:
    assert re.fullmatch("‹[a-z ]+\\?›", rendered(f"<{variable}>", NOTHING))


@given(st.sampled_from(sorted(VARIABLES)), HERE)
def test_a_variable_never_becomes_nothing(variable: str, here: Circumstances) -> None:
    assert rendered(f"<{variable}>", here).strip()


@given(st.text(), HERE)
def test_a_text_without_brackets_stays_as_it_is(text: str, here: Circumstances) -> None:
    plain = text.replace("<", "").replace(">", "")
    assert rendered(plain, here) == plain


def test_a_value_is_not_read_for_variables_again() -> None:
    assert rendered("<caller.name>", replace(CALL, caller="<court.web>")) == "<court.web>"


@given(st.text(st.sampled_from("<>court.phne -"), max_size=30))
def test_what_the_check_passes_leaves_no_bracket_in_the_text(text: str) -> None:
    if not list(unknown_variables(text)):
        assert not re.search("<[^<>]*>", rendered(text, CALL))


@pytest.mark.parametrize("name", ["court.fax", "Court.name", " court.name", "", "court"])
def test_what_looks_like_a_variable_and_is_none_is_found(name: str) -> None:
    assert list(unknown_variables(f"a <court.web> b <{name}> c")) == [name]


STEPS = {
    f"{playbook.slug} {step.id}": step
    for playbook in shipped_playbooks().library.playbooks.values()
    for step in playbook.steps.values()
}


@pytest.mark.parametrize("court", ["ianb", "iasb", "exmb"])
def test_no_shipped_text_has_a_gap_at_a_court_whose_numbers_are_known(court: str) -> None:
    asked = {label: "so" for step in STEPS.values() for label in prompts(" ".join(texts(step)))}
    office = COURTS[court].offices[0]
    here = replace(CALL, court=COURTS[court], office=office, asked=asked)
    gaps = {name for name, step in STEPS.items() if "‹" in said(step, here)}
    assert gaps == set()


def said(step: Step, here: Circumstances) -> str:
    return " ".join(rendered(text, here) for text in texts(step))


def test_a_prompt_shows_as_a_gap_until_it_is_filled_in() -> None:
    text = "It says <ask: the words>. So <ask: the words>, <ask:other words >."
    assert prompts(text) == ("the words", "other words")
    assert rendered(text, CALL) == "It says ‹the words?›. So ‹the words?›, ‹other words?›."
    filled = replace(CALL, asked={"the words": "no <court.short>"})
    assert rendered(text, filled).startswith("It says no <court.short>. So no <court.short>,")
    assert list(unknown_variables(text)) == []
    assert list(unknown_variables("<ask:> <ask: " + "x" * 41 + ">")) == [
        "ask:",
        "ask: " + "x" * 41,
    ]


def test_a_prompt_without_a_label_is_none() -> None:
    for text in ("<ask: >", "<ask:   >", "<ask>"):
        assert prompts(text) == ()
        assert list(unknown_variables(text)) == [text[1:-1]]


def test_neither_a_value_nor_what_was_filled_in_is_read_for_prompts_again() -> None:
    asked = {"one": "<ask: two>", "two": "2"}
    here = replace(CALL, caller="<ask: two>", asked=asked)
    assert rendered("<caller.name> <ask: one>", here) == "<ask: two> <ask: two>"


LABELS = st.text(st.characters(exclude_characters="<>", exclude_categories=["Z", "C"]), min_size=1)


@given(st.lists(LABELS.filter(lambda label: len(label) <= 40), max_size=4), st.text(max_size=5))
def test_each_prompt_is_asked_once_under_its_label_and_filled_wherever_it_stands(
    labels: list[str], filled: str
) -> None:
    text = " and ".join(f"<ask: {label} >" for label in (*labels, *labels))
    assert prompts(text) == tuple(dict.fromkeys(labels))
    said = rendered(text, replace(CALL, asked=dict.fromkeys(labels, filled)))
    shown = [filled or f"‹{label}?›" for label in labels]
    assert said == " and ".join((*shown, *shown))


def test_on_a_federal_holiday_the_service_center_may_be_closed() -> None:
    thanksgiving = int(datetime(2026, 11, 26, 16, 0, tzinfo=UTC).timestamp())
    said = rendered("<psc.open>", replace(CALL, now=thanksgiving))
    assert said == "perhaps closed now, a federal holiday"
