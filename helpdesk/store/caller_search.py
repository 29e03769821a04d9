"""Callers as they are looked for: by beginnings of words, by parts, and by words nearly right.

What a person typed never reaches the index as its query language: every word is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpdesk.port import Port, Rows

_LEAST_PART: Final = 3
"""The index of parts knows nothing shorter."""

_HIT = "c.id, c.merged_into, c.called_at, c.name, c.firm"
_WORDS = f"""
SELECT {_HIT} FROM (
    SELECT rowid FROM caller_search WHERE caller_search MATCH ? ORDER BY rowid DESC LIMIT ?
) s JOIN caller c ON c.id = s.rowid
"""  # noqa: S608 - constant
_PARTS = f"""
SELECT {_HIT} FROM (
    SELECT rowid FROM caller_part WHERE caller_part MATCH ? ORDER BY rowid DESC LIMIT ?
) s JOIN caller c ON c.id = s.rowid
"""  # noqa: S608 - constant
_LAST = f"""
SELECT {_HIT}, t.text FROM (
    SELECT id FROM caller ORDER BY called_at DESC, id DESC LIMIT ?
) s JOIN caller c ON c.id = s.id JOIN caller_text t ON t.caller = c.id
"""  # noqa: S608 - constant
_TEXTS = """
SELECT t.text FROM (
    SELECT rowid FROM caller_part WHERE caller_part MATCH ? ORDER BY rowid DESC LIMIT ?
) s JOIN caller_text t ON t.caller = s.rowid
"""
_TERMS = """
SELECT term FROM caller_word WHERE term >= ? AND term < ? AND term NOT GLOB '*[0-9]*'
"""


def find_words(port: Port, groups: Sequence[Sequence[str]], limit: int) -> Rows:
    """Find callers by the beginnings of words.

    Args:
        port: The database.
        groups: The words without signs, each with those it may stand for; all must be there.
        limit: The most to fetch.

    Returns:
        Id, pointer, last call, name and firm of each, the newest on record first.
    """
    each = (" OR ".join(f'"{word}" *' for word in group) for group in groups)
    return port.query(_WORDS, (" AND ".join(f"({one})" for one in each), limit))


def find_whole_words(port: Port, word: str, limit: int) -> Rows:
    """Find callers by a whole word: every ending of a number is one.

    Args:
        port: The database.
        word: The word.
        limit: The most to fetch.

    Returns:
        The same columns as ``find_words``.
    """
    return port.query(_WORDS, (f'"{word}"', limit))


def find_parts(port: Port, words: Sequence[str], limit: int) -> Rows:
    """Find callers by parts of words.

    Args:
        port: The database.
        words: The words without signs; those of one or two letters find nothing here.
        limit: The most to fetch.

    Returns:
        The same columns as ``find_words``.
    """
    parts = [f'"{word}"' for word in words if len(word) >= _LEAST_PART]
    return port.query(_PARTS, (" ".join(parts), limit)) if parts else Rows((), [])


def find_last(port: Port, limit: int) -> Rows:
    """List who called last.

    Args:
        port: The database.
        limit: The most to fetch.

    Returns:
        The same columns as ``find_words``, and the searched text.
    """
    return port.query(_LAST, (limit,))


def find_terms(port: Port, first: str) -> list[str]:
    """List the words without a digit that begin with a letter or two.

    Args:
        port: The database.
        first: The letters.

    Returns:
        Every such word that any caller's text has.
    """
    return [row[0] for row in port.query(_TERMS, (first, f"{first}\U0010ffff")).rows]


def find_texts(port: Port, parts: Sequence[str], limit: int) -> list[str]:
    """Fetch texts that hold one of several parts.

    Args:
        port: The database.
        parts: The parts.
        limit: The most to fetch.

    Returns:
        The texts, the newest on record first.
    """
    match = " OR ".join(f'"{part}"' for part in parts if len(part) >= _LEAST_PART)
    return [row[0] for row in port.query(_TEXTS, (match, limit)).rows] if match else []
