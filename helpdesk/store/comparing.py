"""Compares two files of one desk: what the one holds and the other does not."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, Final

from helpdesk.store.connecting import connected, reading, rows_of
from helpdesk.store.refusals import said_of

_ATTACH: Final = "ATTACH ? AS other"

# Row by row, since neither need be older than the other: after a restore both go on from the
# same past. Ids are nobody else's, and an entry of the journal is known by its hash.
_NUMBERS: Final = """
SELECT printf('T-%02d-%05d', t.year % 100, t.n) FROM main.ticket t
WHERE NOT EXISTS (SELECT 1 FROM other.ticket o WHERE o.id = t.id) ORDER BY t.year, t.n
"""
_CALLS: Final = """
SELECT count(*) FROM main.call c WHERE NOT EXISTS (SELECT 1 FROM other.call o WHERE o.id = c.id)
"""
_UNKNOWN: Final = """
NOT EXISTS (SELECT 1 FROM other.journal o WHERE o.id = j.id AND o.hash = j.hash)
"""
_ENTRIES: Final = f"""
SELECT count(*) AS entries, coalesce(max(j.at), 0) AS last_at FROM main.journal j
WHERE {_UNKNOWN}
"""  # noqa: S608 - constant

# What was taken out of a chain that the other one has, it may still hold. The journal tells of
# it in each chain; an entry with nothing but its reason says that a purge began.
_OF_BOTH: Final = "EXISTS (SELECT 1 FROM other.journal o WHERE o.subject = j.subject)"
_REDACTED: Final = f"""
SELECT DISTINCT printf('T-%02d-%05d', t.year % 100, t.n) FROM main.journal j
JOIN main.ticket t ON t.id = CAST(substr(j.subject, 8) AS INTEGER)
WHERE j.act IN ('redact', 'redact_own') AND j.subject >= 'ticket:' AND j.subject < 'ticket;'
    AND {_UNKNOWN} AND {_OF_BOTH}
ORDER BY t.year, t.n
"""  # noqa: S608 - constant
_KINDS: Final = """
SELECT substr(j.subject, 1, instr(j.subject || ':', ':') - 1) AS what, count(DISTINCT j.subject)
FROM main.journal j
"""
_REDACTED_OF: Final = f"""{_KINDS}
WHERE j.act IN ('redact', 'redact_own') AND NOT (j.subject >= 'ticket:' AND j.subject < 'ticket;')
    AND {_UNKNOWN} AND {_OF_BOTH}
GROUP BY what ORDER BY what
"""
_PURGED: Final = f"""{_KINDS}
WHERE j.act = 'purge' AND {_UNKNOWN} AND {_OF_BOTH}
    AND EXISTS (SELECT 1 FROM main.journal_value v WHERE v.entry = j.id AND v.field <> 'reason')
GROUP BY what ORDER BY what DESC
"""  # noqa: S608 - constant


def find_missing(path: Path, other: Path) -> dict[str, Any]:
    """Fetch what a database holds that another one does not.

    Args:
        path: The database.
        other: The other one, of this version or an older one; nobody writes to it.

    Returns:
        ``numbers`` of tickets, how many ``calls`` and ``entries`` of the journal, ``last_at``,
        when the newest of those was written, and what was taken out that the other one may
        still hold: ``redacted``, numbers of its tickets, ``redacted_of`` and ``purged``, kinds
        of chains with how many of each.

    Raises:
        StoreProblem: When one cannot be read.
    """
    with said_of(path), closing(connected(path, "ro")) as connection:
        connection.execute(_ATTACH, (f"{other.resolve().as_uri()}?mode=ro",))
        with reading(connection):
            numbers, calls, entries, redacted, redacted_of, purged = (
                rows_of(connection.execute(each))
                for each in (_NUMBERS, _CALLS, _ENTRIES, _REDACTED, _REDACTED_OF, _PURGED)
            )
    return {
        "numbers": [row[0] for row in numbers.rows],
        "calls": calls.value(),
        **(entries.one() or {}),
        "redacted": [row[0] for row in redacted.rows],
        "redacted_of": redacted_of.rows,
        "purged": purged.rows,
    }
