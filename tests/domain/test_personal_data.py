from __future__ import annotations

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import helpdesk
from helpdesk.domain.personal_data import CLASSES, NONE, SAID, class_of_field
from helpdesk.store.schema import make_tables

DESK = Path(helpdesk.__file__).parent / "desk"


def columns_of_text() -> set[tuple[str, str]]:
    """Every column of text, those of the indexes too; what an index keeps its parts in is not."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        make_tables(connection, "2026-06-01")
        tables = connection.execute(
            "SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')"
            " AND schema = 'main' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        ).fetchall()
        return {
            (table, column)
            for (table,) in tables
            for column, kind in connection.execute(
                "SELECT name, type FROM pragma_table_info(?)", (table,)
            )
            if kind.upper() in {"", "TEXT"}
        }


def names_told() -> Iterator[str]:
    """The plain names that acts tell the journal, as far as they are written in the code."""
    for path in sorted(DESK.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Change":
                name = node.args[0]
                if isinstance(name, ast.Constant):
                    yield str(name.value)
                elif isinstance(name, ast.JoinedStr) and isinstance(name.values[0], ast.Constant):
                    yield f"{name.values[0].value!s}X"


def test_every_column_of_text_has_a_class_and_no_class_is_of_a_column_that_is_not_there() -> None:
    classified = {(table, column) for table, columns in CLASSES.items() for column in columns}
    assert columns_of_text() == classified


def test_what_acts_tell_in_words_counts_as_said_only_where_it_is() -> None:
    plain = {name for name in names_told() if "/" not in name}
    said = {name for name in plain if class_of_field(name) == SAID}
    assert said == {"filled in X", "note", "reason", "review", "text"}


def test_a_value_that_no_rule_knows_is_not_overlooked() -> None:
    assert class_of_field("what was done") == SAID
    assert class_of_field("ticket/7/status") == NONE
    assert class_of_field("caller/7/name") == class_of_field("caller")
    assert class_of_field("caller_phone/7/2125550144x3") == class_of_field("call/9/phone")
