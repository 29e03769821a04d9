"""How a playbook does: uses, time, resolution and exits of each version (STATS R11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from helpdesk.domain.periods import Period
from helpdesk.domain.ratios import Ratio
from helpdesk.domain.tables import Cell, Table
from helpdesk.port import Port
from helpdesk.stats.definitions import percentile
from helpdesk.stats.resolution import REPEAT_SECONDS, FirstCall, repeat_adjusted_fcr

_USES: Final = """
WITH same(caller, other) AS MATERIALIZED (
    SELECT a.caller, b.caller FROM caller_root a JOIN caller_root b ON b.root = a.root
    UNION SELECT caller, root FROM caller_root
    UNION SELECT root, caller FROM caller_root
), taken AS (
    SELECT t.id, t.version, t.reopened FROM ticket t
    WHERE t.symptom = ? AND t.opened_at >= ? AND t.opened_at < ? AND t.version IS NOT NULL
        AND (? = '' OR t.court = ?) AND t.status NOT IN ('void', 'merged')
        AND NOT EXISTS (SELECT 1 FROM tag g WHERE g.ticket = t.id AND g.tag = 'test')
), pooled(ticket, id) AS MATERIALIZED (
    SELECT id, id FROM taken UNION ALL SELECT root, ticket FROM ticket_root
)
SELECT v.court, v.ordinal, v.first_used_at, l.outcome, k.reopened, l.caller,
    l.talk_s + l.hold_s + l.wrap_s AS handle_s,
    l.id = (
        SELECT f.id FROM pooled p JOIN call_ticket y ON y.ticket = p.id
        JOIN call f ON f.id = y.call
        WHERE p.ticket = k.id AND f.direction = 'in' AND f.outcome <> 'dropped'
        ORDER BY f.started_at, f.id LIMIT 1
    ) AS first,
    EXISTS (
        SELECT 1 FROM call r JOIN call_ticket z ON z.call = r.id JOIN ticket u ON u.id = z.ticket
        WHERE r.caller IN (
                SELECT l.caller UNION ALL SELECT s.other FROM same s WHERE s.caller = l.caller
            ) AND r.started_at > l.started_at
            AND r.started_at <= l.started_at + ? AND r.direction = 'in'
            AND coalesce(u.symptom, r.symptom) = ? AND u.status <> 'void'
    ) AS repeated,
    (SELECT a.step || ' = ' || a.answer FROM answer a
        WHERE a.ticket = x.ticket AND a.call = l.id AND a.playbook = ? AND a.struck = 0
        ORDER BY a.at DESC, a.id DESC LIMIT 1) AS left_after
FROM taken k JOIN pooled o ON o.ticket = k.id JOIN call_ticket x ON x.ticket = o.id
JOIN call l ON l.id = x.call
JOIN playbook_version v ON v.hash = k.version
WHERE l.direction = 'in' AND l.outcome IS NOT NULL AND l.outcome <> 'dropped'
ORDER BY v.court, v.ordinal
"""

COLUMNS: Final = (
    "court", "version", "first_used", "uses", "median_s", "resolved_first_call", "low", "high",
    "n", "most_exits",
)  # fmt: skip
"""The columns of the report."""

_EXITS: Final = 3


def by_version(
    port: Port, slug: str, period: Period, court: str, day_of: Callable[[int], str]
) -> Table:
    """Report each version of a playbook that was used in a period.

    Args:
        port: The database.
        slug: The playbook.
        period: When the tickets were opened.
        court: The court's id; empty for all.
        day_of: Says the day of a moment.

    Returns:
        The table, by court and version; ratios of fewer than ten calls are left blank.
    """
    params = (
        slug, period.start, period.end, court, court, REPEAT_SECONDS, slug, slug,
    )  # fmt: skip
    groups: dict[tuple[str, int, int], list[dict[str, Any]]] = {}
    for row in port.query(_USES, params).dicts():
        key = (row["court"], row["ordinal"], row["first_used_at"])
        groups.setdefault(key, []).append(row)
    rows = tuple(
        (of, ordinal, day_of(first), *_row(calls))
        for (of, ordinal, first), calls in groups.items()
    )
    return Table(title=f"Versions of {slug}", columns=COLUMNS, rows=rows)


def _row(every: Sequence[Mapping[str, Any]]) -> tuple[Cell, ...]:
    spent = Counter(row["handle_s"] for row in every if row["handle_s"] is not None)
    ratio = repeat_adjusted_fcr(_first(row) for row in every if row["first"])
    exits = Counter(row["left_after"] for row in every if row["left_after"])
    return (
        len(every), percentile(spent, 50), *_shown(ratio),
        ", ".join(f"{step} {_share(many, len(every))}" for step, many in _most(exits)),
    )  # fmt: skip


def _first(row: Mapping[str, Any]) -> FirstCall:
    return FirstCall(
        outcome=row["outcome"],
        reopened=bool(row["reopened"]),
        known=row["caller"] is not None,
        repeated=bool(row["repeated"]),
    )


def _shown(ratio: Ratio) -> tuple[Cell, Cell, Cell, Cell]:
    if ratio.too_few or ratio.value is None or ratio.interval is None:
        return ("n<10", None, None, ratio.whole)
    low, high = ratio.interval
    return (round(100 * ratio.value, 1), round(100 * low, 1), round(100 * high, 1), ratio.whole)


def _most(exits: Counter[str]) -> list[tuple[str, int]]:
    return sorted(exits.items(), key=lambda each: (-each[1], each[0]))[:_EXITS]


def _share(many: int, whole: int) -> str:
    return f"{100 * many / whole:.0f}%"
