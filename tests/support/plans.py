"""How SQLite means to find the rows of a statement, read from its own plan."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Container, Mapping, Sequence
from typing import Final

SMALL: Final = {
    "alarm", "clerk", "console", "incident", "member", "playbook_version", "saved_view", "seal",
    "text_due", "up", "way",
}  # fmt: skip
"""Tables that hold a few dozen rows on the largest desk, or one a day; texts that are due, none
but for moments; and ways of merged ones."""

IN_HAND: Final = {
    "call_flagged", "call_running", "console_ticket", "escalation_open", "incident_running",
    "legal_hold_running", "promise_due", "removal_open", "ticket_active",
    "ticket_in_hand", "ticket_waiting",
}  # fmt: skip
"""Indexes of what is being worked on: what is done leaves them."""

_OF_ONE: Final = {
    "call", "digits", "entry", "hash", "incident", "merged_into", "other", "row", "rowid",
    "subject", "tag", "ticket", "uid",
}  # fmt: skip
"""Columns whose every value has a handful of rows, however large the desk."""

_STEP: Final = re.compile(
    r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING |AUTOMATIC )*(?:INDEX (\w+)|INTEGER PRIMARY KEY|"
    r"PRIMARY KEY))?(?: \((\w+)=\?)?"
)


def plan_of(connection: sqlite3.Connection, sql: str, params: Sequence[object]) -> list[str]:
    """Ask how a statement would be run.

    Args:
        connection: The database, with foreign keys off: with them on a plan tells of look-ups
            that never run.
        sql: The statement.
        params: Its parameters.

    Returns:
        Each step.
    """
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", tuple(params))]


def scanned(connection: sqlite3.Connection, sql: str, params: Sequence[object]) -> set[str]:
    """The tables that a statement reads from end to end, without an index.

    Args:
        connection: As for :func:`plan_of`.
        sql: The statement.
        params: Its parameters.

    Returns:
        Their names.
    """
    plan = plan_of(connection, sql, params)
    found = {step.split()[1] for step in plan if re.match(r"SCAN \w+$", step)}
    return {_tables(sql).get(name, name) for name in found} - _made(sql, plan)


def sorted_whole(connection: sqlite3.Connection, sql: str, params: Sequence[object]) -> set[str]:
    """The steps that may find any number of rows in a statement that sorts what it found.

    Args:
        connection: As for :func:`plan_of`.
        sql: The statement.
        params: Its parameters.

    Returns:
        The steps; none where nothing is sorted apart from an index.
    """
    plan = plan_of(connection, sql, params)
    if not any("TEMP B-TREE" in step for step in plan):
        return set()
    tables, made = _tables(sql), _made(sql, plan)
    return {step for step in plan if _finds_many(step, tables, made)}


def _finds_many(step: str, tables: Mapping[str, str], made: Container[str]) -> bool:
    found = _STEP.match(step)
    if found is None or "VIRTUAL TABLE" in step:
        return bool(re.search(r"VIRTUAL TABLE INDEX \d+:M", step))
    _, name, index, column = found.groups()
    few = tables.get(name, name) in SMALL or name in made or index in IN_HAND
    return not (few or column in _OF_ONE or name == "CONSTANT")


def _tables(sql: str) -> dict[str, str]:
    """The tables of a statement by the names that they have in it."""
    named = re.findall(r"\b(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+AS)?\s+(\w+)", sql, re.IGNORECASE)
    return {alias: table for table, alias in named}


def _made(sql: str, plan: Sequence[str]) -> set[str]:
    """The names that a statement gives to what it makes itself."""
    made = {step.split()[1] for step in plan if step.startswith(("CO-ROUTINE", "MATERIALIZE"))}
    return made | set(re.findall(r"\b(\w+)\([\w, ]+\) AS \(", sql))  # of WITH
