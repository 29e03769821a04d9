"""Cuts a text into words, with the signs between them: what the detectors walk over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from helpdesk.domain.guard.labels import label_kind

_CHUNK: Final = re.compile(r"\S{1,400}|\n")
_SUBCHUNK: Final = re.compile(r"[^,;{}&?\"'|]+[,;{}&?\"'|]*|[,;{}&?\"'|]+")
_GLUED: Final = re.compile(
    r"(?P<name>[A-Za-z][A-Za-z/.'&_-]{0,30}?)(?P<sign>[:=>~|#(]+|-+>?|/|\.+)(?P<rest>[^/\s].*)",
    re.DOTALL,
)
_RUN_ON: Final = re.compile(r"(?P<name>[A-Za-z]{2,8})(?P<sign>)(?P<rest>\d{4,})", re.DOTALL)
_SPLITS: Final = re.compile(r"[:=>~|#(/.-]")
_OPENING: Final = "\"'([{<*,;:=-.>|?"
_CLOSING: Final = "\"')]}>,;:.*=-|"
_LONG: Final = 80
_SHORTENED: Final = frozenset(
    "no nos num nbr acct acc mr mrs ms dr st sec soc ss temp tmp pw pwd pass act cert approx ext "
    "atty sr jr incl ca acct# i.e e.g resp corp co inc info auth ver verif conf dob d.o.b".split()
)
"""What a full stop behind does not end a sentence."""
_MOST: Final = 8


class Word(NamedTuple):
    """A word, or what was spelled out letter by letter."""

    text: str
    """Its letters and signs, without what stands around it."""

    start: int
    """Where it begins in the folded text."""

    end: int
    """Where it ends there."""

    before: str
    """The signs between the word before and this one; ``\\n`` where a line ends."""

    low: str
    """In small letters."""

    spelled: bool = False
    """Whether it was spelled out."""


def words_of(text: str) -> list[Word]:
    """Cut a folded text into words.

    Args:
        text: The folded text.

    Returns:
        Its words in order; a name and a value written together (``pw=...``) are two.
    """
    words: list[Word] = []
    before = ""
    for typed, start in _chunks(text):
        if typed.isalpha():
            words.append(Word(typed, start, start + len(typed), before, typed.lower()))
            before = ""
            continue
        for piece, offset, sign in _pieces(typed):
            core = piece.lstrip(_OPENING)
            opening = piece[: len(piece) - len(core)]
            kept = core.rstrip("!?").rstrip(_CLOSING).rstrip("!?") if core else ""
            before += sign + opening
            if not kept or typed == "\n":
                before += core
                continue
            at = start + offset + len(opening)
            words.append(Word(kept, at, at + len(kept), before, kept.lower()))
            before = core[len(kept) :]
            if kept.lower() in _SHORTENED:
                before = before.removeprefix(".")
    return words


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    """What stands between blanks; what is too long for a word is parted at its signs."""
    for chunk in _CHUNK.finditer(text):
        if len(chunk[0]) <= _LONG:
            yield chunk[0], chunk.start()
            continue
        for part in _SUBCHUNK.finditer(chunk[0]):
            yield part[0], chunk.start() + part.start()


def _pieces(chunk: str) -> list[tuple[str, int, str]]:
    """The parts of what stands together: text, place, and the sign before it."""
    pieces: list[tuple[str, int, str]] = []
    offset, sign = 0, ""
    while len(pieces) < _MOST and len(chunk) <= _LONG and "://" not in chunk:
        glued = _GLUED.match(chunk) if _SPLITS.search(chunk) else _RUN_ON.fullmatch(chunk)
        if glued is None or not _parts(glued["name"], glued["sign"]):
            break
        pieces.append((glued["name"], offset, sign))
        sign = glued["sign"]
        offset += glued.start("rest")
        chunk = glued["rest"]
    pieces.append((chunk, offset, sign))
    return pieces


def _parts(name: str, sign: str) -> bool:
    """Whether a sign parts a name from its value; a dash only behind a label."""
    return sign[:1] in {":", "=", "|", "("} or bool(label_kind(name.lower()))
