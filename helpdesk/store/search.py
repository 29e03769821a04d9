"""The full-text index over tickets and callers, and what is asked of it.

What a person typed never reaches the index as its query language: every word is quoted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from helpdesk.port import Port, Statement

_JOINED: Final = "-.@\\+ "
"""Signs in a court, office, login, slug or tag that its one token has as ``_``."""

_PARTING: Final = (", ", ".", ",", "-", "&", "/", "''", "’", "(", ")")
"""Signs in a name that part its words; a token is made of each word."""


_UNKNOWN: Final = (0x061C, *range(0x2066, 0x206A))
"""Signs of direction that SQLite takes for letters; programs set them round names."""


def _as_token(column: str) -> str:
    for sign in _JOINED:
        column = f"replace({column}, '{sign}', '_')"
    return column


def _typed(column: str) -> str:
    """What somebody typed: none of its words may pass for what filters look for."""
    for sign in _UNKNOWN:
        column = f"replace({column}, char({sign}), ' ')"
    return f"replace({column}, '_', ' ')"


def _as_tokens(field: str, column: str) -> str:
    column = _typed(column)
    for sign in _PARTING:
        column = f"replace({column}, '{sign}', ' ')"
    for _ in range(2):
        column = f"replace({column}, '  ', ' ')"
    return f"'_{field}_' || replace({column}, ' ', ' _{field}_')"


def _gathered(said: str, rows: str) -> str:
    return f"coalesce((SELECT group_concat({said}, ' ') FROM {rows}), '') || ' '"  # noqa: S608


_TOKENS = f"""
    '_ticket _court_' || {_as_token("t.court")} || ' _office_' || {_as_token("t.office")}
    || ' _clerk_' || (SELECT {_as_token("login")} FROM clerk WHERE id = t.clerk)
    || ' _symptom_' || {_as_token("coalesce(t.symptom, 'none')")}
    || ' _status_' || t.status || ' _outcome_' || coalesce(t.outcome, 'none') || ' '
    || {_gathered(f"'_tag_' || {_as_token('g.tag')}", "tag g WHERE g.ticket = t.id")}
"""  # noqa: S608 - constant
"""What filters look for; only of the ticket itself. No word that is typed begins with ``_``."""

_CALLER = f"""
    {_typed("c.name || ' ' || c.firm || ' ' || c.email || ' ' || c.bar_number")} || ' '
    || {_as_tokens("caller", "c.name")} || ' ' || {_as_tokens("firm", "c.firm")}
"""
_NUMBERS = """
    p.digits || ' ' || substr(p.digits, -4)
    || ' _phone_' || p.digits || ' _phone_' || substr(p.digits, -7) || ' _phone_'
    || substr(p.digits, -4)
"""
_FOUND = f"""
    printf('T-%02d-%05d', t.year % 100, t.n) || ' ' || t.n || ' '
    || coalesce(t.symptom, '') || ' '
    || {_gathered(_CALLER, "caller c WHERE c.id = t.caller")}
    || {_gathered(_NUMBERS, "caller_phone p WHERE p.caller = t.caller")}
    || {_gathered(_typed("n.text"), "note n WHERE n.ticket = t.id AND n.struck = 0")}
    || {
    _gathered(
        "a.kind || ' _action_' || " + _as_token("a.kind") + " || ' ' || " + _typed("a.fields"),
        "action a WHERE a.ticket = t.id AND a.struck = 0",
    )
}
    || coalesce((SELECT group_concat(DISTINCT a.playbook) || ' '
                 || group_concat(a.step || ' ' || a.answer, ' ')
                 FROM answer a WHERE a.ticket = t.id AND a.struck = 0), ' ') || ' '
    || {_gathered(_typed("m.text"), "prompt m WHERE m.ticket = t.id AND m.struck = 0")}
    || {_gathered("g.tag", "tag g WHERE g.ticket = t.id")}
"""  # noqa: S608 - constant
"""What words find; also of every ticket that was merged into it, at any depth."""


_TEXTS = f"""
WITH RECURSIVE above(id) AS (
    {{wanted}}
    UNION SELECT t.merged_into FROM above JOIN ticket t ON t.id = above.id
    WHERE t.merged_into IS NOT NULL
), held(root, id) AS (
    SELECT id, id FROM above
    UNION SELECT held.root, m.id FROM held JOIN ticket m ON m.merged_into = held.id
)
SELECT held.root, CASE WHEN r.status = 'merged' THEN '' ELSE group_concat(
    CASE WHEN t.id = r.id THEN {_TOKENS} ELSE '' END || {_FOUND}, ' ') END AS text
FROM held CROSS JOIN ticket t ON t.id = held.id CROSS JOIN ticket r ON r.id = held.root
GROUP BY held.root
"""  # noqa: S608 - constant
"""The texts of tickets as their rows give them, and of those that they went on in."""

_INDEXING = f"""
INSERT INTO ticket_text(ticket, text)
{_TEXTS}
ON CONFLICT(ticket) DO UPDATE SET text = excluded.text WHERE text IS NOT excluded.text
"""
"""Writes the texts of tickets, and of those that they went on in."""


_CALLER_TEXTS = """
SELECT c.id, c.name || ' ' || c.firm || ' ' || c.email || ' ' || c.bar_number || ' '
    || coalesce((SELECT group_concat(
        p.digits || ' ' || substr(p.digits, 2) || ' ' || substr(p.digits, 3) || ' '
        || substr(p.digits, 4) || ' ' || substr(p.digits, 5) || ' ' || substr(p.digits, 6)
        || ' ' || substr(p.digits, 7) || ' ' || substr(p.digits, 8), ' ')
        FROM caller_phone p WHERE p.caller = c.id), '')
FROM caller c
"""
_CALLERS = f"INSERT INTO caller_text(caller, text)\n{_CALLER_TEXTS}"
_CHANGED = "DO UPDATE SET text = excluded.text WHERE text IS NOT excluded.text"
_MANY = "(SELECT value FROM json_each(?))"

_FOUND_IN: Final = f"""
SELECT count(*) FROM ticket_search WHERE ticket_search MATCH ?
    AND rowid NOT IN (SELECT doc FROM ticket_text WHERE ticket IN {_MANY})
"""  # noqa: S608 - constant

_MOST_WORDS: Final = 24
"""To look one up takes up to a millisecond: a word of which the index holds many hits."""

_WORDS: Final = """
WITH RECURSIVE found(term, place) AS (
    SELECT (SELECT w.term FROM ticket_word w WHERE w.term >= ? LIMIT 1), 0
    UNION ALL
    SELECT (SELECT w.term FROM ticket_word w WHERE w.term >= found.term || char(1) LIMIT 1),
        found.place + 1
    FROM found WHERE found.term < ? AND found.place < ?
)
SELECT term FROM found WHERE term < ?
"""

INDEX_TICKET = _INDEXING.format(wanted="SELECT ?")
"""Writes the text of one ticket as it stands in its rows, and of the one it went on in."""

INDEX_TICKETS = _INDEXING.format(wanted="SELECT value FROM json_each(?)")
"""The same for many tickets at once: the index is written once a statement, not once a row."""

INDEX_TICKETS_OF = _INDEXING.format(
    wanted="SELECT id FROM ticket WHERE caller IN (SELECT value FROM json_each(?))"
)
"""The same for all tickets of some callers."""

INDEX_STRETCH = _INDEXING.format(wanted="SELECT id FROM ticket WHERE id > ? AND id <= ?")
"""The same for a stretch of ids: an older file is brought up to date in stretches."""

INDEX_MISSING = _INDEXING.format(
    wanted="SELECT id FROM ticket WHERE id NOT IN (SELECT ticket FROM ticket_text)"
)
"""The same for all tickets that have no text yet."""

OTHER_TEXTS = f"""
WITH meant AS ({_TEXTS.format(wanted="SELECT id FROM ticket WHERE id > ? AND id <= ?")})
SELECT m.root, m.text, coalesce(x.text, '') FROM meant m
LEFT JOIN ticket_text x ON x.ticket = m.root
WHERE x.text IS NOT m.text AND m.root NOT IN (SELECT ticket FROM text_due)
"""  # noqa: S608 - constant
"""The tickets of a stretch whose text is not what their rows give, and that are not due."""

OTHER_CALLERS = f"""
WITH meant(caller, text) AS ({_CALLER_TEXTS})
SELECT m.caller, m.text, coalesce(x.text, '') FROM meant m
LEFT JOIN caller_text x ON x.caller = m.caller WHERE x.text IS NOT m.text
"""  # noqa: S608 - constant
"""The callers whose text is not what their rows give."""

INDEX_CALLER = f"{_CALLERS} WHERE c.id = ? ON CONFLICT(caller) {_CHANGED}"
"""Writes the text of one caller; every ending of a number is a word, so that any part finds it."""

INDEX_CALLERS = f"{_CALLERS} WHERE c.id IN {_MANY} ORDER BY c.id ON CONFLICT(caller) {_CHANGED}"
"""The same for many callers at once."""

INDEX_ALL_CALLERS = f"{_CALLERS} WHERE true ORDER BY c.id ON CONFLICT(caller) {_CHANGED}"
"""The same for all callers."""


def as_token(value: str) -> str:
    """A name as the one word that the indexed text has of it.

    Args:
        value: A court, office, login, slug, tag or kind of action.

    Returns:
        The same with ``_`` in place of signs.
    """
    return "".join("_" if sign in _JOINED else sign for sign in value.replace('"', "_"))


def index_ticket(ticket: int) -> Statement:
    """Bring the index of one ticket up to date.

    Args:
        ticket: The ticket's id.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_TICKET, (ticket,))


def index_tickets(tickets: Iterable[int]) -> Statement:
    """Bring the index of many tickets up to date.

    Args:
        tickets: The tickets' ids.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_TICKETS, (json.dumps(list(tickets)),))


def index_tickets_of(callers: Iterable[int]) -> Statement:
    """Bring the index of all tickets of some callers up to date.

    Args:
        callers: The callers' ids, whose name, firm or numbers were changed.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_TICKETS_OF, (json.dumps(list(callers)),))


def index_caller(caller: int) -> Statement:
    """Bring the index of one caller up to date.

    Args:
        caller: The caller's id.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_CALLER, (caller,))


def index_callers(callers: Iterable[int]) -> Statement:
    """Bring the index of many callers up to date.

    Args:
        callers: The callers' ids.

    Returns:
        The statement; last in its batch.
    """
    return (INDEX_CALLERS, (json.dumps(list(callers)),))


def find_tickets_with(port: Port, phrases: Iterable[str], but: Iterable[int]) -> int:
    """Count the tickets in whose text any of some phrases stands, word by word.

    Args:
        port: The database.
        phrases: The phrases, as people wrote them.
        but: Tickets that are not counted.

    Returns:
        How many.
    """
    quoted = " OR ".join('"{}"'.format(each.replace('"', '""')) for each in phrases)
    return int(port.query(_FOUND_IN, (quoted, json.dumps(list(but)))).value())


def find_words(port: Port, beginning: str) -> list[str]:
    """Find the words of tickets that begin with something.

    Args:
        port: The database.
        beginning: What was typed, as the index spells it.

    Returns:
        The words; none when there are more than can be asked for one by one.
    """
    end = f"{beginning}\U0010ffff"
    asked = (beginning, end, _MOST_WORDS, end)
    found = [row[0] for row in port.query(_WORDS, asked).rows]
    return found if len(found) <= _MOST_WORDS else []
