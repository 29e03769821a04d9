"""The access journal: who looked at whom, hash-chained for each clerk."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

KINDS: Final = {
    "caller": "looked up a caller",
    "callers": "searched callers",
    "ticket": "read a colleague's ticket",
    "export": "exported",
    "report": "made a report that names people",
    "sign-in": "signed in with a passcode",
}
"""What is written down, with the words for it."""

AGAIN_SECONDS: Final = 600
"""Within this time the same look of the same clerk counts as one."""


class Look(NamedTuple):
    """Something that somebody looked at."""

    at: int
    """When, in seconds UTC."""

    kind: str
    """One of ``KINDS``."""

    subject: str
    """At what: ``ticket:ID``, ``caller:ID``, or the name of a list or a report."""


def look_hash(clerk: int, seq: int, look: Look, prev_hash: str) -> str:
    """The hash of one entry.

    Args:
        clerk: Who looked.
        seq: The entry's place in the clerk's chain, from 1.
        look: At what.
        prev_hash: The hash of the entry before it.

    Returns:
        64 hexadecimal digits.
    """
    told = (str(clerk), str(seq), str(look.at), look.kind, look.subject, prev_hash)
    return sha256("\x1f".join(told).encode()).hexdigest()


def fault_of_looks(login: str, clerk: int, kept: Iterable[tuple[int, Look, str, str]]) -> str:
    """Look for the first place where a clerk's chain was changed behind the program's back.

    Args:
        login: Whose chain, for people.
        clerk: The clerk's id.
        kept: All entries in order: place, look, hash before, hash.

    Returns:
        What is wrong and where; empty when the chain holds.
    """
    before = ""
    for place, (seq, look, prev_hash, kept_hash) in enumerate(kept, start=1):
        if seq != place:
            return f"access of {login}: entry {place} is missing"
        if prev_hash != before or look_hash(clerk, seq, look, prev_hash) != kept_hash:
            return f"access of {login}: entry {seq} was changed"
        before = kept_hash
    return ""
