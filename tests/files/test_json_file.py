from __future__ import annotations

import json

import pytest

from helpdesk.domain.tables import Table
from helpdesk.files.json_file import json_line, json_text, table_as_jsonl

HOSTILE = "\x1b]52;\x9b\u202e\u2028漢\n"


def test_json_is_pure_ascii_and_loses_nothing() -> None:
    for written in (json_line({"a": HOSTILE}), json_text({"a": HOSTILE})):
        assert written.isascii()
        assert "\x1b" not in written
        assert json.loads(written) == {"a": HOSTILE}


def test_a_line_is_one_line_and_a_text_ends_in_one() -> None:
    assert "\n" not in json_line(["a\nb", {"c": None}])
    assert json_text([]).endswith("]\n")


def test_what_is_no_json_is_never_written() -> None:
    with pytest.raises(ValueError, match="Out of range"):
        json_line(float("nan"))


def test_a_table_is_an_object_a_row() -> None:
    table = Table("", ("symptom", "calls"), (("query", 2), (None, 0)))
    assert list(map(json.loads, table_as_jsonl(table))) == [
        {"symptom": "query", "calls": 2},
        {"symptom": None, "calls": 0},
    ]
