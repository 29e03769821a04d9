from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.errors import BadFile, Fault
from helpdesk.located_yaml import MAX_BYTES, MAX_DEPTH, Document, load

ANYTHING = st.text(st.characters(exclude_categories=[]))
PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]))
YAMLISH = st.lists(st.sampled_from("ab:-?&*!%<>{}[]'\"|#,~é\n \t\\\r\x00\x85\ufeff\ud800"))


def document(text: str) -> Document:
    return load(text, "x.yaml")


def refusal(text: str) -> str:
    with pytest.raises(BadFile) as caught:
        document(text)
    return str(caught.value)


def refused(text: str) -> tuple[Fault, ...]:
    try:
        document(text)
    except BadFile as error:
        return error.faults
    return ()


def faults(read: Document) -> list[str]:
    return [str(fault) for fault in read.faults]


@given(st.one_of(ANYTHING, YAMLISH.map("".join)))
def test_no_text_makes_it_raise_anything_but_a_bad_file(text: str) -> None:
    for fault in refused(text):
        assert 1 <= fault.line <= len(text) + 1
        assert 1 <= fault.column <= len(text) + 1


@given(st.recursive(PRINTABLE, lambda inner: st.lists(inner) | st.dictionaries(PRINTABLE, inner)))
def test_what_is_written_as_json_is_read_as_it_was(value: object) -> None:
    assert document(json.dumps(value, ensure_ascii=False)).root == value


@pytest.mark.parametrize(
    "typed",
    ["no", "on", "Off", "0441234567", "01234", "12:30", "1.10", "2026-13-45", "1_000", "=", "<<"],
)
def test_a_scalar_stays_the_text_that_was_typed(typed: str) -> None:
    assert document(f"{typed}: {typed}").root == {typed: typed}


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_only_nothing_at_all_is_nothing(nothing: str) -> None:
    assert document(f"a: {nothing}").root == {"a": None}
    assert document(f"a: '{nothing}'").root == {"a": nothing}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("é: é\na: \x01", "x.yaml:2:4: a character that YAML does not allow: remove it."),
        ("é: \ud800", "x.yaml:1:4: a character that YAML does not allow: remove it."),
        ("a: &b 1\nc: *b", "x.yaml:2:4: aliases (*b) are not read: write it out."),
        ("a: &b {c: d}\ne:\n  <<: *b", "x.yaml:3:7: aliases (*b) are not read: write it out."),
        ("a: !!python/name:os.system x", "x.yaml:1:4: tags (tag:yaml.org,2002:python/name:os"),
        ("a: !b c", "x.yaml:1:4: tags (!b) are not read: remove it."),
        ("[" * 900, f"x.yaml:1:{MAX_DEPTH + 1}: nested deeper than {MAX_DEPTH} levels"),
        ("a: " + "b" * MAX_BYTES, f"x.yaml:1:1: the file is larger than {MAX_BYTES} bytes"),
        ("[" * 400_000, "nest"),  # libyaml has a limit of its own and is asked before
        ("[" + "a," * 200_000 + "]", "more than 200000 keys and values: split the file."),
    ],
)
def test_what_is_refused_says_where(text: str, message: str) -> None:
    assert message in refusal(text)


COLON = "a text with “: ” in it needs quotes: put the whole text in them."
TAB = "a tab stands here: put blanks in its place."
FURTHER_RIGHT = "this line begins further right than its neighbours: bring it in line with them"
OUT_OF_LINE = "this line begins further left or right than its neighbours: bring it in line"
UNCLOSED = "the quote that opens here is never closed: add the missing one."
NO_END = "the quote that opens here has no end: add the missing one."
GOES_ON = "a text goes on after its closing quote: put all of it in other quotes."
NO_KEY = "a colon and a blank come after a key: add them"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\nsay: Log in: then go\n", f"2:12: {COLON}"),
        ("a:\n  - x y: z: b\n", f"2:11: {COLON}"),
        ("a:\n  say: x\n   next: b\n", f"3:4: {FURTHER_RIGHT}"),
        ("a: b\n  c: d\n", f"2:3: {FURTHER_RIGHT}"),
        ("a:\n    say: x\n  next: b\n", f"3:3: {OUT_OF_LINE}"),
        ("a:\n  - b\n - c\n", f"3:2: {OUT_OF_LINE}"),
        ("  a: b\nc: d\n", f"2:1: {OUT_OF_LINE}"),
        ("\ta: b", f"1:1: {TAB}"),
        ("a:\n  b: c\n\td: e\n", f"3:1: {TAB}"),
        ("a: 'b", f"1:4: {UNCLOSED}"),
        ('a: b\nc: "d\ne: f\n', f"2:4: {UNCLOSED}"),
        ('a: "b\nc: "d"\n', f"1:4: {NO_END}"),
        ('a:\n  - "b\n  - "c"\n', f"2:5: {NO_END}"),
        ("a: 'it's me'", f"1:8: {GOES_ON}"),
        ('a: "Log in" and go', f"1:13: {GOES_ON}"),
        ("a: b\nc: [\n", "2:4: the “[” that opens here is not closed: add “]” where it ends."),
        ("a: {b: c\nd: e\n", "1:4: the “{” that opens here is not closed: add “}”, or the comma"),
        ("a: {b: c d: e}", "1:11: a comma, a quote or a bracket is missing before this: add it."),
        ("a: [b]]", "1:7: there is one “]” too many: remove it."),
        ("a: [b] c", "1:8: a text that begins with a bracket needs quotes: add them."),
        ("a: %b", "1:4: a text that begins with “%” needs quotes: add them."),
        ("a: - b", "1:4: a text that begins with “-” needs quotes: add them."),
        ("a: > b", "1:4: a text that begins with “>” needs quotes: add them."),
        ("a: b\nc\nd: e", f"2:1: {NO_KEY}"),
        ('a: "b\\d"', "1:6: a “\\” in double quotes is no plain sign: use single quotes."),
        ("a: b\n---\nc: d", "2:1: “---” begins a second document: a file holds one"),
    ],
)
def test_the_commonest_slips_are_told_where_the_mend_belongs(text: str, message: str) -> None:
    assert refusal(text).startswith(f"x.yaml:{message}")


@given(YAMLISH.map("".join))
def test_no_slip_is_told_in_the_words_of_the_parser(text: str) -> None:
    for fault in refused(text):
        assert not re.search("scalar|mapping|token|stream|expected|indicator", fault.message)


def test_the_deepest_nesting_allowed_is_read() -> None:
    document("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert document("a: {<<: {b: c}}").root == {"a": {"<<": {"b": "c"}}}


def test_a_key_that_is_there_twice_is_named_with_both_places() -> None:
    read = document("a:\n  b: 1\n  c: 2\n  b: 3\n")
    assert faults(read) == ["x.yaml:4:3: “b” is here twice, first at line 2: remove one."]
    assert read.root == {"a": {"b": "1", "c": "2"}}


def test_a_key_that_is_no_text_is_a_fault() -> None:
    assert faults(document("? [a]\n: b\nc: d")) == ["x.yaml:1:3: a key must be plain text."]


def test_a_fault_about_what_is_missing_stands_at_what_it_should_be_in() -> None:
    read = document("# first\na:\n  - {b: c}\n")
    read.fault(("a", 0, "d", "e"), "wrong.")
    assert faults(read) == ["x.yaml:3:5: wrong."]


def test_each_unknown_and_each_missing_key_is_a_fault() -> None:
    read = document("one: 1\nthree: 3\nempty: ''\n")
    read.mapping((), ("one", "two", "empty"), ("four",))
    assert faults(read) == [
        "x.yaml:1:1: the file lacks “two”: add it.",
        "x.yaml:1:1: the file lacks “empty”: add it.",
        "x.yaml:2:1: “three” is not known here: use one, two, empty, four.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a", "x.yaml:1:1: the file must hold keys and values."),
        ("a: [b]", "x.yaml:1:1: “a” must be text, not a list or a mapping."),
        ("a: 1234", "x.yaml:1:1: “a” has 4 characters: at most 3."),
    ],
)
def test_a_value_of_the_wrong_shape_is_a_fault_and_reads_as_none(text: str, message: str) -> None:
    read = document(text)
    read.mapping((), ("a",))
    read.text(("a",), 3)
    assert message in faults(read)


def test_a_text_is_folded_to_one_line() -> None:
    assert document("a: |\n  b\n\n   c\n").text(("a",)) == "b c"


def test_a_choice_that_is_not_known_names_those_that_are() -> None:
    read = document("a:\n  b: maybe")
    assert read.choice(("a", "b"), ("", "yes", "no")) == ""
    assert faults(read) == ["x.yaml:2:3: “maybe” is not known for “b”: use yes, no."]


def test_a_list_names_the_place_of_each_fault() -> None:
    read = document("a:\n  - b\n  - [c]\n")
    assert read.texts(("a",)) == ("b", "")
    assert faults(read) == ["x.yaml:3:5: “1” must be text, not a list or a mapping."]


def test_faults_are_all_raised_together() -> None:
    read = document("a: 1\na: 2\nb: 3\n")
    read.mapping((), ("a", "c"))
    with pytest.raises(BadFile) as caught:
        read.refuse_faults()
    assert [(fault.line, fault.column) for fault in caught.value.faults] == [
        (1, 1),
        (2, 1),
        (3, 1),
    ]
