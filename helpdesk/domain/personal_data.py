"""What is kept of whom: every column of text with its class, and every value of the journal."""

from __future__ import annotations

from typing import Final

CALLER: Final = "callers"
"""Who called: names, firms, roles, addresses, bar numbers."""

PHONE: Final = "phones"
"""Numbers, and what was typed to find whom they belong to."""

SAID: Final = "notes"
"""What was said, written or typed about a call."""

DRAFT: Final = "drafts"
"""What stands in a box and was not saved yet."""

LEDGER: Final = "ledger"
"""What was issued and done; its texts count as said, its choices are no personal data."""

DESK: Final = "desk"
"""The desk's own words, which may name a person all the same."""

INDEX: Final = "index"
"""Made from the others, and made anew whenever they change."""

JOURNAL: Final = "journal"
"""Old and new values: each has the class of what it is a value of."""

NONE: Final = "none"
"""No personal data of a caller."""

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "caller": {
        "name": CALLER, "firm": CALLER, "role": CALLER, "email": CALLER, "bar_number": CALLER,
    },
    "caller_phone": {"extension": PHONE, "digits": PHONE},
    "call": {"phone": PHONE, "matched": PHONE, "typed": SAID, "reason": SAID},
    "call_review": {"text": SAID},
    "note": {"text": SAID},
    "prompt": {"text": SAID},
    "phrase": {"text": SAID},
    "promise": {"reason": SAID},
    "escalation": {"reason": SAID},
    "hand_over_line": {"said": SAID},
    "import_row": {"number": DESK},
    "legal_hold": {"reason": DESK},
    "draft": {"text": DRAFT},
    "ticket_draft": {"text": DRAFT},
    "action": {"fields": LEDGER},
    "incident": {"line": DESK, "note": DESK},
    "import_run": {"file": DESK},
    "saved_view": {"name": DESK, "query": DESK},
    "shift_note": {"text": DESK},
    "tag": {"tag": DESK},
    "ticket_text": {"text": INDEX},
    "caller_text": {"text": INDEX},
    "ticket_search": {"text": INDEX},
    "caller_search": {"text": INDEX},
    "caller_part": {"text": INDEX},
    "ticket_word": {"term": INDEX, "doc": INDEX, "col": INDEX, "offset": INDEX},
    "caller_word": {"term": INDEX, "doc": INDEX, "cnt": INDEX},
    "journal_value": {"field": JOURNAL, "old": JOURNAL, "new": JOURNAL},
}  # fmt: skip
"""Columns that may hold personal data, by table."""

_PLAIN: Final[dict[str, tuple[str, ...]]] = {
    "action": ("kind",),
    "access": ("kind", "subject", "prev_hash", "hash"),
    "alarm": ("court", "symptom", "day"),
    "answer": ("playbook", "version", "step", "answer", "fact", "value", "opened"),
    "call": (
        "court", "office", "zone", "direction", "symptom", "outcome", "source",
        "playbook_outcome", "precision",
    ),
    "call_segment": ("kind",),
    "caller": ("court", "office"),
    "clerk": ("login", "role", "passcode"),
    "console": ("host", "boot"),
    "escalation": ("target", "answer"),
    "hand_over_line": ("kind",),
    "import_row": ("source", "key"),
    "import_run": ("kind",),
    "incident": ("court", "symptom"),
    "journal": ("subject", "who", "act", "value_digest", "prev_hash", "hash"),
    "journal_value": ("salt",),
    "op": ("uid",),
    "phone_interval": ("court", "office"),
    "phrase": ("first", "chosen"),
    "playbook_version": ("hash", "slug", "court", "text"),
    "promise": ("kind", "zone", "ended"),
    "prompt": ("label",),
    "purged": ("class",),
    "removal": ("kind", "salt"),
    "rollup": ("day", "part", "court", "office", "figures"),
    "rollup_day": ("day", "zone"),
    "seal": ("day", "digest", "prev_hash", "hash"),
    "status_span": ("status",),
    "ticket": ("court", "office", "zone", "symptom", "version", "status", "outcome"),
    "ticket_link": ("kind",),
}  # fmt: skip
"""Columns of text that hold no personal data of a caller, by table."""

CLASSES: Final[dict[str, dict[str, str]]] = {
    table: {**_TEXTS.get(table, {}), **dict.fromkeys(_PLAIN.get(table, ()), NONE)}
    for table in sorted({*_TEXTS, *_PLAIN})
}
"""Every column of text with its class, by table."""

_TOLD: Final = {
    "caller": CALLER, "with": CALLER, "file": DESK, "line": DESK, "actions": LEDGER,
    "drafts": DRAFT,
}  # fmt: skip
TOLD_PLAINLY: Final = frozenset(
    {
        "batch", "call", "clock", "passcode", "sums",
        "copy of the desk before it", "court", "delivery", "direction", "due_at", "ended_at",
        "faulty", "found", "hand_over", "hold", "import", "incident", "kept", "kind", "lines",
        "linked", "linked from", "login", "merged in", "number", "owner", "role", "rows", "run",
        "search", "settled_at", "spans", "started_at", "symptom", "taken out", "target",
        "ticket", "tickets", "times", "uid", "unusual", "words", "whole", "places", "class",
    }
)  # fmt: skip
"""Names in the journal of what is told and is no personal data."""

_TOLD_OF: Final = {
    "view": DESK, "filled": SAID, "step": NONE, "line": NONE, "action": NONE, "emptied": NONE,
    "removed": NONE,
}  # fmt: skip
"""Names of several words, by the first."""

_PARTS: Final = 3


def class_of_column(table: str, column: str) -> str:
    """Name the class of a column of text.

    Args:
        table: Its table.
        column: Its name.

    Returns:
        Its class; ``none`` for numbers and moments.
    """
    return CLASSES.get(table, {}).get(column, NONE)


def class_of_field(field: str) -> str:
    """Name the class of a value of the journal.

    Args:
        field: ``table/ID/column``, or the plain name of what is only told.

    Returns:
        Its class; what no rule knows counts as said, so that nothing is overlooked.
    """
    parts = field.split("/", _PARTS - 1)
    if len(parts) == _PARTS and parts[1].isdecimal():
        table, _, column = parts
        if table in {"caller_phone", "tag"}:  # the member is in the name
            return PHONE if table == "caller_phone" else DESK
        return class_of_column(table, column)
    if field in TOLD_PLAINLY:
        return NONE
    if field in _TOLD:
        return _TOLD[field]
    first, more, _ = field.partition(" ")
    return _TOLD_OF.get(first, SAID) if more else SAID
