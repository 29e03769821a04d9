"""The corpus of the guard: secrets in realistic sentences, and ordinary notes.

Every number is made up, void or a card company's own test number.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Saying:
    """What a clerk typed, with the secrets in it."""

    text: str
    kind: str
    secrets: tuple[str, ...]


def said_secrets() -> list[Saying]:
    """Sentences that hold a secret."""
    rows = map(json.loads, (_DATA / "secrets.jsonl").read_text("utf-8").splitlines())
    return [
        Saying(
            row["text"], row["kind"], tuple(row["text"][start:end] for start, end in row["spans"])
        )
        for row in rows
    ]


def ordinary_notes() -> list[str]:
    """Notes that nothing may refuse."""
    lines = (_DATA / "ordinary_notes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(each)["text"] for each in lines]
