"""What went wrong in a text that is no YAML, in the words of who writes it and with the mend."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final, NamedTuple, Protocol

_QUOTES: Final = ('"', "'")
_CLOSING: Final = {"[": "]", "{": "}"}
_NEEDS_QUOTES: Final = frozenset("%@`&*!|>-?")
_ONE_KEY: Final = re.compile(r"[\s-]*[\w-]+\Z")
_OUT_OF_LINE: Final = ("expected key", "'-' indicator", "<document start>", "<block end>")

Mark = tuple[int, int]
"""Line and column, both counted from 1."""


class Slip(NamedTuple):
    """One slip."""

    at: Mark
    """Where the mend belongs."""

    message: str
    """What is wrong and the mend, in one sentence."""


class _Place(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _Refused(Protocol):
    """What a parser raises."""

    @property
    def context(self) -> str | None: ...
    @property
    def context_mark(self) -> _Place | None: ...
    @property
    def problem(self) -> str | None: ...
    @property
    def problem_mark(self) -> _Place | None: ...


class _Read(NamedTuple):
    """What was read before the slip."""

    quoted: tuple[Mark, Mark] | None
    """Where the text in quotes begins and ends, if that came last."""

    closed: Mark | None
    """Where the bracket stands that closed last, if nothing came after it."""

    opened: tuple[tuple[str, Mark], ...]
    """The brackets that are open."""


def slip_in(text: str, error: _Refused, tokens: Iterable[Any], refusal: type[Exception]) -> Slip:
    """Say what is wrong with a text that a YAML parser refuses.

    Args:
        text: The text.
        error: What the parser raised.
        tokens: What its scanner finds in the text.
        refusal: What the scanner raises where it can go on no further.

    Returns:
        The commonest slips each with their mend; else that the text cannot be read there.
    """
    mark = error.problem_mark or error.context_mark
    at = _place(mark) if mark else (1, 1)
    began = _place(error.context_mark) if error.context_mark else at
    lines, problem = text.splitlines(), str(error.problem)
    line = _line(lines, at)
    if line[at[1] - 1 : at[1]] == "\t":
        return Slip(at, "a tab stands here: put blanks in its place.")
    if "quoted scalar" in str(error.context):
        return _in_quotes(problem, began, at)
    if "another document" in problem:
        return Slip(at, "“---” begins a second document: a file holds one, remove the line.")
    if "nesting" in problem:
        return Slip(at, "brackets are nested too deep here: close them.")
    read = _read(tokens, at, refusal)
    return (
        _after_a_key(problem, began, at, line)
        or _in_brackets(at, read, len(lines))
        or _after_a_text(at, line, read)
        or _out_of_line(problem, at, line)
        or _at_the_first_sign(began, _line(lines, began))
        or Slip(at, "this cannot be read: look for a missing quote, colon or bracket before it.")
    )


def _place(mark: _Place) -> Mark:
    return (mark.line + 1, mark.column + 1)


def _line(lines: list[str], at: Mark) -> str:
    return lines[at[0] - 1] if at[0] <= len(lines) else ""


def _read(tokens: Iterable[Any], at: Mark, refusal: type[Exception]) -> _Read:
    quoted = closed = None
    opened: list[tuple[str, Mark]] = []
    with suppress(refusal):
        for token in tokens:
            start = _place(token.start_mark)
            if start >= at:
                break
            is_quoted = token.id == "<scalar>" and token.style in _QUOTES
            quoted = (start, _place(token.end_mark)) if is_quoted else None
            closed = start if token.id in _CLOSING.values() else None
            if token.id in _CLOSING:
                opened.append((token.id, start))
            elif closed and opened:
                opened.pop()
    return _Read(quoted, closed, tuple(opened))


def _in_quotes(problem: str, began: Mark, at: Mark) -> Slip:
    if "escape" in problem or "decimal" in problem:
        return Slip(at, "a “\\” in double quotes is no plain sign: use single quotes.")
    return Slip(began, "the quote that opens here is never closed: add the missing one.")


def _after_a_key(problem: str, began: Mark, at: Mark, line: str) -> Slip | None:
    before = line[: at[1] - 1]
    if problem.startswith("mapping values"):
        if not _ONE_KEY.match(before):
            return Slip(at, "a text with “: ” in it needs quotes: put the whole text in them.")
        first = (at[0], len(before) - len(before.lstrip()) + 1)
        message = "this line begins further right than its neighbours: bring it in line with them"
        return Slip(first, f"{message}, or put the text that it goes on in quotes.")
    if "expected ':'" in problem:
        message = "a colon and a blank come after a key: add them"
        return Slip(began, f"{message}, or begin the line further right if it goes on a text.")
    return None


def _in_brackets(at: Mark, read: _Read, lines: int) -> Slip | None:
    if not read.opened:
        return None
    bracket, began = read.opened[-1]
    lacks = f"the “{bracket}” that opens here is not closed: add “{_CLOSING[bracket]}”"
    if at[0] > lines:
        return Slip(began, f"{lacks} where it ends.")
    if at[0] > began[0]:
        return Slip(began, f"{lacks}, or the comma that is missing before line {at[0]}.")
    return Slip(at, "a comma, a quote or a bracket is missing before this: add it.")


def _after_a_text(at: Mark, line: str, read: _Read) -> Slip | None:
    """What comes after a text in quotes or in brackets in the same line, and should not."""
    here = line[at[1] - 1 : at[1]]
    if read.quoted and read.quoted[1][0] == at[0]:
        began = read.quoted[0]
        if began[0] < at[0]:
            return Slip(began, "the quote that opens here has no end: add the missing one.")
        return Slip(at, "a text goes on after its closing quote: put all of it in other quotes.")
    if here in _CLOSING.values():
        return Slip(at, f"there is one “{here}” too many: remove it.")
    if read.closed and read.closed[0] == at[0]:
        return Slip(at, "a text that begins with a bracket needs quotes: add them.")
    return None


def _out_of_line(problem: str, at: Mark, line: str) -> Slip | None:
    if any(each in problem for each in _OUT_OF_LINE) and not line[: at[1] - 1].strip(" -"):
        message = "this line begins further left or right than its neighbours"
        return Slip(at, f"{message}: bring it in line with them.")
    return None


def _at_the_first_sign(began: Mark, line: str) -> Slip | None:
    sign = line[began[1] - 1 : began[1]]
    if sign in _NEEDS_QUOTES:
        return Slip(began, f"a text that begins with “{sign}” needs quotes: add them.")
    return None
