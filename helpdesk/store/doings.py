"""The rows that a call leaves on its ticket: answers, actions, notes, promises, versions."""

from __future__ import annotations

from helpdesk.port import Port, Rows, Statement
from helpdesk.store.tickets import ROOT

_ADD_ANSWER = """
INSERT INTO answer(id, ticket, call, playbook, version, step, answer, fact, value, at, clerk,
    opened)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_ACTION = """
INSERT INTO action(id, ticket, call, kind, fields, at, clerk, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_STRIKE_ACTION = "UPDATE action SET struck = 1 WHERE id = ?"
_ADD_NOTE = "INSERT INTO note(id, ticket, call, at, clerk, text) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_PROMISE = """
INSERT INTO promise(id, ticket, call, kind, due_at, zone, made_at, clerk)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_END_PROMISES = """
UPDATE promise SET done_at = ?, ended = ? WHERE ticket = ? AND done_at IS NULL AND struck = 0
"""
_ADD_PROMPT = """
INSERT INTO prompt(id, ticket, call, label, text, at, clerk) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_PROMPTS = """
SELECT p.id, p.call, p.label, p.text, p.at, k.login AS clerk, p.struck
FROM prompt p JOIN clerk k ON k.id = p.clerk WHERE p.ticket = ? ORDER BY p.at, p.id
"""
_ADD_VERSION = """
INSERT INTO playbook_version(hash, slug, court, ordinal, first_used_at, text)
SELECT ?, ?, ?,
    (SELECT coalesce(max(ordinal), 0) + 1 FROM playbook_version WHERE slug = ? AND court = ?), ?, ?
WHERE NOT EXISTS (SELECT 1 FROM playbook_version WHERE hash = ?)
"""
_OPENED = """
SELECT coalesce(
    (SELECT v.hash FROM ticket t JOIN playbook_version v ON v.hash = t.version
        WHERE t.id = ? AND v.slug = ?),
    (SELECT v.hash FROM answer a JOIN playbook_version v ON v.hash = a.opened
        WHERE a.ticket = ? AND v.slug = ? AND a.struck = 0 ORDER BY a.at DESC, a.id DESC LIMIT 1)
)
"""
_ORDINAL = "SELECT ordinal FROM playbook_version WHERE hash = ?"
_VERSION = "SELECT hash, slug, court, ordinal, text FROM playbook_version WHERE hash = ?"
_VERSIONS = """
SELECT hash, court, ordinal, first_used_at FROM playbook_version WHERE slug = ?
ORDER BY court, ordinal
"""
_ANSWERS = """
SELECT a.id, a.playbook, a.version, v.ordinal, a.step, a.answer, a.fact, a.value, a.at,
    k.login AS clerk, a.struck, a.call, a.opened
FROM answer a JOIN playbook_version v ON v.hash = a.version JOIN clerk k ON k.id = a.clerk
WHERE a.ticket = ? ORDER BY a.at, a.id
"""
_GIVEN = """
SELECT playbook, step, answer, fact, value, at, struck, opened FROM answer
WHERE ticket = ? ORDER BY at, id
"""
_ACTIONS = """
SELECT a.id, a.kind, a.fields, a.at, k.login AS clerk, a.expires_at, a.struck, a.call
FROM action a JOIN clerk k ON k.id = a.clerk WHERE a.ticket = ? ORDER BY a.at, a.id
"""
_NOTES = """
SELECT n.id, n.at, k.login AS clerk, n.text, n.struck, n.call
FROM note n JOIN clerk k ON k.id = n.clerk WHERE n.ticket = ? ORDER BY n.at, n.id
"""
_PROMISES = """
SELECT p.id, p.kind, p.due_at, p.zone, p.made_at, k.login AS clerk, p.done_at, p.struck,
    p.ended, p.reason
FROM promise p JOIN clerk k ON k.id = p.clerk WHERE p.ticket = ? ORDER BY p.due_at, p.id
"""
_CALLS = """
SELECT l.id, l.started_at, l.ended_at, l.wrap_ended_at, l.talk_s, l.hold_s, l.wrap_s, l.zone,
    k.login AS clerk, l.outcome, l.reason, l.edited, l.clock_changed, l.direction, l.source
FROM call_ticket x JOIN call l ON l.id = x.call JOIN clerk k ON k.id = l.clerk
WHERE x.ticket = ? ORDER BY l.started_at, l.id
"""
_DOINGS = {"answers": _ANSWERS, "actions": _ACTIONS, "notes": _NOTES, "prompts": _PROMPTS}
_DOINGS |= {"promises": _PROMISES, "calls": _CALLS}
_OVER = "p.incident IN (SELECT id FROM incident WHERE ended_at IS NOT NULL)"
_ACTIVE = f"""
CASE WHEN b.merged_into IS NULL THEN b.status ELSE
(SELECT t.status FROM ticket t WHERE t.id = {ROOT}) END IN ('open', 'waiting', 'escalated')
"""  # noqa: S608 - constant
_DUE = f"""
SELECT p.id, p.kind, p.due_at, p.zone, t.year, t.n, t.id AS ticket, t.court, t.symptom,
    c.name AS caller, k.login AS clerk, i.n AS incident, i.ended_at AS incident_ended_at
FROM (
    SELECT * FROM (
        SELECT p.id, {ROOT} AS ticket
        FROM incident i JOIN promise p INDEXED BY promise_incident ON p.incident = i.id
        JOIN ticket b ON b.id = p.ticket
        WHERE i.ended_at IS NOT NULL AND p.done_at IS NULL AND p.struck = 0 AND {_ACTIVE}
            AND ?3 = 0
        ORDER BY p.due_at, p.id LIMIT ?2
    ) UNION ALL SELECT * FROM (
        SELECT p.id, {ROOT} AS ticket
        FROM promise p INDEXED BY promise_due JOIN ticket b ON b.id = p.ticket
        WHERE p.done_at IS NULL AND p.struck = 0 AND p.due_at >= ?3 AND p.due_at < ?1
            AND NOT coalesce({_OVER}, 0) AND {_ACTIVE}
        ORDER BY p.due_at, p.id LIMIT ?2
    )
) w CROSS JOIN promise p ON p.id = w.id JOIN ticket t ON t.id = w.ticket
JOIN clerk k ON k.id = p.clerk
LEFT JOIN caller c ON c.id = t.caller LEFT JOIN incident i ON i.id = p.incident
ORDER BY i.ended_at IS NULL, p.due_at, p.id LIMIT ?2
"""  # noqa: S608 - constant; in the index's own order, so that only what is listed is read
_COUNT_DUE = f"""
SELECT count(*), coalesce(sum(due_at < ?1), 0), coalesce(sum(due_at >= ?1 AND is_over), 0)
FROM (SELECT p.due_at, coalesce({_OVER}, 0) AS is_over
    FROM promise p INDEXED BY promise_due JOIN ticket b ON b.id = p.ticket
    WHERE p.done_at IS NULL AND p.struck = 0 AND (p.due_at < ?2 OR {_OVER}) AND {_ACTIVE}
    ORDER BY p.due_at LIMIT ?3)
"""  # noqa: S608 - constant; by the index, so that nothing beyond what is counted is read


def add_answer(
    answer: int,
    ticket: int,
    call: int | None,
    run: tuple[str, str],
    said: tuple[str, str, str, str],
    at: int,
    clerk: int,
    opened: str | None = None,
) -> Statement:
    """Write an answer down.

    Args:
        answer: Its id.
        ticket: The ticket.
        call: The call it was given on.
        run: The playbook's slug and version.
        said: The step, the answer, the fact and what the answer says about it.
        at: When, in seconds UTC.
        clerk: Who asked.
        opened: The version of the playbook that the step handed over to.

    Returns:
        The statement.
    """
    return (_ADD_ANSWER, (answer, ticket, call, *run, *said, at, clerk, opened))


def add_action(
    action: int,
    ticket: int,
    call: int | None,
    kind: str,
    fields: str,
    at: int,
    clerk: int,
    expires_at: int | None,
) -> Statement:
    """Write an action down; every argument is a column, the fields as JSON."""
    return (_ADD_ACTION, (action, ticket, call, kind, fields, at, clerk, expires_at))


def strike_action(action: int) -> Statement:
    """Let an action count no more; it stays to be seen."""
    return (_STRIKE_ACTION, (action,))


def add_note(
    note: int, ticket: int, call: int | None, at: int, clerk: int, text: str
) -> Statement:
    """Write a note down; every argument is a column."""
    return (_ADD_NOTE, (note, ticket, call, at, clerk, text))


def add_promise(
    promise: int,
    ticket: int,
    call: int | None,
    kind: str,
    due: tuple[int, str],
    made_at: int,
    clerk: int,
) -> Statement:
    """Write a promise down; ``due`` is the moment and the zone it was said in."""
    return (_ADD_PROMISE, (promise, ticket, call, kind, *due, made_at, clerk))


def end_promises(ticket: int, at: int, how: str) -> Statement:
    """Write down that a ticket's promises are done with, and how."""
    return (_END_PROMISES, (at, how, ticket))


def add_prompt(
    prompt: int, ticket: int, call: int, said: tuple[str, str], at: int, clerk: int
) -> Statement:
    """Write down what a prompt was filled in with; ``said`` is its label and the text."""
    return (_ADD_PROMPT, (prompt, ticket, call, *said, at, clerk))


def add_version(digest: str, slug: str, court: str, at: int, text: str) -> Statement:
    """Keep a playbook version that is used for the first time."""
    return (_ADD_VERSION, (digest, slug, court, slug, court, at, text, digest))


def get_version(port: Port, digest: str) -> Rows:
    """Fetch a kept playbook version.

    Args:
        port: The database.
        digest: Its hash.

    Returns:
        One row, or none.
    """
    return port.query(_VERSION, (digest,))


def get_ordinal(port: Port, digest: str) -> int | None:
    """Find a kept playbook version without its text.

    Args:
        port: The database.
        digest: Its hash.

    Returns:
        The version as people count it; ``None`` when it is not kept.
    """
    found: int | None = port.query(_ORDINAL, (digest,)).value()
    return found


def find_opened(port: Port, ticket: int, slug: str) -> Rows:
    """Find the version of a playbook that a ticket's run stands on.

    Args:
        port: The database.
        ticket: The ticket's id.
        slug: The run's own playbook, or one that it handed over to.

    Returns:
        One row with its hash, or none.
    """
    return port.query(_OPENED, (ticket, slug, ticket, slug))


def find_versions(port: Port, slug: str) -> Rows:
    """List the versions of a playbook that were ever used, by court and age; oldest first."""
    return port.query(_VERSIONS, (slug,))


def get_doings(port: Port, ticket: int, *names: str) -> dict[str, Rows]:
    """Fetch what was done on a ticket, as one moment saw it.

    Args:
        port: The database.
        ticket: The ticket's id.
        *names: Of answers, actions, notes, promises, calls and prompts.

    Returns:
        The rows of each.
    """
    asked = [(_DOINGS[name], (ticket,)) for name in names]
    return dict(zip(names, port.snapshot(asked), strict=True))


def find_given(port: Port, ticket: int) -> Rows:
    """List what was answered on a ticket, oldest first, as far as runs and facts hang on it."""
    return port.query(_GIVEN, (ticket,))


def find_due(port: Port, before: int, limit: int, since: int = 0) -> Rows:
    """List the promises that are due: those of an incident that is over, then the oldest first.

    Args:
        port: The database.
        before: The moment up to which they are wanted, in seconds UTC; those of an incident that
            is over are wanted whenever they are due.
        limit: The most to fetch.
        since: The moment from which they are wanted; then none whose incident is over.

    Returns:
        The rows.
    """
    return port.query(_DUE, (before, limit, since))


def count_due(port: Port, now: int, before: int, most: int = 2**62) -> tuple[int, int, int]:
    """Count the promises that are due.

    Args:
        port: The database.
        now: The moment; what is due before it is late.
        before: The moment up to which they count; those of an incident that is over always do.
        most: How many are counted, those that are due first.

    Returns:
        How many, how many of them are late, and how many are not but their incident is over.
    """
    due, late, over = port.query(_COUNT_DUE, (now, before, most)).rows[0]
    return int(due), int(late), int(over)
